import L from "leaflet";
import { namedIcon } from "../map/pin.js";
import { PortalMap } from "../map/portal_map.js";
import { element } from "../words/elements.js";

/** The route, its stops and where one is, over the municipality's own map; without that, on an empty ground. */
export class RouteMap {
  constructor(container, walk, labels) {
    this.labels = labels;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.portal = new PortalMap(container);
    this.map = this.portal.map;
    this.layer = null;
    this.portal.start();
    this.update(walk);
  }

  update(walk) {
    const drawn = JSON.stringify([walk.route, walk.stops]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.layer?.remove();
    const line = L.polyline(walk.route.map(([lon, lat]) => [lat, lon]), { className: "walk-route", weight: 5, interactive: false });
    this.layer = L.featureGroup([line, ...walk.stops.map((stop) => this.#stop(stop))]).addTo(this.map);
    const bounds = this.layer.getBounds();
    if (bounds.isValid()) this.map.fitBounds(bounds, { padding: [28, 28], maxZoom: 17, animate: false });
  }

  #stop(stop) {
    const name = this.labels.say("map_stop", { number: stop.position, name: stop.name });
    const icon = namedIcon("walk-map-stop", name, element("span", { "aria-hidden": "true" }, String(stop.position)));
    const marker = L.marker([stop.lat, stop.lon], { icon, riseOnHover: true });
    return marker.on("click", () => {
      location.hash = `halte-${stop.id}`;
    });
  }

  /** Where the phone is, with a circle as wide as it is unsure. */
  here({ lat, lon, accuracy }) {
    const at = [lat, lon];
    if (!this.me) {
      const icon = namedIcon("walk-map-me", this.labels.say("map_me"), element("span"));
      this.circle = L.circle(at, { radius: accuracy, interactive: false, className: "portal-accuracy" }).addTo(this.map);
      this.me = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.map);
      this.me.getElement()?.setAttribute("role", "img");
    }
    this.me.setLatLng(at);
    this.circle.setLatLng(at).setRadius(accuracy);
  }
}
