/** Of the questions that some categories ask, shows only that of the chosen one, without saying which it is for. */
export function followCategory(form) {
  const groups = [...form.querySelectorAll("[data-extra-of]")];
  for (const group of groups) group.querySelector("legend").hidden = true;
  const show = () => {
    const chosen = form.querySelector("input[name=category]:checked")?.value;
    for (const group of groups) group.hidden = group.dataset.extraOf !== chosen;
  };
  form.addEventListener("change", (event) => event.target.name === "category" && show());
  show();
}
