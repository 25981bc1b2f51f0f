// Fills the form of a visit like somebody who stands there: answers, position, photos.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./city.mjs";
import { takePhoto } from "./photo.mjs";

// Answers that hold a violation, for each checklist (the same that fill the demonstration city).
const known = Object.values(JSON.parse(readFileSync(join(root, "data/demo/answers.json"), "utf8")));

// {"board": "no", "item": [{"eq": "slide"}]} as the names of form fields.
function flat(answers, prefix = "a:") {
  const out = [];
  for (const [name, value] of Object.entries(answers)) {
    if (Array.isArray(value) && typeof value[0] === "object") value.forEach((entry, n) => out.push(...flat(entry, `${prefix}${name}[${n}].`)));
    else for (const one of [value].flat()) out.push([prefix + name, String(one)]);
  }
  return out;
}

async function answersFor(page) {
  const names = new Set(await page.evaluate(() => [...document.querySelectorAll("main [name]")].map((e) => e.getAttribute("name"))));
  const fitting = known.map((answers) => flat(answers)).find((fields) => fields.every(([name]) => names.has(name)));
  if (!fitting) throw new Error(`no answers for the questions ${[...names].join(" ")}`);
  return fitting;
}

export async function fillVisit(page, { camera, hasScript }) {
  for (const [name, value] of await answersFor(page)) {
    const field = page.locator(`[name="${name}"]`);
    const entry = page.locator("details.entry", { has: field });
    if (await entry.count() && !(await entry.evaluate((e) => e.hasAttribute("open")))) await entry.locator("summary").click();
    const type = await field.first().getAttribute("type");
    if (type === "radio" || type === "checkbox") await page.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
  if (hasScript) {
    await page.click("[data-locate]");
    await page.waitForFunction(() => /** @type {HTMLInputElement} */ (document.querySelector("[name=lat]")).value !== "");
  } else {
    await page.fill("[name=lat]", "43.256700");
    await page.fill("[name=lon]", "76.928600");
  }
  const inputs = page.locator('main input[type=file]');
  for (let n = 0; n < (await inputs.count()); n += 1) {
    const name = String(await inputs.nth(n).getAttribute("name"));
    if (!/\[[1-9]/.test(name)) await inputs.nth(n).setInputFiles(await takePhoto(camera));
  }
}
