/** Moves the focus to what an act brought to this part: what is wrong, what somebody else changed, or what is next. */
export function readsNews(page, id) {
  const part = page.getElementById(id);
  const news =
    part?.querySelector("[data-changes]") ??
    part?.querySelector("[data-error-summary]") ??
    part?.querySelector(".utrecht-alert");
  if (!news) return;
  news.tabIndex = -1;
  news.focus();
}

/** Nothing came back, or nothing that belongs on this page: says so above, and leaves the rest as it is. */
export function tellsFailure(page) {
  const place = page.getElementById("news");
  if (!place) return;
  const alert = page.createElement("div");
  alert.className = "utrecht-alert utrecht-alert--error";
  alert.role = "alert";
  alert.textContent = place.dataset.failed;
  place.replaceChildren(alert);
  readsNews(page, "news");
}
