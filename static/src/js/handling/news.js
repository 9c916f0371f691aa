/** Moves the focus to what an act brought: what is wrong, what somebody else changed, or what happens next. */
export function readsNews(page) {
  const work = page.getElementById("report-work");
  const news =
    work?.querySelector("[data-changes]") ??
    page.querySelector("[data-error-summary]") ??
    work?.querySelector(".utrecht-alert");
  if (!news) return;
  news.tabIndex = -1;
  news.focus();
}
