import { element } from "../words/elements.js";
import { icon } from "../words/icon.js";
import { control, NAMES, wrapper } from "./fields.js";
import { isQuestion } from "./questions.js";

// Errors about the coordinates are shown where a person can do something about them.
const SHOWN_AT = { lat: "address", lon: "address", accuracy: "address", place: "address" };
const MARKED = ".utrecht-form-field, .utrecht-form-fieldset";

/**
 * Errors of the form as the server or the page found them: beside each field, and in a summary above that links
 * to the fields and gets the focus. `errors` is {field: [text, ...]}, with "__all__" for the whole.
 */
export class Errors {
  constructor(form, labels, names = NAMES) {
    this.form = form;
    this.labels = labels;
    this.names = names;
    this.sprite = form.dataset.sprite;
    this.summary = element("div", { hidden: true });
    this.marked = [];
  }

  /** Takes away these errors, and those that the server wrote in the page. */
  clear() {
    this.summary.hidden = true;
    this.summary.replaceChildren();
    for (const undo of this.marked.splice(0)) undo();
    const old = "[data-error-summary], .utrecht-form-field__error-message";
    for (const item of this.form.querySelectorAll(old)) item.remove();
    for (const item of this.form.querySelectorAll("[aria-invalid]")) item.removeAttribute("aria-invalid");
    for (const item of this.form.querySelectorAll(MARKED)) setInvalid(item, false);
  }

  show(errors) {
    this.clear();
    const items = [];
    for (const [field, texts] of grouped(errors)) {
      const input = this.names.includes(field) || isQuestion(field) ? control(this.form, field) : null;
      if (input) this.#mark(field, input, texts);
      for (const text of texts) items.push(element("li", {}, ...reason(input, text)));
    }
    const title = { class: "portal-error-summary__heading" };
    const message = element(
      "div",
      { class: "utrecht-alert__message" },
      element("h2", title, this.labels.say("errors")),
      element("ul", {}, ...items),
    );
    const kind = "utrecht-alert utrecht-alert--error portal-error-summary";
    const alert = element(
      "div",
      { class: kind, role: "alert", tabindex: -1 },
      element("div", { class: "utrecht-alert__icon" }, icon(this.sprite, "warning")),
      element("div", { class: "utrecht-alert__content" }, message),
    );
    this.summary.append(alert);
    this.summary.hidden = false;
    alert.focus();
  }

  #mark(field, input, texts) {
    const id = `${field}-error-now`;
    const box = wrapper(this.form, field);
    const kind = "utrecht-form-field-error-message utrecht-form-field__error-message";
    const sign = icon(this.sprite, "warning", "small");
    const message = element("div", { class: kind, id }, sign, element("span", {}, texts.join(" ")));
    const radios = input.type === "radio" || input.type === "checkbox";
    const place = radios ? box.querySelector("legend") : input.closest(".utrecht-form-field__input");
    if (radios) (place ?? input).after(message);
    else (place ?? input).before(message);
    const undescribe = describe(radios ? box : input, id);
    if (!radios) input.setAttribute("aria-invalid", "true");
    setInvalid(box.closest(MARKED), true);
    this.marked.push(undescribe);
  }
}

function setInvalid(box, invalid) {
  if (!box) return;
  const kind = box.classList.contains("utrecht-form-field") ? "utrecht-form-field" : "utrecht-form-fieldset";
  box.classList.toggle(`${kind}--invalid`, invalid);
}

/** Adds an id to what describes an element; gives a function that takes it away again. */
function describe(target, id) {
  const before = target.getAttribute("aria-describedby");
  target.setAttribute("aria-describedby", before ? `${id} ${before}` : id);
  return () => {
    if (before) target.setAttribute("aria-describedby", before);
    else target.removeAttribute("aria-describedby");
  };
}

function grouped(errors) {
  const found = new Map();
  for (const [name, texts] of Object.entries(errors)) {
    const field = SHOWN_AT[name] ?? name;
    found.set(field, [...(found.get(field) ?? []), ...texts]);
  }
  return found;
}

/** A reason as a link to its field; an address of another site in it is a link to that site. */
function reason(input, text) {
  const [words, url] = text.split(/(https?:\/\/\S*[^\s.,])/);
  const site = url ? [element("a", { href: url }, url)] : [];
  return [input ? linkTo(input, words.trim()) : words.trim(), ...(url ? [" "] : []), ...site];
}

function linkTo(input, text) {
  const link = element("a", { href: `#${input.id}` }, text);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    input.focus();
  });
  return link;
}
