import L from "leaflet";
import { element } from "../words/elements.js";
import { Labels } from "../words/labels.js";
import { areaLayer } from "./areas.js";
import { drawBackground } from "./background.js";
import { improveKeyboard } from "./keyboard.js";
import { Names } from "./names.js";
import { Picker } from "./picker.js";
import { pinIcon } from "./pin.js";
import { fitTo, pair, setAskedView } from "./view.js";

/**
 * One map: boundaries and the municipality's own background, tiles where there are any, and what the page asks
 * for: a route, the reports in view, coloured areas, a fixed pin, a picker, or a route to be drawn. Whatever can't be
 * loaded is left out; the rest stays useful.
 */
export class PortalMap {
  constructor(container) {
    this.container = container;
    this.data = container.dataset;
    this.labels = Labels.of(container);
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = this.#create();
  }

  async start() {
    const asked = setAskedView(this.map, this.data);
    if (!asked) fitTo(this.map, []);
    if (this.data.pin) this.#drawPin(pair(this.data.pin));
    const picker = this.data.picker ? new Picker(this.map, this.container, this.labels, this.calm) : null;
    const drawing = this.data.drawing ? this.#startDrawing() : null;
    const names = ["boundaries", "base", "areas", "route"];
    const [boundaries, base, areas, route] = names.map((name) => json(this.data[name]));
    const inView = this.data.view ? this.#reportsInView() : null;
    const drawn = [
      inView,
      this.#drawRoute(route),
      this.#drawAreas(areas),
      this.#drawBoundaries(boundaries),
    ];
    const [view, ...layers] = await Promise.all(drawn);
    if (!asked && !picker?.pin && !(await drawing)?.points.length) fitTo(this.map, [view, ...layers]);
    view?.follow();
    this.#drawTiles();
    this.#drawBase(await base, await boundaries);
  }

  #create() {
    const map = L.map(this.container, {
      zoomControl: false,
      attributionControl: false,
      scrollWheelZoom: false,
      minZoom: 6,
      maxZoom: 19,
      // Tiles are sharp at whole zooms only; a drawn background fits what is shown more closely.
      zoomSnap: this.data.tiles ? 1 : 0.5,
      zoomAnimation: !this.calm,
      fadeAnimation: !this.calm,
      markerZoomAnimation: !this.calm,
      inertia: !this.calm,
    });
    const { labels } = this;
    const titles = { zoomInTitle: labels.say("zoom_in"), zoomOutTitle: labels.say("zoom_out") };
    L.control.zoom({ position: "bottomright", ...titles }).addTo(map);
    if (!this.container.hasAttribute("aria-label")) this.container.setAttribute("aria-label", labels.say("map"));
    if (!this.container.hasAttribute("role")) this.container.setAttribute("role", "region");
    improveKeyboard(map, labels);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(this.container);
    return map;
  }

  /** A tile that fails is an empty square, through which the background shows; that is no error to speak of. */
  #drawTiles() {
    if (!this.data.tiles) return;
    const credit = L.control.attribution({ prefix: false, position: "bottomleft" }).addTo(this.map);
    credit.addAttribution(element("span", {}, this.data.attribution ?? "").innerHTML);
    L.tileLayer(this.data.tiles, { maxZoom: 19, className: "portal-tile-image" }).addTo(this.map);
  }

  #drawPin(at) {
    if (!at) return;
    const icon = pinIcon(this.labels.say("pin_fixed"));
    const pin = L.marker(at, { icon, keyboard: false, interactive: false }).addTo(this.map);
    pin.getElement()?.setAttribute("role", "img");
  }

  async #drawAreas(loading) {
    const data = await loading;
    return data ? areaLayer(data).addTo(this.map) : null;
  }

  async #drawBoundaries(loading) {
    const data = await loading;
    if (!data) return null;
    const kind = "portal-map-boundary";
    const style = ({ properties }) => ({ className: `${kind} ${kind}--${properties.kind ?? "wijk"}`, weight: 1.5 });
    return L.geoJSON(data, { style, interactive: false }).addTo(this.map);
  }

  /** Where a route is shown, it says where to look; where it is being drawn, it is the drawing that does. */
  async #drawRoute(loading) {
    if (!this.data.route) return null;
    const [data, { routeLayer }] = await Promise.all([loading, import("./route.js")]);
    if (!data?.features.length) return null;
    const layer = routeLayer(data, { withLine: !this.data.drawing }).addTo(this.map);
    if (!this.data.drawing && !this.data.picker) fitTo(this.map, [layer]);
    return layer;
  }

  async #startDrawing() {
    const { Drawing } = await import("./drawing.js");
    return new Drawing(this.map, this.container, this.labels);
  }

  /** Reports that the server clusters for the view; where they are is asked only when the page does not say it. */
  async #reportsInView() {
    const { ReportsInView } = await import("./in_view.js");
    const { labels, map } = this;
    const list = document.querySelector(`[data-list-of="${this.container.id}"]`);
    const view = new ReportsInView(map, { address: this.data.view, sprite: this.data.sprite, labels, list });
    if (!this.data.bounds) await view.findBounds();
    return view;
  }

  #drawBase(base, boundaries) {
    if (base) drawBackground(this.map, base);
    const names = new Names(this.map);
    if (boundaries) names.add(boundaries.features);
    if (base) names.add(base.features);
  }
}

/** The JSON at an address; null when there is no address or nothing usable at it. */
async function json(address) {
  if (!address) return null;
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
