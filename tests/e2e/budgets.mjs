// What a first visit costs over the network, as the server sends it (compressed), photos and data apart.
import { all_pages, follow } from "./addresses.mjs";
import { desktop } from "./browser.mjs";
import { check, expect } from "./check.mjs";

const page_budget = 30 * 1024, map_budget = 60 * 1024, data_budget = 60 * 1024;
const is_data = (type) => /geo\+json|application\/json|image\/jpeg/.test(type);

async function weigh(browser, path) {
  const tab = await browser.open("", { viewport: desktop }); // a fresh context: an empty cache
  try {
    const address = await follow(tab.page, "kk", path).then((response) => response?.url() ?? "");
    await tab.close();
    const fresh = await browser.open("", { viewport: desktop });
    const requests = [];
    fresh.page.on("requestfinished", (request) => requests.push(request));
    await fresh.page.goto(address, { waitUntil: "networkidle" });
    let code = 0, data = 0;
    for (const request of requests) {
      const sizes = await request.sizes(), response = await request.response();
      if (is_data(response?.headers()["content-type"] ?? "")) data += sizes.responseBodySize;
      else code += sizes.responseBodySize;
    }
    await fresh.close();
    return { code, data, count: requests.length };
  } finally {
    await tab.close();
  }
}

export async function checkBudgets(browser) {
  let heaviest = { path: "", code: 0 };
  for (const { path } of all_pages.filter((page) => page.role === "" && !page.path.includes("/map")))
    await check(`a first visit of ${path} costs at most 30 KB`, async () => {
      const { code, count } = await weigh(browser, path);
      if (code > heaviest.code) heaviest = { path, code };
      expect(code > 2000 && count >= 2, `measured ${code} bytes in ${count} requests, which is no page`);
      expect(code <= page_budget, `${code} bytes in ${count} requests`);
    });
  await check("a first visit of the map costs at most 60 KB and its data 60 KB", async () => {
    const { code, data } = await weigh(browser, "/places/map");
    console.log(`first visit: heaviest page ${heaviest.path} ${heaviest.code} bytes, map ${code} bytes and ${data} bytes of data`);
    expect(data > 500, "no data came");
    expect(code <= map_budget && data <= data_budget, `${code} bytes and ${data} bytes of data`);
  });
}
