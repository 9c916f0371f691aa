import { Labels } from "../words/labels.js";
import { Answering } from "./answering.js";
import { Checklist } from "./checklist.js";
import { exported } from "./exporting.js";
import { Leaving } from "./leaving.js";
import { List } from "./list.js";
import * as marks from "./marks.js";
import { ObservationForm } from "./observation_form.js";
import { Outbox } from "./outbox.js";
import { Overview } from "./overview.js";
import { Screens } from "./screens.js";
import { StatusLine } from "./status_line.js";
import { Storage } from "./storage.js";
import { WalkStore } from "./store.js";
import { Throwing } from "./throwing.js";
import { WalkTransport } from "./transport.js";

const REFRESH_MS = 60_000;
// Who goes from stop to stop sees what the group found a moment ago.
const FRESH_MS = 15_000;

/** Brings the parts together: what is known of the walk, what is on the phone, and the screens that show it. */
export class WalkApp {
  constructor(root) {
    this.root = root;
    this.labels = Labels.of(root);
    this.sprite = root.dataset.sprite;
    this.walk = JSON.parse(root.dataset.walk);
    this.said = { scores: [], reports: [], group: [], walkers: 0, closed: "", is_over: false };
    this.marks = [];
    this.items = [];
    this.drafts = [];
    this.refreshed = 0;
    this.store = new WalkStore(root.dataset.walker);
    this.storage = new Storage(this.labels);
    this.transport = new WalkTransport(root, () => this.walk.stops);
    this.outbox = new Outbox({
      store: this.store,
      transport: this.transport,
      tell: (state) => this.#heard(state),
      say: (key) => this.labels.say(`item_${key}`),
    });
  }

  async start() {
    this.line = new StatusLine(this, this.root.querySelector("[data-line]"));
    this.overview = new Overview(this, this.#screen("route"));
    this.checklist = new Checklist(this, this.#screen("stop"));
    this.form = new ObservationForm(this, this.#screen("observe"));
    this.list = new List(this, this.#screen("list"));
    this.answering = new Answering(this, this.#screen("answers"));
    this.leaving = new Leaving(this);
    this.throwing = new Throwing(this.root.querySelector("[data-throwing]"));
    this.#register();
    await this.#takeUp();
    this.screens = new Screens(this.root, {
      route: () => this.overview.show(),
      halte: (id, { again } = {}) => {
        if (!again && Date.now() - this.refreshed > FRESH_MS) this.refresh();
        return this.checklist.show(Number(id));
      },
      noteren: (stop) => this.form.fresh(stop),
      concept: (key) => this.form.open(key),
      lijst: () => this.list.show(),
      antwoorden: () => this.answering.show(),
    });
    this.#listen();
    this.root.querySelector("[data-parts]").hidden = false;
    this.screens.go();
    this.root.dataset.ready = "";
    await Promise.all([this.outbox.run({ hurry: true }), this.refresh()]);
  }

  #screen(name) {
    return this.root.querySelector(`[data-screen="${name}"]`);
  }

  /** What the phone has, before anything is asked of the server. */
  async #takeUp() {
    const said = await this.storage.attempt(() => this.store.said("state"), null);
    if (said) this.#use(said);
    await this.reload();
  }

  #use(said) {
    if (said.walk) this.walk = said.walk;
    this.said = said;
  }

  /** What is on the phone, read again. */
  async reload() {
    await this.storage.attempt(async () => {
      this.items = await this.store.items();
      this.drafts = await this.store.drafts();
      this.marks = await this.store.marks();
    });
    this.line.show();
    this.answering.offer();
    this.form.offer();
    this.screens?.again();
  }

  /** What the server knows, read again. Without a network nothing changes. */
  async refresh() {
    this.refreshed = Date.now();
    const answer = await this.transport.state();
    if (answer.status !== 200 || !answer.data?.walk) return;
    const { csrf, ...said } = answer.data;
    this.csrf = csrf ?? this.csrf;
    this.#use(said);
    await this.storage.attempt(async () => {
      await this.store.keepSaid("state", said);
      for (const mark of marks.newer(await this.store.marks(), said.scores)) await this.store.keepMark(mark);
    });
    await this.reload();
  }

  #listen() {
    addEventListener("online", () => this.sendNow());
    document.addEventListener("visibilitychange", () => document.hidden || this.sendNow());
    setInterval(() => document.hidden || this.refresh(), REFRESH_MS);
  }

  /** Sends all that waits, now; resolves when the round is over. */
  async sendNow() {
    await this.outbox.run({ hurry: true });
    await this.refresh();
  }

  #heard(state) {
    if (state !== "round") this.reload();
    this.line?.round(state);
  }

  get unsent() {
    return this.items.filter(({ state }) => state !== "sent");
  }

  get unsentMarks() {
    return this.marks.filter(({ state }) => state === "queued");
  }

  async score({ stop, statement, value }) {
    const before = this.marks.find(({ id }) => id === marks.markId(stop, statement));
    const mark = marks.scored({ stop, statement, value }, before, Date.now());
    await this.storage.attempt(() => this.store.keepMark(mark));
    await this.reload();
    this.outbox.run();
  }

  /** The file with what is not sent, to keep or to hand in. */
  async export() {
    const { walker } = this.root.dataset;
    const file = await exported({ store: this.store, walker, stops: this.walk.stops });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${this.labels.say("file_name")}-${new Date().toISOString().slice(0, 10)}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** The worker keeps the app; without one (an old browser, or no https) the app works as long as it stays open. */
  async #register() {
    if (!("serviceWorker" in navigator)) return this.line.offline(false);
    try {
      await navigator.serviceWorker.register(this.root.dataset.workerUrl, { updateViaCache: "none" });
      await navigator.serviceWorker.ready;
      this.line.offline(true);
    } catch (error) {
      console.warn("no worker", error);
      this.line.offline(false);
    }
  }
}
