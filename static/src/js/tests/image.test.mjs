import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, megabytes, refusal, sniff } from "../report/image.js";

const MB = 1024 * 1024;
const bytes = (...parts) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));

test("a photo is known by its first bytes, whatever it is called", () => {
  assert.equal(sniff(bytes([0xff, 0xd8, 0xff, 0xe1])), "image/jpeg");
  assert.equal(sniff(bytes([0x89], "PNG\r\n\x1a\n")), "image/png");
  assert.equal(sniff(bytes("RIFF", [0, 0, 0, 0], "WEBPVP8 ")), "image/webp");
  assert.equal(sniff(bytes([0, 0, 0, 24], "ftypheic")), "image/heic");
  assert.equal(sniff(bytes([0, 0, 0, 24], "ftypmif1")), "image/heif");
});

test("anything else is no photo", () => {
  const others = ["<svg xmlns=", "GIF89a", "%PDF-1.7", "RIFF\0\0\0\0WAVE", "\0\0\0\x18ftypmp42", "hello", ""];
  for (const other of others) assert.equal(sniff(bytes(other)), null, other);
});

test("a refusal says the first reason that a person can do something about", () => {
  const limits = { maxBytes: 15 * MB, room: 1 };
  assert.equal(refusal({ size: 15 * MB, type: "image/jpeg" }, limits), null);
  assert.equal(refusal({ size: 15 * MB + 1, type: "image/jpeg" }, limits), "photo_too_large");
  assert.equal(refusal({ size: 10, type: null }, limits), "photo_wrong_type");
  assert.equal(refusal({ size: 0, type: null }, limits), "photo_empty");
  assert.equal(refusal({ size: 10, type: "image/png" }, { ...limits, room: 0 }), "photo_too_many");
});

test("megabytes are rounded up, so that what is just too large looks too large", () => {
  assert.equal(megabytes(15 * MB), 15);
  assert.equal(megabytes(15 * MB + 1), 15.1);
  assert.equal(megabytes(1), 0.1);
});

test("a picture is made to fit, in proportion and never larger", () => {
  assert.deepEqual(fit(4000, 3000, 2048), [2048, 1536]);
  assert.deepEqual(fit(3000, 4000, 2048), [1536, 2048]);
  assert.deepEqual(fit(800, 600, 2048), [800, 600]);
  assert.deepEqual(fit(20_000, 2, 2048), [2048, 1]);
});
