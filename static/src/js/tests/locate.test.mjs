import assert from "node:assert/strict";
import { test } from "node:test";
import { bestFix, metres } from "../report/locate.js";

/** A device that gives these fixes (metres of accuracy) or errors (negative codes), one after another. */
function device(...events) {
  return {
    cleared: 0,
    watchPosition(seen, failed) {
      events.forEach((event, index) =>
        setTimeout(() => {
          if (event < 0) failed({ code: -event });
          else seen({ coords: { latitude: 52 + index, longitude: 5, accuracy: event } });
        }, index),
      );
      return 1;
    },
    clearWatch() {
      this.cleared += 1;
    },
  };
}

test("a fix within fifteen metres ends the search", async () => {
  const phone = device(80, 12, 3);
  assert.deepEqual(await bestFix(phone), { lat: 53, lon: 5, accuracy: 12 });
  assert.equal(phone.cleared, 1);
});

test("without a good fix the best one counts, not the last", async () => {
  const seen = [];
  const fix = await bestFix(device(900, 60, 75), { patienceMs: 40, onBetter: ({ accuracy }) => seen.push(accuracy) });
  assert.equal(fix.accuracy, 60);
  assert.deepEqual(seen, [900, 60]);
});

test("the reasons for failing are told apart", async () => {
  await assert.rejects(bestFix(device(-1)), { message: "denied" });
  await assert.rejects(bestFix(device(-2)), { message: "unavailable" });
  await assert.rejects(bestFix(device(-3)), { message: "timeout" });
});

test("after a first fix only a withdrawn permission is a failure", async () => {
  assert.equal((await bestFix(device(60, -3), { patienceMs: 40 })).accuracy, 60);
  await assert.rejects(bestFix(device(60, -1), { patienceMs: 40 }), { message: "denied" });
});

test("accuracy in words pretends no more than it is", () => {
  assert.deepEqual([0.4, 7.2, 99, 131, 2400].map(metres), [2, 8, 99, 140, 2400]);
});
