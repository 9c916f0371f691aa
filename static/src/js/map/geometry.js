/** Small sums about the map, without Leaflet. Coordinates are WGS84, [longitude, latitude] as in GeoJSON. */

const EQUATOR_METRES_A_PIXEL = 156_543.034;

/** Metres in one pixel at a zoom of the web map and a latitude. */
export function metresAPixel(zoom, latitude) {
  return (EQUATOR_METRES_A_PIXEL * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
}

const METRES_A_DEGREE = 111_320;

/** Metres between two places {lat, lon}, for distances within a town. */
export function metresBetween(a, b) {
  const [north, east] = [Number(b.lat) - Number(a.lat), Number(b.lon) - Number(a.lon)];
  return METRES_A_DEGREE * Math.hypot(north, east * Math.cos((Number(a.lat) * Math.PI) / 180));
}

/** Twice the signed area of a ring in square degrees, and its centre of gravity. */
function gravity(ring) {
  const [x0, y0] = ring[0];
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i < ring.length - 1; i += 1) {
    const [ax, ay] = [ring[i][0] - x0, ring[i][1] - y0];
    const [bx, by] = [ring[i + 1][0] - x0, ring[i + 1][1] - y0];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return { area, at: area ? [x0 + x / (3 * area), y0 + y / (3 * area)] : [x0, y0] };
}

function crossings([x, y], ring) {
  let count = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) count += 1;
  }
  return count;
}

/** Whether a point lies in a Polygon or MultiPolygon, and not in a hole of it. */
export function inside(point, { type, coordinates }) {
  const polygons = type === "MultiPolygon" ? coordinates : [coordinates];
  return polygons.some((rings) => rings.reduce((sum, ring) => sum + crossings(point, ring), 0) % 2 === 1);
}

/** The middle of the largest part, if it lies in it: that of a canal round a town does not. */
function middleOf(polygons) {
  const found = polygons.map((rings) => ({ rings, ...gravity(rings[0]) }));
  const { rings, at } = found.reduce((a, b) => (Math.abs(b.area) > Math.abs(a.area) ? b : a));
  return inside(at, { type: "Polygon", coordinates: rings }) ? [{ at, angle: 0 }] : [];
}

/** Middles of some pieces of a line, the middle one first, each with the direction of the line there in radians. */
function alongOf(line) {
  const last = line.length - 1;
  const pieces = new Set([1 / 2, 1 / 4, 3 / 4].map((part) => Math.min(last - 1, Math.floor(last * part))));
  return [...pieces].map((at) => {
    const [[ax, ay], [bx, by]] = [line[at], line[at + 1]];
    const squeeze = Math.cos((ay * Math.PI) / 180);
    return { at: [(ax + bx) / 2, (ay + by) / 2], angle: Math.atan2(-(by - ay), (bx - ax) * squeeze) };
  });
}

/** Where the name of a feature may stand, best first: a list of {at, angle}. */
export function anchorsOf({ type, coordinates }) {
  if (type === "Point") return [{ at: coordinates, angle: 0 }];
  if (type === "LineString") return alongOf(coordinates);
  if (type === "MultiLineString") {
    return [...coordinates].sort((a, b) => b.length - a.length).flatMap(alongOf);
  }
  if (type === "Polygon") return middleOf([coordinates]);
  return type === "MultiPolygon" ? middleOf(coordinates) : [];
}

/** The same direction, but so that text does not stand on its head. */
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

export function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
