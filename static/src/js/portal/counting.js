// Tells below a long text field how much room is left once its end comes near, and how much is too long after it.
// Nothing that is typed or pasted is ever cut off. <textarea data-limit="4000" data-limit-left="… [n]" data-limit-over="… [n]">
import { element } from "../words/elements.js";

const FIELD = "textarea[data-limit]";
const PAUSE_MS = 400; // not at every key: a screen reader reads it out
const NEAR = 0.1;

/** How many characters fit in yet, as the server counts them: a new line is two, an emoji one. Below 0: too many. */
export function room(text, limit) {
  const sent = text.trim().replace(/\r?\n/g, "\r\n");
  return limit - [...sent].length;
}

/** What to say of that: nothing while there is plenty. */
export function said(left, limit, words) {
  if (left < 0) return words.limitOver.replace("[n]", String(-left));
  return left <= limit * NEAR ? words.limitLeft.replace("[n]", String(left)) : "";
}

export function countTexts(page) {
  const timers = new WeakMap();
  page.addEventListener("input", ({ target }) => {
    if (!target.matches?.(FIELD)) return;
    clearTimeout(timers.get(target));
    timers.set(
      target,
      setTimeout(() => tell(target), PAUSE_MS),
    );
  });
  for (const field of page.querySelectorAll(FIELD)) tell(field);
}

function tell(field) {
  const limit = Number(field.dataset.limit);
  const left = room(field.value, limit);
  const text = said(left, limit, field.dataset);
  const line = lineBelow(field, text);
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("utrecht-form-field-error-message", left < 0);
}

function lineBelow(field, text) {
  const known = field.nextElementSibling;
  if (known?.matches("[data-counted]")) return known;
  if (!text) return null;
  const line = element("p", { class: "portal-counted", role: "status", "data-counted": true });
  field.after(line);
  return line;
}
