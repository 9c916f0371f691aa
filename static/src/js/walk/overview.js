import { metresBetween } from "../map/geometry.js";
import { metres } from "../report/locate.js";
import { button, element } from "../words/elements.js";
import { progress } from "./marks.js";

// Further away from every stop one is not on the walk, and the nearest one says nothing.
const NEAR_METRES = 3000;
const OPTIONS = { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 };

/** The route on the map with one's own position, and the stops in an equal list. */
export class Overview {
  constructor(app, screen) {
    this.app = app;
    this.labels = app.labels;
    this.screen = screen;
    this.stops = screen.querySelector("[data-stops]");
    this.where = screen.querySelector("[data-where]");
    this.closed = screen.querySelector("[data-closed]");
    this.waiting = screen.querySelector("[data-waiting-list]");
    this.container = screen.querySelector("[data-map]");
    this.map = null;
    this.watch = null;
    this.#offerPosition();
  }

  show() {
    const { walk, said } = this.app;
    this.closed.hidden = !said.closed;
    this.closed.querySelector("[data-closed-text]").textContent = said.closed ?? "";
    this.waiting.hidden = !said.waiting;
    this.waiting.querySelector("[data-waiting-text]").textContent = said.waiting ?? "";
    this.#list(walk.stops);
    this.#drawMap();
    return this.screen;
  }

  /** The stops as links; the same elements as long as the stops are the same, so that the focus stays. */
  #list(stops) {
    const known = JSON.stringify(stops.map(({ id, name, position }) => [id, name, position]));
    if (known !== this.listed) {
      this.listed = known;
      this.stops.replaceChildren(...stops.map((stop) => this.#row(stop)));
      this.screen.querySelector("[data-no-stops]").hidden = stops.length > 0;
    }
    for (const stop of stops) {
      const { done, of } = progress(stop, this.app.marks);
      const said = this.stops.querySelector(`[data-done="${stop.id}"]`);
      said.textContent = of ? this.labels.say(done === of ? "scored_all" : "scored", { done, of }) : "";
    }
  }

  #row(stop) {
    const name = element("span", { class: "walk-stop__name" }, stop.name);
    const done = element("span", { class: "walk-stop__done", "data-done": stop.id });
    const number = element("span", { class: "walk-number", "aria-hidden": "true" }, String(stop.position));
    const words = element("span", { class: "walk-stop__words" }, name, done);
    return element("li", {}, element("a", { class: "walk-stop", href: `#halte-${stop.id}` }, number, words));
  }

  async #drawMap() {
    if (this.drawing) return this.map?.update(this.app.walk);
    this.drawing = true;
    const { RouteMap } = await import("./route_map.js");
    this.map = new RouteMap(this.container, this.app.walk, this.labels);
    if (this.at) this.map.here(this.at);
  }

  #offerPosition() {
    if (!("geolocation" in navigator) || !window.isSecureContext) return;
    const ask = button(this.labels.say("where_am_i"), "secondary-action", () => this.follow());
    this.where.before(ask);
    this.ask = ask;
    navigator.permissions?.query({ name: "geolocation" }).then(
      ({ state }) => state === "granted" && this.follow(),
      () => {},
    );
  }

  /** Follows the phone as long as the app is open. */
  follow() {
    if (this.watch !== null) return;
    this.where.textContent = this.labels.say("locate_asking");
    this.watch = navigator.geolocation.watchPosition(
      ({ coords }) => this.#here({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
      ({ code }) => this.#lost(code),
      OPTIONS,
    );
    this.ask.hidden = true;
  }

  #here(at) {
    this.at = at;
    this.map?.here(at);
    const near = this.app.walk.stops
      .map((stop) => ({ stop, far: metresBetween(at, stop) }))
      .sort((a, b) => a.far - b.far)[0];
    const values = { metres: metres(at.accuracy) };
    this.where.textContent = near?.far < NEAR_METRES
      ? this.labels.say("here_near", {
          ...values,
          stop: `${near.stop.position}. ${near.stop.name}`,
          far: metres(Math.max(near.far, 2)),
        })
      : this.labels.say("here", values);
  }

  #lost(code) {
    if (code !== 1 && this.at) return;
    this.where.textContent = this.labels.say(code === 1 ? "locate_denied" : "locate_unavailable");
    navigator.geolocation.clearWatch(this.watch);
    this.watch = null;
    this.ask.hidden = false;
  }
}
