import { button, element } from "../words/elements.js";
import { bounded, readChange } from "./amounts.js";

/** One line of the editor: its field, plus and minus, and what the change comes to. `onChange(line)` hears of changes. */
export class Line {
  constructor(node, { money, labels, inhabitants, onChange, onBound }) {
    Object.assign(this, { node, money, labels, inhabitants, onChange, onBound });
    const { line, name, floorReason, capReason } = node.dataset;
    Object.assign(this, { key: line, name, floorReason, capReason });
    for (const amount of ["baseline", "floor", "cap", "step"]) this[amount] = Number(node.dataset[amount]);
    this.input = node.querySelector("[data-control] input");
    this.effect = node.querySelector("[data-effect]");
    this.bound = node.querySelector("[data-bound-text]");
    this.reasonField = node.querySelector("textarea");
    if (this.input) this.#controls();
  }

  get isFixed() {
    return !this.input;
  }

  /** null while what stands in the field is no amount. */
  get change() {
    return this.isFixed ? 0 : readChange(this.input.value, this.baseline);
  }

  get reason() {
    return this.reasonField?.value.trim() ?? "";
  }

  get isChanged() {
    return this.change !== 0 || this.reason !== "";
  }

  get isWithin() {
    const change = this.change;
    return change !== null && change === bounded(change, this);
  }

  /** Puts another content in, without telling anybody. */
  set({ change, reason }) {
    if (this.isFixed) return;
    this.input.value = this.baseline + change;
    this.reasonField.value = reason;
    this.show();
  }

  #controls() {
    const { labels, name } = this;
    this.minus = button("−", "secondary-action", () => this.#move(-1), { "aria-label": labels.say("less", { name }) });
    this.plus = button("+", "secondary-action", () => this.#move(1), { "aria-label": labels.say("more", { name }) });
    this.undo = button(labels.say("undo"), "subtle", () => this.#undo(), {
      "aria-label": labels.say("undo_of", { name }),
    });
    this.undo.classList.add("alternative-line__undo");
    this.input.before(this.minus);
    this.input.after(this.plus);
    this.effect.after(this.undo);
    this.#percent();
    this.input.setAttribute("role", "spinbutton");
    this.input.setAttribute("aria-valuemin", this.floor);
    this.input.setAttribute("aria-valuemax", this.cap);
    for (const field of [this.input, this.percentField]) {
      field.addEventListener("keydown", (event) => this.#pressed(event));
    }
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("change", () => this.#tidy());
    this.reasonField.addEventListener("input", () => this.onChange(this));
    this.show();
  }

  #percent() {
    const id = `percent-${this.key}`;
    const label = element(
      "label",
      { for: id, class: "utrecht-form-label alternative-percent" },
      this.labels.say("percent_of"),
      element("span", { class: "portal-visually-hidden" }, `: ${this.name}`),
    );
    this.percentField = element("input", {
      id,
      class: "utrecht-textbox utrecht-textbox--html-input alternative-percent",
      inputmode: "text",
      autocomplete: "off",
    });
    this.input.classList.add("alternative-amount");
    this.node.querySelector("[data-field] label").classList.add("alternative-amount");
    this.node.querySelector("[data-field] label").after(label);
    this.input.after(this.percentField);
    this.percentField.addEventListener("change", () => {
      const typed = this.percentField.value.replace(/%\s*$/, "").trim();
      const change = typed === "" ? 0 : readChange(`${typed}%`, this.baseline);
      if (change !== null) this.#put(change);
      this.show();
    });
  }

  #pressed(event) {
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!steps) return;
    event.preventDefault();
    this.#move(steps);
  }

  /** So many steps; what lies between two steps goes to the nearer one in that direction. */
  #move(steps) {
    const wanted = (this.change ?? 0) + steps * this.step;
    const change = bounded(wanted, this);
    this.#put(change);
    if (change !== wanted) this.onBound(this);
  }

  #undo() {
    this.#put(0);
    this.input.focus();
  }

  #put(change) {
    this.input.value = this.baseline + change;
    this.#changed();
  }

  /** "+100" and "-5%" become the amount that they mean. */
  #tidy() {
    if (this.change !== null) this.input.value = this.baseline + this.change;
    this.show();
  }

  #changed() {
    this.show();
    this.onChange(this);
  }

  /** Shows what the change comes to, and why it can't go further. */
  show() {
    if (this.isFixed) return;
    const { change } = this;
    this.effect.textContent = change ? this.#inWords(change) : this.labels.say("as_it_is");
    this.undo.hidden = !change;
    this.node.classList.toggle("alternative-line--changed", Boolean(change));
    this.minus.disabled = change !== null && this.baseline + change <= this.floor;
    this.plus.disabled = change !== null && this.baseline + change >= this.cap;
    const shown = this.baseline + (change ?? 0);
    this.input.setAttribute("aria-valuenow", shown);
    this.input.setAttribute("aria-valuetext", this.money.euro(shown));
    if (this.percentField !== document.activeElement) {
      this.percentField.value = change ? this.money.percent(change, this.baseline) : "";
    }
    this.#showBound(change);
  }

  #inWords(change) {
    const each = this.inhabitants ? this.money.each(change, this.inhabitants) : "";
    const words = `${this.money.change(change)} (${this.money.percent(change, this.baseline)})`;
    return each ? `${words} · ${this.labels.say("each", { amount: each })}` : words;
  }

  /** Why it can’t go further, also where the budget is the bound already; or that a bound is passed. */
  boundText() {
    const { change } = this;
    if (change === null) return this.labels.say("not_a_number");
    const amount = this.baseline + change;
    if (amount <= this.floor) return this.#bounds("floor", this.floor, this.floorReason);
    if (amount >= this.cap) return this.#bounds("cap", this.cap, this.capReason);
    return "";
  }

  #bounds(key, amount, reason) {
    return [this.labels.say(key, { amount: this.money.euro(amount) }), reason].filter(Boolean).join(" ");
  }

  #showBound(change) {
    this.bound.textContent = this.boundText();
    this.bound.hidden = !this.bound.textContent;
    const isWrong = !this.isWithin;
    this.bound.classList.toggle("alternative-line__bound--wrong", isWrong);
    this.input.classList.toggle("utrecht-textbox--invalid", isWrong);
    if (isWrong) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    if (change !== null && !isWrong) this.node.querySelector(".utrecht-form-field-error-message")?.remove();
  }
}
