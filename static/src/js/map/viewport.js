const DECIMALS = 5;
// Degrees around a place that can't be taken apart: about ten metres to each side.
const AROUND = 0.0001;

/** Leaflet's bounds as "west,south,east,north". */
export function boxOf(bounds) {
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map(short).join(",");
}

/** A small box around [latitude, longitude]. */
export function around([latitude, longitude]) {
  return [longitude - AROUND, latitude - AROUND, longitude + AROUND, latitude + AROUND].map(short).join(",");
}

/** The address with these parts in its query, in the place of what they were; empty ones are left out. */
export function withBox(address, parts) {
  const url = new URL(address, globalThis.location?.href);
  for (const [name, value] of Object.entries(parts)) {
    if (value === "") url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  url.hash = "";
  return url.href;
}

/** By what a feature is known again in the next answer. */
export function keyOf({ geometry, properties }) {
  return properties.count ? `${geometry.coordinates}:${properties.count}` : `#${properties.number}`;
}

function short(degrees) {
  return degrees.toFixed(DECIMALS);
}
