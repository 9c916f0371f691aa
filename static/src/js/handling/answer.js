// Which field belongs to which status; the others are for all.
const FIELDS = {
  planned_for: "planned",
  forwarded_to: "forwarded",
  despite_tasks: "done",
  despite_reason: "done",
};

/** Makes every answer form in `root` that has not been prepared yet follow the chosen status. */
export function preparesAnswers(root) {
  for (const form of root.querySelectorAll("form[data-answer]:not([data-ready])")) {
    form.dataset.ready = "";
    offerSentences(form);
    form.addEventListener("change", (event) => {
      if (event.target.name === "status") follow(form);
    });
    follow(form);
  }
}

function chosenStatus(form) {
  return form.querySelector("input[name=status]:checked")?.value ?? "";
}

function follow(form) {
  const status = chosenStatus(form);
  for (const [name, belongsTo] of Object.entries(FIELDS)) {
    const field = form.elements[name]?.closest(".utrecht-form-field, .portal-check-field");
    if (field) field.hidden = status !== belongsTo;
  }
  const sentences = form.querySelector("[data-starters]");
  if (!sentences) return;
  for (const part of sentences.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== status;
  sentences.hidden = !status;
}

function offerSentences(form) {
  const sentences = form.querySelector("[data-starters]");
  for (const item of sentences?.querySelectorAll("li") ?? []) {
    const text = item.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "portal-link-button";
    button.textContent = text;
    button.title = sentences.dataset.use;
    button.addEventListener("click", () => use(form.elements.message, text));
    item.replaceChildren(button);
  }
}

/** Adds the sentence where the official was writing; what stands there stays. */
function use(message, text) {
  const before = message.value.trimEnd();
  message.value = before ? `${before} ${text}` : text;
  message.dispatchEvent(new Event("input", { bubbles: true }));
  message.focus();
  message.setSelectionRange(message.value.length, message.value.length);
}
