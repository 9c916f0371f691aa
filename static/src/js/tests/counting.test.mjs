import assert from "node:assert/strict";
import { test } from "node:test";
import { room, said } from "../portal/counting.js";

const WORDS = { limitLeft: "[n] left", limitOver: "[n] too many" };

test("characters count as the server counts them", () => {
  assert.equal(room("abc", 10), 7);
  assert.equal(room("  abc \n", 10), 7);
  assert.equal(room("a\nb", 10), 6);
  assert.equal(room("a\r\nb", 10), 6);
  assert.equal(room("🌳", 10), 9);
  assert.equal(room("x".repeat(12), 10), -2);
});

test("nothing is said while there is plenty of room", () => {
  assert.equal(said(4000, 4000, WORDS), "");
  assert.equal(said(401, 4000, WORDS), "");
});

test("what is left is told near the end, and what is too much after it", () => {
  assert.equal(said(400, 4000, WORDS), "400 left");
  assert.equal(said(0, 4000, WORDS), "0 left");
  assert.equal(said(-1, 4000, WORDS), "1 too many");
});
