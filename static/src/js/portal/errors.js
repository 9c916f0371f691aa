// After a refused form, reading starts at the list of what is wrong. An example in the style guide is none.
export function focusErrors(page) {
  page.querySelector("[data-error-summary]:not([data-example] *)")?.focus();
}
