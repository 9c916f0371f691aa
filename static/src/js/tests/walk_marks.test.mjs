import assert from "node:assert/strict";
import { test } from "node:test";
import { body, newer, progress, scored } from "../walk/marks.js";

const at = (seconds) => new Date(Date.UTC(2026, 4, 9, 10, 0, seconds)).toISOString();

test("a score given again is later than the one before, also when the clock went back", () => {
  const first = scored({ stop: 1, statement: 2, value: 3 }, undefined, Date.parse(at(10)));
  const second = scored({ stop: 1, statement: 2, value: 4 }, first, Date.parse(at(0)));
  assert.equal(first.scored_at, at(10));
  assert.ok(Date.parse(second.scored_at) > Date.parse(first.scored_at));
  assert.deepEqual([second.id, second.state], ["1-2", "queued"]);
});

test("of what the server has only the newer is taken over", () => {
  const here = [{ id: "1-2", scored_at: at(10) }, { id: "1-3", scored_at: at(10) }];
  const server = [
    { stop: 1, statement: 2, value: 5, scored_at: at(9) },
    { stop: 1, statement: 3, value: 5, scored_at: at(11) },
    { stop: 4, statement: 2, value: 1, scored_at: at(1) },
  ];
  assert.deepEqual(newer(here, server).map(({ id, state }) => [id, state]), [["1-3", "sent"], ["4-2", "sent"]]);
  const sameMoment = [{ stop: 1, statement: 2, value: 5, scored_at: "2026-05-09T10:00:10+00:00" }];
  assert.deepEqual(newer(here, sameMoment), []);
});

test("a stop says how far it is, and what is sent has nothing of the phone in it", () => {
  const marks = [{ id: "1-2", stop: 1, statement: 2, value: 3, scored_at: at(1), state: "queued", reason: "" }];
  assert.deepEqual(progress({ id: 1, statements: [2, 3] }, marks), { done: 1, of: 2 });
  assert.deepEqual(body(marks), { scores: [{ stop: 1, statement: 2, value: 3, scored_at: at(1) }] });
});
