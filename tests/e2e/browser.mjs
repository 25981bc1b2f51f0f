// Chromium with people in it: a visitor, or somebody signed in by the city's link. Collects what a page
// complains about (console, script errors, content security policy).
import { chromium } from "playwright-core";

export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 900 };
export const languages = ["kk", "ru", "en"];

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function startBrowser(city) {
  const browser = await chromium.launch({ executablePath: process.env.ADAL_CHROMIUM ?? "/usr/bin/chromium", args: flags });
  const sessions = new Map();

  // One session per role for the whole run; each context gets a copy of its cookie.
  async function sessionOf(role) {
    if (!sessions.has(role)) sessions.set(role, signIn(role));
    return sessions.get(role);
  }
  async function signIn(role) {
    if (!city.links[role]) throw new Error(`the city has no ${role}`);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(city.links[role]);
    await Promise.all([page.waitForURL((url) => !url.pathname.includes("/invitation/")), page.click("main form button")]);
    const state = await context.storageState();
    await context.close();
    return state;
  }

  // A page of its own context. role "" is a visitor. close() ends the context.
  async function open(role, options = {}) {
    const context = await browser.newContext({
      baseURL: city.address, viewport: phone, reducedMotion: "reduce", ...options,
      ...(role ? { storageState: await sessionOf(role) } : {}),
    });
    context.setDefaultTimeout(20000);
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    return { page, context, complaints, close: () => context.close() };
  }
  return { open, close: () => browser.close() };
}
