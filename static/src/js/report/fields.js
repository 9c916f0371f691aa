import { room } from "../portal/counting.js";
import { answers, putAnswers, valueOf } from "./questions.js";

/**
 * The report's form as values. Everything typed is a string, `facts` are the answers to the questions of the category;
 * `payload` makes of it what the server takes. `of_pin` is for the page only: the text that says the same as the pin
 * (address.js).
 */

export const NAMES = ["kind", "category", "lat", "lon", "accuracy", "address", "of_pin", "text", "email"];

/** The first control of a name (a radio of a group, too), or null. */
export function control(form, name) {
  const found = form.elements[name] ?? null;
  return found instanceof RadioNodeList ? (found[0] ?? null) : found;
}

/** The part of the page that belongs to a field: label, hint, error and control. */
export function wrapper(form, name) {
  const input = control(form, name);
  return input?.closest("fieldset, .utrecht-form-field, [data-field]") ?? input;
}

/** The values of a form; one with more fields than a report names them all. */
export function read(form, names = NAMES) {
  const values = {};
  for (const name of names) {
    const asked = control(form, name) && !wrapper(form, name).hidden;
    values[name] = asked ? valueOf(form, name) : "";
  }
  return { ...values, facts: answers(form) };
}

/** Puts values back, for instance of a draft, the category first; names without a field are skipped. */
export function write(form, values, names = NAMES) {
  for (const name of names) {
    if (control(form, name) && typeof values[name] === "string") put(form.elements[name], values[name]);
  }
  putAnswers(form, values);
}

function put(item, value) {
  if (item.type === "radio") item.checked = item.value === value;
  else item.value = value;
}

const number = (text) => (text === "" || !Number.isFinite(Number(text)) ? null : Number(text));

/** The body of the intake: numbers as numbers, accuracy in whole metres, null for what is not known. */
export function payload(values) {
  const accuracy = number(values.accuracy);
  return {
    kind: values.kind,
    category: values.category,
    lat: number(values.lat),
    lon: number(values.lon),
    accuracy: accuracy === null ? null : Math.round(accuracy),
    address: values.address.trim(),
    text: values.text.trim(),
    facts: values.facts,
    email: values.email.trim(),
  };
}

/** How many characters the text may have; no limit where the page says none. */
export const textLimit = (form) => Number(control(form, "text")?.dataset.limit ?? Infinity);

/** What is plainly missing, as {field: label key}; the server has the last word on the rest. */
export function missing(values, { emailIsOdd = false, limit = Infinity } = {}) {
  const found = {};
  if (!values.category) found.category = "error_category";
  if (!values.address.trim() && (values.lat === "" || values.lon === "")) found.address = "error_place";
  if (!values.text.trim()) found.text = "error_text";
  else if (room(values.text, limit) < 0) found.text = "error_long";
  if (emailIsOdd) found.email = "error_email";
  return found;
}

const TYPED = ["text", "email", "textarea", "datetime-local"];
const CONTROLS = "input:not([type=hidden]), textarea, select, button";

/**
 * Makes all controls unusable while a report is under way; gives a function that restores them as they were.
 * What one types in becomes read-only and keeps the focus; the rest is disabled.
 */
export function lock(form, except) {
  const open = (item) => item.matches(CONTROLS) && !item.disabled && !item.readOnly;
  const items = [...form.elements].filter((item) => open(item) && !except.some((part) => part.contains(item)));
  const set = (value) => {
    for (const item of items) item[TYPED.includes(item.type) ? "readOnly" : "disabled"] = value;
  };
  set(true);
  return () => set(false);
}
