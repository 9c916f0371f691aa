import { left } from "./amounts.js";

/** The bar that stays in sight: what is left to divide, and whether it has been kept. Spoken only after a pause. */
export class Balance {
  constructor(form, { lines, labels, money, quiet = 1200 }) {
    Object.assign(this, { lines, labels, money, quiet });
    this.amount = form.querySelector("[data-balance]");
    this.state = form.querySelector("[data-state]");
    this.spoken = form.querySelector("[data-spoken]");
    this.timer = null;
  }

  get left() {
    return left(this.lines.map((line) => line.change ?? 0));
  }

  show() {
    const rest = this.left;
    this.amount.textContent = this.#inWords(rest);
    this.amount.classList.toggle("alternative-bar__balance--even", rest === 0);
    this.amount.classList.toggle("alternative-bar__balance--over", rest < 0);
  }

  #inWords(rest) {
    if (rest < 0) return this.labels.say("over", { amount: this.money.euro(0 - rest) });
    return this.labels.say("left", { amount: this.money.euro(rest) });
  }

  /** Says the balance when somebody has stopped pressing, after `before` where there is something to say first. */
  speak(before = "") {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.spoken.textContent = [before, this.#inWords(this.left)].filter(Boolean).join(" ");
    }, this.quiet);
  }

  tell(text) {
    this.state.textContent = text;
  }
}
