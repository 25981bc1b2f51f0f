// Pages of refusal: not allowed, not found, a form that was filled wrongly. They are pages too.
import { languages, phone } from "./browser.mjs";
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
  const [response] = await Promise.all([page.waitForNavigation(), page.evaluate(() => {
    const form = /** @type {HTMLFormElement} */ (document.querySelector("main form"));
    form.noValidate = true;
    form.requestSubmit();
  })]);
  await page.setViewportSize(phone);
  return response;
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
        expect(await page.locator("main [role=alert]").count() === 1, "no summary of the error");
        expect(await page.inputValue("[name=given_name]") === "Айгерім", "what was typed is lost");
        return response;
      }));
    await check(`a control without a first day is refused in ${language} and nothing typed is lost`, () =>
      refused(browser, "coordinator", language, 422, async (page) => {
        await page.goto(`/${language}/desk`);
        await page.goto(String(await page.locator('main a[href*="/controls/new"]').first().getAttribute("href")));
        const response = await sendAnyway(page, { title: "Тексеру атауы", from: "" });
        expect((await page.textContent("main"))?.includes("Тексеру атауы"), "what was typed is lost");
        return response;
      }));
  }
}
