import { element } from "../words/elements.js";

/** The line on top that says how the sending goes, with what the person can do about it. */
export class UnsentLine {
  constructor() {
    this.text = element("p", { class: "portal-unsent__text", role: "status" });
    this.progress = element("progress", { class: "portal-unsent__progress", max: 1, value: 0, hidden: true });
    this.actions = element("div", { class: "portal-unsent__actions" });
    this.box = element(
      "div",
      { class: "portal-unsent", tabindex: -1, hidden: true },
      this.text,
      this.progress,
      this.actions,
    );
  }

  hide() {
    this.box.hidden = true;
  }

  /**
   * `strong` comes first and stands out; `progress` is {value, max} or null; `actions` is [{text, act}].
   * Buttons that stay the same are left alone, so that the focus on them is not lost.
   */
  show({ strong = "", text, progress = null, actions = [] }) {
    this.box.hidden = false;
    const said = [strong, text].join("|");
    if (said !== this.said) {
      this.text.replaceChildren(...(strong ? [element("strong", {}, strong), " "] : []), text);
      this.said = said;
    }
    this.progress.hidden = !progress;
    this.progress.max = progress?.max ?? 1;
    this.progress.value = progress?.value ?? 0;
    this.progress.setAttribute("aria-label", text);
    this.#offer(actions);
  }

  #offer(actions) {
    const names = actions.map((action) => action.text).join("|");
    this.doing = actions;
    if (names === this.offered) return;
    const hadFocus = this.actions.contains(document.activeElement);
    this.offered = names;
    this.actions.replaceChildren(
      ...actions.map(({ text }, index) => {
        const made = element("button", { type: "button", class: "portal-link-button" }, text);
        made.addEventListener("click", () => this.doing[index].act());
        return made;
      }),
    );
    if (hadFocus) this.box.focus();
  }
}
