import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf, nameOf, placed } from "../map/placing.js";

const at = (x, y) => [{ at: [x, y], angle: 0 }];
const around = { measure: () => ({ width: 60, height: 12 }), toPoint: ([x, y]) => (x < 500 ? { x, y } : null) };
const shown = (named, zoom) => placed(named, { ...around, zoom }).map(({ name }) => name);

test("the more important name wins where two would stand over each other", () => {
  const named = [
    { name: "Dorpsstraat", kind: "street", anchors: at(100, 100) },
    { name: "Lindekwartier", kind: "neighbourhood", anchors: at(110, 104) },
  ];
  assert.deepEqual(shown(named, 16), ["Lindekwartier"]);
});

test("a street finds another place along it", () => {
  const named = [
    { name: "Ring", kind: "road", anchors: at(100, 100) },
    { name: "Dorpsstraat", kind: "street", anchors: [...at(110, 104), ...at(300, 100)] },
  ];
  const [, street] = placed(named, { ...around, zoom: 16 });
  assert.deepEqual(street, { name: "Dorpsstraat", kind: "street", point: { x: 300, y: 100 }, angle: 0 });
});

test("a name is shown once, and only where it fits the zoom and the view", () => {
  const named = [
    { name: "Ring", kind: "road", anchors: at(100, 100) },
    { name: "Ring", kind: "road", anchors: at(300, 300) },
    { name: "Polderwijk", kind: "town", anchors: at(200, 200) },
    { name: "Verweg", kind: "road", anchors: at(900, 100) },
  ];
  assert.deepEqual(shown(named, 16), ["Ring"]);
  assert.deepEqual(shown(named, 12), ["Polderwijk"]);
});

test("kinds of the background and of the boundaries", () => {
  assert.equal(kindOf({ kind: "place", what: "neighbourhood" }), "neighbourhood");
  assert.equal(kindOf({ kind: "place", what: "church" }), "spot");
  assert.equal(kindOf({ kind: "wijk" }), "district");
  assert.equal(kindOf({ kind: "gemeente" }), "municipality");
  assert.equal(kindOf({ kind: "municipality" }), "municipality");
  assert.equal(kindOf({ kind: "street" }), "street");
  assert.equal(kindOf({ kind: "built", what: "school" }), "spot");
  assert.equal(kindOf({}), "district");
});

test("the names that are in use for a name", () => {
  assert.equal(nameOf({ wijknaam: "Oost" }), "Oost");
  assert.equal(nameOf({ name: "De Linde", naam: "x" }), "De Linde");
  assert.equal(nameOf({}), "");
});
