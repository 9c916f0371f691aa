import assert from "node:assert/strict";
import { test } from "node:test";
import { Money } from "../budget/amounts.js";
import { together } from "../budget/chosen.js";
import { Labels } from "../words/labels.js";

const WORDS = {
  labels: new Labels({ chosen: "%(count)s: %(sum)s of %(amount)s.", more: "More." }),
  money: new Money("nl", 1),
};

test("the costs of what is ticked are added up", () => {
  assert.equal(together([], 15_000, WORDS), "0: €\u00a00 of €\u00a015.000.");
  assert.equal(together([2_600, 5_600], 15_000, WORDS), "2: €\u00a08.200 of €\u00a015.000.");
});

test("more than there is is said, and just enough is not", () => {
  assert.equal(together([15_000], 15_000, WORDS), "1: €\u00a015.000 of €\u00a015.000.");
  assert.equal(together([15_000, 1], 15_000, WORDS), "2: €\u00a015.001 of €\u00a015.000. More.");
});
