// adblock.mjs DIR: an ad blocker's engine reads our list: what is listed is blocked, its neighbours are not.
import { readFileSync } from "node:fs";
import { FiltersEngine, Request } from "@ghostery/adblocker";

const engine = FiltersEngine.parse(readFileSync(process.argv[2] + "/some/adblock.txt", "utf8"));
const empty = FiltersEngine.parse(readFileSync(process.argv[2] + "/none/adblock.txt", "utf8"));
const wrong = [];
const ask = (filters, url) => filters.match(Request.fromRawDetails({ url, sourceUrl: "https://harmless.kz/", type: "sub_frame" })).match;
for (const url of ["https://whole-casino.kz/", "http://a.whole-casino.kz/x", "https://shop.shared-host.kz/a", "https://busy-site.kz/pay/now?to=1"])
    ask(engine, url) || wrong.push(`${url} is not blocked`);
for (const url of ["https://shared-host.kz/", "https://busy-site.kz/", "https://busy-site.kz/pay/now?to=12", "https://not-whole-casino.kz/", "https://harmless.kz/?u=whole-casino.kz"])
    ask(engine, url) && wrong.push(`${url} is blocked`);
ask(empty, "https://whole-casino.kz/") && wrong.push("an empty list blocks");
for (const line of wrong) console.error(line);
process.exit(wrong.length ? 1 : 0);
