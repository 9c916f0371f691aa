// A <details data-fold> is folded on a phone; where there is room it is open from the start.
export function openFolds(page) {
  if (!matchMedia("(min-width: 52rem)").matches) return;
  for (const fold of page.querySelectorAll("details[data-fold]")) fold.open = true;
}
