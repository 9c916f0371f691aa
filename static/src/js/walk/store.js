/**
 * What one walk keeps on the phone, in IndexedDB: `drafts` and `outbox` by the key of the observation, `blobs` the photos
 * by their own UUID, `marks` the scores by stop and statement, `kept` what the server said last. Nothing leaves before
 * the server confirmed it.
 */
import { Database, settled } from "../storage/database.js";
import { sent, UNSENT } from "./item.js";

function build(database) {
  database.createObjectStore("drafts", { keyPath: "key" });
  database.createObjectStore("outbox", { keyPath: "key" });
  database.createObjectStore("blobs", { keyPath: "id" }).createIndex("item", "item");
  database.createObjectStore("marks", { keyPath: "id" });
  database.createObjectStore("kept", { keyPath: "name" });
}

export class WalkStore {
  /** `walk` tells this walker's walk from another's on the same phone. */
  constructor(walk) {
    this.database = new Database(`portal-walk:${walk}`, build);
  }

  #read(store, work) {
    return this.database.act([store], "readonly", work);
  }

  #write(stores, work) {
    return this.database.act(stores, "readwrite", work);
  }

  // -- drafts

  drafts() {
    return this.#read("drafts", async (drafts) => (await settled(drafts.getAll())).sort((a, b) => a.at - b.at));
  }

  draft(key) {
    return this.#read("drafts", (drafts) => settled(drafts.get(key)));
  }

  keepDraft(key, values) {
    return this.#write(["drafts"], (drafts) => settled(drafts.put({ key, values, at: Date.now() })));
  }

  /** Throws a draft away with its photos. */
  dropDraft(key) {
    return this.#write(["drafts", "blobs"], async (drafts, blobs) => {
      drafts.delete(key);
      await removeOf(blobs, key);
    });
  }

  // -- the outbox

  items() {
    return this.#read("outbox", async (outbox) => (await settled(outbox.getAll())).sort((a, b) => a.at - b.at));
  }

  item(key) {
    return this.#read("outbox", (outbox) => settled(outbox.get(key)));
  }

  /** A draft becomes an item, in one step. */
  queue(item) {
    return this.#write(["drafts", "outbox"], (drafts, outbox) => {
      drafts.delete(item.key);
      return settled(outbox.put(item));
    });
  }

  keep(item) {
    return this.#write(["outbox"], (outbox) => settled(outbox.put(item)));
  }

  /** An item becomes a draft again, to be changed. */
  unqueue(key) {
    return this.#write(["drafts", "outbox"], async (drafts, outbox) => {
      const item = await settled(outbox.get(key));
      outbox.delete(key);
      return settled(drafts.put({ key, values: item.values, at: item.at }));
    });
  }

  /** The same observation under a new key, with its photos under new ones, because the old key was used. */
  rename(key, fresh, newId) {
    return this.#write(["outbox", "blobs"], async (outbox, blobs) => {
      const item = await settled(outbox.get(key));
      outbox.delete(key);
      for (const photo of await settled(blobs.index("item").getAll(key))) {
        blobs.delete(photo.id);
        blobs.put({ ...photo, id: newId(), item: fresh, state: "ready", reason: "" });
      }
      return settled(outbox.put({ ...item, key: fresh, accepted: null, touched: false }));
    });
  }

  drop(key) {
    return this.#write(["outbox", "blobs"], async (outbox, blobs) => {
      outbox.delete(key);
      await removeOf(blobs, key);
    });
  }

  /** The server has all of it: a small picture stays for the list, the photos go. */
  settle(item, thumb) {
    return this.#write(["outbox", "blobs"], async (outbox, blobs) => {
      outbox.put(sent(item, thumb));
      await removeOf(blobs, item.key);
    });
  }

  async waiting() {
    return (await this.items()).filter(({ state }) => state === "queued" || state === "sending");
  }

  async unsent() {
    return (await this.items()).filter(({ state }) => UNSENT.includes(state));
  }

  // -- photos

  /** {id, item, name, blob, thumb, state, reason, order} */
  keepPhoto(photo) {
    return this.#write(["blobs"], (blobs) => settled(blobs.put(photo)));
  }

  dropPhoto(id) {
    return this.#write(["blobs"], (blobs) => settled(blobs.delete(id)));
  }

  photosOf(key) {
    return this.#read("blobs", async (blobs) =>
      (await settled(blobs.index("item").getAll(key))).sort((a, b) => a.order - b.order),
    );
  }

  // -- scores

  marks() {
    return this.#read("marks", (marks) => settled(marks.getAll()));
  }

  keepMark(mark) {
    return this.#write(["marks"], (marks) => settled(marks.put(mark)));
  }

  /** Says what became of a mark, unless it was changed while it was under way. */
  settleMark(sentMark, change) {
    return this.#write(["marks"], async (marks) => {
      const now = await settled(marks.get(sentMark.id));
      if (now && now.scored_at === sentMark.scored_at) marks.put({ ...now, ...change });
    });
  }

  // -- what the server said last

  async said(name) {
    return (await this.#read("kept", (kept) => settled(kept.get(name))))?.value ?? null;
  }

  keepSaid(name, value) {
    return this.#write(["kept"], (kept) => settled(kept.put({ name, value })));
  }
}

async function removeOf(blobs, key) {
  for (const id of await settled(blobs.index("item").getAllKeys(key))) blobs.delete(id);
}
