import { metresAPixel } from "./geometry.js";

// How wide a way is drawn: metres on the ground, but never thinner than so many pixels.
const WAYS = {
  road: { metres: 10, least: 1.6 },
  street: { metres: 6.5, least: 0.8 },
  path: { metres: 2, least: 0.5 },
  rail: { metres: 4, least: 1.5, dash: "8 5" },
  water: { metres: 3, least: 0.5 },
};

/** Houses are only drawn from this zoom on; before it they are no more than dust. */
export const BUILDINGS_FROM_ZOOM = 15;

/** Leaflet's path options for a feature of the background: surfaces filled, ways as wide as they are. */
export function styleOf(kind, isLine, { zoom, latitude, colours }) {
  if (!isLine) return { stroke: false, fill: true, fillColor: colours[kind], fillOpacity: 1 };
  const way = WAYS[kind] ?? WAYS.path;
  const weight = Math.max(way.least, way.metres / metresAPixel(zoom, latitude));
  return { fill: false, color: colours[kind], weight, opacity: 1, dashArray: way.dash ?? null };
}

/** What goes on beyond the edge of the background, so that no map ends in an empty strip: its lowest surface. */
export function beyondOf({ features: [lowest] }) {
  return lowest?.geometry.type.endsWith("Polygon") ? lowest.properties.kind : "";
}
