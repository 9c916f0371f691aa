/**
 * The questions of categories: fields named fact_<category>_<code> in [data-questions-of=<category>], in [data-needed]
 * where one has to answer. They are about what is wrong, so they are asked of a melding only.
 */

/** What the only answer was called before a category could ask more; a draft of then may be put back. */
const FIRST_CODE = "extra";
const PROBLEM = "problem";

/** What a field says; of a choice of one it is what was chosen, as a form gives that radio itself and not its group. */
export function valueOf(form, name) {
  const item = form.elements[name];
  return item?.type === "radio" && !item.checked ? "" : (item?.value ?? "");
}

export const isQuestion = (name) => name.startsWith("fact_");

/** The category whose questions are asked now; empty where none is chosen, or for another kind than a melding. */
function asking(form) {
  const kind = form.elements.kind ? valueOf(form, "kind") : PROBLEM;
  return kind === PROBLEM ? valueOf(form, "category") : "";
}

/** Shows only the questions that are asked now, without saying what they are for; gives what does so again. */
export function followChoices(form) {
  const groups = [...form.querySelectorAll("[data-questions-of]")];
  for (const group of groups) group.querySelector("legend").hidden = true;
  const show = () => {
    const chosen = asking(form);
    for (const group of groups) group.hidden = group.dataset.questionsOf !== chosen;
  };
  form.addEventListener("change", (event) => ["kind", "category"].includes(event.target.name) && show());
  show();
  return show;
}

const beginOf = (category) => `fact_${category}_`;

/** The controls of the questions that are asked now. */
function controls(form) {
  const begin = beginOf(asking(form));
  return [...form.elements].filter((item) => item.name?.startsWith(begin));
}

const isChoice = (item) => item.type === "radio" || item.type === "checkbox";

/** What was answered to the questions that are asked now: by code a text, or a list where several may be chosen. */
export function answers(form) {
  const begin = beginOf(asking(form));
  const found = {};
  for (const item of controls(form)) {
    const value = isChoice(item) && !item.checked ? "" : item.value.trim();
    if (!value) continue;
    const code = item.name.slice(begin.length);
    found[code] = item.type === "checkbox" ? [...(found[code] ?? []), value] : value;
  }
  return found;
}

/** Puts answers back, when the kind and the category have been put back. */
export function putAnswers(form, { category, facts, extra_answer: first }) {
  const given = facts ?? (first ? { [FIRST_CODE]: first } : {});
  for (const item of controls(form)) {
    const value = given[item.name.slice(beginOf(category).length)];
    if (value === undefined) continue;
    if (isChoice(item)) item.checked = [value].flat().includes(item.value);
    else item.value = value;
  }
}

/** The names of the questions that are asked now, have to be answered and are not. */
export function unanswered(form) {
  const begin = beginOf(asking(form));
  const given = answers(form);
  const needed = controls(form).filter((item) => item.closest("[data-needed]"));
  return [...new Set(needed.map((item) => item.name))].filter((name) => !(name.slice(begin.length) in given));
}
