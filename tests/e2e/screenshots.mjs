// Pictures for README.md and docs/guide, taken when ADAL_SCREENSHOTS names a folder. Palette PNG, small.
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { follow } from "./addresses.mjs";
import { desktop, phone } from "./browser.mjs";
import { check, expect } from "./check.mjs";
import { root } from "./city.mjs";
import { paletted } from "./png.mjs";

const folder = process.env.ADAL_SCREENSHOTS ? resolve(root, process.env.ADAL_SCREENSHOTS) : "";
const largest = 150 * 1024;

export async function shoot(page, name) {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.png`);
  writeFileSync(file, paletted(await page.screenshot()));
  expect(existsSync(file) && statSync(file).size <= largest, `${name}.png has ${statSync(file).size} bytes`);
}

const pictures = [
  ["home-kk", "", "kk", "/", desktop, "light"], ["home-phone-kk", "", "kk", "/", phone, "light"],
  ["finding-kk", "", "kk", "/findings → /findings/0", desktop, "light"], ["place-kk", "", "kk", "/places → /places/0", desktop, "light"],
  ["map-ru", "", "ru", "/places/map", desktop, "light"], ["figures-ru", "", "ru", "/figures", desktop, "light"],
  ["procurement-kk", "", "kk", "/procurement → /procurement/0", desktop, "light"], ["verify-en", "", "en", "/verify", desktop, "light"],
  ["tasks-phone-kk", "volunteer", "kk", "/tasks", phone, "dark"], ["queue-kk", "reviewer", "kk", "/review", desktop, "light"],
  ["desk-ru", "coordinator", "ru", "/desk", desktop, "light"], ["document-ru", "lawyer", "ru", "/documents → /documents/0", desktop, "light"],
  ["inbox-kk", "lawyer", "kk", "/documents → /documents/0 → make /inbox", desktop, "light"], ["clocks-ru", "lawyer", "ru", "/clocks", desktop, "light"],
  ["cyber-kk", "", "kk", "/cyber", desktop, "light"], ["report-phone-kk", "", "kk", "/cyber/report", phone, "light"], ["cyber-desk-ru", "coordinator", "ru", "/cyber/desk", desktop, "light"],
  ["people-kk", "coordinator", "kk", "/people", desktop, "light"],
];

export async function takePictures(browser) {
  if (!folder) return;
  for (const [name, role, language, path, viewport, colorScheme] of pictures)
    await check(`a picture of ${path} is small`, async () => {
      const tab = await browser.open(role, { viewport, colorScheme });
      try {
        await follow(tab.page, language, path);
        if (path.includes("/map")) await tab.page.waitForSelector("[data-map][data-ready=yes]");
        await shoot(tab.page, name);
      } finally {
        await tab.close();
      }
    });
}
