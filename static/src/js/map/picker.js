import L from "leaflet";
import { element } from "../words/elements.js";
import { pinIcon } from "./pin.js";

const CLOSE_ZOOM = 17;
// Below this a finger covers a whole street: who points there is taken closer, and asked whether the pin is right.
const SURE_ZOOM = 16;

/**
 * Lets somebody point at a place: tap the map, drag the pin, or move the map under the cross and press Enter or the
 * button (the ways for a keyboard). Writes latitude and longitude to two inputs with six decimals and emits
 * "portal:place" {lat, lon, by: "map", rough}, rough when it was pointed at from too far away to be sure; listens to "portal:show-place" {lat, lon, accuracy}, where lat null takes the pin away.
 */
export class Picker {
  constructor(map, container, labels, calm) {
    this.map = map;
    this.container = container;
    this.labels = labels;
    this.calm = calm;
    this.inputs = container.dataset.picker.split(",").map((id) => document.getElementById(id.trim()));
    this.pin = null;
    this.circle = null;
    this.#build();
    map.on("click", (event) => this.#point(event.latlng));
    container.addEventListener("keydown", (event) => this.#key(event));
    container.addEventListener("portal:show-place", (event) => this.show(event.detail));
    this.#showInputs();
  }

  /** Shows a place without saying it was pointed at; `accuracy` in metres draws a circle around it. */
  show({ lat, lon, accuracy }) {
    this.#clearCircle();
    if (lat === null) {
      this.pin?.remove();
      this.pin = null;
      return;
    }
    this.#place([lat, lon]);
    if (accuracy) this.#drawCircle([lat, lon], accuracy);
    const view = accuracy ? this.circle.getBounds() : L.latLng(lat, lon).toBounds(40);
    this.map.fitBounds(view, { maxZoom: CLOSE_ZOOM, animate: !this.calm });
  }

  #build() {
    const id = `${this.container.id || "map"}-help`;
    const help = element("p", { id, class: "portal-map-help" }, this.labels.say("picker_help"));
    this.container.setAttribute("aria-describedby", id);
    const middle = element("button", { type: "button", class: "portal-link-button" }, this.labels.say("pin_middle"));
    middle.addEventListener("click", () => this.#point(this.map.getCenter()));
    this.container.append(element("span", { class: "portal-map-cross", "aria-hidden": "true" }));
    this.container.classList.add("portal-map--picker");
    const box = this.container.closest(".portal-map-box") ?? this.container;
    box.after(element("div", { class: "portal-map-tools" }, help, middle));
  }

  #key(event) {
    if (event.key !== "Enter" || event.target !== this.container) return;
    event.preventDefault();
    this.#point(this.map.getCenter());
  }

  #point(latlng) {
    const { lat, lng } = latlng.wrap();
    const rough = this.map.getZoom() < SURE_ZOOM;
    this.#clearCircle();
    this.#place([lat, lng]);
    const [latInput, lonInput] = this.inputs;
    if (latInput) latInput.value = lat.toFixed(6);
    if (lonInput) lonInput.value = lng.toFixed(6);
    const detail = { lat, lon: lng, by: "map", rough };
    this.container.dispatchEvent(new CustomEvent("portal:place", { bubbles: true, detail }));
    if (rough) this.map.flyTo([lat, lng], CLOSE_ZOOM, { animate: !this.calm });
  }

  #place(at) {
    if (this.pin) {
      this.pin.setLatLng(at);
      return;
    }
    const icon = pinIcon(this.labels.say("pin"));
    // Not focusable: with a keyboard the pin is moved by the button, not here.
    this.pin = L.marker(at, { icon, draggable: true, autoPan: true, keyboard: false }).addTo(this.map);
    this.pin.getElement().setAttribute("role", "img");
    this.pin.on("dragend", () => this.#point(this.pin.getLatLng()));
  }

  #drawCircle(at, radius) {
    this.circle = L.circle(at, { radius, interactive: false, className: "portal-accuracy" }).addTo(this.map);
  }

  #clearCircle() {
    this.circle?.remove();
    this.circle = null;
  }

  #showInputs() {
    const [lat, lon] = this.inputs.map((input) => Number.parseFloat(input?.value ?? ""));
    if (Number.isFinite(lat) && Number.isFinite(lon)) this.show({ lat, lon, accuracy: null });
  }
}
