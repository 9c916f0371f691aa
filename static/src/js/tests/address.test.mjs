import assert from "node:assert/strict";
import { test } from "node:test";
import { contradicts } from "../report/address.js";

test("another address than that of the pin contradicts it", () => {
  assert.equal(contradicts("Kerkstraat 1", "Meent 12"), true);
  assert.equal(contradicts("Meent 1", "Meent 12"), true);
});

test("more words, no words, and words without a pin's address do not", () => {
  assert.equal(contradicts("Meent 12, bij de brug", "Meent 12"), false);
  assert.equal(contradicts(" ", "Meent 12"), false);
  assert.equal(contradicts("Kerkstraat 1", ""), false);
});
