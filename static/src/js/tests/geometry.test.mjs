import assert from "node:assert/strict";
import { test } from "node:test";
import {
  anchorsOf,
  boxAround,
  inside,
  metresAPixel,
  metresBetween,
  overlap,
  readable,
} from "../map/geometry.js";

test("a pixel is half as large at each next zoom, and smaller to the north", () => {
  assert.ok(Math.abs(metresAPixel(0, 0) - 156_543.034) < 0.001);
  assert.ok(Math.abs(metresAPixel(16, 52.5) - 1.4541) < 0.001);
  assert.ok(Math.abs(metresAPixel(17, 52.5) * 2 - metresAPixel(16, 52.5)) < 1e-9);
});

test("metres are counted on the ground, whether the numbers came from a field or a map", () => {
  const here = { lat: "52.632400", lon: "4.753400" };
  assert.equal(metresBetween(here, here), 0);
  assert.ok(Math.abs(metresBetween(here, { lat: 52.6333, lon: 4.7534 }) - 100) < 1);
  assert.ok(Math.abs(metresBetween(here, { lat: 52.6324, lon: 4.75488 }) - 100) < 1);
});

test("the name of a surface stands in the middle of its largest part", () => {
  const square = (x, y, side) => [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]];
  const [one] = anchorsOf({ type: "Polygon", coordinates: square(4, 52, 2) });
  assert.deepEqual(one.at.map((value) => Number(value.toFixed(9))), [5, 53]);
  const [largest] = anchorsOf({ type: "MultiPolygon", coordinates: [square(0, 0, 1), square(4, 52, 2)] });
  assert.deepEqual(largest.at.map((value) => Number(value.toFixed(9))), [5, 53]);
});

test("the name of a street may stand along it, in its direction", () => {
  const anchors = anchorsOf({ type: "LineString", coordinates: [[0, 0], [2, 0]] });
  assert.deepEqual(anchors, [{ at: [1, 0], angle: -0 }]);
  const [, up] = anchorsOf({ type: "LineString", coordinates: [[0, 0], [0, 1], [1, 1], [2, 1]] });
  assert.deepEqual(up.at, [0, 0.5]);
  assert.equal(up.angle, -Math.PI / 2);
});

test("other geometries have no place for a name", () => {
  assert.deepEqual(anchorsOf({ type: "GeometryCollection" }), []);
});

test("text never stands on its head", () => {
  for (const angle of [-3, -2, -1, 0, 1, 2, 3]) assert.ok(Math.abs(readable(angle)) <= Math.PI / 2);
  assert.equal(readable(Math.PI), 0);
});

test("a turned text takes a turned box", () => {
  const box = boxAround({ x: 0, y: 0 }, { width: 40, height: 10 }, Math.PI / 2);
  assert.deepEqual(Object.values(box).map(Math.round), [-5, -20, 5, 20]);
  assert.ok(overlap(box, { left: 4, top: 0, right: 9, bottom: 3 }));
  assert.ok(!overlap(box, { left: 6, top: 0, right: 9, bottom: 3 }));
});

test("a point in a hole, or in the arms of a bent surface, is not inside", () => {
  const square = (x, side) => [[x, x], [x + side, x], [x + side, x + side], [x, x + side], [x, x]];
  const ring = { type: "Polygon", coordinates: [square(0, 9), square(3, 3)] };
  assert.ok(inside([1, 1], ring));
  assert.ok(!inside([4, 4], ring));
  assert.ok(!inside([10, 4], ring));
  assert.deepEqual(anchorsOf(ring), []);
  assert.ok(inside([21, 21], { type: "MultiPolygon", coordinates: [ring.coordinates, [square(20, 2)]] }));
});
