// adblock.mjs DIR: an ad blocker's engine reads our list: what is listed is blocked, its neighbours are not.
import { readFileSync } from "node:fs";
import { FiltersEngine, Request } from "@ghostery/adblocker";

const [engine, empty, hostile, withdrawn] = ["some", "none", "hostile", "withdrawn"].map(folder => FiltersEngine.parse(readFileSync(`${process.argv[2]}/${folder}/adblock.txt`, "utf8")));
const wrong = [];
const ask = (filters, url) => filters.match(Request.fromRawDetails({ url, sourceUrl: "https://harmless.kz/", type: "sub_frame" })).match;
for (const url of ["https://whole-casino.kz/", "http://a.whole-casino.kz/x", "https://shop.shared-host.kz/a", "https://busy-site.kz/pay/now?to=1",
    "https://busy-site.kz/pay/now?to=1&x=2", "https://203.0.113.9/a"])
    ask(engine, url) || wrong.push(`${url} is not blocked`);
for (const url of ["https://shared-host.kz/", "https://a.shop.shared-host.kz/", "https://busy-site.kz/", "https://busy-site.kz/pay/now?to=12", "https://not-whole-casino.kz/", "https://harmless.kz/?u=whole-casino.kz"])
    ask(engine, url) && wrong.push(`${url} is blocked`);
for (const url of ["https://harmless.kz/", "https://bank.kz/account", "https://a.kz/"]) ask(hostile, url) && wrong.push(`hostile hosts block ${url}`);
ask(hostile, "https://whole-casino.kz/") || wrong.push("the casino among hostile hosts is not blocked");
ask(withdrawn, "https://whole-casino.kz/") && wrong.push("what was withdrawn is blocked");
ask(withdrawn, "https://shop.shared-host.kz/") || wrong.push("what was not withdrawn is not blocked");
ask(empty, "https://whole-casino.kz/") && wrong.push("an empty list blocks");
for (const line of wrong) console.error(line);
process.exit(wrong.length ? 1 : 0);
