/** Small sums about the map, without Leaflet. Coordinates are WGS84, [longitude, latitude] as in GeoJSON. */

const EQUATOR_METRES_A_PIXEL = 156_543.034;

/** Metres in one pixel at a zoom of the web map and a latitude. */
export function metresAPixel(zoom, latitude) {
  return (EQUATOR_METRES_A_PIXEL * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
}

/** All outer rings of a Polygon or MultiPolygon, else none. */
function outerRings({ type, coordinates }) {
  if (type === "Polygon") return [coordinates[0]];
  return type === "MultiPolygon" ? coordinates.map((polygon) => polygon[0]) : [];
}

/** Twice the signed area of a ring in square degrees, and its centre of gravity. */
function gravity(ring) {
  const [x0, y0] = ring[0];
  let area = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length - 1; i += 1) {
    const [ax, ay] = [ring[i][0] - x0, ring[i][1] - y0];
    const [bx, by] = [ring[i + 1][0] - x0, ring[i + 1][1] - y0];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return { area, centre: area ? [x0 + x / (3 * area), y0 + y / (3 * area)] : [x0, y0] };
}

/** A lines' middle vertex pair: where a name can stand, and the direction of the line there in radians. */
function middleOf(line) {
  const at = Math.max(1, Math.ceil((line.length - 1) / 2));
  const [[ax, ay], [bx, by]] = [line[at - 1], line[at]];
  const squeeze = Math.cos((ay * Math.PI) / 180);
  return { at: [(ax + bx) / 2, (ay + by) / 2], angle: Math.atan2(-(by - ay), (bx - ax) * squeeze) };
}

/** Where the name of a feature stands: {at, angle}, or null for a geometry without a place for one. */
export function anchorOf(geometry) {
  if (geometry.type === "Point") return { at: geometry.coordinates, angle: 0 };
  if (geometry.type === "LineString") return middleOf(geometry.coordinates);
  if (geometry.type === "MultiLineString") {
    return middleOf(geometry.coordinates.reduce((a, b) => (b.length > a.length ? b : a)));
  }
  const rings = outerRings(geometry).map(gravity);
  if (!rings.length) return null;
  const largest = rings.reduce((a, b) => (Math.abs(b.area) > Math.abs(a.area) ? b : a));
  return { at: largest.centre, angle: 0 };
}

/** An angle at which text does not stand on its head. */
export function readable(angle) {
  if (angle > Math.PI / 2) return angle - Math.PI;
  return angle < -Math.PI / 2 ? angle + Math.PI : angle;
}

/** The box {left, top, right, bottom} around a text of this size, turned by an angle around its middle. */
export function boxAround({ x, y }, { width, height }, angle) {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [halfX, halfY] = [(width * cos + height * sin) / 2, (width * sin + height * cos) / 2];
  return { left: x - halfX, top: y - halfY, right: x + halfX, bottom: y + halfY };
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Those of the boxes, in order of importance, that stay clear of each other. Each item is {box, ...}. */
export function withoutCollisions(items) {
  const kept = [];
  for (const item of items) {
    if (kept.every((other) => !overlap(other.box, item.box))) kept.push(item);
  }
  return kept;
}
