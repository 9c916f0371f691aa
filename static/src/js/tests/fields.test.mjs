import assert from "node:assert/strict";
import { test } from "node:test";
import { missing, payload } from "../report/fields.js";

const EMPTY = { kind: "", category: "", lat: "", lon: "", accuracy: "", address: "", text: "", facts: {}, email: "" };

test("numbers are sent as numbers and what is not known as null", () => {
  const values = { ...EMPTY, category: "3", lat: "52.632400", lon: "4.753400", accuracy: "7.6", text: " los " };
  assert.deepEqual(payload(values), {
    ...EMPTY,
    category: "3",
    lat: 52.6324,
    lon: 4.7534,
    accuracy: 8,
    text: "los",
  });
  assert.deepEqual(payload(EMPTY), { ...EMPTY, lat: null, lon: null, accuracy: null });
});

test("an address is as good as a pin", () => {
  const rest = { ...EMPTY, category: "3", text: "los" };
  assert.deepEqual(missing(rest), { address: "error_place" });
  assert.deepEqual(missing({ ...rest, lat: "52.1" }), { address: "error_place" });
  assert.deepEqual(missing({ ...rest, lat: "52.1", lon: "5.2" }), {});
  assert.deepEqual(missing({ ...rest, address: "Kerkstraat 12" }), {});
});

test("a text that is too long is not sent", () => {
  const rest = { ...EMPTY, category: "3", address: "Kerkstraat 12" };
  assert.deepEqual(missing({ ...rest, text: "12345" }, { limit: 5 }), {});
  assert.deepEqual(missing({ ...rest, text: "123456" }, { limit: 5 }), { text: "error_long" });
});

test("everything that is missing is said at once", () => {
  assert.deepEqual(missing({ ...EMPTY, text: "  " }, { emailIsOdd: true }), {
    category: "error_category",
    address: "error_place",
    text: "error_text",
    email: "error_email",
  });
});
