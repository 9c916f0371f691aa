/** IndexedDB with promises. */

export const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Every function rejects where there is no storage or no room (QuotaExceededError). */
export class Database {
  /** `build(database)` makes the stores of a device that has none yet. */
  constructor(name, build) {
    this.name = name;
    this.build = build;
    this.database = null;
  }

  #opened() {
    const request = indexedDB.open(this.name, 1);
    request.onupgradeneeded = () => this.build(request.result);
    return settled(request);
  }

  /** Does the work on these stores in one transaction: all of it stays, or nothing. */
  async act(stores, mode, work) {
    this.database ??= this.#opened();
    const transaction = (await this.database).transaction(stores, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    done.catch(() => {}); // when the work itself fails first, that error is the one to hear about
    const result = await work(...stores.map((name) => transaction.objectStore(name)));
    await done;
    return result;
  }
}
