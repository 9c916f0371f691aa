/**
 * One observation on the phone. It goes draft -> queued -> sending -> sent, or failed with the reason. Its `key` is the
 * UUID under which the server knows it too. What may have reached the server is frozen: only a draft, and what the
 * server refused, is free to change.
 */

import { room } from "../portal/counting.js";
import { waitingTime } from "../report/backoff.js";

export const UNSENT = ["queued", "sending", "failed"];

/** A new one for the outbox; `values` are those of the form and when it was seen. */
export function queued(key, values, now) {
  return {
    key,
    values,
    state: "queued",
    reason: "",
    tries: 0,
    due: 0,
    accepted: null,
    touched: false,
    at: now,
    thumb: null,
  };
}

/** Whether it may still be changed or thrown away: nothing of it can have arrived. */
export function isFree(item) {
  return !item.touched && !item.accepted;
}

export function sending(item) {
  return { ...item, state: "sending", touched: true };
}

/** The server has it, its photos are still to come. */
export function accepted(item, receipt) {
  return { ...item, accepted: receipt, tries: 0 };
}

/** Later, by itself: the wait grows, and what the server asks for comes first. */
export function postponed(item, { now, retryAfter = null, reason = "" }) {
  const tries = item.tries + 1;
  return { ...item, state: "queued", tries, reason, due: now + waitingTime(tries, retryAfter) * 1000 };
}

/** The server says why not; `isFinal` is false when it took nothing, so that it may be changed and sent again. */
export function failed(item, reason, { isFinal = false } = {}) {
  return { ...item, state: "failed", reason, touched: isFinal, due: 0 };
}

/** Once more, because somebody asks for it. */
export function again(item) {
  return { ...item, state: "queued", reason: "", tries: 0, due: 0 };
}

export function sent(item, thumb) {
  return { ...item, state: "sent", reason: "", thumb };
}

/** What the server takes: the form's values, with the place of the stop where there is no other. */
export function body(values, stops) {
  const number = (text) => (text === "" || !Number.isFinite(Number(text)) ? null : Number(text));
  const stop = stops.find(({ id }) => String(id) === values.stop) ?? null;
  const [lat, lon] = [number(values.lat), number(values.lon)];
  const accuracy = number(values.accuracy);
  const words = values.address.trim();
  const nowhere = lat === null && !words;
  return {
    kind: values.kind,
    category: values.category,
    text: values.text.trim(),
    facts: values.facts ?? {},
    stop: stop ? stop.id : number(values.stop),
    lat: nowhere && stop ? stop.lat : lat,
    lon: nowhere && stop ? stop.lon : lon,
    accuracy: accuracy === null ? null : Math.round(accuracy),
    address: nowhere && stop ? stop.name : words,
    observed_at: values.observed_at,
  };
}

/** What is plainly missing, as {field: label key}; the server has the last word on the rest. */
export function missing(values, { isRough = false, limit = Infinity } = {}) {
  const found = {};
  if (!values.kind) found.kind = "error_kind";
  if (!values.category) found.category = "error_category";
  if (!values.text.trim()) found.text = "error_text";
  else if (room(values.text, limit) < 0) found.text = "error_long";
  const elsewhere = values.address.trim() || values.stop;
  if (!elsewhere && (values.lat === "" || values.lon === "")) found.address = "error_place";
  else if (isRough && !elsewhere) found.address = "error_rough";
  return found;
}
