// Every page says what it has to say without JavaScript (the map says where the list is).
import { all_pages, follow } from "./addresses.mjs";
import { check, expect } from "./check.mjs";

export async function checkWithoutScript(browser) {
  for (const role of new Set(all_pages.map((page) => page.role))) {
    const tab = await browser.open(role, { javaScriptEnabled: false });
    for (const { path } of all_pages.filter((page) => page.role === role))
      await check(`${role || "anybody"} reads ${path} without script`, async () => {
        const response = await follow(tab.page, "kk", path);
        expect(response?.status() === 200, `status ${response?.status()}`);
        const text = await tab.page.locator("main").innerText();
        expect(text.length > 60, `only "${text}"`);
        expect(await tab.page.locator("main h1").count() === 1, "no heading");
      });
    await tab.close();
  }
  const tab = await browser.open("", { javaScriptEnabled: false });
  await check("the map without script leads to the list", async () => {
    await tab.page.goto("/kk/places/map");
    expect(await tab.page.locator("main noscript").count() === 1, "the page does not say why it is empty");
    await tab.page.locator("main a").last().click();
    expect(new URL(tab.page.url()).pathname === "/kk/places", tab.page.url());
  });
  await check("the menu on a phone opens without script", async () => {
    await tab.page.goto("/kk/");
    const link = tab.page.locator("details.narrow a").first();
    expect(!(await link.isVisible()), "the menu is open already");
    await tab.page.click("details.narrow summary");
    await link.click();
    expect(new URL(tab.page.url()).pathname === "/kk/places", tab.page.url());
  });
  await tab.close();
}
