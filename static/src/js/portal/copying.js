// Takes along the text of a field: <button hidden data-copy="id" data-copied="said after">, <button hidden data-share="id">.
// The buttons show themselves where the browser can do it; without them the field itself can be copied.
export function offerCopies(page) {
  for (const button of page.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(page, button));
  }
  for (const button of page.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue;
    button.hidden = false;
    button.addEventListener("click", () => share(page.getElementById(button.dataset.share).value));
  }
}

async function copy(page, button) {
  const field = page.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[data-copy-status]");
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = button.dataset.copied;
  } catch {
    field.select(); // Not allowed to copy: then it is at least marked, for who copies by hand.
  }
}

async function share(url) {
  try {
    await navigator.share({ url });
  } catch {
    // Thought better of it: nothing to say.
  }
}
