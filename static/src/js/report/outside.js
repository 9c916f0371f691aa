import { inside } from "../map/geometry.js";
import { element } from "../words/elements.js";

/**
 * Says below the map that the pin is in another municipality, and whom to turn to, as soon as it is put there. The
 * server refuses such a report as well; when something can't be looked up here, that is where it is heard.
 */
export class Outside {
  constructor(form, place, labels) {
    this.labels = labels;
    this.place = place;
    this.addressNear = form.dataset.addressNearUrl;
    this.boundaries = place.map?.dataset.boundaries;
    this.box = element("div", { role: "status" });
    form.querySelector('[data-field="place"]')?.append(this.box);
    place.addEventListener("change", () => this.#look());
  }

  async #look() {
    this.stop?.abort();
    this.stop = new AbortController();
    const { signal } = this.stop;
    const place = this.place.current;
    const words = place && (await this.#isOutside(place, signal)) ? await this.#words(place, signal) : null;
    if (!signal.aborted) this.box.replaceChildren(...(words ? [words] : []));
  }

  async #isOutside({ lat, lon }, signal) {
    const areas = this.boundaries ? await json(this.boundaries, signal) : null;
    const whole = areas?.features.find(({ properties }) => properties.kind === "gemeente");
    return Boolean(whole) && !inside([Number(lon), Number(lat)], whole.geometry);
  }

  async #words(place, signal) {
    const found = await json(`${this.addressNear}?${new URLSearchParams(place)}`, signal);
    const { name, url } = found?.elsewhere ?? {};
    const text = name ? this.labels.say("outside_there", { there: name }) : this.labels.say("outside");
    const link = url ? [" ", element("a", { href: url }, url)] : [];
    return element("p", { class: "portal-need" }, text, ...link);
  }
}

async function json(address, signal) {
  try {
    const answer = await fetch(address, { signal, credentials: "same-origin" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
