import assert from "node:assert/strict";
import { test } from "node:test";
import { accepted, again, body, failed, isFree, missing, postponed, queued, sending } from "../walk/item.js";

const VALUES = {
  kind: "idea", category: "3", text: " Een bank. ", facts: {}, stop: "", lat: "52.51", lon: "4.915",
  accuracy: "8.4", address: "", of_pin: "", email: "", observed_at: "2026-05-09T10:00:00.000Z",
};
const STOPS = [{ id: 7, name: "Speeltuin", lat: 52.5, lon: 4.9 }];
const RECEIPT = { number: 1, tracking_url: "/volg/t/", photos_url: "/volg/t/fotos" };

test("it may be changed until something of it can have arrived, and again when the server refused it", () => {
  const item = queued("k", VALUES, 5);
  assert.ok(isFree(item));
  assert.ok(!isFree(sending(item)));
  assert.ok(!isFree(postponed(sending(item), { now: 5 })));
  assert.ok(isFree(failed(sending(item), "Te ver weg.")));
  assert.ok(!isFree(failed(sending(item), "Al gebruikt.", { isFinal: true })));
  assert.ok(!isFree(again(accepted(sending(item), RECEIPT))));
});

test("it waits longer each time, and as long as the server asks", () => {
  let item = sending(queued("k", VALUES, 0));
  const waits = [1, 2, 3, 10, 11].map(() => {
    item = postponed(item, { now: 0 });
    return item.due;
  });
  assert.deepEqual(waits, [2000, 4000, 8000, 16000, 32000]);
  assert.equal(postponed({ ...item, tries: 40 }, { now: 0 }).due, 300_000);
  assert.equal(postponed(item, { now: 1000, retryAfter: 60 }).due, 61_000);
  assert.deepEqual([again(item).due, again(item).tries], [0, 0]);
});

test("what is sent has numbers as numbers, and the place of the stop where there is no other", () => {
  const sent = body(VALUES, STOPS);
  assert.deepEqual([sent.lat, sent.lon, sent.accuracy, sent.stop, sent.text], [52.51, 4.915, 8, null, "Een bank."]);
  const atStop = body({ ...VALUES, lat: "", lon: "", accuracy: "", stop: "7" }, STOPS);
  assert.deepEqual([atStop.lat, atStop.lon, atStop.stop, atStop.address], [52.5, 4.9, 7, "Speeltuin"]);
  const inWords = body({ ...VALUES, lat: "", lon: "", stop: "7", address: "Meent 12" }, STOPS);
  assert.deepEqual([inWords.lat, inWords.address, inWords.stop], [null, "Meent 12", 7]);
});

test("a stop that left the route is still named as it was chosen", () => {
  const gone = body({ ...VALUES, stop: "9" }, STOPS);
  assert.deepEqual([gone.stop, gone.lat], [9, 52.51]);
});

test("a place is a pin, a stop or words; a rough pin alone is none", () => {
  assert.deepEqual(missing(VALUES), {});
  const nowhere = { ...VALUES, lat: "", lon: "" };
  assert.deepEqual(missing(nowhere), { address: "error_place" });
  assert.deepEqual(missing({ ...nowhere, stop: "7" }), {});
  assert.deepEqual(missing({ ...nowhere, address: "bij de brug" }), {});
  assert.deepEqual(missing(VALUES, { isRough: true }), { address: "error_rough" });
  assert.deepEqual(missing({ ...VALUES, stop: "7" }, { isRough: true }), {});
  assert.deepEqual(missing({ ...VALUES, kind: "", category: "", text: " " }), {
    kind: "error_kind", category: "error_category", text: "error_text",
  });
});
