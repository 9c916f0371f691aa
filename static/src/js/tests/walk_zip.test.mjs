import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { crc32, zipped } from "../walk/zip.js";

const bytes = (text) => new TextEncoder().encode(text);

test("the checksum is that of the standard", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
  assert.equal(crc32(new Uint8Array()), 0);
});

test("another program reads what was packed", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "zip-")), "test.zip");
  const photo = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
  const files = [{ name: "waarnemingen.json", bytes: bytes('{"naam": "Ria Ångström"}') }, { name: "fotos/é.jpg", bytes: photo }];
  writeFileSync(file, Buffer.concat(zipped(files, new Date(2026, 4, 9, 10, 30, 4))));
  const script = [
    "import json, sys, zipfile",
    "z = zipfile.ZipFile(sys.argv[1])",
    "assert z.testzip() is None",
    "print(json.dumps([[i.filename, i.file_size, list(i.date_time)] for i in z.infolist()]))",
    "assert json.loads(z.read('waarnemingen.json')) == {'naam': 'Ria Ångström'}",
    "assert z.read('fotos/é.jpg') == bytes(i * 7 % 256 for i in range(70_000))",
  ].join("\n");
  const told = JSON.parse(execFileSync("python3", ["-c", script, file], { env: { ...process.env, PYTHONIOENCODING: "utf-8" } }));
  assert.deepEqual(told, [
    ["waarnemingen.json", 26, [2026, 5, 9, 10, 30, 4]],
    ["fotos/é.jpg", 70_000, [2026, 5, 9, 10, 30, 4]],
  ]);
});
