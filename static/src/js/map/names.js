import L from "leaflet";
import { element } from "../words/elements.js";
import { anchorsOf, inside } from "./geometry.js";
import { kindOf, nameOf, placed } from "./placing.js";

const PADDING = 8;

/** Names of streets, waters and neighbourhoods over the background, as many as fit. Not for screen readers. */
export class Names {
  constructor(map) {
    this.map = map;
    this.named = [];
    this.sizes = new Map();
    this.pane = map.createPane("names");
    this.pane.classList.add("portal-names", "leaflet-zoom-hide");
    this.pane.setAttribute("aria-hidden", "true");
    map.on("moveend zoomend resize", () => this.draw());
  }

  /** Features come in the order in which they are drawn: where land covers the sea, the sea has no name. */
  add(features) {
    features.forEach(({ properties, geometry }, index) => {
      const name = nameOf(properties);
      if (!name) return;
      const cover = features.slice(index + 1).filter((later) => later.properties.kind === "land");
      const isSeen = ({ at }) => !cover.some((land) => inside(at, land.geometry));
      this.named.push({ name, kind: kindOf(properties), anchors: anchorsOf(geometry).filter(isSeen) });
    });
    this.draw();
  }

  draw() {
    const view = this.map.getPixelBounds();
    const origin = this.map.getPixelOrigin();
    const toPoint = ([lon, lat]) => {
      const pixel = this.map.project([lat, lon]);
      return view.contains(pixel) ? pixel.subtract(origin) : null;
    };
    const measure = (name, kind) => this.#size(name, kind);
    const now = placed(this.named, { zoom: this.map.getZoom(), measure, toPoint });
    this.pane.replaceChildren(...now.map(drawn));
  }

  /** The size of a text, measured once, as the browser draws it. */
  #size(name, kind) {
    const key = `${kind} ${name}`;
    if (!this.sizes.has(key)) {
      const probe = element("span", { class: `portal-name portal-name--${kind}` }, name);
      this.pane.append(probe);
      this.sizes.set(key, { width: probe.offsetWidth + PADDING, height: probe.offsetHeight });
      probe.remove();
    }
    return this.sizes.get(key);
  }
}

function drawn({ name, kind, point, angle }) {
  const label = element("span", { class: `portal-name portal-name--${kind}` }, name);
  label.style.transform = `rotate(${angle.toFixed(3)}rad)`;
  const holder = element("span", { class: "portal-name-holder" }, label);
  L.DomUtil.setPosition(holder, point.round());
  return holder;
}
