// check_link.js: is a link on our list? The phone turns the link into keys, and asks for whole hashes only where the first
// four bytes of one are on the list: the server never learns which link was meant. The prefixes are kept for times
// without a network.
const KEPT = "adal-link-prefixes";

/** @param {string} text */
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} host */
const telegram = (host) => ["t.me", "telegram.me", "telegram.dog"].includes(host);

/** The keys a link may be listed under; nothing: it is no link. @param {string} written */
function listKeysOf(written) {
  const text = written.trim().replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, "").replace(/^hxxp/i, "http").replaceAll("[.]", ".");
  if (/^@[a-z0-9_]{4,32}$/i.test(text)) return [`telegram:${text.slice(1).toLowerCase()}`];
  let url;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  } catch {
    return [];
  }
  if (!/^https?:$/.test(url.protocol) || !url.hostname.includes(".")) return [];
  const host = url.hostname.replace(/^www\./, "");
  const name = url.pathname.split("/").filter((part) => part && part !== "s")[0];
  if (telegram(host) && name) return [`telegram:${name.toLowerCase()}`];
  const keys = [`${host}/`];
  const labels = host.split(".");
  for (let at = 0; at + 1 < labels.length; ++at) keys.push(`.${labels.slice(at).join(".")}/`);
  const path = url.pathname.replace(/\/$/, "");
  if (path || url.search) keys.push(host + path + url.search);
  if (path && url.search) keys.push(host + path);
  return keys;
}

/** @returns {Promise<Set<string> | null>} */
async function prefixes() {
  try {
    const answer = await fetch("/api/v1/link-prefixes");
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    localStorage.setItem(KEPT, text);
    return new Set(JSON.parse(text).prefixes);
  } catch {
    const kept = localStorage.getItem(KEPT);
    return kept ? new Set(JSON.parse(kept).prefixes) : null;
  }
}

/** "listed", "unlisted", "broken", "offline". @param {string} written */
async function answerTo(written) {
  const keys = listKeysOf(written);
  if (keys.length === 0) return "broken";
  const known = await prefixes();
  if (!known) return "offline";
  const hashes = (await Promise.all(keys.map(digest))).filter((hash) => known.has(hash.slice(0, 8)));
  for (const hash of hashes) {
    try {
      const answer = await fetch(`/api/v1/link-hashes/${hash.slice(0, 8)}`);
      if ((await answer.json()).hashes.includes(hash)) return "listed";
    } catch {
      return "listed"; // without a network the first four bytes must do: better to warn
    }
  }
  return "unlisted";
}

for (const box of document.querySelectorAll("[data-check-link]")) {
  const field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const button = /** @type {HTMLButtonElement} */ (box.querySelector("[data-check]"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[data-answer]"));
  if (!crypto.subtle) continue;
  /** @type {HTMLElement} */ (box).hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await answerTo(field.value);
    status.textContent = box.getAttribute(`data-${answer}`);
    status.className = answer === "listed" ? "notice bad" : answer === "unlisted" ? "notice info" : "notice warn";
    button.disabled = false;
  });
}
