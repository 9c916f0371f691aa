import assert from "node:assert/strict";
import { test } from "node:test";
import { photoAddress, Sender } from "../report/sender.js";

const RECEIPT = { number: 7, tracking_url: "/volg/t/", photos_url: "/volg/t/fotos", answer_by: "2026-12-01" };
const accepted = { status: 201, data: RECEIPT, retryAfter: null };
const status = (code, data = null, retryAfter = null) => ({ status: code, data, retryAfter });
const photo = (id) => ({ id, state: "ready", reason: "" });

/** A sender whose server gives these answers, and what was asked of it and told by it. */
function scene({ posts = [accepted], puts = [], renews = true }) {
  const log = { posts: 0, puts: [], told: [], waits: [], renewals: 0 };
  const transport = {
    post: async () => posts[Math.min(log.posts++, posts.length - 1)],
    put: async (address, { id }) => {
      log.puts.push(address);
      return puts.shift() ?? status(201, { photo: id });
    },
    renew: async () => {
      log.renewals += 1;
      return renews;
    },
  };
  const wait = async (seconds) => log.waits.push(seconds);
  const tell = async (state) => log.told.push(state);
  return { log, sender: new Sender({ transport, wait, tell }) };
}

const report = (photos = []) => ({ key: "k", body: () => ({}), accepted: null, photos });

test("the report goes first, then each photo to its own address", async () => {
  const { log, sender } = scene({});
  const mine = report([photo("a"), photo("b")]);
  assert.deepEqual(await sender.send(mine), { outcome: "sent" });
  assert.equal(log.posts, 1);
  assert.deepEqual(log.puts, ["/volg/t/fotos/a", "/volg/t/fotos/b"]);
  assert.deepEqual(mine.photos.map(({ state }) => state), ["sent", "sent"]);
  assert.equal(mine.accepted, RECEIPT);
});

test("no network, overload and failures are waited out, longer each time", async () => {
  const { log, sender } = scene({ posts: [status(0), status(503), status(429, null, 40), accepted] });
  assert.deepEqual(await sender.send(report()), { outcome: "sent" });
  assert.deepEqual(log.waits, [2, 4, 40]);
  assert.equal(log.posts, 4);
});

test("an answer of 200 that is not the server's is not believed", async () => {
  const { log, sender } = scene({ posts: [status(200, null), status(200, { hello: "wifi" }), accepted] });
  assert.deepEqual(await sender.send(report()), { outcome: "sent" });
  assert.equal(log.waits.length, 2);
});

test("what was refused comes back with its errors and is not tried again", async () => {
  const errors = { text: ["Too long."] };
  const { log, sender } = scene({ posts: [status(422, { errors })] });
  assert.deepEqual(await sender.send(report([photo("a")])), { outcome: "refused", errors, detail: "" });
  assert.equal(log.posts, 1);
  assert.deepEqual(log.puts, []);
});

test("too many with one mail address is for the person to change, not to wait for", async () => {
  const errors = { email: ["Leave it empty."] };
  const { log, sender } = scene({ posts: [status(429, { detail: "Many.", errors }, 3600)] });
  assert.deepEqual(await sender.send(report()), { outcome: "refused", errors, detail: "Many." });
  assert.deepEqual(log.waits, []);
});

test("a key that was used for something else is said", async () => {
  const { sender } = scene({ posts: [status(409, { detail: "used" })] });
  assert.deepEqual(await sender.send(report()), { outcome: "conflict" });
});

test("a lost session is renewed once at once, and after that waited for", async () => {
  const { log, sender } = scene({ posts: [status(403), status(403), accepted] });
  assert.deepEqual(await sender.send(report()), { outcome: "sent" });
  assert.equal(log.renewals, 1);
  assert.equal(log.waits.length, 1);
});

test("a refused photo keeps its reason and does not stop the others", async () => {
  const { log, sender } = scene({ puts: [status(422, { detail: "Not a photo." })] });
  const mine = report([photo("a"), photo("b")]);
  assert.deepEqual(await sender.send(mine), { outcome: "photos-refused" });
  assert.deepEqual(mine.photos, [
    { id: "a", state: "refused", reason: "Not a photo." },
    { id: "b", state: "sent", reason: "" },
  ]);
  assert.equal(log.puts.length, 2);
});

test("a report that was accepted before goes on with what has not arrived", async () => {
  const { log, sender } = scene({ puts: [status(0)] });
  const mine = { ...report([{ ...photo("a"), state: "sent" }, photo("b")]), accepted: RECEIPT };
  assert.deepEqual(await sender.send(mine), { outcome: "sent" });
  assert.equal(log.posts, 0);
  assert.deepEqual(log.puts, ["/volg/t/fotos/b", "/volg/t/fotos/b"]);
});

test("a photo's address stands below the one given, with or without a slash", () => {
  assert.equal(photoAddress("/f/", "x"), "/f/x");
  assert.equal(photoAddress("/f", "x"), "/f/x");
});
