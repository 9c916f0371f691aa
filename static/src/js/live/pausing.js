// htmx asks every few seconds; what it asks while the page is hidden is not sent. Who comes back sees the newest at once.
export function pauseWhenHidden(page) {
  for (const words of page.querySelectorAll("[data-live-words]")) words.hidden = false;
  page.addEventListener("htmx:beforeRequest", (event) => {
    if (page.hidden && event.target.closest("[data-live]")) event.preventDefault();
  });
  page.addEventListener("visibilitychange", () => {
    if (!page.hidden) page.querySelector("[data-live]")?.dispatchEvent(new Event("look-now"));
  });
}
