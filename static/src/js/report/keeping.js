import { Store } from "./store.js";

const PATIENCE_MS = 4000;

/** Some browsers leave a request to their storage without any answer; that may not keep a report from being sent. */
const tooLate = () => new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), PATIENCE_MS));

/**
 * Keeps a report on the device, as far as the device lets it: the draft in this tab, what was sent off and the
 * photos in IndexedDB. Nothing here fails: where there is no room `failed` becomes true, and the page says so.
 */
export class Keeping {
  constructor(draft, page, store = new Store()) {
    this.drafts = draft;
    this.page = page;
    this.store = store;
    this.failed = false;
  }

  async #try(act, otherwise = null) {
    try {
      return await Promise.race([act(), tooLate()]);
    } catch (error) {
      console.warn("not kept on this device", error);
      this.failed = true;
      return otherwise;
    }
  }

  draft(key, values) {
    this.drafts.save(key, values);
  }

  loadDraft() {
    return this.drafts.load();
  }

  /** `record` is {key, values, accepted}. */
  report(record) {
    return this.#try(() => this.store.keepReport({ ...record, page: this.page }));
  }

  photo(report, { id, name, blob, state, reason, order }) {
    return this.#try(() => this.store.keepPhoto({ id, report, name, blob, state, reason, order }));
  }

  dropPhoto(id) {
    return this.#try(() => this.store.dropPhoto(id));
  }

  /** The report of this page that has not arrived yet, or null. */
  unsent() {
    return this.#try(async () => {
      await this.store.forgetOld();
      return this.store.unsentOf(this.page);
    });
  }

  photosOf(key) {
    return this.#try(() => this.store.photosOf(key), []);
  }

  unqueue(key) {
    return this.#try(() => this.store.unqueue(key));
  }

  /** After the server confirmed everything. */
  forget(key) {
    this.drafts.clear();
    return this.#try(() => this.store.drop(key));
  }
}
