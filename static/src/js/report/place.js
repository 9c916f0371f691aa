import { button, element } from "../words/elements.js";
import { wrapper } from "./fields.js";
import { bestFix, metres, ROUGH_METRES } from "./locate.js";

/**
 * The place of the report: what the inputs lat, lon and accuracy hold, what the map shows and what is said about
 * it. Emits "change" with {by, rough}: gps, map, address, draft or nothing (taken away); rough as in picker.js.
 */
export class Place extends EventTarget {
  constructor(form, labels) {
    super();
    this.form = form;
    this.labels = labels;
    this.map = form.querySelector("[data-map][data-picker]");
    this.status = element("p", { class: "portal-place__status", role: "status" });
    this.by = null;
    this.map?.addEventListener("portal:place", (event) => this.#moved(event.detail));
    wrapper(form, "address").after(element("div", { class: "portal-place" }, ...this.#tools(), this.status));
  }

  /** {lat, lon} as the inputs hold them, or null. */
  get current() {
    const { lat, lon } = this.form.elements;
    return lat.value && lon.value ? { lat: lat.value, lon: lon.value } : null;
  }

  /** Puts the pin; `accuracy` in metres belongs to a position that the device measured. */
  put({ lat, lon, accuracy = null, by }) {
    this.#write(lat, lon, accuracy);
    this.#show({ lat, lon, accuracy });
    this.#changed(by);
  }

  clear() {
    for (const name of ["lat", "lon", "accuracy"]) this.form.elements[name].value = "";
    this.#show({ lat: null, lon: null, accuracy: null });
    this.#changed(null);
  }

  /** Shows on the map what the inputs hold already, for instance of a draft. */
  restore() {
    if (!this.current) return;
    const accuracy = this.form.elements.accuracy.value;
    const { lat, lon } = this.current;
    this.#show({ lat: Number(lat), lon: Number(lon), accuracy: accuracy ? Number(accuracy) : null });
    this.#changed("draft");
  }

  say(key, values) {
    this.status.textContent = key ? this.labels.say(key, values) : "";
  }

  #tools() {
    if (!("geolocation" in navigator) || !window.isSecureContext) return [];
    this.locateButton = button(this.labels.say("locate"), "secondary-action", () => this.#locate(), {
      class: "utrecht-button utrecht-button--secondary-action portal-place__locate",
    });
    return [this.locateButton];
  }

  async #locate() {
    if (this.locateButton.getAttribute("aria-disabled") === "true") return;
    this.locateButton.setAttribute("aria-disabled", "true");
    this.say("locate_asking");
    this.asked = Symbol("asked");
    const mine = this.asked;
    const stillMine = () => this.asked === mine;
    try {
      const onBetter = (fix) => stillMine() && this.#found(fix, "locate_better");
      const fix = await bestFix(navigator.geolocation, { onBetter });
      if (stillMine()) this.#found(fix, fix.accuracy > ROUGH_METRES ? "locate_rough" : "locate_found");
    } catch (error) {
      if (stillMine()) this.say(`locate_${error.message}`);
    } finally {
      this.locateButton.removeAttribute("aria-disabled");
    }
  }

  #found(fix, key) {
    this.put({ ...fix, by: "gps" });
    this.say(key, { metres: metres(fix.accuracy) });
  }

  /** A hand on the map wins from a search for the position that is still going on. */
  #moved({ lat, lon, rough }) {
    this.asked = null;
    this.#write(lat, lon, null);
    this.say(rough ? "place_rough" : "place_chosen");
    this.#changed("map", rough);
  }

  #write(lat, lon, accuracy) {
    this.form.elements.lat.value = lat.toFixed(6);
    this.form.elements.lon.value = lon.toFixed(6);
    this.form.elements.accuracy.value = accuracy === null ? "" : String(Math.round(accuracy));
  }

  #show(detail) {
    this.map?.dispatchEvent(new CustomEvent("portal:show-place", { detail }));
  }

  #changed(by, rough = false) {
    this.by = by;
    this.dispatchEvent(new CustomEvent("change", { detail: { by, rough } }));
  }
}
