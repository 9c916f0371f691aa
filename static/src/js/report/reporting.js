import { Labels } from "../words/labels.js";
import { AddressField } from "./address.js";
import { Patience } from "./backoff.js";
import { Draft } from "./draft.js";
import { Errors } from "./errors.js";
import { control, lock, missing, payload, read, textLimit, write } from "./fields.js";
import { Keeping } from "./keeping.js";
import { Nearby } from "./nearby.js";
import { fillNearestAddress } from "./nearest.js";
import { Outside } from "./outside.js";
import { Photos } from "./photos.js";
import { Place } from "./place.js";
import { followChoices, unanswered } from "./questions.js";
import { Sender } from "./sender.js";
import { Transport } from "./transport.js";
import { UnsentLine } from "./unsent.js";
import { uuid } from "./uuid.js";

/**
 * The report form: brings its parts together and sends the report from the page. A report is free to change until
 * the server took it in; after that only its photos are still to come.
 */
export class Reporting {
  constructor(form) {
    this.form = form;
    this.labels = Labels.of(form);
    this.errors = new Errors(form, this.labels);
    this.line = new UnsentLine();
    form.prepend(this.line.box, this.errors.summary);
    this.place = new Place(form, this.labels);
    this.photos = new Photos(form, this.labels);
    this.keeping = new Keeping(new Draft(() => sessionStorage, location.pathname), location.pathname);
    this.patience = new Patience();
    this.sender = new Sender({
      transport: new Transport(form),
      wait: (seconds) => this.patience.wait(seconds),
      tell: (state, details) => this.#heard(state, details),
    });
    this.accepted = null;
    this.sending = false;
    this.unlock = null;
  }

  async start() {
    this.form.noValidate = true;
    followChoices(this.form);
    const addressField = new AddressField(this.form, this.place, this.labels);
    new Nearby(this.form, this.place);
    new Outside(this.form, this.place, this.labels);
    fillNearestAddress(this.form, this.place, addressField);
    this.#listen();
    await this.#takeUp();
  }

  // -- what the sender sends: it reads these at every try, so that a change made while waiting counts

  get key() {
    return this.form.elements.key.value;
  }

  get report() {
    const page = this;
    return {
      key: page.key,
      photos: page.photos.all,
      body: () => payload(read(page.form)),
      get accepted() {
        return page.accepted;
      },
      set accepted(receipt) {
        page.accepted = receipt;
      },
    };
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      if (event.submitter?.hasAttribute("formaction")) return;
      event.preventDefault();
      this.#submit();
    });
    const typed = () => !this.accepted && this.keeping.draft(this.key, read(this.form));
    this.form.addEventListener("input", typed);
    this.form.addEventListener("change", typed);
    this.place.addEventListener("change", typed);
    this.photos.addEventListener("added", ({ detail }) => this.keeping.photo(this.key, detail.photo));
    this.photos.addEventListener("removed", ({ detail }) => this.keeping.dropPhoto(detail.photo.id));
    this.photos.addEventListener("skipped", () => this.#leaveIfDone());
    addEventListener("online", () => this.patience.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.patience.hurry());
    addEventListener("pageshow", (event) => event.persisted && this.left && location.reload());
    addEventListener("beforeunload", (event) => {
      if (this.sending && this.keeping.failed && !this.left) event.preventDefault();
    });
  }

  /** What was left on this device: a report on its way goes on, a draft is put back. */
  async #takeUp() {
    if ("bound" in this.form.dataset) return;
    const waiting = await this.keeping.unsent();
    const kept = waiting ?? this.keeping.loadDraft();
    this.form.elements.key.value = kept?.key ?? uuid();
    if (!kept) return;
    write(this.form, kept.values);
    control(this.form, "category")?.dispatchEvent(new Event("change", { bubbles: true }));
    this.place.restore();
    await this.photos.restore(await this.keeping.photosOf(kept.key));
    this.accepted = waiting?.accepted ?? null;
    if (waiting) await this.#deliver({ focus: false });
  }

  async #submit() {
    if (this.left) return;
    if (this.sending) {
      this.patience.hurry();
      return;
    }
    this.errors.clear();
    const emailIsOdd = Boolean(control(this.form, "email")?.validity.typeMismatch);
    const absent = [
      ...Object.entries(missing(read(this.form), { emailIsOdd, limit: textLimit(this.form) })),
      ...unanswered(this.form).map((name) => [name, "error_question"]),
    ];
    if (absent.length) {
      this.errors.show(Object.fromEntries(absent.map(([field, key]) => [field, [this.labels.say(key)]])));
      return;
    }
    await this.#deliver();
  }

  async #deliver({ focus = true } = {}) {
    this.sending = true;
    this.form.querySelector("[type=submit]").setAttribute("aria-disabled", "true");
    this.line.show({ text: this.labels.say("sending") });
    if (focus) this.line.box.focus({ preventScroll: true });
    await this.photos.settled();
    const result = await this.sender.send(this.report);
    if (result.outcome === "sent" || result.outcome === "photos-refused") await this.#leaveIfDone();
    else this.#backToForm(result);
  }

  async #heard(state, details) {
    if (state === "sending") {
      this.#freeze();
      await this.keeping.report({ ...this.#kept(), accepted: null });
    }
    if (state === "accepted") await this.keeping.report({ ...this.#kept(), accepted: details });
    if (state === "photo") this.#freeze();
    if (state === "photo-settled") {
      this.photos.update(details.photo);
      await this.keeping.photo(this.key, details.photo);
    }
    if (state === "waiting" && !this.accepted) this.#thaw();
    this.#tellLine(state, details);
  }

  #kept() {
    return { key: this.key, values: read(this.form) };
  }

  #tellLine(state, details) {
    const { labels, line } = this;
    if (state === "sending") line.show({ text: labels.say("sending") });
    if (state === "photo") {
      const progress = { value: details.number - 1, max: details.total };
      line.show({ text: labels.say("sending_photo", details), progress });
    }
    if (state === "waiting") {
      const why = this.accepted ? "unsent_photos" : details.offline ? "unsent_offline" : "unsent_server";
      const words = [labels.say(why, this.accepted ?? {})];
      if (this.keeping.failed) words.push(labels.say("not_kept"));
      const now = { text: labels.say("send_now"), act: () => this.patience.hurry() };
      line.show({ strong: labels.say("unsent"), text: words.join(" "), actions: [now] });
    }
  }

  /** On to the page that follows the report, unless a refused photo still waits for a decision. */
  async #leaveIfDone() {
    if (this.photos.all.some((photo) => photo.state === "refused")) {
      this.line.show({ text: this.labels.say("unsent_refused_photos", this.accepted) });
      this.line.box.focus({ preventScroll: true });
      return;
    }
    this.left = true;
    this.line.show({ text: this.labels.say("sent"), progress: { value: 1, max: 1 } });
    await this.keeping.forget(this.key);
    this.form.reset(); // so that "back" brings an empty form, also where the browser remembers what was typed
    location.assign(this.accepted.tracking_url);
  }

  #backToForm(result) {
    this.sending = false;
    this.form.querySelector("[type=submit]").removeAttribute("aria-disabled");
    this.#thaw();
    this.keeping.unqueue(this.key);
    if (result.outcome === "conflict") {
      const anew = { text: this.labels.say("send_as_new"), act: () => this.#sendAsNew() };
      this.line.show({ text: this.labels.say("unsent_conflict"), actions: [anew] });
      this.line.box.focus({ preventScroll: true });
      return;
    }
    this.line.hide();
    const whole = { __all__: [result.detail || this.labels.say("refused")] };
    this.errors.show(Object.keys(result.errors).length ? result.errors : whole);
  }

  async #sendAsNew() {
    const old = this.key;
    this.form.elements.key.value = uuid();
    this.photos.renumber();
    await this.keeping.forget(old);
    this.keeping.draft(this.key, read(this.form));
    for (const photo of this.photos.all) await this.keeping.photo(this.key, photo);
    await this.#submit();
  }

  #freeze() {
    if (this.unlock) return;
    const restore = lock(this.form, [this.line.box]);
    const map = this.form.querySelector("[data-map]");
    if (map) map.inert = true;
    this.unlock = () => {
      restore();
      if (map) map.inert = false;
    };
  }

  #thaw() {
    this.unlock?.();
    this.unlock = null;
  }
}
