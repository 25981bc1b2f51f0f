// The journey of a control, each step by the person whose step it is: a coordinator plans it and sends a
// volunteer, the volunteer looks and reports, a reviewer accepts, another person verifies, it is sealed and
// published, and anybody reads it and checks the proof with our own program.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desktop, phone } from "./browser.mjs";
import { check, expect } from "./check.mjs";
import { program } from "./city.mjs";
import { shoot } from "./screenshots.mjs";
import { fillVisit } from "./visit_form.mjs";

const links = (page, part) => page.locator(`main a[href*="${part}"]`).evaluateAll((all) => all.map((a) => String(a.getAttribute("href"))));

// A form that keeps its page (web/keep_form.js) shows a refusal in itself; any other goes to a page that says it.
async function press(page, selector) {
  const notice = page.locator("[data-keep]:not([hidden])");
  const kept = notice.waitFor().then(async () => Promise.reject(new Error(`refused: ${await notice.innerText()}`)), () => new Promise(() => {}));
  await Promise.all([Promise.race([page.waitForNavigation(), kept]), page.click(selector)]);
  const alarm = page.locator("main [role=alert], main .problem");
  if (await alarm.count()) throw new Error(`refused: ${(await alarm.first().innerText()).slice(0, 300)}`);
}

async function appeared(page, list, part, before) {
  await page.goto(list);
  const found = (await links(page, part)).filter((link) => !before.includes(link));
  expect(found.length > 0, `nothing new on ${list}`);
  return found[0];
}

// One person's browser; the language is that of the journey.
const seats = ["coordinator", "volunteer", "reviewer", "second-reviewer", ""];

class Journey {
  constructor(language, hasScript) {
    this.language = language;
    this.hasScript = hasScript;
  }

  async open(browser, city) {
    this.city = city;
    this.tabs = {};
    for (const seat of seats)
      this.tabs[seat] = await browser.open(seat, {
        javaScriptEnabled: this.hasScript, acceptDownloads: true, viewport: seat === "volunteer" || seat === "" ? phone : desktop,
        geolocation: { latitude: 43.2567, longitude: 76.9286, accuracy: 9 }, permissions: ["geolocation"],
      });
    this.camera = await browser.open("");
  }
  page(seat) { return this.tabs[seat].page; }
  at(path) { return `/${this.language}${path}`; }

  async plan() {
    const page = this.page("coordinator");
    await this.page("volunteer").goto(this.at("/tasks"));
    this.oldTasks = await links(this.page("volunteer"), "/tasks/0");
    await page.goto(this.at("/desk"));
    await page.goto((await links(page, "/controls/new?process="))[0]);
    this.name = await page.inputValue("[name=title]");
    await page.fill("[name=tasks]", "Жұмыс сапасын көру\nШартпен салыстыру");
    for (const box of await page.locator("[name=subject]").all()) await box.check();
    await press(page, "main form:not([method=get]) button[type=submit]");
    this.control = new URL(page.url()).pathname;
    expect((await page.textContent("h1"))?.trim() === this.name, "another control");
  }

  async openControl() {
    const page = this.page("coordinator");
    const undeclared = page.locator('form[action$="/declare"]');
    for (let left = await undeclared.count(); left > 0; left -= 1) {
      await press(page, 'form[action$="/declare"] button');
      expect(await undeclared.count() === left - 1, "a declaration was not recorded");
    }
    await press(page, 'form[action$="/open"] button');
  }

  async assign() {
    const page = this.page("coordinator");
    const volunteer = String(await this.page("volunteer").locator(".account-name").innerText()).trim();
    await page.click("details.card summary");
    await page.selectOption("[name=person]", { label: volunteer });
    await press(page, 'form[action$="/assign"] button');
  }

  async accept() {
    const page = this.page("volunteer");
    this.task = await appeared(page, this.at("/tasks"), "/tasks/0", this.oldTasks);
    await page.goto(this.task);
    await press(page, 'form[action$="/accept"] button');
  }

  async look() {
    const page = this.page("volunteer"), reviewer = this.page("reviewer");
    await reviewer.goto(this.at("/review"));
    this.oldVisits = await links(reviewer, "/review/visits/");
    await page.click('main a[href$="/visit"]');
    if (this.hasScript) await this.losePosition(page);
    await fillVisit(page, { camera: this.camera.page, hasScript: this.hasScript });
    if (this.hasScript) expect((await page.locator("[data-located]").innerText()).endsWith(`± 9\u00a0${this.language === "en" ? "m" : "м"}`), "the accuracy is not in the reader's words");
    await page.evaluate(() => scrollTo(0, 0));
    if (this.language === "kk") await shoot(page, "visit-phone-kk");
    await press(page, ".visit-form > button");
    const receipt = page.locator("code.hash");
    expect(await receipt.count() === 1 && /^[0-9a-f]{16}$/.test(await receipt.innerText()), "no receipt");
    await receipt.scrollIntoViewIfNeeded();
    if (this.language === "kk") await shoot(page, "receipt-phone-kk");
  }

  // A phone that may not tell where it is says so in our words; then it may.
  async losePosition(page) {
    const { context } = this.tabs.volunteer;
    await context.clearPermissions();
    await page.click("[data-locate]");
    const status = page.locator("[data-located]");
    const words = String(await status.getAttribute("data-failed"));
    await page.waitForFunction((text) => document.querySelector("[data-located]")?.textContent === text, words);
    expect(words.length > 20 && (await page.inputValue("[name=lat]")) === "", `"${words}"`);
    await context.grantPermissions(["geolocation"]);
  }

  async review() {
    const page = this.page("reviewer"), second = this.page("second-reviewer");
    await second.goto(this.at("/review"));
    this.oldFindings = await links(second, "/review/findings/");
    const visit = await appeared(page, this.at("/review"), "/review/visits/", this.oldVisits);
    await page.goto(visit);
    expect(await page.locator(".photo img").count() > 0, "no photo of the visit");
    if (this.language === "kk") await shoot(page, "review-kk");
    const photo = await page.request.get(String(await page.locator(".photo a").first().getAttribute("href")));
    const bytes = await photo.body();
    expect(photo.status() === 200 && bytes[0] === 0xff && bytes[1] === 0xd8, `photo ${photo.status()}`);
    await press(page, 'form[action$="/accept"] button');
  }

  async verify() {
    const page = this.page("second-reviewer");
    const form = await appeared(page, this.at("/review"), "/review/findings/", this.oldFindings);
    this.finding = form.replace("/review", "");
    await page.goto(form);
    await page.check("[name=result][value=confirm]");
    await page.check("[name=basis][value=desk]");
    await page.fill("[name=text]", "Құжат пен фото сәйкес келеді.");
    await press(page, 'form[action*="/review/findings/"] button');
  }

  async seal() {
    const page = this.page("reviewer");
    await page.goto(this.finding);
    await press(page, 'form[action$="/seal"] button');
    const hidden = await this.page("").goto(this.finding);
    expect(hidden.status() === 404, "a finding that is not published is public");
    await page.fill("[name=summary]", "Жұмыстың бір талабы орындалмаған, өлшемі мен фотосы бар.");
    await press(page, 'form[action$="/publish"] button');
  }

  async read() {
    const page = this.page("");
    const deadline = Date.now() + 15000; // the publisher makes a checkpoint within a second
    for (;;) {
      const response = await page.goto(this.finding);
      expect(response.status() === 200, `status ${response.status()}`);
      if (await page.locator('#seal a[href$="/proof"]').count() === 2) break;
      expect(Date.now() < deadline, "no checkpoint covers the seal");
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(await page.locator(".timeline li").count() >= 4, "the history is short");
    expect(await page.locator(".photo img").count() >= 1, "no photo");
    if (this.language === "kk") await shoot(page, "finding-phone-kk");
    const text = await page.locator("main").innerText();
    expect(!text.includes("Серікқызы"), "the page names the volunteer");
    await page.click('main a[href*="/controls/"]');
    expect((await page.textContent("h1"))?.trim() === this.name, "the finding leads to another control");
  }

  async prove() {
    const page = this.page("");
    await page.goto(this.finding);
    const folder = mkdtempSync(join(tmpdir(), "adal-proof-"));
    try {
      const save = async (address, name) => {
        const response = await page.request.get(address);
        expect(response.status() === 200, `${address}: ${response.status()}`);
        writeFileSync(join(folder, name), await response.body());
        return response;
      };
      const proof = String(await page.locator('#seal a[href$="/proof"]').first().getAttribute("href"));
      const answer = await save(proof, "seal.tlog-proof");
      expect(/\.tlog-proof/.test(answer.headers()["content-disposition"] ?? ""), "the proof is not a download");
      await save(proof.replace(/proof$/, "leaf"), "seal.leaf");
      await save("/log-policy.txt", "log-policy.txt");
      const args = ["verify", join(folder, "seal.tlog-proof"), "--policy", join(folder, "log-policy.txt"), "--lang", this.language];
      execFileSync(program, args, { encoding: "utf8" });
      const leaf = String(await (await page.request.get(proof.replace(/proof$/, "leaf"))).text());
      writeFileSync(join(folder, "seal.leaf"), leaf.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10)));
      expect(spawnSync(program, args).status === 1, "a changed entry passes");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async close() {
    for (const tab of Object.values(this.tabs)) await tab.close();
    await this.camera.close();
  }
}

const steps = [
  ["plan", "a coordinator plans a control on a flagged contract"], ["openControl", "every subject declares, the control opens"],
  ["assign", "the coordinator sends a volunteer"], ["accept", "the volunteer takes the task"],
  ["look", "the volunteer sends answers, position and photos and gets a receipt"], ["review", "the reviewer sees them and accepts"],
  ["verify", "another person verifies the finding"], ["seal", "it is sealed and published"],
  ["read", "anybody reads it with its history and seal"], ["prove", "its proof passes adal verify, a changed entry does not"],
];

export async function walkJourney(browser, city, language, hasScript = true) {
  const journey = new Journey(language, hasScript);
  await journey.open(browser, city);
  for (const [step, title] of steps) {
    const held = await check(`${title} (${language}${hasScript ? "" : ", without script"})`, () => journey[step]());
    if (!held) {
      for (const [seat, tab] of Object.entries(journey.tabs)) if (tab.page.url() !== "about:blank") console.log(`  ${seat || "anybody"} was at ${tab.page.url()}`);
      break;
    }
  }
  const complaints = Object.values(journey.tabs).flatMap((tab) => tab.complaints).filter((text) => !text.includes("404"));
  await check(`no browser complained on the way (${language})`, () => expect(complaints.length === 0, complaints.join(" | ")));
  await journey.close();
  return journey;
}
