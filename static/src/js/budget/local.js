/** What has not arrived at the server yet, on this device. Without storage, or without room, nothing is kept here. */
export class LocalDraft {
  constructor(storage, key) {
    this.storage = storage;
    this.key = `alternative:${key}`;
  }

  /** {content, revision}; null when there is none. */
  load() {
    try {
      return JSON.parse(this.storage().getItem(this.key));
    } catch {
      return null;
    }
  }

  save(content, revision) {
    try {
      this.storage().setItem(this.key, JSON.stringify({ content, revision }));
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    try {
      this.storage().removeItem(this.key);
    } catch {
      // There was nothing to clear.
    }
  }
}
