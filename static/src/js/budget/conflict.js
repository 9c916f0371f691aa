import { button, element } from "../words/elements.js";
import { differing, NOTHING } from "./content.js";

/**
 * Shows what was kept elsewhere beside what stands here, and lets one choose: all of here, all of there, or by line.
 * Nothing is overwritten before that. `onChosen()` is called when what stands here then is to be kept.
 */
export class Conflict {
  constructor(place, { lines, labels, money, onChosen }) {
    Object.assign(this, { place, lines, labels, money, onChosen, shown: [] });
  }

  show(mine, theirs) {
    this.clear();
    const keys = new Set(differing(mine, theirs));
    for (const line of this.lines.filter(({ key }) => keys.has(key))) this.#beside(line, theirs[line.key] ?? NOTHING);
    const here = button(this.labels.say("conflict_mine"), "primary-action", () => this.#chosen());
    const there = button(this.labels.say("conflict_theirs"), "secondary-action", () => {
      for (const line of this.lines) line.set(theirs[line.key] ?? NOTHING);
      this.#chosen();
    });
    const words = element("p", {}, this.labels.say("conflict"));
    const alert = element(
      "div",
      { class: "utrecht-alert utrecht-alert--warning alternative-conflict", role: "alert", tabindex: "-1" },
      element("div", { class: "utrecht-alert__content" }, words, element("div", { class: "portal-row" }, here, there)),
    );
    this.place.append(alert);
    alert.focus();
  }

  #beside(line, theirs) {
    const amount = this.money.euro(line.baseline + theirs.change);
    const said = theirs.reason ? ` “${theirs.reason}”` : "";
    const take = button(this.labels.say("conflict_take"), "secondary-action", () => {
      line.set(theirs);
      note.remove();
      line.input?.focus();
    });
    const note = element(
      "div",
      { class: "alternative-line__theirs" },
      element("p", {}, this.labels.say("conflict_line", { amount }) + said),
      take,
    );
    this.shown.push(note);
    line.node.append(note);
  }

  #chosen() {
    this.clear();
    this.onChosen();
  }

  clear() {
    this.place.replaceChildren();
    for (const note of this.shown) note.remove();
    this.shown = [];
  }
}
