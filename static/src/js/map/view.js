import L from "leaflet";

const NETHERLANDS = [
  [50.75, 3.35],
  [53.55, 7.2],
];
const CLOSE_ZOOM = 17;

/** "52.1,5.2" as [52.1, 5.2], or null. */
export function pair(text) {
  const numbers = (text ?? "").split(",").map(Number.parseFloat);
  return numbers.length === 2 && numbers.every(Number.isFinite) ? numbers : null;
}

/** "west,south,east,north" as the corners [[south, west], [north, east]], or null. */
export function corners(text) {
  const [west, south, east, north] = (text ?? "").split(",").map(Number.parseFloat);
  return [west, south, east, north].every(Number.isFinite) ? [[south, west], [north, east]] : null;
}

/** The view that the page asks for: a fixed pin, data-bounds, or data-lat and data-lon; false when it asks for none. */
export function setAskedView(map, { pin, bounds, lat, lon, zoom }) {
  const box = pin ? null : corners(bounds);
  if (box) {
    map.fitBounds(box, { animate: false });
    return true;
  }
  const middle = pair(pin) ?? pair(`${lat},${lon}`);
  if (!middle) return false;
  map.setView(middle, Number.parseFloat(zoom) || (pin ? CLOSE_ZOOM : 13), { animate: false });
  return true;
}

/** Zooms to the first of these layers that has anything in it, else to the whole country. */
export function fitTo(map, layers) {
  const bounds = layers.map((layer) => layer?.getBounds()).find((found) => found?.isValid());
  const padding = [24, 24];
  map.fitBounds(bounds ?? L.latLngBounds(NETHERLANDS), { padding, maxZoom: CLOSE_ZOOM - 1, animate: false });
}
