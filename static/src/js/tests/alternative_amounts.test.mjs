import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, left, Money, readChange } from "../budget/amounts.js";

test("a new amount, a change and a percentage are read as the server reads them", () => {
  const read = (typed) => readChange(typed, 1000);
  assert.equal(read(""), 0);
  assert.equal(read("1.250"), 250);
  assert.equal(read("€ 900"), -100);
  assert.equal(read("+100"), 100);
  assert.equal(read("−100"), -100);
  assert.equal(read("-5%"), -50);
  assert.equal(read("+2,55%"), 26);
  for (const wrong of ["abc", "1,5", "1.25", "--3", "10000000000000"]) assert.equal(read(wrong), null);
});

test("a change stays between floor and cap", () => {
  const line = { baseline: 100, floor: 90, cap: 120 };
  assert.deepEqual([-50, -5, 50].map((change) => bounded(change, line)), [-10, -5, 20]);
});

test("what is left is what was taken less what was given", () => {
  assert.equal(left([100, -150]), 50);
  assert.equal(left([]), 0);
});

test("amounts are told in euros, in Dutch", () => {
  const money = new Money("nl", 1000);
  assert.equal(money.euro(68875), "€\u00a068.875.000");
  assert.equal(money.change(-500), "−\u00a0€\u00a0500.000");
  assert.equal(money.percent(5, 1000), "+0,5%");
  assert.equal(money.percent(-42, 1000), "−4,2%");
  assert.equal(money.each(500, 40000), "+\u00a0€\u00a012,50");
  assert.equal(money.each(-500, 40000), "−\u00a0€\u00a012,50");
});
