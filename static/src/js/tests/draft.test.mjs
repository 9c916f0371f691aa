import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../report/draft.js";

function storage() {
  const items = new Map();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => items.set(name, value),
    removeItem: (name) => items.delete(name),
  };
}

test("a draft comes back on its own page only", () => {
  const tab = storage();
  const draft = new Draft(() => tab, "/a/");
  draft.save("k", { text: "los" });
  assert.deepEqual(draft.load(), { key: "k", values: { text: "los" } });
  assert.equal(new Draft(() => tab, "/b/").load(), null);
  draft.clear();
  assert.equal(draft.load(), null);
});

test("a browser that forbids storage loses nothing but the draft", () => {
  const forbidden = new Draft(() => {
    throw new Error("SecurityError");
  }, "/a/");
  forbidden.save("k", {});
  forbidden.clear();
  assert.equal(forbidden.load(), null);
});
