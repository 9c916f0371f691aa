import assert from "node:assert/strict";
import { test } from "node:test";
import { around, boxOf, keyOf, withBox } from "../map/viewport.js";

const bounds = (west, south, east, north) => ({
  getWest: () => west,
  getSouth: () => south,
  getEast: () => east,
  getNorth: () => north,
});

test("a box is west, south, east, north", () => {
  assert.equal(boxOf(bounds(4.123456, 52, 5, 53.1)), "4.12346,52.00000,5.00000,53.10000");
});

test("a box around a place has the place in its middle", () => {
  assert.equal(around([52.5, 4.9]), "4.89990,52.49990,4.90010,52.50010");
});

test("an address takes a box in the place of its last one, and keeps its filter", () => {
  const address = "https://portaal.example.org/polderwijk/meldingen/?state=open&bbox=1,2,3,4&page=3#list";
  const changed = new URL(withBox(address, { bbox: "5,6,7,8", page: "" }));
  assert.deepEqual(Object.fromEntries(changed.searchParams), { state: "open", bbox: "5,6,7,8" });
  assert.equal(changed.hash, "");
});

test("a report is known again by its number, a cluster by its place and size", () => {
  const at = { coordinates: [4.9, 52.5] };
  assert.equal(keyOf({ geometry: at, properties: { number: 7 } }), "#7");
  assert.notEqual(
    keyOf({ geometry: at, properties: { count: 2 } }),
    keyOf({ geometry: at, properties: { count: 3 } }),
  );
});
