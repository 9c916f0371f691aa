import assert from "node:assert/strict";
import { test } from "node:test";
import { Keeper } from "../budget/keeper.js";
import { LocalDraft } from "../budget/local.js";

const TEN = { 7: { change: 10, reason: "" } };
const TWENTY = { 7: { change: 20, reason: "Meer" } };
const OTHER = { 8: { change: -5, reason: "" } };

/** A keeper whose server gives these answers in turn. */
function scene(answers) {
  const kept = new Map();
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  const log = { sent: [], told: [] };
  const keeper = new Keeper({
    send: async (content, revision) => {
      log.sent.push([content, revision]);
      return answers.shift();
    },
    draft: new LocalDraft(() => storage, "k"),
    tell: (state) => log.told.push(state),
    content: {},
    revision: 3,
    pause: 0,
  });
  return { keeper, log, kept };
}

const ok = (revision) => ({ status: 200, body: { revision } });

test("what changes is sent with the revision, and goes from the device when it has arrived", async () => {
  const { keeper, log, kept } = scene([ok(4)]);
  keeper.change(TEN);
  assert.equal(kept.size, 1);
  await keeper.running;
  assert.deepEqual(log.sent, [[TEN, 3]]);
  assert.equal(keeper.revision, 4);
  assert.equal(kept.size, 0);
  assert.equal(log.told.at(-1), "kept");
});

test("what is changed while it is being sent is sent after it", async () => {
  const { keeper, log } = scene([ok(4), ok(5)]);
  keeper.change(TEN);
  keeper.change(TWENTY);
  await keeper.running;
  assert.deepEqual(log.sent.at(-1)[0], TWENTY);
  assert.equal(keeper.isDirty, false);
});

test("without a connection it stays on the device until it can be sent", async () => {
  const { keeper, log, kept } = scene([{ status: 0, body: {} }, ok(4)]);
  keeper.change(TEN);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(log.told.at(-1), "kept_here");
  assert.equal(kept.size, 1);
  keeper.hurry();
  await keeper.running;
  assert.equal(log.told.at(-1), "kept");
  assert.equal(kept.size, 0);
});

test("a lost answer is no conflict: what is there was sent by this page itself", async () => {
  const conflict = { status: 409, body: { revision: 4, lines: TEN } };
  const { keeper, log } = scene([{ status: 0, body: {} }, conflict, ok(5)]);
  keeper.change(TEN);
  await new Promise((resolve) => setTimeout(resolve, 5));
  keeper.change(TWENTY);
  keeper.hurry();
  await keeper.running;
  assert.ok(!log.told.includes("conflict"));
  assert.deepEqual(log.sent.at(-1), [TWENTY, 4]);
});

test("a conflict stops sending until somebody has chosen, and keeps what is here on the device", async () => {
  const { keeper, log, kept } = scene([{ status: 409, body: { revision: 9, lines: OTHER } }, ok(10)]);
  keeper.change(TEN);
  await keeper.running;
  keeper.change(TWENTY);
  assert.equal(log.sent.length, 1);
  assert.equal(await keeper.settle(), false);
  assert.equal(kept.size, 1);
  keeper.resolve(TWENTY, 9);
  await keeper.running;
  assert.deepEqual(log.sent.at(-1), [TWENTY, 9]);
  assert.equal(keeper.revision, 10);
});

test("a closed round stops it, a mistake does not", async () => {
  const { keeper, log } = scene([{ status: 422, body: {} }, { status: 410, body: { message: "Dicht" } }]);
  keeper.change(TEN);
  await keeper.running;
  assert.equal(log.told.at(-1), "errors");
  keeper.change(TWENTY);
  await keeper.running;
  assert.equal(log.told.at(-1), "stopped");
  assert.equal(keeper.isHeld, true);
});

test("a device without storage still sends", async () => {
  const draft = new LocalDraft(() => {
    throw new Error("no storage");
  }, "k");
  assert.equal(draft.load(), null);
  assert.equal(draft.save(TEN, 1), false);
  draft.clear();
});
