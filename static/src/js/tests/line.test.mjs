import assert from "node:assert/strict";
import { test } from "node:test";
import { indexFor, kilometres, lengthOf } from "../map/line.js";

test("a hundredth of a degree north is 1113 metres, along all pieces", () => {
  const there = [4.9, 52.5];
  assert.equal(lengthOf([]), 0);
  assert.equal(lengthOf([there]), 0);
  assert.equal(Math.round(lengthOf([there, [4.9, 52.51], there])), 2226);
});

test("a point beside the line goes into the piece that it is nearest to", () => {
  const line = [
    [4.9, 52.5],
    [4.91, 52.5],
    [4.91, 52.51],
  ];
  assert.equal(indexFor(line, [4.905, 52.5001]), 1);
  assert.equal(indexFor(line, [4.9101, 52.505]), 2);
  assert.equal(indexFor([[4.9, 52.5]], [4.91, 52.5]), 1);
});

test("kilometres are said as the language of the page does", () => {
  assert.equal(kilometres(1820, "nl"), "1,8");
  assert.equal(kilometres(1000, "en"), "1.0");
});
