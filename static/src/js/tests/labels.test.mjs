import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Labels } from "../words/labels.js";

const labels = new Labels({ of: "%(count)s van %(max)s, 100%", some_one: "1 ding", some_many: "%(count)s dingen" });

test("values stand where the text names them", () => {
  assert.equal(labels.say("of", { count: 2, max: 5 }), "2 van 5, 100%");
  assert.equal(labels.say("of", { count: "<b>" }), "<b> van %(max)s, 100%");
});

test("one and many have texts of their own", () => {
  assert.deepEqual([0, 1, 3].map((number) => labels.count("some", number)), ["0 dingen", "1 ding", "3 dingen"]);
});

test("a text that is not there is said in the console and shown as its key", (context) => {
  const said = mock.method(console, "error", () => {});
  context.after(() => said.mock.restore());
  assert.equal(labels.say("nothing"), "nothing");
  assert.equal(said.mock.callCount(), 1);
});
