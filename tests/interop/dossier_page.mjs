// dossier_page.mjs FOLDER: opens verify.html of FOLDER/good from the disk, without a network, and gives it dossiers:
// whole, changed, with something erased lawfully; with WebCrypto, without its Ed25519, and without WebCrypto at all.
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = process.argv[2];
const vkey = readFileSync(join(folder, "vkey"), "utf8").trim();
let passed = 0, failed = 0;
function check(holds, what) {
  if (holds) ++passed;
  else {
    ++failed;
    console.log(`FAILED: ${what}`);
  }
}

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.ADAL_CHROMIUM ?? "/usr/bin/chromium", args: flags });

const kinds = {
  "WebCrypto": () => {},
  "no Ed25519": () => {
    const own = SubtleCrypto.prototype.importKey;
    SubtleCrypto.prototype.importKey = function (format, key, algorithm, ...rest) {
      if ((algorithm.name ?? algorithm) === "Ed25519") return Promise.reject(new DOMException("no Ed25519", "NotSupportedError"));
      return own.call(this, format, key, algorithm, ...rest);
    };
  },
  "no WebCrypto": () => Object.defineProperty(globalThis, "crypto", { value: undefined }),
};

async function open(kind) {
  const context = await browser.newContext({ offline: true, viewport: { width: 360, height: 740 } });
  context.setDefaultTimeout(60000);
  await context.addInitScript(kinds[kind]);
  const page = await context.newPage();
  const asked = [], complaints = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const address = pathToFileURL(join(folder, "good/data/verify.html")).href;
  await page.goto(address + "#en");
  return { page, asked, complaints, address, close: () => context.close() };
}

async function judge(page, bag, key = vkey) {
  await page.fill("#key", key);
  await page.evaluate(() => delete document.getElementById("verdict").dataset.done);
  await page.setInputFiles(bag.endsWith(".zip") ? "#zip" : "#folder", bag);
  await page.waitForSelector("#verdict[data-done]");
  const outcome = await page.getAttribute("#verdict", "data-done");
  // The same folder again must be a change.
  await page.evaluate(() => ["zip", "folder"].forEach((id) => (document.getElementById(id).value = "")));
  return { outcome, words: await page.innerText("#verdict"), list: await page.locator("#statements li").allInnerTexts() };
}

for (const kind of Object.keys(kinds)) {
  const { page, asked, complaints, address, close } = await open(kind);
  const good = await judge(page, join(folder, "good"));
  check(good.outcome === "good" && good.words.includes("good"), `${kind}: the whole dossier is good, was ${good.outcome} ${good.list.slice(0, 3)}`);
  check((await judge(page, join(folder, "good.zip"))).outcome === "good", `${kind}: the ZIP is good`);
  check((await judge(page, join(folder, "good"), "")).outcome === "cannot_tell", `${kind}: without a key it cannot tell`);
  const erased = await judge(page, join(folder, "erased"));
  check(erased.outcome === "good", `${kind}: an erasure leaves the rest good, was ${erased.outcome} ${erased.list.slice(0, 3)}`);
  check(erased.list.filter((line) => line.startsWith("lawfully erased")).length === 2, `${kind}: two values are lawfully erased`);
  const bad = join(folder, "page-changed");
  rmSync(bad, { recursive: true, force: true });
  cpSync(join(folder, "good"), bad, { recursive: true });
  const photo = join(bad, "data/evidence/0001-original.png"), bytes = readFileSync(photo);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(photo, bytes);
  const red = await judge(page, bad);
  check(red.outcome === "bad" && red.list[0].includes("0001-original.png"), `${kind}: a changed photo is named first, was ${red.outcome} ${red.list[0]}`);
  check(await page.evaluate(() => document.getElementById("verdict").classList.contains("bad")), `${kind}: it is red`);
  check(asked.length === 1 && asked[0].startsWith(address), `${kind}: nothing is loaded but the page itself, was ${asked}`);
  check(complaints.length === 0, `${kind}: the page complains of nothing, was ${complaints}`);
  await close();
}

// Every file, with the middle byte another.
const { page, close } = await open("WebCrypto");
const files = readdirSync(join(folder, "good"), { recursive: true }).filter((name) => statSync(join(folder, "good", name)).isFile());
for (const name of files) {
  const copy = join(folder, "page-changed");
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(folder, "good"), copy, { recursive: true });
  const bytes = readFileSync(join(copy, name));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(join(copy, name), bytes);
  const { outcome } = await judge(page, copy);
  check(outcome === "bad" || (name === "bagit.txt" && outcome === "trouble"), `a changed ${name} is found, was ${outcome}`);
}
// The three languages say the same thing in their own words.
const titles = new Set();
for (const language of ["kk", "ru", "en"]) {
  await page.click(`[data-language=${language}]`);
  titles.add(await page.title());
  const text = await page.innerText("body");
  check(!/referral\.|ledger\.|\{\w+\}/.test(text), `${language}: every message is there`);
}
check(titles.size === 3, "the title is in the language that was chosen");
if (process.env.ADAL_PICTURES) await page.screenshot({ path: join(process.env.ADAL_PICTURES, "dossier.png"), fullPage: true });
await close();
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
