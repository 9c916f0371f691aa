import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, putAnswers, unanswered, valueOf } from "../report/questions.js";

/** As much of a form as questions need: its controls in order, and the category by its name. */
function formOf(category, ...items) {
  const elements = items.map((item) => ({ type: "text", value: "", ...item, closest: () => item.needed ?? null }));
  elements.category = { value: category };
  return { elements };
}

const box = (value, checked = false) => ({ name: "fact_3_soort", type: "checkbox", value, checked });
const radio = (value, checked = false) => ({ name: "fact_3_kant", type: "radio", value, checked });

test("only what the chosen category asks is answered", () => {
  const form = formOf("3", { name: "fact_3_mast", value: " 42 " }, { name: "fact_7_mast", value: "7" });
  assert.deepEqual(answers(form), { mast: "42" });
  form.elements.category.value = "7";
  assert.deepEqual(answers(form), { mast: "7" });
  form.elements.category.value = "9";
  assert.deepEqual(answers(form), {});
});

test("an idea or a compliment is asked nothing", () => {
  const form = formOf("3", { name: "fact_3_mast", value: "42", needed: {} }, { name: "fact_3_kant", needed: {} });
  form.elements.kind = { value: "problem" };
  assert.deepEqual([answers(form), unanswered(form)], [{ mast: "42" }, ["fact_3_kant"]]);
  for (const kind of ["idea", "compliment", ""]) {
    form.elements.kind = { value: kind };
    assert.deepEqual([answers(form), unanswered(form)], [{}, []]);
  }
});

test("a choice of one is chosen only once it is checked", () => {
  const form = formOf("3");
  form.elements.category = { type: "radio", value: "3", checked: false };
  assert.equal(valueOf(form, "category"), "");
  form.elements.category.checked = true;
  assert.equal(valueOf(form, "category"), "3");
  assert.equal(valueOf(form, "nothing"), "");
});

test("several choices are a list, and one choice is a text", () => {
  const form = formOf("3", box("a", true), box("b"), box("c", true), radio("links"), radio("rechts", true));
  assert.deepEqual(answers(form), { soort: ["a", "c"], kant: "rechts" });
});

test("a draft puts its answers back", () => {
  const form = formOf("3", { name: "fact_3_mast" }, box("a"), box("b"), radio("links"), radio("rechts"));
  const facts = { mast: "42", soort: ["b"], kant: "links" };
  putAnswers(form, { category: "3", facts });
  assert.deepEqual(answers(form), facts);
});

test("a draft of before categories could ask more has the answer to the first question", () => {
  const form = formOf("3", { name: "fact_3_extra" });
  putAnswers(form, { category: "3", extra_answer: "mast 42" });
  assert.deepEqual(answers(form), { extra: "mast 42" });
});

test("what has to be answered is asked for once", () => {
  const needed = {};
  const form = formOf("3", { ...radio("links"), needed }, { ...radio("rechts"), needed }, { name: "fact_3_mast" });
  assert.deepEqual(unanswered(form), ["fact_3_kant"]);
  form.elements[1].checked = true;
  assert.deepEqual(unanswered(form), []);
});
