import { control, wrapper } from "./fields.js";

/** Shows the one extra field with the question of the chosen category, and hides it where there is none. */
export function followCategory(form) {
  const input = control(form, "extra_answer");
  if (!input) return;
  const label = wrapper(form, "extra_answer").querySelector(`label[for="${input.id}"]`);
  // What follows the question in its label ("(optional)") stays.
  const gap = label?.firstElementChild ? " " : "";
  const show = () => {
    const chosen = form.querySelector("input[name=category]:checked");
    const question = chosen?.dataset.extra ?? "";
    wrapper(form, "extra_answer").hidden = !question;
    if (question && label) label.firstChild.textContent = question + gap;
  };
  form.addEventListener("change", (event) => event.target.name === "category" && show());
  show();
}
