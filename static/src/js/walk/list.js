import { uuid } from "../report/uuid.js";
import { button, element } from "../words/elements.js";
import { again, isFree } from "./item.js";

/** What one noted: drafts, what waits or failed with the reason, and what arrived with what became of it. */
export class List {
  constructor(app, screen) {
    this.app = app;
    this.labels = app.labels;
    this.screen = screen;
    this.pictures = new Map();
    this.part = (name) => screen.querySelector(`[data-${name}]`);
    this.part("export").addEventListener("click", () => app.export());
  }

  show() {
    const { app } = this;
    const waiting = app.items.filter(({ state }) => state !== "sent");
    const local = new Map(app.items.map((item) => [item.key, item]));
    const arrived = app.said.reports.filter(({ key }) => !waiting.some((item) => item.key === key));
    const known = new Set(arrived.map(({ key }) => key));
    const justSent = app.items.filter(({ state, key }) => state === "sent" && !known.has(key));
    const drawn = JSON.stringify([app.drafts, app.items.map(({ thumb, ...item }) => [item, Boolean(thumb)]), arrived]);
    if (drawn === this.drawn) return this.screen;
    this.drawn = drawn;
    this.#fill("drafts", app.drafts, (draft) => this.#draft(draft));
    this.#fill("waiting", waiting, (item) => this.#waiting(item));
    const rows = [
      ...justSent.reverse().map((item) => this.#sent(item)),
      ...arrived.map((report) => this.#arrived(report, local.get(report.key))),
    ];
    this.part("sent").replaceChildren(...rows);
    this.part("sent-box").hidden = !rows.length;
    this.part("empty").hidden = Boolean(rows.length + waiting.length + app.drafts.length);
    this.part("export-box").hidden = !waiting.length && !app.unsentMarks.length;
    return this.screen;
  }

  #fill(name, rows, draw) {
    this.part(name).replaceChildren(...rows.map(draw));
    this.part(`${name}-box`).hidden = !rows.length;
  }

  #draft({ key, values }) {
    const go = element("a", { class: "portal-action", href: `#concept-${key}` }, this.labels.say("go_on"));
    const drop = this.#button("throw_away", () => this.app.throwing.ask(() => this.#drop(() => this.app.store.dropDraft(key))));
    return this.#row({ key, title: values.text || this.labels.say("no_words"), what: this.#what(values), actions: [go, drop] });
  }

  #waiting(item) {
    const { values, key, state } = item;
    const actions = [];
    if (state === "failed") actions.push(this.#button("try_again", () => this.#send(again(item))));
    if (isFree(item)) {
      actions.push(this.#button("change", () => this.#change(key)));
    } else if (state === "failed" && item.accepted) {
      actions.push(this.#button("without_photo", () => this.#withoutPhotos(item)));
    } else if (state === "failed") {
      actions.push(this.#button("send_as_new", () => this.#asNew(key)));
    }
    const label = state === "failed" ? "failed" : item.accepted ? "photos_wait" : state;
    const reason = item.reason ? ` ${item.reason}` : "";
    return this.#row({
      key,
      title: values.text,
      what: this.#what(values),
      state: `${this.labels.say(`state_${label}`)}${reason}`,
      tone: state === "failed" ? "bad" : "waits",
      actions,
    });
  }

  #sent(item) {
    const { values, key, accepted, thumb } = item;
    const state = this.labels.say("state_sent", { number: accepted.number });
    const follow = element("a", { class: "portal-action", href: accepted.tracking_url, "data-leaves": "" }, this.labels.say("follow"));
    return this.#row({ key, title: values.text, what: this.#what(values), state, tone: "good", thumb, actions: [follow] });
  }

  #arrived(report, item) {
    const url = this.app.root.dataset.trackUrl.replace("TOKEN", report.token);
    const follow = element("a", { class: "portal-action", href: url, "data-leaves": "" }, this.labels.say("follow"));
    const kind = this.app.walk.kinds.find(({ value }) => value === report.kind)?.label ?? "";
    return this.#row({
      key: report.key,
      title: report.title,
      what: [kind, report.theme].filter(Boolean).join(" · "),
      state: `${this.labels.say("state_sent", { number: report.number })} ${report.status}.`,
      answer: report.answer,
      tone: "good",
      thumb: item?.thumb,
      actions: [follow],
    });
  }

  #what(values) {
    const { kinds, themes, stops } = this.app.walk;
    const kind = kinds.find(({ value }) => value === values.kind)?.label;
    const theme = themes.find(({ id }) => String(id) === values.category)?.name;
    const stop = stops.find(({ id }) => String(id) === values.stop)?.name;
    return [kind, theme, stop].filter(Boolean).join(" · ");
  }

  #row({ key, title, what, state = "", answer = "", tone = "", thumb = null, actions }) {
    const picture = element("span", { class: "walk-item__picture", "data-picture": key });
    this.#show(picture, key, thumb);
    return element(
      "li",
      { class: `walk-item${tone ? ` walk-item--${tone}` : ""}`, "data-item": key },
      picture,
      element(
        "div",
        { class: "walk-item__words" },
        element("p", { class: "walk-item__title", lang: "nl" }, title),
        what ? element("p", { class: "walk-item__what" }, what) : "",
        state ? element("p", { class: "walk-item__state" }, state) : "",
        answer ? element("p", { class: "walk-item__answer", lang: "nl" }, `${this.labels.say("answer")} ${answer}`) : "",
        element("div", { class: "walk-item__actions" }, ...actions),
      ),
    );
  }

  /** The first photo, small: of what is on the phone still, or what was kept of it. */
  async #show(picture, key, thumb) {
    const blob = thumb ?? (await this.app.storage.attempt(() => this.app.store.photosOf(key), []))[0]?.thumb;
    if (!blob) return;
    if (!this.pictures.has(key)) this.pictures.set(key, URL.createObjectURL(blob));
    picture.append(element("img", { src: this.pictures.get(key), alt: this.labels.say("photo_alt"), width: 64, height: 64 }));
  }

  #button(label, act) {
    return button(this.labels.say(label), "subtle", act, { class: "portal-link-button" });
  }

  async #drop(act) {
    await this.app.storage.attempt(act);
    await this.app.reload();
  }

  async #send(item) {
    await this.app.storage.attempt(() => this.app.store.keep(item));
    await this.app.reload();
    this.app.outbox.run({ hurry: true });
  }

  async #change(key) {
    await this.app.storage.attempt(() => this.app.store.unqueue(key));
    await this.app.reload();
    location.hash = `concept-${key}`;
  }

  /** The server has the words; what it refused of the photos is let go. */
  async #withoutPhotos(item) {
    await this.app.storage.attempt(async () => {
      for (const photo of await this.app.store.photosOf(item.key)) {
        if (photo.state === "refused") await this.app.store.dropPhoto(photo.id);
      }
    });
    await this.#send(again(item));
  }

  async #asNew(key) {
    const fresh = uuid();
    await this.app.storage.attempt(() => this.app.store.rename(key, fresh, uuid));
    const item = await this.app.storage.attempt(() => this.app.store.item(fresh));
    if (item) await this.#send(again(item));
  }
}
