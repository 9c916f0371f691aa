/**
 * The questions of categories: fields named fact_<category>_<code> in [data-questions-of=<category>], in [data-needed]
 * where one has to answer.
 */

/** What the only answer was called before a category could ask more; a draft of then may be put back. */
const FIRST_CODE = "extra";

export const isQuestion = (name) => name.startsWith("fact_");

/** Shows only the questions of the chosen category, without saying which it is for; gives what does so again. */
export function followCategory(form) {
  const groups = [...form.querySelectorAll("[data-questions-of]")];
  for (const group of groups) group.querySelector("legend").hidden = true;
  const show = () => {
    const chosen = form.querySelector("input[name=category]:checked")?.value;
    for (const group of groups) group.hidden = group.dataset.questionsOf !== chosen;
  };
  form.addEventListener("change", (event) => event.target.name === "category" && show());
  show();
  return show;
}

const beginOf = (category) => `fact_${category}_`;

/** The controls of the questions of the chosen category. */
function controls(form) {
  const begin = beginOf(form.elements.category?.value ?? "");
  return [...form.elements].filter((item) => item.name?.startsWith(begin));
}

const isChoice = (item) => item.type === "radio" || item.type === "checkbox";

/** What was answered to the questions of the chosen category: by code a text, or a list where several may be chosen. */
export function answers(form) {
  const begin = beginOf(form.elements.category?.value ?? "");
  const found = {};
  for (const item of controls(form)) {
    const value = isChoice(item) && !item.checked ? "" : item.value.trim();
    if (!value) continue;
    const code = item.name.slice(begin.length);
    found[code] = item.type === "checkbox" ? [...(found[code] ?? []), value] : value;
  }
  return found;
}

/** Puts answers back, when the category has been put back. */
export function putAnswers(form, { category, facts, extra_answer: first }) {
  const given = facts ?? (first ? { [FIRST_CODE]: first } : {});
  for (const item of controls(form)) {
    const value = given[item.name.slice(beginOf(category).length)];
    if (value === undefined) continue;
    if (isChoice(item)) item.checked = [value].flat().includes(item.value);
    else item.value = value;
  }
}

/** The names of the questions of the chosen category that have to be answered and are not. */
export function unanswered(form) {
  const begin = beginOf(form.elements.category?.value ?? "");
  const given = answers(form);
  const needed = controls(form).filter((item) => item.closest("[data-needed]"));
  return [...new Set(needed.map((item) => item.name))].filter((name) => !(name.slice(begin.length) in given));
}
