import { body } from "./item.js";
import { zipped } from "./zip.js";

export const FORM = "movisie-portal/walk/1";

/**
 * What has not arrived, as one file that an official can read in: waarnemingen.json and the photos beside it. What the
 * server has of it already is no matter: each has its key, so it is never taken in twice.
 */
export async function exported({ store, walker, stops, now = new Date() }) {
  const items = await store.unsent();
  const marks = (await store.marks()).filter(({ state }) => state !== "sent");
  const photos = [];
  const observations = [];
  for (const { key, values } of items) {
    const mine = (await store.photosOf(key)).filter(({ state }) => state !== "refused");
    const named = mine.map((photo) => ({ id: photo.id, file: `fotos/${photo.id}.${extension(photo.blob.type)}` }));
    observations.push({ key, ...body(values, stops), photos: named });
    for (const [index, photo] of mine.entries()) {
      photos.push({ name: named[index].file, bytes: new Uint8Array(await photo.blob.arrayBuffer()) });
    }
  }
  const scores = marks.map(({ stop, statement, value, scored_at: at }) => ({ stop, statement, value, scored_at: at }));
  const told = { form: FORM, walker, saved_at: now.toISOString(), observations, scores };
  const words = new TextEncoder().encode(JSON.stringify(told, null, 2));
  return new Blob(zipped([{ name: "waarnemingen.json", bytes: words }, ...photos], now), { type: "application/zip" });
}

function extension(type) {
  return { "image/png": "png", "image/webp": "webp", "image/heic": "heic", "image/heif": "heif" }[type] ?? "jpg";
}
