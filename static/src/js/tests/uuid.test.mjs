import assert from "node:assert/strict";
import { test } from "node:test";
import { uuid } from "../report/uuid.js";

const VERSION_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("a UUID of version 4, also where the browser can't make one", (context) => {
  assert.match(uuid(), VERSION_4);
  const real = crypto.randomUUID;
  crypto.randomUUID = undefined;
  context.after(() => {
    crypto.randomUUID = real;
  });
  assert.match(uuid(), VERSION_4);
  assert.notEqual(uuid(), uuid());
});
