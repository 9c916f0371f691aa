const LITTLE_ROOM = 25 * 1024 * 1024;

/** What the phone lets us keep: asks it to keep things for good, and says so when there is no room. */
export class Storage {
  constructor(labels) {
    this.labels = labels;
    this.warning = "";
    this.asked = false;
  }

  /** Does something with the storage; where that fails `warning` says what to do, and this gives `otherwise`. */
  async attempt(act, otherwise = null) {
    try {
      return await act();
    } catch (error) {
      console.warn("not kept on this phone", error);
      const isFull = error?.name === "QuotaExceededError";
      this.warning = this.labels.say(isFull ? "storage_full" : "storage_away");
      return otherwise;
    }
  }

  /** Before something is kept: whether there is room for so many bytes, as far as the phone says. */
  async hasRoomFor(bytes) {
    if (!this.asked) {
      this.asked = true;
      await navigator.storage?.persist?.().catch(() => false);
    }
    const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
    if (!quota) return true;
    const left = quota - usage - bytes;
    if (left < LITTLE_ROOM) this.warning = this.labels.say(left < 0 ? "storage_full" : "storage_little");
    return left >= 0;
  }
}
