// After a refused form, reading starts at the list of what is wrong.
export function focusErrors(page) {
  page.querySelector("[data-error-summary]")?.focus();
}
