// Every page of the public and of each role, in three languages, on a phone and on a desk, light and dark.
import { all_pages, follow } from "./addresses.mjs";
import { languages, phone } from "./browser.mjs";
import { check, expect } from "./check.mjs";
import { checkPage } from "./page_rules.mjs";

async function checkOne(tab, language, path) {
  await tab.page.setViewportSize(phone);
  const response = await follow(tab.page, language, path);
  tab.complaints.length = 0; // of the list it was found on; a complaint of this page comes while it loads
  const again = await tab.page.reload();
  expect((response ?? again).status() === 200, `status ${response?.status()}`);
  if (path.includes("/map")) await tab.page.waitForSelector("[data-map][data-ready=yes]");
  await checkPage(tab, language, 200);
}

async function visitAll(browser, role, language, paths) {
  const tab = await browser.open(role);
  for (const path of paths) await check(`${role || "anybody"} reads ${path} in ${language}`, () => checkOne(tab, language, path));
  await tab.close();
}

export async function checkPages(browser) {
  const jobs = [];
  for (const role of new Set(all_pages.map((page) => page.role)))
    for (const language of languages)
      jobs.push(() => visitAll(browser, role, language, all_pages.filter((page) => page.role === role).map((page) => page.path)));
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  await Promise.all([worker(), worker(), worker()]);
}
