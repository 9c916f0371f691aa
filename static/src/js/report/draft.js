/**
 * What is being typed, kept in this tab only (sessionStorage): a reload loses nothing, and the next person on a
 * shared computer finds nothing. A report that was sent off but has not arrived is kept by store.js.
 */
export class Draft {
  /** `storage` gives the storage: where it is forbidden, asking for it already fails. */
  constructor(storage, path) {
    this.storage = storage;
    this.name = `portal-report:${path}`;
  }

  /** {key, values} or null. */
  load() {
    try {
      return JSON.parse(this.storage().getItem(this.name));
    } catch {
      return null;
    }
  }

  save(key, values) {
    try {
      this.storage().setItem(this.name, JSON.stringify({ key, values }));
    } catch {
      // No storage here (private browsing, or full): the page itself still holds everything.
    }
  }

  clear() {
    try {
      this.storage().removeItem(this.name);
    } catch {
      // As above.
    }
  }
}
