// "Check a link": the answer comes out right, and no request ever names the link or a hash of it that is not listed.
import { check, expect } from "./check.mjs";
import { languages, phone } from "./browser.mjs";

const said = {
  listed: { kk: "тізімде бар", ru: "есть в списке", en: "is on the list" },
  unlisted: { kk: "тізімде жоқ", ru: "в списке нет", en: "not on the list" },
  broken: { kk: "сілтемеге ұқсамайды", ru: "не похоже на ссылку", en: "not look like a link" },
};

async function ask(page, written) {
  await page.fill("[data-check-link] input", written);
  await page.click("[data-check]");
  await page.waitForFunction(() => !document.querySelector("[data-check]")?.hasAttribute("disabled") && document.querySelector("[data-answer]")?.textContent);
  const answer = await page.textContent("[data-answer]");
  await page.evaluate(() => { const status = document.querySelector("[data-answer]"); if (status) status.textContent = ""; });
  return String(answer);
}

export async function checkLinks(browser) {
  for (const language of languages)
    await check(`a link is checked without telling which, in ${language}`, async () => {
      const tab = await browser.open("", { viewport: phone });
      try {
        const asked = [];
        tab.page.on("request", (request) => asked.push(request.url()));
        await tab.page.goto(`/${language}/cyber/check`);
        for (const written of ["@adal_demo_drop", "https://t.me/s/adal_demo_drop", "t.me/ADAL_demo_drop2?x=1"])
          expect((await ask(tab.page, written)).includes(said.listed[language]), `${written} is listed`);
        const before = asked.length;
        for (const written of ["https://kaspi.kz/", "secret-site-nobody-may-know.kz/me", "@adal_demo_kazino"])
          expect((await ask(tab.page, written)).includes(said.unlisted[language]), `${written} is not listed`);
        expect(asked.slice(before).every((url) => url.endsWith("/api/v1/link-prefixes")), `asked ${asked.slice(before).join(" ")}`);
        for (const written of ["", "жай сөз", "javascript:alert(1)", "data:text/html,x"])
          expect((await ask(tab.page, written)).includes(said.broken[language]), `${written} is no link`);
        expect(asked.every((url) => !/adal_demo|kaspi|secret/.test(url)), "no request names a link");
        await tab.context.setOffline(true);
        expect((await ask(tab.page, "@adal_demo_drop")).includes(said.listed[language]), "kept for times without a network");
        expect(tab.complaints.filter((one) => !one.includes("ERR_INTERNET_DISCONNECTED")).length === 0, tab.complaints.join("; "));
      } finally {
        await tab.close();
      }
    });
}
