// Which pages exist, and who opens them. A path may begin on a list: "/places → /places/" is the first link
// on /places whose address goes on below /places/. "make /inbox" sends the form that leads there and opens the
// address that is shown once.
const public_pages = [
  "/", "/places", "/places?q=парк", "/places/map", "/places → /places/0", "/controls", "/controls → /controls/0", "/findings", "/findings → /findings/0",
  "/procurement", "/procurement?q=жол&works=any&flag=any", "/procurement → /procurement/0", "/procurement → /procurement/0 → /release",
  "/procurement → /procurement/0 → /procurement/buyers/", "/procurement → /procurement/0 → /procurement/suppliers/", "/procurement/parties",
  "/figures", "/figures → /figures/", "/savings", "/savings → /savings/0",
  "/authorities", "/verify", "/sign-in", "/cyber", "/cyber/report", "/cyber/check", "/cyber/leaders", "/cyber/appeal",
];

const office_pages = {
  volunteer: ["/tasks", "/tasks → /tasks/0", "/account", "/account/passphrase"],
  "second-volunteer": ["/tasks"],
  reviewer: ["/review", "/review → /review/visits/", "/findings → /findings/0", "/cyber/queue", "/cyber/queue → /cyber/queue/0"],
  "second-reviewer": ["/review → /review/findings/"],
  coordinator: ["/procurement/targets", "/procurement/imports", "/desk", "/desk → /controls/0", "/desk → /controls/new", "/people", "/people → /people/0", "/people?role=volunteer → /people/0 → access", "/invite", "/savings/new", "/cyber/desk", "/cyber/desk → /cyber/desk/0", "/cyber/batches", "/cyber/batches/new", "/cyber/feeds", "/cyber/probes"],
  lawyer: ["/documents", "/documents → /documents/0", "/documents → /documents/0 → /public", "/documents → /documents/0 → /paper", "/clocks", "/documents → /documents/0 → make /inbox", "/erasures", "/findings → /findings/0 → /erasure"],
  operator: ["/figures", "/people", "/mail"],
};

export const all_pages = [
  ...public_pages.map((path) => ({ role: "", path })),
  ...Object.entries(office_pages).flatMap(([role, paths]) => paths.map((path) => ({ role, path }))),
];

// Opens the path in a language; answers the response.
export async function follow(page, language, path) {
  const [first, ...steps] = path.split(" → ");
  let response = await page.goto(`/${language}${first}`);
  for (const step of steps) {
    if (step.startsWith("make ")) {
      const form = page.locator(`main form[action$="${step.slice(5)}"]`).first();
      await Promise.all([page.waitForNavigation(), form.evaluate((/** @type {HTMLFormElement} */ one) => one.submit())]);
      response = await page.goto(new URL(String(await page.locator("code.address").textContent())).pathname);
      continue;
    }
    const link = page.locator(`main a[href*="${step}"]`).first();
    response = await page.goto(String(await link.getAttribute("href")));
  }
  return response;
}
