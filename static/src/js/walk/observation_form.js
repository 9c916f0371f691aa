import { Errors } from "../report/errors.js";
import { followChoices } from "../report/questions.js";
import { NAMES, read, textLimit, write } from "../report/fields.js";
import { ROUGH_METRES } from "../report/locate.js";
import { Photos } from "../report/photos.js";
import { Place } from "../report/place.js";
import { uuid } from "../report/uuid.js";
import { drawn, decoded } from "../report/image.js";
import { element } from "../words/elements.js";
import { missing, queued } from "./item.js";

const FIELDS = [...NAMES, "stop"];
const THUMB_SIDE = 160;

/**
 * The form of one observation. What is typed is a draft on the phone from the first letter on, so several can be begun;
 * "keep" puts it in the queue and gives an empty form for the next one, at the same stop.
 */
export class ObservationForm {
  constructor(app, screen) {
    this.app = app;
    this.labels = app.labels;
    this.screen = screen;
    this.form = screen.querySelector("form[data-observation]");
    this.over = screen.querySelector("[data-over]");
    this.errors = new Errors(this.form, this.labels, FIELDS);
    this.form.prepend(this.errors.summary);
    this.place = new Place(this.form, this.labels);
    this.photos = new Photos(this.form, this.labels);
    this.saved = screen.querySelector("[data-saved]");
    this.stop = this.form.elements.stop;
    this.key = null;
    this.isUnkept = false;
    this.isConfirmed = false;
    this.form.noValidate = true;
    this.showQuestions = followChoices(this.form);
    this.#listen();
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.#draft());
    this.place.addEventListener("change", ({ detail }) => {
      this.isConfirmed = detail.by !== "gps";
      this.#draft();
    });
    this.photos.addEventListener("added", ({ detail }) => this.#keepPhoto(detail.photo));
    this.photos.addEventListener("removed", ({ detail }) =>
      this.app.storage.attempt(() => this.app.store.dropPhoto(detail.photo.id)),
    );
    this.stop.addEventListener("change", () => this.#lookAt());
    this.screen.querySelector("[data-discard]").addEventListener("click", () => this.#throw());
  }

  /** An empty form, at a stop or not. */
  fresh(stop = "") {
    this.saved.hidden = true;
    const isOpen = this.key && !this.opened && this.asked === stop;
    if (!isOpen) this.#empty(stop);
    this.offer();
    if (!this.form.hidden) this.#startMap();
    return this.screen;
  }

  /** A draft, to go on with. */
  open(key) {
    this.saved.hidden = true;
    this.#startMap();
    if (this.key !== key) {
      this.#empty("");
      this.opened = true;
      this.#fill(key);
    }
    this.offer();
    return this.screen;
  }

  /** No new observation once the server said that the walk is over; what was begun before can be finished. */
  offer() {
    const isOver = Boolean(this.app.said.is_over) && !this.opened && this.#isBlank(read(this.form, FIELDS));
    this.form.hidden = isOver;
    this.over.hidden = !isOver;
    const text = this.over.querySelector("[data-over-text]");
    if (isOver && text.textContent !== this.app.said.closed) text.textContent = this.app.said.closed;
  }

  #isBlank(values) {
    return !values.text && !values.category && !values.address && !this.photos.all.length;
  }

  #empty(stop) {
    this.form.reset();
    this.errors.clear();
    for (const photo of [...this.photos.all]) this.photos.items.get(photo.id).box.remove();
    this.photos.all.length = 0;
    this.photos.items.clear();
    this.photos.count.textContent = "";
    this.photos.problems.replaceChildren();
    this.place.clear();
    this.place.say("");
    Object.assign(this, { key: uuid(), seen: null, opened: false, asked: stop, isConfirmed: false, isUnkept: false });
    this.#listStops();
    this.stop.value = stop;
    this.#lookAt();
    this.showQuestions();
  }

  async #fill(key) {
    const draft = await this.app.storage.attempt(() => this.app.store.draft(key));
    if (!draft) {
      location.hash = "lijst";
      return;
    }
    this.key = key;
    this.seen = draft.values.observed_at;
    write(this.form, draft.values, FIELDS);
    this.showQuestions();
    this.place.restore();
    this.isConfirmed = Boolean(draft.values.confirmed);
    await this.photos.restore(await this.app.storage.attempt(() => this.app.store.photosOf(key), []));
  }

  #listStops() {
    const [none] = this.stop.options;
    const options = this.app.walk.stops.map((stop) =>
      element("option", { value: stop.id }, `${stop.position}. ${stop.name}`),
    );
    this.stop.replaceChildren(none, ...options);
  }

  async #startMap() {
    if (this.mapping) return;
    this.mapping = true;
    const { PortalMap } = await import("../map/portal_map.js");
    const container = this.form.querySelector("[data-map]");
    container.closest(".portal-map-box").hidden = false;
    this.portal = new PortalMap(container);
    await this.portal.start();
    this.place.restore();
    this.#lookAt();
  }

  /** The map looks at the chosen stop, or at where one is, as long as there is no pin. */
  #lookAt() {
    const stop = this.app.walk.stops.find(({ id }) => String(id) === this.stop.value) ?? this.app.overview.at;
    if (this.portal && stop && !this.place.current) this.portal.map.setView([stop.lat, stop.lon], 17, { animate: false });
  }

  #values() {
    this.seen ??= new Date().toISOString();
    return { ...read(this.form, FIELDS), observed_at: this.seen, confirmed: this.isConfirmed };
  }

  /** What is typed is kept a moment later, so that a phone that stops loses a word at most. */
  #draft() {
    const { key } = this;
    const values = this.#values();
    if (this.#isBlank(values)) return;
    this.isUnkept = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#keepDraft(key, values), 200);
  }

  async #keepDraft(key, values) {
    if (key !== this.key) return;
    const kept = await this.app.storage.attempt(() => this.app.store.keepDraft(key, values).then(() => true), false);
    this.isUnkept = !kept;
    await this.app.reload();
  }

  async #keepPhoto(photo) {
    const { key } = this;
    this.#draft();
    await this.app.storage.hasRoomFor(photo.blob.size);
    const thumb = await small(photo.blob);
    const kept = await this.app.storage.attempt(
      () => this.app.store.keepPhoto({ ...photo, thumb, item: key }).then(() => true),
      false,
    );
    if (!kept) this.errors.show({ __all__: [this.app.storage.warning] });
    this.app.line.show();
  }

  async #submit() {
    if (this.busy) return;
    this.saved.hidden = true;
    this.errors.clear();
    await this.photos.settled();
    const values = this.#values();
    const isRough = !this.isConfirmed && Number(values.accuracy) > ROUGH_METRES;
    const absent = Object.entries(missing(values, { isRough, limit: textLimit(this.form) }));
    if (absent.length) {
      this.errors.show(Object.fromEntries(absent.map(([field, key]) => [field, [this.labels.say(key)]])));
      return;
    }
    this.busy = true;
    clearTimeout(this.timer);
    await this.#queue(values);
    this.busy = false;
  }

  async #queue(values) {
    const { confirmed: _, ...given } = values;
    const item = queued(this.key, given, Date.now());
    const kept = await this.app.storage.attempt(() => this.app.store.queue(item).then(() => true), false);
    if (!kept) {
      this.errors.show({ __all__: [this.app.storage.warning] });
      return;
    }
    this.#empty(given.stop);
    if (location.hash.startsWith("#concept")) history.replaceState(null, "", `#noteren-${given.stop}`);
    this.saved.hidden = false;
    this.saved.querySelector("[data-saved-text]").textContent = this.labels.say(this.app.said.is_over ? "score_kept" : "kept");
    scrollTo(0, 0);
    this.saved.focus({ preventScroll: true });
    await this.app.reload();
    this.app.outbox.run();
  }

  #throw() {
    if (this.form.elements.text.value.trim() || this.photos.all.length) this.app.throwing.ask(() => this.#discard());
    else this.#discard();
  }

  async #discard() {
    clearTimeout(this.timer);
    const { key } = this;
    this.#empty("");
    await this.app.storage.attempt(() => this.app.store.dropDraft(key));
    await this.app.reload();
    location.hash = "route";
  }
}

/** A small picture for the list, or null when this browser can't read the photo. */
async function small(blob) {
  const picture = await decoded(blob);
  if (!picture) return null;
  const canvas = drawn(picture, THUMB_SIDE);
  picture.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.7));
}
