import { Labels } from "../words/labels.js";
import { Money } from "./amounts.js";
import { Balance } from "./balance.js";
import { Conflict } from "./conflict.js";
import { NOTHING, same } from "./content.js";
import { Keeper } from "./keeper.js";
import { Line } from "./line.js";
import { LocalDraft } from "./local.js";
import { Tools } from "./tools.js";
import { sender } from "./transport.js";

/** The editor of an alternative budget: without it the same form works with its buttons. */
export class Editor {
  constructor(form, language = document.documentElement.lang) {
    this.form = form;
    this.labels = Labels.of(form);
    const { unit, inhabitants, key, keepUrl } = form.dataset;
    const money = new Money(language, Number(unit));
    const about = { money, labels: this.labels, inhabitants: Number(inhabitants) };
    const hears = { onChange: () => this.changed(), onBound: (line) => this.balance.speak(line.boundText()) };
    this.lines = [...form.querySelectorAll("[data-line]")].map((node) => new Line(node, { ...about, ...hears }));
    this.balance = new Balance(form, { lines: this.lines, ...about });
    this.tools = new Tools(form, { lines: this.lines, labels: this.labels });
    const onChosen = () => this.keeper.resolve(this.content, this.theirs.revision);
    this.conflict = new Conflict(form.querySelector("[data-conflict]"), { lines: this.lines, onChosen, ...about });
    this.draft = new LocalDraft(() => localStorage, key);
    this.keeper = new Keeper({
      send: sender(form, keepUrl),
      draft: this.draft,
      tell: (state, more) => this.told(state, more),
      content: this.content,
      revision: Number(form.elements.revision.value),
    });
    for (const node of form.querySelectorAll("[data-without-script]")) node.hidden = true;
    this.#listen();
    this.balance.show();
  }

  get content() {
    const found = {};
    for (const { key, change, reason } of this.lines) {
      if (change || reason) found[key] = { change: change ?? 0, reason };
    }
    return found;
  }

  /** What did not arrive from this device before; when something else was kept since, one chooses. */
  begin() {
    const known = this.draft.load();
    if (!known || this.form.hasAttribute("data-bound")) return;
    if (same(known.content, this.content)) return this.draft.clear();
    const theirs = this.content;
    for (const line of this.lines) line.set(known.content[line.key] ?? NOTHING);
    this.balance.show();
    if (known.revision === this.keeper.revision) return this.keeper.change(this.content);
    this.keeper.isHeld = true;
    this.told("conflict", { lines: theirs, revision: this.keeper.revision });
  }

  changed() {
    this.balance.show();
    this.balance.speak();
    if (this.lines.some((line) => line.change === null)) this.balance.tell(this.labels.say("not_kept_errors"));
    else this.keeper.change(this.content);
  }

  told(state, more = {}) {
    this.state = state;
    this.form.elements.revision.value = this.keeper.revision;
    if (state === "conflict") {
      this.theirs = more;
      this.balance.tell(this.labels.say("stopped"));
      this.conflict.show(this.content, more.lines);
      return;
    }
    const texts = { keeping: "keeping", kept: "kept", kept_here: "kept_here", errors: "not_kept_errors" };
    this.balance.tell(more.message ?? this.labels.say(texts[state] ?? "stopped"));
  }

  #listen() {
    window.addEventListener("online", () => this.keeper.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.keeper.isDirty) this.keeper.settle();
    });
    this.form.addEventListener("submit", (event) => this.#submits(event));
  }

  /** First what was changed last has to arrive: else the form meets its own draft as somebody else's. */
  async #submits(event) {
    if (this.isLeaving || this.lines.some((line) => line.change === null)) return;
    if (!this.keeper.isDirty && !this.keeper.running && !this.keeper.isHeld) return;
    event.preventDefault();
    const submitter = event.submitter;
    const hasArrived = await this.keeper.settle();
    if (!hasArrived && this.state !== "errors") return this.balance.speak(this.balance.state.textContent);
    this.isLeaving = true;
    this.form.requestSubmit(submitter);
  }
}
