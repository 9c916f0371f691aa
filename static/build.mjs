// Builds static/src into static/dist: every file directly in css/ and js/ is an entry of its own, every icon one
// symbol of the sprite. Nothing else has to be registered anywhere.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { themeTokens, usedTokens } from "./tokens.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const source = path.join(root, "src");
const target = path.join(root, "dist");
const browsers = ["chrome100", "edge100", "firefox100", "safari15.4"];
const files = Object.fromEntries(
  [".woff2", ".png", ".svg", ".webp", ".gif"].map((extension) => [extension, "file"]),
);

async function entries(folder, extension) {
  const names = await readdir(path.join(source, folder)).catch(() => []);
  return names.filter((name) => name.endsWith(extension)).map((name) => path.join(source, folder, name));
}

// The example theme has about 3,000 tokens and a page asks for a few hundred: "portal:theme" is only those.
function theme(tokens) {
  return {
    name: "theme",
    setup(plugin) {
      plugin.onResolve({ filter: /^portal:theme$/ }, () => ({ path: "theme", namespace: "theme" }));
      plugin.onLoad({ filter: /.*/, namespace: "theme" }, () => ({ contents: tokens, loader: "css" }));
    },
  };
}

// A browser calls a required field :invalid before anything was typed. Red is for what the server refused.
const refusedOnly = {
  name: "refused only",
  setup(plugin) {
    plugin.onLoad({ filter: /@utrecht[\\/].*\.css$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replace(/:invalid\b/g, '[aria-invalid="true"]'),
      loader: "css",
    }));
  },
};

function styles(entryPoints, tokens, options) {
  return build({
    entryPoints,
    bundle: true,
    minify: true,
    target: browsers,
    loader: files,
    assetNames: "../files/[name]",
    outdir: path.join(target, "css"),
    legalComments: "linked",
    plugins: [theme(tokens), refusedOnly],
    ...options,
  });
}

async function buildStyles() {
  const entryPoints = await entries("css", ".css");
  const bare = await styles(entryPoints, "", { write: false });
  const text = bare.outputFiles.filter((file) => file.path.endsWith(".css")).map((file) => file.text);
  await styles(entryPoints, await themeTokens(usedTokens(text.join("\n"))));
}

async function buildScripts() {
  const { metafile } = await build({
    entryPoints: await entries("js", ".js"),
    metafile: true,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: browsers,
    loader: { ...files, ".css": "empty" },
    entryNames: "[name]",
    chunkNames: "chunks/[name]-[hash]",
    assetNames: "../files/[name]",
    outdir: path.join(target, "js"),
    legalComments: "linked",
  });
  await writeParts(metafile.outputs);
}

// js/parts.json: what each script loads besides itself, for who asks for it beforehand (`now`: before it can begin) or
// keeps it for when there is no network (`later` as well).
async function writeParts(outputs) {
  const folder = path.join(target, "js");
  const name = (file) => path.relative(folder, path.resolve(file));
  const loads = Object.fromEntries(
    Object.entries(outputs).map(([file, { imports }]) => [
      name(file),
      imports.filter(({ external }) => !external).map((part) => ({ name: name(part.path), kind: part.kind })),
    ]),
  );
  const reached = (script, counts, found = new Set()) => {
    for (const part of loads[script].filter(counts)) {
      if (!found.has(part.name)) reached(part.name, counts, found.add(part.name));
    }
    return found;
  };
  const parts = {};
  for (const script of Object.keys(loads).filter((file) => !file.includes("/") && file.endsWith(".js"))) {
    const now = reached(script, ({ kind }) => kind === "import-statement");
    const later = [...reached(script, () => true)].filter((part) => !now.has(part));
    parts[script] = { now: [...now].sort(), later: later.sort() };
  }
  await writeFile(path.join(folder, "parts.json"), JSON.stringify(parts, null, 2));
}

async function buildSprite() {
  const symbols = [];
  for (const file of (await entries("icons", ".svg")).sort()) {
    const drawing = (await readFile(file, "utf8")).match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
    const name = path.basename(file, ".svg");
    symbols.push(
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
        `stroke-linecap="round" stroke-linejoin="round">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`,
    );
  }
  await writeFile(
    path.join(target, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
  );
}

async function report() {
  for (const folder of [".", "css", "js"]) {
    for (const item of await readdir(path.join(target, folder), { withFileTypes: true })) {
      if (!item.isFile() || !/\.(css|js|svg)$/.test(item.name)) continue;
      const content = await readFile(path.join(target, folder, item.name));
      const kilobytes = [content, gzipSync(content)].map((bytes) => (bytes.length / 1024).toFixed(1));
      console.log(`${path.join(folder, item.name)}: ${kilobytes[0]} kB, ${kilobytes[1]} kB compressed`);
    }
  }
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([
  buildStyles(),
  buildScripts(),
  buildSprite(),
  cp(path.join(source, "images"), path.join(target, "images"), { recursive: true }),
]);
await report();
