/** The requests of the sender. Every answer is {status, data, retryAfter}; status 0 means that none came. */

export const REPORT_SECONDS = 30;
export const PHOTO_SECONDS = 180;

export class Transport {
  /** `form` gives the addresses and holds the CSRF token. */
  constructor(form) {
    this.form = form;
  }

  post(report) {
    const headers = {
      "Content-Type": "application/json",
      Accept: "application/json",
      "Idempotency-Key": report.key,
      "X-CSRFToken": this.#token(),
    };
    const body = JSON.stringify(report.body());
    return request(this.form.dataset.intakeUrl, { method: "POST", headers, body }, REPORT_SECONDS);
  }

  put(address, photo) {
    const headers = {
      "Content-Type": photo.blob.type,
      Accept: "application/json",
      "X-CSRFToken": this.#token(),
    };
    return request(address, { method: "PUT", headers, body: photo.blob }, PHOTO_SECONDS);
  }

  /** A fresh CSRF token from the page itself; false when there is none to be had. */
  async renew() {
    try {
      const page = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
      const token = fresh.querySelector("input[name=csrfmiddlewaretoken]")?.value;
      const field = this.form.elements.csrfmiddlewaretoken;
      if (!page.ok || !token || !field) return false;
      field.value = token;
      return true;
    } catch {
      return false;
    }
  }

  #token() {
    return this.form.elements.csrfmiddlewaretoken?.value ?? "";
  }
}

/** One request; it is given up after so many seconds. */
export async function request(address, options, seconds) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), seconds * 1000);
  try {
    const answer = await fetch(address, { ...options, credentials: "same-origin", signal: stop.signal });
    const text = await answer.text();
    return { status: answer.status, data: parsed(text), retryAfter: retryAfter(answer) };
  } catch {
    return { status: 0, data: null, retryAfter: null };
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function retryAfter(answer) {
  const value = answer.headers.get("Retry-After");
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}
