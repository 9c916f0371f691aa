/** Scores on the phone: one a stop and statement, the newest of what is here and what the server has. */

export const markId = (stop, statement) => `${stop}-${statement}`;

/** A score as it is given now. One given in the same moment as the last is a moment later, so that it counts. */
export function scored({ stop, statement, value }, before, now) {
  const last = before ? Date.parse(before.scored_at) : 0;
  const at = new Date(Math.max(now, last + 1)).toISOString();
  return { id: markId(stop, statement), stop, statement, value, scored_at: at, state: "queued", reason: "" };
}

/** The marks of the server that are newer than those here, or not here at all, as they are to be kept. */
export function newer(here, fromServer) {
  const known = new Map(here.map((mark) => [mark.id, mark]));
  return fromServer
    .map((score) => ({ ...score, id: markId(score.stop, score.statement), state: "sent", reason: "" }))
    .filter(({ id, scored_at: at }) => !known.has(id) || Date.parse(at) > Date.parse(known.get(id).scored_at));
}

/** How far a stop is scored: {done, of}. */
export function progress(stop, marks) {
  const ids = new Set(marks.map(({ id }) => id));
  const done = stop.statements.filter((statement) => ids.has(markId(stop.id, statement))).length;
  return { done, of: stop.statements.length };
}

/** What the server takes. */
export function body(marks) {
  return { scores: marks.map(({ stop, statement, value, scored_at: at }) => ({ stop, statement, value, scored_at: at })) };
}
