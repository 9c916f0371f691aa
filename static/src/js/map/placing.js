import { boxAround, overlap, readable } from "./geometry.js";

/** Which names are shown from which zoom to which, the most important first. */
export const RANKS = [
  { kind: "town", from: 9, to: 14 },
  { kind: "municipality", from: 8, to: 11 },
  { kind: "district", from: 11, to: 17 },
  { kind: "neighbourhood", from: 13, to: 17 },
  { kind: "road", from: 15, to: 22 },
  { kind: "water", from: 14, to: 22 },
  { kind: "park", from: 15, to: 22 },
  { kind: "street", from: 16, to: 22 },
  { kind: "spot", from: 16, to: 22 },
  { kind: "path", from: 17, to: 22 },
];
const KINDS = Object.fromEntries(RANKS.map((rank, order) => [rank.kind, { ...rank, order }]));
const AREAS = { wijk: "district", buurt: "neighbourhood", gemeente: "municipality" };

/** The kind of name of a feature of the background or the boundaries; a single place is a "spot". */
export function kindOf({ kind, what }) {
  if (kind === "place") return ["town", "neighbourhood", "park"].includes(what) ? what : "spot";
  if (kind in KINDS) return kind;
  return AREAS[kind] ?? (kind ? "spot" : "district");
}

export function nameOf(properties) {
  const { name, buurtnaam, wijknaam, naam, statnaam } = properties;
  return name ?? buurtnaam ?? wijknaam ?? naam ?? statnaam ?? "";
}

/**
 * The names to show now: each name once, no two over each other, the important ones first. `named` is a list of
 * {name, kind, anchors}; `measure(name, kind)` gives {width, height}; `toPoint(at)` the pixel of a coordinate, or
 * null outside the view. Gives a list of {name, kind, point, angle}.
 */
export function placed(named, { zoom, measure, toPoint }) {
  const wanted = named
    .filter(({ kind }) => zoom >= KINDS[kind].from && zoom <= KINDS[kind].to)
    .sort((a, b) => KINDS[a.kind].order - KINDS[b.kind].order);
  const shown = new Map();
  for (const { name, kind, anchors } of wanted) {
    if (shown.has(name)) continue;
    const found = firstFree({ size: measure(name, kind), anchors, toPoint, taken: [...shown.values()] });
    if (found) shown.set(name, { name, kind, ...found });
  }
  return [...shown.values()].map(({ name, kind, point, angle }) => ({ name, kind, point, angle }));
}

function firstFree({ size, anchors, toPoint, taken }) {
  for (const { at, angle } of anchors) {
    const point = toPoint(at);
    if (!point) continue;
    const upright = readable(angle);
    const box = boxAround(point, size, upright);
    if (taken.every((other) => !overlap(other.box, box))) return { point, angle: upright, box };
  }
  return null;
}
