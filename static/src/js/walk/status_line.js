import { button, element } from "../words/elements.js";

/** The line that is always there: how much is not sent yet, with a button to send it now. */
export class StatusLine {
  constructor(app, box) {
    this.app = app;
    this.labels = app.labels;
    this.text = element("p", { class: "walk-line__text", role: "status", "data-unsent": "" });
    this.hint = element("p", { class: "walk-line__hint" });
    this.send = button(this.labels.say("send_now"), "secondary-action", () => this.#send());
    this.works = app.root.querySelector("[data-works]");
    box.append(element("div", { class: "walk-line__words" }, this.text, this.hint), this.send);
    this.box = box;
  }

  show() {
    const { labels, app } = this;
    const observations = app.unsent.length;
    const scores = app.unsentMarks.length;
    const waits = observations + scores > 0;
    const words = [
      observations || !scores ? labels.count("unsent", observations) : "",
      scores ? labels.count("unsent_scores", scores) : "",
    ];
    this.#say(waits ? words.filter(Boolean).join(" ") : labels.say("all_sent"));
    const goesByItself = app.unsentMarks.length || app.unsent.some(({ state }) => state !== "failed");
    this.hint.textContent = app.storage.warning || (waits ? labels.say(goesByItself ? "same_day" : "see_list") : "");
    this.send.hidden = !goesByItself;
    this.box.classList.toggle("walk-line--waits", waits);
    this.box.dataset.waits = String(observations);
  }

  #say(text) {
    if (this.text.textContent !== text) this.text.textContent = text;
  }

  round(state) {
    const busy = state !== "rest";
    this.send.setAttribute("aria-disabled", String(busy));
    this.send.textContent = this.labels.say(busy ? "sending" : "send_now");
    if (state === "rest" && this.app.outbox.isAway && this.app.unsent.length) {
      this.hint.textContent = `${this.labels.say("no_network")} ${this.labels.say("same_day")}`;
    }
  }

  /** Whether the app works without a network from now on. */
  offline(works) {
    this.works.hidden = false;
    this.works.textContent = this.labels.say(works ? "works_offline" : "works_online");
    this.box.toggleAttribute("data-offline", works);
  }

  #send() {
    if (this.send.getAttribute("aria-disabled") !== "true") this.app.sendNow();
  }
}
