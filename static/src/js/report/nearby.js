const PAUSE_MS = 400;

/**
 * Shows in #nearby what of this kind was reported already near this place in this category. It is an extra: when it can't be
 * had, nothing is said, and the report can be made as ever.
 */
export class Nearby {
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.box = document.getElementById("nearby");
    if (!this.box || !form.dataset.nearbyUrl) return;
    this.box.setAttribute("aria-live", "polite");
    this.shown = "";
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#look(), PAUSE_MS);
    };
    place.addEventListener("change", later);
    form.addEventListener("change", (event) => ["category", "kind"].includes(event.target.name) && later());
  }

  async #look() {
    const query = this.#query();
    if (query === this.shown) return;
    this.shown = query;
    this.stop?.abort();
    if (!query) {
      this.box.replaceChildren();
      return;
    }
    this.stop = new AbortController();
    const { signal } = this.stop;
    const fragment = await fetched(`${this.form.dataset.nearbyUrl}?${query}`, signal);
    if (signal.aborted) return;
    if (fragment === null) this.shown = "";
    this.box.innerHTML = fragment ?? "";
    window.htmx?.process(this.box);
  }

  #query() {
    const { category, kind } = Object.fromEntries(new FormData(this.form));
    const place = this.place.current;
    return category && place ? new URLSearchParams({ kind, category, ...place }).toString() : "";
  }
}

async function fetched(address, signal) {
  try {
    const answer = await fetch(address, { signal, credentials: "same-origin" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
