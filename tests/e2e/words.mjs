// Finds names of messages on a page: a key that nobody translated, or the name of a value shown raw.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./city.mjs";

const keys = Object.keys(JSON.parse(readFileSync(join(root, "i18n/qqq.json"), "utf8")));
const rooms = new Set(keys.map((key) => key.split(".")[0]));

// What people read, without what is code on purpose (hashes, commands, the number of a problem).
export async function readableText(page) {
  return page.evaluate(() => {
    const copy = /** @type {HTMLElement} */ (document.body.cloneNode(true));
    for (const element of copy.querySelectorAll("code, pre, script, style")) element.remove();
    const labels = [...copy.querySelectorAll("[alt], [aria-label], [placeholder]")]
      .map((e) => `${e.getAttribute("alt") ?? ""} ${e.getAttribute("aria-label") ?? ""} ${e.getAttribute("placeholder") ?? ""}`);
    return [document.title, copy.textContent, ...labels].join("\n");
  });
}

export function rawKeys(text) {
  const found = text.match(/[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+/g) ?? [];
  const placeholders = text.match(/\{[a-z_]+\}/g) ?? [];
  return [...new Set([...found.filter((word) => rooms.has(word.split(".")[0])), ...placeholders])];
}
