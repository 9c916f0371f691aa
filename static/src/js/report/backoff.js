/** How long to wait before trying again, and for whom to wait. */

export const LONGEST_WAIT = 300;

/** Seconds before try `tries` + 1: 2, 4, 8 ... at most 300; what the server asks for (Retry-After) comes first. */
export function waitingTime(tries, retryAfter = null) {
  if (retryAfter !== null && Number.isFinite(retryAfter) && retryAfter >= 0) {
    return Math.min(Math.max(retryAfter, 1), LONGEST_WAIT);
  }
  return Math.min(2 ** Math.min(tries, 9), LONGEST_WAIT);
}

/**
 * What an answer means for the sender. `status` 0 stands for no answer at all.
 * ok, retry (later, by itself), renew (session or CSRF token), conflict (the key was used), refused (say why).
 */
export function meaning(status) {
  if (status >= 200 && status < 300) return "ok";
  if (status === 401 || status === 403) return "renew";
  if (status === 409) return "conflict";
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return "retry";
  return "refused";
}

/** A wait that ends by itself, or at once when somebody says hurry. */
export class Patience {
  constructor() {
    this.end = null;
  }

  /** Resolves after so many seconds, or at the next `hurry`. */
  wait(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.end = () => {
        clearTimeout(timer);
        resolve();
      };
    }).finally(() => {
      this.end = null;
    });
  }

  hurry() {
    this.end?.();
  }
}
