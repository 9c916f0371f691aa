import { element } from "../words/elements.js";
import { markId } from "./marks.js";

const SCORES = [1, 2, 3, 4, 5];

/** One stop with its statements, each scored 1 to 5 until the walk is over, and what the group found of it. */
export class Checklist {
  constructor(app, screen) {
    this.app = app;
    this.labels = app.labels;
    this.screen = screen;
    this.part = (name) => screen.querySelector(`[data-${name}]`);
  }

  show(id) {
    const { stops, statements } = this.app.walk;
    const place = stops.findIndex((stop) => stop.id === id);
    const stop = stops[place];
    if (!stop) return this.app.overview.show();
    const drawn = JSON.stringify([stop, stop.statements.map((key) => statements[key])]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.#draw(stop);
    }
    this.#close(stop);
    this.#fill(stop);
    this.#between(stops[place - 1], stops[place + 1]);
    return this.screen;
  }

  #draw(stop) {
    this.part("stop-number").textContent = this.labels.say("stop", { number: stop.position });
    this.part("stop-name").textContent = stop.name;
    this.part("stop-remark").textContent = stop.remark;
    this.part("stop-remark").hidden = !stop.remark;
    this.part("observe-here").href = `#noteren-${stop.id}`;
    this.part("nothing-to-score").hidden = stop.statements.length > 0;
    this.part("statements").replaceChildren(...stop.statements.map((key) => this.#statement(stop, key)));
  }

  /** Once the server said that the walk is over, what was scored is shown and can't be changed. */
  #close(stop) {
    const { is_over: isOver = false, closed } = this.app.said;
    this.part("over").hidden = !isOver;
    if (isOver) this.#say(this.part("over-text"), closed);
    this.part("observe-here").hidden = isOver;
    this.part("scale").hidden = isOver || !stop.statements.length;
    for (const box of this.screen.querySelectorAll("[data-statement]")) box.disabled = isOver;
  }

  #statement(stop, key) {
    const { text, explanation } = this.app.walk.statements[key];
    const name = `score-${markId(stop.id, key)}`;
    const tiles = SCORES.map((value) => this.#tile(name, value));
    const fieldset = element(
      "fieldset",
      { class: "walk-statement", "data-statement": key },
      element("legend", { class: "walk-statement__text", lang: "nl" }, text),
      explanation ? element("p", { class: "walk-statement__more", lang: "nl" }, explanation) : "",
      element("div", { class: "walk-scores" }, ...tiles),
      element("p", { class: "walk-statement__state", "data-state": "", role: "status" }),
      element("p", { class: "walk-statement__group", "data-group": "" }),
    );
    fieldset.addEventListener("change", (event) => {
      this.app.score({ stop: stop.id, statement: key, value: Number(event.target.value) });
    });
    return fieldset;
  }

  #tile(name, value) {
    const input = element("input", { type: "radio", name, value, id: `${name}-${value}` });
    const said = element("span", { class: "portal-visually-hidden" }, ` ${this.labels.say(`score_${value}`)}`);
    const face = element("span", { class: "portal-tile__face" }, element("span", {}, String(value)), said);
    return element("label", { class: "portal-tile" }, input, face);
  }

  #fill(stop) {
    for (const key of stop.statements) {
      const box = this.screen.querySelector(`[data-statement="${key}"]`);
      const mark = this.app.marks.find(({ id }) => id === markId(stop.id, key));
      for (const input of box.querySelectorAll("input")) input.checked = Number(input.value) === mark?.value;
      this.#say(box.querySelector("[data-state]"), this.#state(mark));
      this.#say(box.querySelector("[data-group]"), this.#group(stop.id, key));
    }
  }

  #say(part, text) {
    if (part.textContent !== text) part.textContent = text;
    part.hidden = !text;
  }

  #state(mark) {
    if (!mark) return "";
    if (mark.state === "refused") return this.labels.say("score_refused", { reason: mark.reason });
    return this.labels.say(mark.state === "sent" ? "score_sent" : "score_kept");
  }

  #group(stop, statement) {
    const found = this.app.said.group.find((row) => row.stop === stop && row.statement === statement);
    if (!found) return "";
    const number = (value) => value.toLocaleString(document.documentElement.lang || "nl", { maximumFractionDigits: 1 });
    const values = { mean: number(found.mean), lowest: found.lowest, highest: found.highest, n: found.n };
    return this.labels.say(found.n === 1 ? "group_one" : "group", values);
  }

  #between(before, after) {
    for (const [name, stop] of [["before", before], ["after", after]]) {
      const link = this.part(name);
      link.hidden = !stop;
      if (!stop) continue;
      link.href = `#halte-${stop.id}`;
      link.textContent = this.labels.say(`stop_${name}`, { number: stop.position, name: stop.name });
    }
  }
}
