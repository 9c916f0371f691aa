import L from "leaflet";
import { element, svg } from "../words/elements.js";
import { icon as spriteIcon } from "../words/icon.js";

/** An icon made of elements, with a name that is read out. */
const NamedIcon = L.DivIcon.extend({
  createIcon(old) {
    const made = L.DivIcon.prototype.createIcon.call(this, old);
    made.setAttribute("aria-label", this.options.name);
    return made;
  },
});

export function namedIcon(className, name, html) {
  return new NamedIcon({ className, name, html, iconSize: null });
}

/** The pin of one place: its point is the place. */
export function pinIcon(name) {
  const drop = svg("path", { d: "M14 39C14 39 2 23.5 2 14a12 12 0 0 1 24 0c0 9.5-12 25-12 25z" });
  const eye = svg("circle", { cx: 14, cy: 14, r: 4.5 });
  const drawing = svg("svg", { viewBox: "0 0 28 40", class: "portal-drop", "aria-hidden": "true" }, drop, eye);
  return namedIcon("portal-drop-box", name, drawing);
}

/** A report on the map: the icon of its category, in the tone of its state. */
export function reportIcon({ name, tone, icon, sprite }) {
  const pin = element("span", { class: `portal-pin portal-pin--${tone}` }, spriteIcon(sprite, icon));
  return namedIcon("portal-marker", name, pin);
}

export function clusterIcon(name, count) {
  return namedIcon("portal-cluster", name, element("span", { "aria-hidden": "true" }, String(count)));
}
