import { element } from "../words/elements.js";
import { decoded, drawn, HEAD_BYTES, megabytes, prepared, refusal, sniff } from "./image.js";
import { PhotoItem } from "./photo_item.js";
import { uuid } from "./uuid.js";

/**
 * The photos that go along: chosen, checked and made smaller before anything is sent. Emits "added" and "removed"
 * with {photo}, and "skipped" when somebody goes on without a photo that the server refused.
 *
 * A photo is {id, name, blob, state, reason, order}: state is ready, sent or refused (with the server's reason).
 */
export class Photos extends EventTarget {
  constructor(form, labels) {
    super();
    this.labels = labels;
    this.input = form.elements.photos;
    this.max = Number(form.dataset.maxPhotos || 5);
    this.maxBytes = Number(form.dataset.maxBytes || 15 * 1024 * 1024);
    this.all = [];
    this.items = new Map();
    this.work = Promise.resolve();
    this.problems = element("ul", { class: "portal-photos__problems", role: "list" });
    this.count = element("p", { id: "photos-count", class: "portal-photos__count", role: "status" });
    this.list = element("ul", { class: "portal-photos__list", role: "list" });
    if (this.input) this.#build();
  }

  #build() {
    const described = this.input.getAttribute("aria-describedby") ?? "";
    this.input.setAttribute("aria-describedby", `${described} photos-count`.trim());
    this.input.after(element("div", { role: "alert" }, this.problems), this.count, this.list);
    this.input.addEventListener("change", () => this.#chosen());
  }

  /** Resolves when no photo is being prepared any more. */
  async settled() {
    await this.work;
  }

  /** Puts back photos that were kept on the device. */
  async restore(photos) {
    for (const photo of photos) {
      const picture = await decoded(photo.blob);
      this.#append(photo, picture);
      this.update(photo);
    }
  }

  /** Shows the state of a photo after it changed. */
  update(photo) {
    this.items.get(photo.id)?.show(photo);
  }

  /** New ids, for a report that is sent once more as a new one. */
  renumber() {
    for (const photo of this.all) {
      const item = this.items.get(photo.id);
      this.items.delete(photo.id);
      Object.assign(photo, { id: uuid(), state: "ready", reason: "" });
      this.items.set(photo.id, item);
      this.update(photo);
    }
  }

  #chosen() {
    const files = [...this.input.files];
    this.input.value = "";
    this.problems.replaceChildren();
    for (const file of files) this.work = this.work.then(() => this.#take(file));
  }

  async #take(file) {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const type = sniff(head);
    const limits = { maxBytes: this.maxBytes, room: this.max - this.all.length };
    const reason = refusal({ size: file.size, type }, limits);
    if (reason) {
      this.#refuse(reason, file);
      return;
    }
    this.count.textContent = this.labels.say("photo_busy", { name: file.name });
    const picture = await decoded(file);
    const blob = await prepared(file, type, picture);
    const photo = { id: uuid(), name: file.name, blob, state: "ready", reason: "", order: Date.now() };
    this.#append(photo, picture);
    this.#emit("added", photo);
  }

  #refuse(reason, file) {
    const size = megabytes(file.size).toLocaleString(document.documentElement.lang || "nl");
    const max = reason === "photo_too_large" ? megabytes(this.maxBytes) : this.max;
    const text = this.labels.say(reason, { name: file.name, size, max });
    this.problems.append(element("li", { class: "utrecht-form-field-error-message" }, text));
  }

  #append(photo, picture) {
    this.all.push(photo);
    const thumbnail = picture ? drawn(picture, 240) : null;
    picture?.close();
    const item = new PhotoItem(thumbnail, this.labels, { leave: () => this.#leave(photo) });
    this.items.set(photo.id, item);
    this.list.append(item.box);
    this.#renew();
  }

  #leave(photo) {
    const skipped = photo.state === "refused";
    const index = this.all.indexOf(photo);
    this.all.splice(index, 1);
    this.items.get(photo.id).box.remove();
    this.items.delete(photo.id);
    this.problems.replaceChildren();
    this.#renew();
    this.count.textContent = `${this.labels.say("photo_removed", { name: photo.name })} ${this.count.textContent}`;
    const next = this.all[Math.min(index, this.all.length - 1)];
    (next ? this.items.get(next.id).leave : this.input).focus();
    this.#emit("removed", photo);
    if (skipped) this.#emit("skipped", photo);
  }

  #renew() {
    this.all.forEach((photo, index) => this.items.get(photo.id).name(index + 1, photo));
    this.input.classList.toggle("portal-file--listed", this.all.length > 0);
    const full = this.all.length >= this.max;
    const values = { count: this.all.length, max: this.max };
    this.count.textContent = this.all.length ? this.labels.say(full ? "photos_full" : "photos_count", values) : "";
  }

  #emit(name, photo) {
    this.dispatchEvent(new CustomEvent(name, { detail: { photo } }));
  }
}
