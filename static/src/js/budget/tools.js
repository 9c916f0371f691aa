import { element } from "../words/elements.js";

/** Above the lines: only what I changed, in which order, and in euros or percent. */
export class Tools {
  constructor(form, { lines, labels, select = document }) {
    Object.assign(this, { form, lines, labels, page: select });
    this.home = lines.map((line) => ({ line, list: line.node.parentElement }));
    this.only = element("input", { type: "checkbox", id: "only-changed" });
    this.order = this.#choice("order", ["order_theme", "order_amount"]);
    this.measure = this.#choice("measure", ["in_euro", "in_percent"]);
    const only = element("label", { for: "only-changed" }, this.only, ` ${labels.say("only_changed")}`);
    const order = element("label", { class: "alternative-tools__choice" }, `${labels.say("order")} `, this.order);
    form.querySelector("[data-tools]").append(
      element("div", { class: "alternative-tools" }, order, this.measure, only),
    );
    this.only.addEventListener("change", () => this.filter());
    this.order.addEventListener("change", () => this.#sort());
    this.measure.addEventListener("change", () =>
      form.classList.toggle("alternative--percent", this.measure.value === "in_percent"),
    );
    this.measure.setAttribute("aria-label", `${labels.say("in_euro")} / ${labels.say("in_percent")}`);
  }

  #choice(id, keys) {
    const options = keys.map((key) => element("option", { value: key }, this.labels.say(key)));
    return element("select", { id: `choose-${id}`, class: "utrecht-select utrecht-select--html-select" }, ...options);
  }

  /** What is hidden stays hidden until the box is used again, so that no line goes away under one's hands. */
  filter() {
    for (const { node, isChanged } of this.lines.map((line) => ({ node: line.node, isChanged: line.isChanged }))) {
      node.hidden = this.only.checked && !isChanged;
    }
    this.#headings();
    this.form.querySelector("[data-empty]").hidden = this.lines.some((line) => !line.node.hidden);
  }

  #sort() {
    const byAmount = this.order.value === "order_amount";
    const [{ list: first }] = this.home;
    const sorted = byAmount ? [...this.home].sort((a, b) => b.line.baseline - a.line.baseline) : this.home;
    for (const { line, list } of sorted) (byAmount ? first : list).append(line.node);
    this.#headings();
  }

  /** A heading stands only above lines that are shown, and not where they are in another order. */
  #headings() {
    for (const heading of this.form.querySelectorAll("[data-theme]")) {
      const shown = [...heading.nextElementSibling.children].some((node) => !node.hidden);
      heading.hidden = !shown || this.order.value === "order_amount";
    }
  }
}
