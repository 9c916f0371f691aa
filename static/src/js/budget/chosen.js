import { Labels } from "../words/labels.js";
import { Money } from "./amounts.js";

/** What to say of the costs of the ticked projects, beside the amount that there is. */
export function together(costs, budget, { labels, money }) {
  const sum = costs.reduce((all, cost) => all + cost, 0);
  const said = labels.say("chosen", {
    count: costs.length,
    sum: money.euro(sum),
    amount: money.euro(budget),
  });
  return sum > budget ? `${said} ${labels.say("more")}` : said;
}

/** The line that stays in sight while one ticks. Spoken only after a pause. */
export class Chosen {
  constructor(form, { quiet = 1200 } = {}) {
    this.form = form;
    this.quiet = quiet;
    this.shown = form.querySelector("[data-chosen]");
    this.spoken = form.querySelector("[data-spoken]");
    this.words = { labels: Labels.of(form), money: new Money(document.documentElement.lang, 1) };
    this.timer = null;
  }

  begin() {
    for (const node of this.form.querySelectorAll("[data-without-script]")) node.remove();
    this.form.addEventListener("change", ({ target }) => {
      if (target.matches("[data-cost] input")) this.speak(this.show());
    });
    this.show(); // what the browser ticked again after going back
  }

  show() {
    const ticked = [...this.form.querySelectorAll("[data-cost]")].filter((box) => box.querySelector("input:checked"));
    const costs = ticked.map((box) => Number(box.dataset.cost));
    this.shown.textContent = together(costs, Number(this.form.dataset.ballot), this.words);
    return this.shown.textContent;
  }

  speak(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.spoken.textContent = text;
    }, this.quiet);
  }
}
