import { Draft } from "../report/draft.js";

const OURS = new Set(["csrfmiddlewaretoken", "version"]);

/**
 * Keeps what is typed in every form with data-draft in this tab, and puts it back after the page was loaded again
 * or its part renewed. What the page itself fills in stays.
 */
export function keepsDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft]:not([data-kept])")) {
    form.dataset.kept = "";
    const draft = draftOf(form);
    const typed = draft.load()?.values;
    if (typed) fills(form, typed);
    const keep = () => draft.save(null, values(form));
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  }
}

/** After it was sent. */
export function forgetsDraft(form) {
  if (form.dataset?.draft) draftOf(form).clear();
}

function draftOf(form) {
  return new Draft(() => sessionStorage, form.dataset.draft);
}

function values(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name, value]) => !OURS.has(name) && value));
}

/** Only what is empty: after a refusal the server gives back what was sent. */
function fills(form, typed) {
  for (const [name, value] of Object.entries(typed)) {
    const field = form.elements[name];
    if (field && !field.value) field.value = value;
  }
}
