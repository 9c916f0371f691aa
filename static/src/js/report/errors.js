import { element } from "../words/elements.js";
import { control, NAMES, wrapper } from "./fields.js";

// Errors about the coordinates are shown where a person can do something about them.
const SHOWN_AT = { lat: "address", lon: "address", accuracy: "address", place: "address" };

/**
 * Errors of the form as the server or the page found them: beside each field, and in a summary above that links
 * to the fields and gets the focus. `errors` is {field: [text, ...]}, with "__all__" for the whole.
 */
export class Errors {
  constructor(form, labels) {
    this.form = form;
    this.labels = labels;
    this.summary = element("div", { class: "portal-errors", hidden: true });
    this.marked = [];
  }

  clear() {
    this.summary.hidden = true;
    this.summary.replaceChildren();
    for (const undo of this.marked.splice(0)) undo();
    for (const old of this.form.querySelectorAll("[data-server-errors]")) old.remove();
  }

  show(errors) {
    this.clear();
    const items = [];
    for (const [field, texts] of grouped(errors)) {
      const input = NAMES.includes(field) ? control(this.form, field) : null;
      if (input) this.#mark(field, input, texts);
      for (const text of texts) items.push(element("li", {}, input ? linkTo(input, text) : text));
    }
    const title = element("h2", { class: "portal-errors__title" }, this.labels.count("errors", items.length));
    const list = element("ul", { class: "portal-errors__list" }, ...items);
    const alert = { class: "utrecht-alert utrecht-alert--error", role: "alert", tabindex: -1 };
    const box = element("div", alert, title, list);
    this.summary.append(box);
    this.summary.hidden = false;
    box.focus();
  }

  #mark(field, input, texts) {
    const id = `${field}-error-now`;
    const message = element(
      "div",
      { class: "utrecht-form-field__error-message utrecht-form-field-error-message", id },
      texts.join(" "),
    );
    const box = wrapper(this.form, field);
    const radios = input.type === "radio";
    const described = radios ? box : input;
    const before = described.getAttribute("aria-describedby");
    (radios ? (box.querySelector("legend") ?? input) : input)[radios ? "after" : "before"](message);
    described.setAttribute("aria-describedby", before ? `${id} ${before}` : id);
    input.setAttribute("aria-invalid", "true");
    box.classList.add("utrecht-form-field--invalid");
    this.marked.push(() => {
      message.remove();
      if (before) described.setAttribute("aria-describedby", before);
      else described.removeAttribute("aria-describedby");
      input.removeAttribute("aria-invalid");
      box.classList.remove("utrecht-form-field--invalid");
    });
  }
}

function grouped(errors) {
  const found = new Map();
  for (const [name, texts] of Object.entries(errors)) {
    const field = SHOWN_AT[name] ?? name;
    found.set(field, [...(found.get(field) ?? []), ...texts]);
  }
  return found;
}

function linkTo(input, text) {
  const link = element("a", { href: `#${input.id}`, class: "utrecht-link portal-link" }, text);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    input.focus();
  });
  return link;
}
