import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_WAIT, meaning, Patience, waitingTime } from "../report/backoff.js";

test("the wait doubles and ends at five minutes", () => {
  assert.deepEqual([1, 2, 3, 8, 9, 40].map((tries) => waitingTime(tries)), [2, 4, 8, 256, 300, 300]);
});

test("the server's own Retry-After comes first, within bounds", () => {
  assert.equal(waitingTime(1, 60), 60);
  assert.equal(waitingTime(9, 0), 1);
  assert.equal(waitingTime(1, 86_400), LONGEST_WAIT);
  assert.equal(waitingTime(3, Number.NaN), 8);
});

test("every status means one thing", () => {
  const meanings = { 0: "retry", 200: "ok", 201: "ok", 204: "ok", 401: "renew", 403: "renew", 404: "refused" };
  Object.assign(meanings, { 408: "retry", 409: "conflict", 413: "refused", 422: "refused", 425: "retry" });
  Object.assign(meanings, { 429: "retry", 500: "retry", 503: "retry" });
  for (const [status, expected] of Object.entries(meanings)) assert.equal(meaning(Number(status)), expected, status);
});

test("a wait ends at once when somebody says hurry", async () => {
  const patience = new Patience();
  const started = Date.now();
  const waited = patience.wait(60);
  patience.hurry();
  await waited;
  assert.ok(Date.now() - started < 1000);
  patience.hurry(); // nobody waits: nothing happens
});
