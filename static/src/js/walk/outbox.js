import { meaning, waitingTime } from "../report/backoff.js";
import { isReceipt, photoAddress } from "../report/sender.js";
import { accepted, failed, postponed, sending } from "./item.js";

const MOST_MARKS = 200;
const LONGEST_SLEEP = 60_000;

/**
 * Brings what is on the phone to the server, one observation after the other: its words, then each photo by itself.
 * One that fails holds up no other; only when there is no network at all the round ends. What the server confirmed is
 * settled at once, so a round that breaks off sends nothing twice.
 *
 * `transport` has post(item), put(address, photo) and marks(list); each answers {status, data, retryAfter}. `store` is
 * WalkStore. `tell(state)` hears "round" before, "changed" after each step, and "rest" after a round.
 */
export class Outbox {
  constructor({ store, transport, tell = () => {}, say = (key) => key, now = () => Date.now(), lock = alone }) {
    Object.assign(this, { store, transport, tell, say, now, lock });
    this.running = null;
    this.asked = null;
    this.timer = null;
    this.marksTries = 0;
    this.marksDue = 0;
    this.isAway = false;
  }

  /** One round of what is due; with `hurry` of everything. While one is under way another follows it. */
  run({ hurry = false } = {}) {
    if (this.running) {
      this.asked = { hurry: hurry || Boolean(this.asked?.hurry) };
      return this.running;
    }
    clearTimeout(this.timer);
    this.running = this.#rounds(hurry).finally(() => {
      this.running = null;
      this.tell("rest");
      this.#sleep();
    });
    return this.running;
  }

  async #rounds(hurry) {
    let next = { hurry };
    while (next) {
      this.asked = null;
      const { hurry: all } = next;
      await this.lock(() => this.#round(all));
      next = this.asked;
    }
  }

  async #round(hurry) {
    this.isAway = false;
    this.tell("round");
    for (const item of await this.store.waiting()) {
      if (!hurry && item.due > this.now()) continue;
      await this.#send(item);
      this.tell("changed");
      if (this.isAway) return;
    }
    if (hurry || this.marksDue <= this.now()) await this.#sendMarks();
  }

  /** Sleeps until the next one is due, at most a minute: a phone that slept itself wakes late. */
  async #sleep() {
    const due = (await this.store.waiting()).map((item) => item.due);
    const marks = (await this.store.marks()).some(({ state }) => state === "queued") ? [this.marksDue] : [];
    const first = Math.min(...due, ...marks);
    if (!Number.isFinite(first)) return;
    const pause = Math.min(Math.max(first - this.now(), 1000), LONGEST_SLEEP);
    this.timer = setTimeout(() => this.run(), pause);
    this.timer.unref?.();
  }

  async #send(found) {
    let item = found;
    if (!item.accepted) {
      item = sending(item);
      await this.store.keep(item);
      this.tell("changed");
      const answer = await this.transport.post(item);
      const means = meant(answer, isReceipt);
      if (means !== "ok") return this.store.keep(this.#unaccepted(item, means, answer));
      item = accepted(item, answer.data);
      await this.store.keep(item);
    }
    return this.#sendPhotos(item);
  }

  #unaccepted(item, means, answer) {
    if (means === "conflict") return failed(item, this.say("conflict"), { isFinal: true });
    if (means === "refused") return failed(item, reasonOf(answer) || this.say("refused"));
    return this.#later(item, answer);
  }

  #later(item, answer) {
    this.isAway = answer.status === 0;
    return postponed(item, { now: this.now(), retryAfter: answer.retryAfter, reason: answer.data?.detail ?? "" });
  }

  async #sendPhotos(item) {
    for (const photo of await this.store.photosOf(item.key)) {
      if (photo.state !== "ready") continue;
      const answer = await this.transport.put(photoAddress(item.accepted.photos_url, photo.id), photo);
      const means = meant(answer, (data) => data?.photo === photo.id);
      if (means === "retry" || means === "renew") return this.store.keep(this.#later(item, answer));
      const isHere = means === "ok";
      const reason = isHere ? "" : reasonOf(answer) || this.say("photo_refused");
      await this.store.keepPhoto({ ...photo, state: isHere ? "sent" : "refused", reason });
      this.tell("changed");
    }
    return this.#finish(item);
  }

  async #finish(item) {
    const photos = await this.store.photosOf(item.key);
    const refused = photos.find(({ state }) => state === "refused");
    if (refused) return this.store.keep(failed(item, refused.reason, { isFinal: true }));
    return this.store.settle(item, photos[0]?.thumb ?? null);
  }

  async #sendMarks() {
    const waiting = (await this.store.marks()).filter(({ state }) => state === "queued").slice(0, MOST_MARKS);
    if (!waiting.length) return;
    const answer = await this.transport.marks(waiting);
    const means = meant(answer, (data) => Array.isArray(data?.kept) && Array.isArray(data?.refused));
    if (means !== "ok") {
      this.marksTries += 1;
      this.marksDue = this.now() + waitingTime(this.marksTries, answer.retryAfter) * 1000;
      this.isAway = answer.status === 0;
      return;
    }
    this.marksTries = this.marksDue = 0;
    for (const place of answer.data.kept) await this.store.settleMark(waiting[place], { state: "sent" });
    for (const { place, message } of answer.data.refused) {
      await this.store.settleMark(waiting[place], { state: "refused", reason: message });
    }
    this.tell("changed");
    if (answer.data.kept.length + answer.data.refused.length) await this.#sendMarks();
  }
}

/** What an answer means; one of 200 that is not the server's own (a sign-in page of a network) means nothing. */
function meant(answer, isOurs) {
  const means = meaning(answer.status);
  if (means === "ok" && !isOurs(answer.data)) return "retry";
  return means === "retry" && answer.data?.errors ? "refused" : means;
}

function reasonOf({ data }) {
  const errors = Object.values(data?.errors ?? {}).flat();
  return errors.join(" ") || data?.detail || "";
}

/** Of two tabs of one walk only one sends, where the browser can tell them apart; the server takes all once anyway. */
function alone(work) {
  if (!globalThis.navigator?.locks) return work();
  return navigator.locks.request(`portal-walk:${location.pathname}`, { ifAvailable: true }, (free) => free && work());
}
