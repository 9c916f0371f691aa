/** Sums about a line of [longitude, latitude] points (WGS84), without Leaflet. */
import { metresBetween } from "./geometry.js";

/** Metres along the line; the server measures it exactly. */
export function lengthOf(points) {
  const place = ([lon, lat]) => ({ lat, lon });
  return points.slice(1).reduce((sum, point, at) => sum + metresBetween(place(points[at]), place(point)), 0);
}

/** At which index a point belongs that lies beside the line: in the piece that it is nearest to. */
export function indexFor(points, [lon, lat]) {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const flat = ([x, y]) => [(x - lon) * squeeze, y - lat];
  let [best, found] = [Infinity, points.length];
  for (let at = 1; at < points.length; at += 1) {
    const distance = fromOrigin(flat(points[at - 1]), flat(points[at]));
    if (distance < best) [best, found] = [distance, at];
  }
  return found;
}

/** How far the piece from a to b is from [0, 0]. */
function fromOrigin([ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const share = square ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square)) : 0;
  return Math.hypot(ax + share * dx, ay + share * dy);
}

/** "1,8" for 1820 metres in Dutch, "1.8" in English. */
export function kilometres(metres, language) {
  const digits = { maximumFractionDigits: 1, minimumFractionDigits: 1 };
  return (metres / 1000).toLocaleString(language || undefined, digits);
}
