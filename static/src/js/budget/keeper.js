import { meaning, Patience, waitingTime } from "../report/backoff.js";
import { same } from "./content.js";

/**
 * Keeps an alternative at the server as one goes, one request at a time, and on this device until it has arrived.
 *
 * `send(content, revision)` resolves to {status, body}, with status 0 where there is no connection. `tell(state, more)`
 * hears: keeping, kept, kept_here, errors, stopped, conflict. After a conflict nothing is sent until `resolve`.
 */
export class Keeper {
  constructor({ send, draft, tell, content, revision, pause = 1 }) {
    Object.assign(this, { send, draft, tell, revision, pause });
    this.kept = content;
    this.now = content;
    this.sent = []; // what was sent and perhaps arrived, though no answer came
    this.tries = 0;
    this.running = null;
    this.isHeld = false;
    this.patience = new Patience();
  }

  get isDirty() {
    return !same(this.now, this.kept);
  }

  /** Something was changed. */
  change(content) {
    this.now = content;
    this.draft.save(content, this.revision);
    if (!this.isHeld) this.run();
  }

  /** Sends what there is now, without waiting for more. Resolves to whether everything has arrived. */
  async settle() {
    if (this.isHeld) return false;
    this.patience.hurry();
    await Promise.race([this.run(0), new Promise((resolve) => setTimeout(resolve, 5000))]);
    return !this.isDirty && !this.isHeld;
  }

  /** After a conflict: go on from that revision with this content. */
  resolve(content, revision) {
    Object.assign(this, { revision, isHeld: false, tries: 0, kept: null });
    this.change(content);
  }

  hurry() {
    this.patience.hurry();
  }

  run(pause = this.pause) {
    this.running ??= this.#work(pause).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async #work(pause) {
    if (pause) await this.patience.wait(pause);
    while (!this.isHeld && (this.kept === null || this.isDirty)) {
      const going = this.now;
      this.tell("keeping");
      const answer = await this.send(going, this.revision);
      if (!(await this.#answered(answer, going))) return;
    }
    if (!this.isHeld) {
      this.draft.clear();
      this.tell("kept");
    }
  }

  /** Whether to go on. */
  async #answered({ status, body }, going) {
    const means = meaning(status);
    if (means === "ok") {
      Object.assign(this, { revision: body.revision, kept: going, sent: [], tries: 0 });
      return true;
    }
    if (means === "conflict") return this.#conflict(body, going);
    if (means === "retry") return this.#later(going);
    this.isHeld = status !== 422; // a mistake can be mended here; anything else not
    this.tell(status === 422 ? "errors" : "stopped", body);
    return false;
  }

  /** What is there now may be what this page sent itself, when the answer to that was lost. */
  #conflict(body, going) {
    if (this.sent.some((content) => same(body.lines, content))) {
      Object.assign(this, { revision: body.revision, kept: body.lines, sent: [] });
      return true;
    }
    this.isHeld = true;
    this.tell("conflict", { ...body, mine: going });
    return false;
  }

  async #later(going) {
    this.sent.push(going);
    this.tell("kept_here");
    this.tries += 1;
    await this.patience.wait(waitingTime(this.tries));
    return true;
  }
}
