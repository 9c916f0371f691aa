/**
 * What Leaflet leaves out for the keyboard: a space on a marker, the focus in an opened pop-up and back when it
 * closes, and no zooming by accident while one scrolls down the page.
 */
export function improveKeyboard(map, labels) {
  const container = map.getContainer();
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePopup(map);
    if (event.key !== " " || !event.target.classList.contains("leaflet-marker-icon")) return;
    event.preventDefault();
    event.target.click();
    // A cluster is taken away by what it does; the focus stays on the map, as Leaflet does after Enter.
    if (event.target.classList.contains("portal-cluster")) container.focus();
  });
  map.on("popupopen", ({ popup }) => enterPopup(popup, labels));
  container.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  container.addEventListener("focusout", () => map.scrollWheelZoom.disable());
}

/** Only who came by keyboard is taken along: a finger or mouse needs no focus there. */
function enterPopup(popup, labels) {
  const box = popup.getElement();
  box.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", labels.say("close"));
  if (document.activeElement?.matches(".leaflet-marker-icon:focus-visible")) box.querySelector("a")?.focus();
}

function closePopup(map) {
  const opened = map._popup;
  if (!opened?.isOpen()) return;
  const marker = opened._source?.getElement?.();
  const inside = opened.getElement().contains(document.activeElement);
  map.closePopup();
  if (inside) (marker ?? map.getContainer()).focus();
}
