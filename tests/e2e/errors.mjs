// Pages of refusal: not allowed, not found, a form that was filled wrongly. They are pages too.
import { languages } from "./browser.mjs";
import { check, expect } from "./check.mjs";
import { checkPage } from "./page_rules.mjs";

async function refused(browser, role, language, status, steps) {
  const tab = await browser.open(role);
  try {
    const response = await steps(tab.page);
    expect(response.status() === status, `status ${response.status()} instead of ${status}`);
    await checkPage(tab, language, status);
  } finally {
    await tab.close();
  }
}

// Sends the form that is on the page although the browser would hold it back.
async function sendAnyway(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
  const [response] = await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST"), page.evaluate(() => {
    const form = /** @type {HTMLFormElement} */ (document.querySelector("main form"));
    form.noValidate = true;
    form.requestSubmit();
  })]);
  return response;
}

const title = "Тексеру атауы";

async function sendWrongControl(page, language) {
  await page.goto(`/${language}/desk`);
  await page.goto(String(await page.locator('main a[href*="/controls/new"]').first().getAttribute("href")));
  return sendAnyway(page, { title, from: "" });
}

export async function checkErrors(browser) {
  for (const language of languages) {
    await check(`a missing page is a page in ${language}`, () =>
      refused(browser, "", language, 404, (page) => page.goto(`/${language}/no-such-page`)));
    await check(`a page of somebody else is refused in ${language}`, () =>
      refused(browser, "volunteer", language, 403, (page) => page.goto(`/${language}/people`)));
    await check(`a wrong birth year is named above the form in ${language}`, () =>
      refused(browser, "coordinator", language, 422, async (page) => {
        await page.goto(`/${language}/invite`);
        const response = await sendAnyway(page, { given_name: "Айгерім", family_name: "Серікқызы", birth_year: "кеше" });
        await page.locator("main [role=alert]").waitFor();
        expect(await page.inputValue("[name=given_name]") === "Айгерім", "what was typed is lost");
        return response;
      }));
    await check(`a control without a first day is refused in ${language} on its own page, which keeps what was typed`, () =>
      refused(browser, "coordinator", language, 422, async (page) => {
        const response = await sendWrongControl(page, language);
        await page.locator("[data-keep]:not([hidden])").waitFor();
        expect(await page.inputValue("[name=title]") === title, "what was typed is lost");
        return response;
      }));
    await check(`a control without a first day is refused in ${language} without script and what was typed is shown`, async () => {
      const tab = await browser.open("coordinator", { javaScriptEnabled: false });
      try {
        const response = await sendWrongControl(tab.page, language);
        await tab.page.waitForLoadState();
        expect(response.status() === 422, `status ${response.status()}`);
        await tab.page.locator("main", { hasText: title }).waitFor();
      } finally {
        await tab.close();
      }
    });
  }
}
