// Picks from NL Design System's example theme the tokens that the stylesheets ask for, and what those refer to.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const themeFile = createRequire(import.meta.url).resolve(
  "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
);
const reference = /var\(\s*(--[\w-]+)/g;

export function usedTokens(css) {
  return new Set([...css.matchAll(reference)].map((match) => match[1]));
}

export async function themeTokens(used) {
  const css = (await readFile(themeFile, "utf8")).replace(/\/\*[\s\S]*?\*\//g, "");
  const values = new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1], match[2]]));
  const wanted = new Set();
  const queue = [...used];
  while (queue.length) {
    const name = queue.pop();
    if (wanted.has(name) || !values.has(name)) continue;
    wanted.add(name);
    queue.push(...usedTokens(values.get(name)));
  }
  const kept = [...values].filter(([name]) => wanted.has(name));
  return `.voorbeeld-theme{${kept.map(([name, value]) => `${name}:${value}`).join(";")}}`;
}
