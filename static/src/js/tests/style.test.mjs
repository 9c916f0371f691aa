import assert from "node:assert/strict";
import { test } from "node:test";
import { beyondOf, styleOf } from "../map/style.js";

const colours = { road: "#fff", water: "#abc", path: "#eee" };
const at = (zoom) => ({ zoom, latitude: 52.5, colours });

test("a way is as wide as on the ground, but stays visible from afar", () => {
  const wide = styleOf("road", true, at(18)).weight;
  assert.ok(Math.abs(wide - 27.5) < 0.1, String(wide));
  assert.equal(styleOf("road", true, at(9)).weight, 1.6);
});

test("a surface is filled and has no line; a ditch is a line of water", () => {
  const expected = { stroke: false, fill: true, fillColor: "#abc", fillOpacity: 1 };
  assert.deepEqual(styleOf("water", false, at(14)), expected);
  assert.equal(styleOf("water", true, at(14)).color, "#abc");
});

test("beyond the edge of the background its lowest surface goes on", () => {
  const feature = (kind, type) => ({ properties: { kind }, geometry: { type } });
  const over = feature("built", "Polygon");
  assert.equal(beyondOf({ features: [feature("water", "Polygon"), over] }), "water");
  assert.equal(beyondOf({ features: [feature("land", "MultiPolygon"), over] }), "land");
  assert.equal(beyondOf({ features: [feature("road", "LineString"), over] }), "");
  assert.equal(beyondOf({ features: [] }), "");
});
