// The site can be installed, and what another app shares with it stands in the report form. Chromium says what it thinks of the
// manifest; the share itself is what the system would open.
import { check, expect } from "./check.mjs";
import { languages, phone } from "./browser.mjs";

const usual = ["in-incognito"]; // test browsers are; people's are not

export async function checkSharing(browser) {
  await check("the site can be installed", async () => {
    const tab = await browser.open("", { viewport: phone });
    try {
      await tab.page.goto("/kk");
      const browserSide = await tab.context.newCDPSession(tab.page);
      const manifest = await browserSide.send("Page.getAppManifest");
      expect(manifest.errors.length === 0, JSON.stringify(manifest.errors));
      const target = JSON.parse(manifest.data).share_target;
      expect(target.action === "/cyber/report" && target.method === "GET", "it takes what is shared");
      const { installabilityErrors } = await browserSide.send("Page.getInstallabilityErrors");
      const errors = installabilityErrors.map((one) => one.errorId).filter((id) => !usual.includes(id));
      expect(errors.length === 0, errors.join(" "));
    } finally {
      await tab.close();
    }
  });
  for (const language of languages)
    await check(`what is shared is in the form, in ${language}`, async () => {
      const tab = await browser.open("", { viewport: phone, locale: language });
      try {
        await tab.page.goto(`/cyber/report?title=x&text=${encodeURIComponent("Қараңызшы")}&url=${encodeURIComponent("https://ortak.kz/a?b=1")}`);
        expect(tab.page.url().includes(`/${language}/cyber/report`), `in another language: ${tab.page.url()}`);
        const text = await tab.page.inputValue("textarea[name=text]");
        expect(text === "Қараңызшы\nhttps://ortak.kz/a?b=1", text);
        expect(tab.complaints.length === 0, tab.complaints.join("; "));
      } finally {
        await tab.close();
      }
    });
}
