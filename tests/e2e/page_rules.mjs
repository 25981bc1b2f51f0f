// What holds on every page whatever it shows.
import { axe } from "./axe.mjs";
import { desktop, phone } from "./browser.mjs";
import { expect } from "./check.mjs";
import { rawKeys, readableText } from "./words.mjs";

async function frame(page, language) {
  const seen = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    titles: document.querySelectorAll("h1").length,
    title: document.title,
    alternates: [...document.querySelectorAll("link[hreflang]")].map((l) => l.getAttribute("hreflang")).sort().join(),
    ids: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i),
  }));
  expect(seen.lang === language, `language is ${seen.lang}`);
  expect(seen.titles === 1, `${seen.titles} main headings`);
  expect(seen.title.length > 3, "no title");
  expect(seen.alternates === "en,kk,ru,x-default", `hreflang ${seen.alternates}`);
  expect(seen.ids.length === 0, `the same id twice: ${seen.ids}`);
}

async function fits(page) {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return "";
    const over = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 0.5);
    return over.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`).join(", ") || "something";
  });
  expect(!wide, `wider than the screen: ${wide}`);
}

// The page is open at phone size in light colours. Complaints were collected since it was asked for.
export async function checkPage({ page, complaints }, language, expectedStatus) {
  const own = expectedStatus >= 400 ? complaints.filter((c) => !c.startsWith("Failed to load resource")) : complaints;
  expect(own.length === 0, `the browser complains: ${own.join(" | ")}`);
  await frame(page, language);
  const raw = rawKeys(await readableText(page));
  expect(raw.length === 0, `untranslated: ${raw.join(", ")}`);
  await fits(page);
  const small = await axe(page);
  expect(small.length === 0, `axe on a phone: ${small.join("; ")}`);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axe(page, ["color-contrast"]);
  expect(dark.length === 0, `axe in the dark: ${dark.join("; ")}`);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(desktop);
  await fits(page);
  const large = await axe(page);
  expect(large.length === 0, `axe on a desktop: ${large.join("; ")}`);
  await page.setViewportSize(phone);
}
