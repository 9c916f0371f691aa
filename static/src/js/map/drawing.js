import L from "leaflet";
import { element } from "../words/elements.js";
import { indexFor, kilometres, lengthOf } from "./line.js";

// More handles than this can't be told apart by a finger, and make a phone slow.
const MOST_HANDLES = 120;
const DIGITS = 6;

/**
 * Drawing a route: tap the map to go on from the last point, drag a point, tap the line to put one in between; or, with
 * a keyboard, move the map under the cross and press Enter. The input whose id is in data-drawing holds the line as
 * JSON, [[longitude, latitude], ...], and is all that the server gets.
 */
export class Drawing {
  constructor(map, container, labels) {
    this.map = map;
    this.container = container;
    this.labels = labels;
    this.input = document.getElementById(container.dataset.drawing);
    this.points = JSON.parse(this.input.value || "[]");
    this.before = [];
    this.line = L.polyline([], { className: "portal-route", weight: 5, bubblingMouseEvents: false }).addTo(map);
    this.handles = L.layerGroup().addTo(map);
    this.#build();
    this.line.on("click", (event) => this.#between(event.latlng));
    map.on("click", (event) => this.#add(event.latlng));
    map.on("moveend", () => this.#drawHandles());
    container.addEventListener("keydown", (event) => this.#key(event));
    this.#show();
    if (this.points.length > 1) map.fitBounds(this.line.getBounds(), { padding: [24, 24], animate: false });
  }

  #build() {
    const id = `${this.container.id}-help`;
    const help = element("p", { id, class: "portal-map-help" }, this.labels.say("route_help"));
    this.status = element("p", { class: "portal-map-help", role: "status" });
    this.container.setAttribute("aria-describedby", id);
    this.container.append(element("span", { class: "portal-map-cross", "aria-hidden": "true" }));
    this.container.classList.add("portal-map--picker");
    this.buttons = {
      add: this.#button("route_add", () => this.#add(this.map.getCenter())),
      last: this.#button("route_last", () => this.#change(this.points.slice(0, -1))),
      undo: this.#button("route_undo", () => this.#undo()),
      clear: this.#button("route_clear", () => this.#change([])),
    };
    const row = element("div", { class: "portal-row" }, ...Object.values(this.buttons));
    const box = this.container.closest(".portal-map-box");
    box.after(element("div", { class: "portal-map-tools" }, this.status, row, help));
  }

  #button(label, act) {
    const made = element("button", { type: "button", class: "portal-link-button" }, this.labels.say(label));
    made.addEventListener("click", act);
    return made;
  }

  #key(event) {
    if (event.target !== this.container) return;
    const act = { Enter: () => this.#add(this.map.getCenter()), Backspace: () => this.#undo() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #add(latlng) {
    this.#change([...this.points, round(latlng)]);
  }

  #between(latlng) {
    const point = round(latlng);
    const at = indexFor(this.points, point);
    this.#change([...this.points.slice(0, at), point, ...this.points.slice(at)]);
  }

  #change(points) {
    if (!points.length && !this.points.length) return;
    this.before.push(this.points);
    this.points = points;
    this.#write();
  }

  #undo() {
    if (!this.before.length) return;
    this.points = this.before.pop();
    this.#write();
  }

  #write() {
    this.input.value = this.points.length ? JSON.stringify(this.points) : "";
    this.#show();
  }

  #show() {
    this.line.setLatLngs(this.points.map(latLng));
    this.#drawHandles();
    for (const name of ["last", "clear"]) this.#allow(name, this.points.length > 0);
    this.#allow("undo", this.before.length > 0);
    this.status.textContent = this.#words();
  }

  /** Not disabled: a button that loses the focus when it is pressed leaves a keyboard nowhere. */
  #allow(name, may) {
    this.buttons[name].setAttribute("aria-disabled", String(!may));
  }

  #words() {
    const count = this.points.length;
    if (!count) return this.labels.say("route_none");
    if (count === 1) return this.labels.say("route_one");
    const km = kilometres(lengthOf(this.points), document.documentElement.lang);
    return this.labels.say(this.before.length ? "route_many" : "route_kept", { count, km });
  }

  /** Of the points in sight; from too far away only the first and the last. */
  #drawHandles() {
    this.handles.clearLayers();
    const view = this.map.getBounds();
    const inSight = [...this.points.keys()].filter((at) => view.contains(latLng(this.points[at])));
    const ends = inSight.filter((at) => at === 0 || at === this.points.length - 1);
    for (const at of inSight.length > MOST_HANDLES ? ends : inSight) this.handles.addLayer(this.#handle(at));
  }

  /** Not focusable, as the pin of a picker: with a keyboard one adds and takes away. */
  #handle(at) {
    const end = at === 0 ? " portal-route-handle--first" : "";
    const icon = L.divIcon({ className: `portal-route-handle${end}`, iconSize: null });
    const handle = L.marker(latLng(this.points[at]), { icon, draggable: true, autoPan: true, keyboard: false });
    const moved = () => this.points.map((point, index) => (index === at ? round(handle.getLatLng()) : point));
    handle.on("drag", () => this.line.setLatLngs(moved().map(latLng)));
    handle.on("dragend", () => this.#change(moved()));
    return handle;
  }
}

function latLng([lon, lat]) {
  return L.latLng(lat, lon);
}

function round(latlng) {
  const { lat, lng } = latlng.wrap();
  return [Number(lng.toFixed(DIGITS)), Number(lat.toFixed(DIGITS))];
}
