/**
 * A warning before one goes away with something that was not sent: by a link out of the app (sign out, stop), or by
 * closing the page while something could not be kept.
 */
export class Leaving {
  constructor(app) {
    this.app = app;
    this.dialog = app.root.querySelector("[data-leaving]");
    app.root.addEventListener("click", (event) => this.#clicked(event));
    app.root.addEventListener("submit", (event) => this.#submitted(event));
    this.dialog.addEventListener("close", () => this.dialog.returnValue === "leave" && this.go());
    addEventListener("beforeunload", (event) => {
      if (app.storage.warning && app.unsent.length) event.preventDefault();
      if (app.form.isUnkept) event.preventDefault();
    });
  }

  #clicked(event) {
    const link = event.target.closest("a[data-leaves]");
    if (!link || !this.app.unsent.length) return;
    event.preventDefault();
    this.#ask(() => location.assign(link.href));
  }

  #submitted(event) {
    const form = event.target.closest("form[data-leaves]");
    if (!form || !this.app.unsent.length) return;
    event.preventDefault();
    this.#ask(() => form.submit());
  }

  #ask(go) {
    this.go = go;
    this.dialog.querySelector("[data-leaving-text]").textContent = this.app.labels.count(
      "leaving",
      this.app.unsent.length,
    );
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }
}
