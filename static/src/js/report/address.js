import { metresBetween } from "../map/geometry.js";
import { element } from "../words/elements.js";
import { control } from "./fields.js";

const PAUSE_MS = 250;
const SHORTEST = 3;
// A pin that is put right stays at its address; further off it is at another one.
const SAME_PLACE_METRES = 50;

/**
 * Whether what is typed is another place than the text of the pin: not when something is only added
 * ("..., by the bridge"), nor when the field is emptied.
 */
export function contradicts(typed, ofPin) {
  return ofPin !== "" && typed.trim() !== "" && !typed.trim().startsWith(ofPin);
}

/**
 * The address field as a combobox (ARIA 1.2): addresses to choose from while typing. Choosing one puts the pin.
 * It stays a plain text field: what is typed counts, also when nothing is found or nothing can be looked up.
 * An address that came with the pin, or the pin with it, can't become another one while the pin stays.
 */
export class AddressField {
  constructor(form, place, labels) {
    this.form = form;
    this.place = place;
    this.labels = labels;
    this.input = control(form, "address");
    this.found = [];
    this.active = -1;
    this.remembered = element("input", { type: "hidden", name: "of_pin" });
    this.#build();
    place.addEventListener("change", ({ detail }) => detail.by === "draft" && this.belongsToPin(this.ofPin));
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
  }

  /** The text that says the same as the pin; empty when there is none, and for words of one's own. */
  get ofPin() {
    return this.remembered.value;
  }

  belongsToPin(text, at = this.place.current) {
    this.remembered.value = text.trim();
    this.at = at;
  }

  /** Whether the text came with a pin that has moved on since. */
  get isOfElsewhere() {
    const pin = this.place.current;
    if (!this.ofPin || this.input.value.trim() !== this.ofPin || !this.at || !pin) return false;
    return metresBetween(this.at, pin) > SAME_PLACE_METRES;
  }

  #build() {
    const id = `${this.input.id}-list`;
    this.list = element("ul", { id, role: "listbox", class: "portal-addresses__list", hidden: true });
    this.list.setAttribute("aria-label", this.labels.say("addresses_label"));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#choose(this.#indexOf(event.target)));
    this.status = element("p", { class: "portal-addresses__status", role: "status" });
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("autocomplete", "off");
    this.input.after(element("div", { class: "portal-addresses" }, this.list, this.status, this.remembered));
  }

  #typed() {
    this.#keepPinTrue();
    clearTimeout(this.timer);
    this.stop?.abort();
    const query = this.input.value.trim();
    if (query.length < SHORTEST) {
      this.#close();
      this.#say("");
      return;
    }
    this.timer = setTimeout(() => this.#look(query), PAUSE_MS);
  }

  #keepPinTrue() {
    if (!contradicts(this.input.value, this.ofPin)) return;
    this.belongsToPin("");
    if (!this.place.current) return;
    this.place.clear();
    this.place.say("place_removed");
  }

  async #look(query) {
    this.stop = new AbortController();
    const { signal } = this.stop;
    try {
      const address = `${this.form.dataset.addressesUrl}?${new URLSearchParams({ q: query })}`;
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const { addresses } = await answer.json();
      if (!signal.aborted) this.#show(addresses);
    } catch {
      if (signal.aborted) return;
      this.#close();
      this.#say(this.labels.say("addresses_failed"));
    }
  }

  #show(addresses) {
    this.found = addresses;
    this.active = -1;
    if (!addresses.length) {
      this.#close();
      this.#say(this.labels.say("addresses_none"));
      return;
    }
    if (document.activeElement !== this.input) return;
    this.list.replaceChildren(
      ...addresses.map((address, index) =>
        element(
          "li",
          { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" },
          address.label,
        ),
      ),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    this.#say(this.labels.count("addresses", addresses.length), { quiet: true });
  }

  #key(event) {
    if (this.list.hidden || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.#activate(this.active + steps[event.key]);
    else if (event.key === "Enter" && this.active >= 0) this.#choose(this.active);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
  }

  /** Marks an option; past either end no option is marked, and then round to the other end. */
  #activate(index) {
    const count = this.found.length;
    this.active = index < -1 ? count - 1 : index >= count ? -1 : index;
    [...this.list.children].forEach((option, at) =>
      option.setAttribute("aria-selected", String(at === this.active)),
    );
    const option = this.list.children[this.active];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  #choose(index) {
    const address = this.found[index];
    if (!address) return;
    this.input.value = address.label;
    this.belongsToPin(address.label, { lat: address.lat, lon: address.lon });
    this.#close();
    this.#say("");
    this.place.put({ lat: Number(address.lat), lon: Number(address.lon), by: "address" });
    this.place.say("place_address");
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #close() {
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** A quiet status is for screen readers only: who sees the list needs no count. */
  #say(text, { quiet = false } = {}) {
    this.status.classList.toggle("portal-visually-hidden", quiet);
    this.status.textContent = text;
  }

  #indexOf(target) {
    return [...this.list.children].indexOf(target.closest("[role=option]"));
  }
}
