// One city, one browser, all parts of the e2e tests; what each part is, is in its own file.
import { checkBudgets } from "./budgets.mjs";
import { startBrowser } from "./browser.mjs";
import { close, expect } from "./check.mjs";
import { checkLinks } from "./check_link.mjs";
import { startCity } from "./city.mjs";
import { checkErrors } from "./errors.mjs";
import { walkJourney } from "./journey.mjs";
import { checkPages } from "./pages.mjs";
import { takePictures } from "./screenshots.mjs";
import { checkSharing } from "./share.mjs";
import { checkTypes } from "./types.mjs";
import { checkWithoutScript } from "./without_script.mjs";

// A browser that hangs must not hang the tests; ten minutes are more than the slowest machine needs.
const watchdog = setTimeout(() => {
  console.log("FAILED the run takes longer than ten minutes");
  console.log("0 passed, 1 failed, 0 skipped");
  process.exit(1);
}, 600000);

const parts = {
  types: checkTypes,
  pictures: takePictures, // before anybody changes the city
  journey: async (browser, city) => {
    await walkJourney(browser, city, "kk");
    await walkJourney(browser, city, "ru", false);
    await walkJourney(browser, city, "en");
  },
  links: checkLinks,
  share: checkSharing,
  budgets: checkBudgets,
  errors: checkErrors,
  "without-script": checkWithoutScript,
  pages: checkPages,
};

const wanted = process.argv.slice(2);
for (const name of wanted) expect(name in parts, `no part ${name}; there are ${Object.keys(parts).join(" ")}`);

const city = await startCity();
const browser = await startBrowser(city);
try {
  for (const [name, run] of Object.entries(parts)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const begin = Date.now();
    await run(browser, city);
    console.log(`${name}: ${((Date.now() - begin) / 1000).toFixed(0)} s`);
  }
} finally {
  await browser.close();
  await city.stop();
  clearTimeout(watchdog);
}
close();
