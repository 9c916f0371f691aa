import { meaning, waitingTime } from "./backoff.js";

/**
 * Brings one report and its photos to the server: first the report, then one request per photo. Nothing is given
 * up because of the network: it waits and tries again, and what has arrived is not sent a second time.
 *
 * `transport` has post(report), put(address, photo) and renew(); each answers {status, data, retryAfter}.
 * `wait(seconds)` resolves when the time has come. `tell(state, details)` hears every step: sending, accepted,
 * photo, waiting. The answers of the server are described in report.js.
 */
export class Sender {
  constructor({ transport, wait, tell }) {
    this.transport = transport;
    this.wait = wait;
    this.tell = tell;
  }

  /**
   * `report` is {key, body() -> what to send now, accepted (null, or the server's first answer), photos}.
   * Resolves to one of {outcome: "sent"}, {outcome: "refused", errors, detail}, {outcome: "conflict"},
   * {outcome: "photos-refused"}: some photos have state "refused" and the person decides.
   */
  async send(report) {
    if (!report.accepted) {
      const answer = await this.#insist(
        () => this.transport.post(report),
        () => this.tell("sending", {}),
        isReceipt,
      );
      if (answer.means === "conflict") return { outcome: "conflict" };
      if (answer.means === "refused") return { outcome: "refused", ...refusal(answer.data) };
      report.accepted = answer.data;
      await this.tell("accepted", answer.data);
    }
    return this.#sendPhotos(report);
  }

  async #sendPhotos(report) {
    const total = report.photos.length;
    for (const photo of [...report.photos]) {
      if (photo.state === "sent" || photo.state === "refused") continue;
      const number = report.photos.indexOf(photo) + 1;
      const answer = await this.#insist(
        () => this.transport.put(photoAddress(report.accepted.photos_url, photo.id), photo),
        () => this.tell("photo", { photo, number, total }),
      );
      const arrived = answer.means === "ok";
      photo.state = arrived ? "sent" : "refused";
      photo.reason = arrived ? "" : (answer.data?.detail ?? "");
      await this.tell("photo-settled", { photo, number, total });
    }
    const refused = report.photos.some((photo) => photo.state === "refused");
    return { outcome: refused ? "photos-refused" : "sent" };
  }

  /** Tries until there is an answer that means something; `accept` may find an answer of 200 too odd to believe. */
  async #insist(attempt, announce, accept = () => true) {
    let renewed = false;
    for (let tries = 1; ; tries += 1) {
      await announce();
      const answer = await attempt();
      let means = meaning(answer.status);
      if (means === "ok" && !accept(answer.data)) means = "retry";
      if (means === "retry" && answer.data?.errors) means = "refused"; // waiting doesn't help: a field must change
      if (means === "renew" && !renewed) {
        renewed = true;
        if (await this.transport.renew()) continue;
      }
      if (means !== "retry" && means !== "renew") return { ...answer, means };
      const seconds = waitingTime(tries, answer.retryAfter);
      await this.tell("waiting", { seconds, offline: answer.status === 0 });
      await this.wait(seconds);
    }
  }
}

/** A sign-in page of a public network answers 200 too; only our own answer has these. */
export function isReceipt(data) {
  return Boolean(data && data.tracking_url && data.photos_url);
}

function refusal(data) {
  return { errors: data?.errors ?? {}, detail: data?.detail ?? "" };
}

/** The address a photo is put at, below the one the server gave. */
export function photoAddress(base, id) {
  return `${base.replace(/\/$/, "")}/${id}`;
}
