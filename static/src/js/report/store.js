/**
 * What must outlive a reload, in IndexedDB: `outbox` has the reports that were sent off and have not arrived, by
 * their key; `blobs` the photos, by their own UUID. Nothing leaves the outbox before the server confirmed it.
 */

import { Database, settled } from "../storage/database.js";

const NAME = "portal-reports";
const DAY_MS = 24 * 60 * 60 * 1000;

function build(database) {
  database.createObjectStore("outbox", { keyPath: "key" });
  database.createObjectStore("blobs", { keyPath: "id" }).createIndex("report", "report");
}

/** Every function rejects where there is no storage or no room (QuotaExceededError). */
export class Store {
  constructor() {
    this.database = new Database(NAME, build);
  }

  #act(stores, mode, work) {
    return this.database.act(stores, mode, work);
  }

  /** {key, page, values, accepted, at}; `page` is the address of the form's page. */
  keepReport(record) {
    return this.#act(["outbox"], "readwrite", (outbox) => settled(outbox.put({ ...record, at: Date.now() })));
  }

  /** The oldest report of this page that has not arrived, or null. */
  async unsentOf(page) {
    const all = await this.#act(["outbox"], "readonly", (outbox) => settled(outbox.getAll()));
    const mine = all.filter((record) => record.page === page).sort((a, b) => a.at - b.at);
    return mine[0] ?? null;
  }

  /** {id, report, name, blob, state, reason, order} */
  keepPhoto(photo) {
    return this.#act(["blobs"], "readwrite", (blobs) => settled(blobs.put({ ...photo, at: Date.now() })));
  }

  async photosOf(report) {
    const find = (blobs) => settled(blobs.index("report").getAll(report));
    const found = await this.#act(["blobs"], "readonly", find);
    return found.sort((a, b) => a.order - b.order);
  }

  dropPhoto(id) {
    return this.#act(["blobs"], "readwrite", (blobs) => settled(blobs.delete(id)));
  }

  /** Takes a report out of the outbox, to be changed; its photos stay, as those of a draft. */
  unqueue(key) {
    return this.#act(["outbox"], "readwrite", (outbox) => settled(outbox.delete(key)));
  }

  /** Forgets a report with all its photos: it has arrived, or was given up. */
  drop(key) {
    return this.#act(["outbox", "blobs"], "readwrite", async (outbox, blobs) => {
      outbox.delete(key);
      for (const id of await settled(blobs.index("report").getAllKeys(key))) blobs.delete(id);
    });
  }

  /** Forgets photos of yesterday's drafts that were never sent off. */
  forgetOld(now = Date.now()) {
    return this.#act(["outbox", "blobs"], "readwrite", async (outbox, blobs) => {
      const waiting = new Set(await settled(outbox.getAllKeys()));
      for (const photo of await settled(blobs.getAll())) {
        if (!waiting.has(photo.report) && photo.at < now - DAY_MS) blobs.delete(photo.id);
      }
    });
  }
}
