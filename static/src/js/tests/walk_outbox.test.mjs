import assert from "node:assert/strict";
import { test } from "node:test";
import { queued } from "../walk/item.js";
import { Outbox } from "../walk/outbox.js";

const status = (code, data = null, retryAfter = null) => ({ status: code, data, retryAfter });
const receipt = (number) => ({ number, tracking_url: `/volg/${number}/`, photos_url: `/volg/${number}/fotos` });
const arrived = (number, code = 201) => status(code, receipt(number));

/** A store in memory that behaves as WalkStore. */
class Memory {
  constructor(items, photos = [], marks = []) {
    this.all = new Map(items.map((item) => [item.key, item]));
    this.photos = new Map(photos.map((photo) => [photo.id, photo]));
    this.scores = new Map(marks.map((mark) => [mark.id, mark]));
  }
  async waiting() {
    return [...this.all.values()].filter(({ state }) => ["queued", "sending"].includes(state));
  }
  async keep(item) {
    this.all.set(item.key, structuredClone(item));
  }
  async photosOf(key) {
    return [...this.photos.values()].filter(({ item }) => item === key);
  }
  async keepPhoto(photo) {
    this.photos.set(photo.id, photo);
  }
  async settle(item) {
    this.all.set(item.key, { ...item, state: "sent" });
    for (const photo of await this.photosOf(item.key)) this.photos.delete(photo.id);
  }
  async marks() {
    return [...this.scores.values()];
  }
  async settleMark({ id, scored_at: at }, change) {
    if (this.scores.get(id).scored_at === at) this.scores.set(id, { ...this.scores.get(id), ...change });
  }
}

const photo = (id, item) => ({ id, item, state: "ready", reason: "", blob: { type: "image/jpeg" } });

function scene({ keys = ["a"], photos = [], marks = [], post, put, score }) {
  const store = new Memory(keys.map((key, index) => queued(key, {}, index)), photos, marks);
  const log = { posts: [], puts: [], scores: [] };
  const transport = {
    post: async (item) => {
      log.posts.push(item.key);
      return post(item, log.posts.length);
    },
    put: async (address, { id }) => {
      log.puts.push(address);
      return put ? put(id, log.puts.length) : status(201, { photo: id });
    },
    marks: async (sent) => {
      log.scores.push(sent.map(({ value }) => value));
      return score ? score(sent) : status(200, { kept: sent.map((_, place) => place), refused: [] });
    },
  };
  const clock = { now: 0 };
  const outbox = new Outbox({ store, transport, now: () => clock.now, lock: (work) => work() });
  return { store, log, outbox, clock, state: (key) => store.all.get(key).state };
}

test("the words go first, then each photo, and then it has arrived", async () => {
  const { store, log, outbox } = scene({ photos: [photo("p", "a"), photo("q", "a")], post: () => arrived(5) });
  await outbox.run();
  assert.deepEqual([log.posts, log.puts], [["a"], ["/volg/5/fotos/p", "/volg/5/fotos/q"]]);
  assert.deepEqual([store.all.get("a").state, store.photos.size], ["sent", 0]);
});

test("an answer that is lost makes it go again with the same key, and nothing that was confirmed goes twice", async () => {
  const answers = [status(0), arrived(5, 200)];
  const lost = { p: [status(0), status(201, { photo: "p" })], q: [status(201, { photo: "q" })] };
  const { log, outbox, state } = scene({
    photos: [photo("q", "a"), photo("p", "a")],
    post: () => answers.shift(),
    put: (id) => lost[id].shift(),
  });
  for (let round = 0; round < 4; round += 1) await outbox.run({ hurry: true });
  assert.deepEqual(log.posts, ["a", "a"]);
  assert.deepEqual(log.puts, ["/volg/5/fotos/q", "/volg/5/fotos/p", "/volg/5/fotos/p"]);
  assert.equal(state("a"), "sent");
});

test("without a network the round ends at the first; one that fails holds up no other", async () => {
  const away = scene({ keys: ["a", "b"], post: () => status(0) });
  await away.outbox.run();
  assert.deepEqual(away.log.posts, ["a"]);
  const broken = scene({ keys: ["a", "b"], post: ({ key }) => (key === "a" ? status(500) : arrived(6)) });
  await broken.outbox.run();
  assert.deepEqual([broken.state("a"), broken.state("b")], ["queued", "sent"]);
});

test("what is not due yet waits, unless somebody says now", async () => {
  const { log, outbox, clock } = scene({ post: () => status(503) });
  await outbox.run();
  await outbox.run();
  assert.equal(log.posts.length, 1);
  clock.now = 2000;
  await outbox.run();
  await outbox.run({ hurry: true });
  assert.equal(log.posts.length, 3);
});

test("what the server refuses stays with the reason, and is not sent again by itself", async () => {
  const answers = { a: status(422, { errors: { text: ["Te kort."] } }), b: status(409, { detail: "Bezet." }) };
  const { store, log, outbox } = scene({ keys: ["a", "b"], post: ({ key }) => answers[key] });
  await outbox.run();
  await outbox.run({ hurry: true });
  assert.deepEqual(log.posts, ["a", "b"]);
  const [a, b] = ["a", "b"].map((key) => store.all.get(key));
  assert.deepEqual([a.state, a.reason, a.touched], ["failed", "Te kort.", false]);
  assert.deepEqual([b.state, b.reason, b.touched], ["failed", "conflict", true]);
});

test("a session that ended, a server that is busy or a strange network keep it for later", async () => {
  for (const answer of [status(401), status(403), status(429, null, 30), status(200, { hello: "wifi" })]) {
    const { store, outbox } = scene({ post: () => answer });
    await outbox.run();
    assert.equal(store.all.get("a").state, "queued");
    assert.equal(store.all.get("a").due, (answer.retryAfter ?? 2) * 1000);
  }
});

test("a photo that is refused keeps the observation, which the server has, until somebody decides", async () => {
  const { store, outbox } = scene({
    photos: [photo("p", "a"), photo("q", "a")],
    post: () => arrived(5),
    put: (id) => (id === "p" ? status(422, { detail: "Geen foto." }) : status(201, { photo: id })),
  });
  await outbox.run();
  const item = store.all.get("a");
  assert.deepEqual([item.state, item.reason, item.accepted.number], ["failed", "Geen foto.", 5]);
  assert.deepEqual([...store.photos.values()].map(({ state }) => state), ["refused", "sent"]);
});

test("what broke off half-way goes on where it was", async () => {
  const { store, log, outbox } = scene({ photos: [photo("p", "a")], post: () => arrived(5) });
  await store.keep({ ...store.all.get("a"), state: "sending", touched: true, accepted: receipt(9) });
  await outbox.run();
  assert.deepEqual([log.posts, log.puts], [[], ["/volg/9/fotos/p"]]);
});

test("two calls at once are one round after the other, and send nothing twice", async () => {
  const { log, outbox } = scene({ keys: ["a", "b"], post: async ({ key }) => arrived(key === "a" ? 1 : 2) });
  await Promise.all([outbox.run(), outbox.run({ hurry: true }), outbox.run()]);
  assert.deepEqual(log.posts, ["a", "b"]);
});

const mark = (id, value, at = "1") => ({ id, stop: 1, statement: 2, value, scored_at: at, state: "queued", reason: "" });

test("scores go together; one that was changed meanwhile goes once more", async () => {
  let first = true;
  const made = scene({
    keys: [],
    marks: [mark("x", 1), mark("y", 2)],
    post: () => status(500),
    score: (sent) => {
      if (first) made.store.scores.set("x", mark("x", 5, "2"));
      first = false;
      const refused = sent.flatMap(({ id }, place) => (id === "y" ? [{ place, message: "Weg." }] : []));
      return status(200, { kept: sent.flatMap(({ id }, place) => (id === "y" ? [] : [place])), refused });
    },
  });
  await made.outbox.run();
  assert.deepEqual(made.log.scores, [[1, 2], [5]]);
  assert.deepEqual([...made.store.scores.values()].map(({ state }) => state), ["sent", "refused"]);
  assert.equal(made.store.scores.get("y").reason, "Weg.");
});

test("scores that can't be sent wait, also for longer each time", async () => {
  const { store, log, outbox } = scene({ keys: [], marks: [mark("x", 1)], score: () => status(503) });
  await outbox.run();
  await outbox.run();
  assert.equal(log.scores.length, 1);
  assert.equal(store.scores.get("x").state, "queued");
});
