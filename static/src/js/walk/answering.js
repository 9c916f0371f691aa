import { element } from "../words/elements.js";

/**
 * For an official who walks along: the open reports of this walk, each with a short form. Only with a network: an answer
 * is sent at once or not at all, and what was typed stays when it was refused.
 */
export class Answering {
  constructor(app, screen) {
    this.app = app;
    this.labels = app.labels;
    this.screen = screen;
    this.rows = screen.querySelector("[data-to-answer]");
    this.empty = screen.querySelector("[data-nothing-to-answer]");
    this.boxes = new Map();
  }

  /** The way to this screen is there for who may answer only. */
  offer() {
    for (const link of this.app.root.querySelectorAll('[data-to="antwoorden"]')) link.hidden = !this.app.said.to_answer;
  }

  show() {
    const rows = this.app.said.to_answer ?? [];
    this.empty.hidden = rows.length > 0;
    const numbers = new Set(rows.map(({ number }) => number));
    for (const [number, box] of this.boxes) if (!numbers.has(number)) this.#gone(number, box);
    for (const report of rows) this.#keep(report);
    return this.screen;
  }

  /** A report that was closed leaves the list, unless words for it still stand there. */
  #gone(number, box) {
    if (box.form.elements.message.value.trim()) return;
    box.item.remove();
    this.boxes.delete(number);
  }

  #keep(report) {
    let box = this.boxes.get(report.number);
    if (!box) {
      box = this.#build(report);
      this.boxes.set(report.number, box);
      this.rows.append(box.item);
    }
    box.report = report;
    box.state.textContent = report.status;
  }

  #build(report) {
    const id = (name) => `answer-${report.number}-${name}`;
    const state = element("p", { class: "walk-item__state" });
    const said = element("p", { class: "walk-answer__said", role: "status" });
    const status = element(
      "select",
      { class: "utrecht-select utrecht-select--html-select", id: id("status"), name: "status" },
      ...report.allowed
        .filter((value) => !["planned", "forwarded"].includes(value))
        .map((value) => element("option", { value }, this.labels.say(`status_${value}`))),
    );
    const message = element("textarea", { class: "utrecht-textarea", id: id("message"), name: "message", rows: 3 });
    const send = element(
      "button",
      { type: "submit", class: "utrecht-button utrecht-button--primary-action" },
      this.labels.say("answer_send"),
    );
    const label = (name, text) => element("label", { class: "utrecht-form-label", for: id(name) }, text);
    const form = element(
      "form",
      { class: "walk-answer portal-stack portal-stack--tight", novalidate: true },
      label("status", this.labels.say("answer_status")),
      status,
      label("message", this.labels.say("answer_message")),
      message,
      said,
      send,
    );
    const what = [report.kind, report.theme, report.where].filter(Boolean).join(" · ");
    const item = element(
      "li",
      { class: "portal-card", "data-report": report.number },
      element("h2", { class: "walk-answer__title" }, this.labels.say("report_number", { number: report.number })),
      element("p", { lang: "nl" }, report.text),
      element("p", { class: "walk-item__what" }, what),
      state,
      form,
    );
    const box = { item, form, state, said, send, report };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(box);
    });
    return box;
  }

  async #send(box) {
    if (box.send.getAttribute("aria-disabled") === "true") return;
    box.send.setAttribute("aria-disabled", "true");
    const { status, message } = box.form.elements;
    const values = { version: box.report.version, status: status.value, message: message.value };
    const answer = await this.app.transport.answer(box.report.number, values, this.app.csrf ?? "");
    box.send.removeAttribute("aria-disabled");
    if (answer.data?.to_answer) this.app.said = { ...this.app.said, to_answer: answer.data.to_answer };
    if (answer.status === 200) {
      message.value = "";
      box.said.textContent = this.labels.say("answer_sent");
    } else box.said.textContent = this.#refusal(answer);
    this.show();
  }

  #refusal({ status, data }) {
    if (status === 0) return this.labels.say("answer_offline");
    const reasons = Object.values(data?.errors ?? {}).flat();
    return reasons.join(" ") || data?.detail || this.labels.say("answer_failed");
  }
}
