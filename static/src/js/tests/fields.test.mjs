import assert from "node:assert/strict";
import { test } from "node:test";
import { missing, payload, read, write } from "../report/fields.js";

const EMPTY = { category: "", lat: "", lon: "", accuracy: "", address: "", text: "", extra_answer: "", email: "" };

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

test("everything that is missing is said at once", () => {
  assert.deepEqual(missing({ ...EMPTY, text: "  " }, { emailIsOdd: true }), {
    category: "error_category",
    address: "error_place",
    text: "error_text",
    email: "error_email",
  });
});

/** As much of a form as the values need: fields by name, each in a part of the page that may be hidden. */
function formOf(fields) {
  globalThis.RadioNodeList ??= class RadioNodeList {};
  const part = { hidden: false };
  const elements = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { value, closest: () => part }]),
  );
  return { elements };
}

test("the extra answer is that to the question of the chosen category", () => {
  const form = formOf({ category: "3", text: "los", extra_answer_3: "mast 42", extra_answer_7: "een bank" });
  assert.equal(read(form).extra_answer, "mast 42");
  form.elements.category.value = "7";
  assert.equal(read(form).extra_answer, "een bank");
  form.elements.category.value = "9";
  assert.equal(read(form).extra_answer, "");
});

test("a draft puts its extra answer at the question of its category", () => {
  const form = formOf({ category: "", text: "", extra_answer_3: "", extra_answer_7: "" });
  write(form, { ...EMPTY, category: "7", text: "los", extra_answer: "een bank" });
  assert.equal(form.elements.extra_answer_7.value, "een bank");
  assert.equal(form.elements.extra_answer_3.value, "");
});
