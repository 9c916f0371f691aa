/**
 * Which screen is shown, by the address after #: "#halte-12" is the screen of `halte` with "12". So "back" goes back,
 * and a reload stays where one was. `routes` are functions by name, each of which gives the [data-screen] it filled.
 */
export class Screens {
  constructor(root, routes) {
    this.root = root;
    this.routes = routes;
    this.shown = null;
    addEventListener("hashchange", () => this.go({ focus: true }));
  }

  go({ focus = false } = {}) {
    const [name, ...rest] = location.hash.slice(1).split("-");
    const route = this.routes[name] ? name : Object.keys(this.routes)[0];
    this.current = { route, rest: rest.join("-") };
    const screen = this.routes[route](this.current.rest);
    for (const other of this.root.querySelectorAll("[data-screen]")) other.hidden = other !== screen;
    for (const link of this.root.querySelectorAll("[data-to]")) {
      if (link.dataset.to === route) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (!focus) return;
    scrollTo(0, 0);
    screen.querySelector("h1, h2")?.focus({ preventScroll: true });
  }

  /** Fills the screen again after something changed; a form that is being filled in is left alone. */
  again() {
    if (["noteren", "concept"].includes(this.current?.route)) return;
    this.routes[this.current.route](this.current.rest, { again: true });
  }
}
