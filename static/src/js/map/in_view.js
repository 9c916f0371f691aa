import L from "leaflet";
import { element } from "../words/elements.js";
import { clusterIcon, reportIcon } from "./pin.js";
import { around, boxOf, keyOf, withBox } from "./viewport.js";

const WAIT_MS = 150;

/**
 * The reports in the view of a map, clustered by the server: asked again when the view changes. What stays in view keeps
 * its marker, so that an opened pop-up and the focus stay where they are.
 */
export class ReportsInView {
  constructor(map, { address, labels, sprite, list }) {
    Object.assign(this, { map, address, labels, sprite, list });
    this.markers = new Map();
    this.layer = L.featureGroup();
    this.bounds = null;
  }

  /** Asks for all of it, to know where to look. */
  async findBounds() {
    const data = await this.#ask(this.address);
    if (data?.bbox) this.bounds = L.latLngBounds(corners(data.bbox));
  }

  getBounds() {
    return this.bounds;
  }

  follow() {
    this.layer.addTo(this.map);
    let timer;
    this.map.on("moveend", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#renew(), WAIT_MS);
    });
    return this.#renew();
  }

  async #renew() {
    const box = boxOf(this.map.getBounds());
    if (this.list) {
      this.list.querySelector("a").href = withBox(location.href, { bbox: box, page: "" });
      this.list.hidden = false;
    }
    const data = await this.#ask(withBox(this.address, { bbox: box, zoom: Math.floor(this.map.getZoom()) }));
    if (data) this.#show(data);
  }

  async #ask(address) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(address, { credentials: "same-origin", signal: this.asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const data = await answer.json();
      this.#tell("");
      return data;
    } catch (error) {
      if (error.name !== "AbortError") this.#tell(this.labels.say("failed"));
      return null;
    }
  }

  #tell(words) {
    this.note?.remove();
    if (!words) return;
    this.note = element("p", { class: "portal-map-note", role: "status" }, words);
    this.map.getContainer().append(this.note);
  }

  #show(data) {
    const wanted = new Map(data.features.map((feature) => [keyOf(feature), feature]));
    for (const [key, marker] of this.markers) {
      if (!wanted.has(key)) this.#remove(key, marker);
    }
    for (const [key, feature] of wanted) {
      if (this.markers.has(key)) continue;
      const marker = this.#marker(feature, data);
      this.markers.set(key, marker);
      this.layer.addLayer(marker);
    }
  }

  #remove(key, marker) {
    const hadFocus = marker.getElement() === document.activeElement;
    this.layer.removeLayer(marker);
    this.markers.delete(key);
    if (hadFocus) this.map.getContainer().focus();
  }

  #marker({ geometry, properties }, data) {
    const place = [geometry.coordinates[1], geometry.coordinates[0]];
    return properties.count ? this.#cluster(place, properties.count) : this.#report(place, properties, data);
  }

  #cluster(place, count) {
    const deepest = this.map.getMaxZoom();
    const marker = L.marker(place, { icon: clusterIcon(this.labels.say("cluster", { count }), count) });
    return marker.on("click", () => {
      const zoom = this.map.getZoom();
      if (zoom < deepest) this.map.setView(place, Math.min(zoom + 2, deepest));
      else this.#offerList(place, count);
    });
  }

  /** What can't be taken apart by zooming in is taken apart by the list. */
  #offerList(place, count) {
    const href = withBox(location.href, { bbox: around(place), page: "" });
    const link = element("a", { href: `${href}#list` }, this.labels.say("cluster_list", { count }));
    L.popup({ autoPanPadding: [16, 16], maxWidth: 260 })
      .setLatLng(place)
      .setContent(element("div", { class: "portal-popup" }, link))
      .openOn(this.map);
  }

  #report(place, { number, title, status, tone, category }, { categories, url }) {
    const theme = categories[category];
    const words = { category: theme.name, status, title };
    const icon = reportIcon({
      name: this.labels.say("report", words),
      tone,
      icon: theme.icon,
      sprite: this.sprite,
    });
    const told = () =>
      element(
        "div",
        { class: "portal-popup" },
        element("p", { class: "portal-popup__title" }, title),
        element("p", { class: "portal-popup__state" }, `${words.category}, ${words.status}`),
        element("a", { href: `${url}${number}/` }, this.labels.say("report_link", { number })),
      );
    const popup = { autoPanPadding: [16, 16], maxWidth: 260 };
    return L.marker(place, { icon, riseOnHover: true }).bindPopup(told, popup);
  }
}

function corners([west, south, east, north]) {
  return [
    [south, west],
    [north, east],
  ];
}
