// warc.mjs DIR: reads the archive of make_warc with npm's warcio; its index must be ours. Ends with 1 and says what is wrong.
import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { CDXIndexer, WARCParser, getSurt } from "warcio";

const folder = process.argv[2];
const wrong = [];
const expect = (good, what) => good || wrong.push(what);

function base32(bytes) {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    const out = (bits.match(/.{1,5}/g) ?? []).map((five) => letters[parseInt(five.padEnd(5, "0"), 2)]).join("");
    return out.padEnd(Math.ceil(out.length / 8) * 8, "=");
}
const sha256 = (bytes) => "sha256:" + base32(createHash("sha256").update(bytes).digest());

async function records() {
    const out = [];
    const parser = new WARCParser(createReadStream(folder + "/page.warc.gz"), { parseHttp: false });
    for await (const record of parser) {
        const block = Buffer.from(await record.readFully(false));
        out.push({ record, block, type: record.warcType, url: record.warcTargetURI, header: (name) => record.warcHeader(name) });
    }
    return out;
}

const all = await records();
const ids = new Set(all.map((one) => one.header("WARC-Record-ID")));
expect(ids.size === all.length, "record ids are not unique");
expect(all[0]?.type === "warcinfo" && all[0].header("WARC-Filename") === "page.warc.gz", "no warcinfo first");
expect(all.filter((one) => one.type === "response").length === 5, "5 responses");
expect(all.filter((one) => one.type === "request").length === 5, "5 requests");
expect(all.filter((one) => one.type === "metadata").length === 6, "6 metadata");
for (const one of all) {
    expect(one.record.warcHeaders.protocol === "WARC/1.1", "not WARC/1.1");
    expect(one.header("WARC-Block-Digest") === sha256(one.block), `block digest of ${one.type} ${one.url}`);
    expect(Number(one.header("Content-Length")) === one.block.length, `length of ${one.type} ${one.url}`);
    for (const name of ["WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID"])
        expect(!one.header(name) || ids.has(one.header(name)), `${name} of ${one.type} ${one.url} leads nowhere`);
}
const said = all.find((one) => one.type === "metadata" && one.url === "https://www.casino.kz/");
expect(said?.block.toString() === "outcome: tls\r\n", "what did not answer is not told");
expect(all.find((one) => one.url === "https://casino.kz/cut" && one.type === "response")?.header("WARC-Truncated") === "time", "not told as cut off");
expect(all.find((one) => one.type === "conversion")?.block.toString().includes("Тіркел де ойна"), "no words of the page");

// Bodies as warcio gives them, with its own reading of heads and chunks.
const bodies = {};
for await (const record of new WARCParser(createReadStream(folder + "/page.warc.gz"))) {
    const body = Buffer.from(await record.readFully(true));
    if (record.warcType === "response") bodies[record.warcTargetURI] = body;
    if (record.warcType === "response" && record.warcPayloadDigest) expect(record.warcPayloadDigest === sha256(body), `payload of ${record.warcTargetURI}`);
}
expect(bodies["http://casino.kz:8080/Win?b=2&a=1&c"]?.equals(readFileSync(folder + "/body")), "the page is another");
expect(bodies["https://casino.kz/favicon.ico"]?.equals(readFileSync(folder + "/binary")), "the picture is another");
expect(bodies["https://casino.kz/chunks"]?.toString() === "ab\r\ncdef", `chunks: ${bodies["https://casino.kz/chunks"]}`);

// The index, field by field.
const parse = (line) => {
    const [key, time, ...rest] = line.split(" ");
    return { key, time, ...JSON.parse(rest.join(" ")) };
};
const ours = readFileSync(folder + "/page.cdxj", "utf8").split("\n").filter(Boolean).map(parse);
const theirs = [];
const indexer = new CDXIndexer({ format: "json", noSurt: false });
for await (const row of indexer.iterIndex([{ reader: createReadStream(folder + "/page.warc.gz"), filename: "page.warc.gz" }]))
    if (row.status) theirs.push(row); // it lists converted text too
expect(theirs.length === ours.length, `warcio indexes ${theirs.length}, we ${ours.length}`);
for (const row of theirs) {
    const mine = ours.find((one) => one.url === row.url);
    for (const [name, value] of Object.entries({ key: row.urlkey, time: row.timestamp, mime: row.mime ?? "unk", status: String(row.status), length: String(row.length), offset: String(row.offset), filename: row.filename }))
        expect(mine?.[name] === value, `${row.url} ${name}: warcio ${value}, we ${mine?.[name]}`);
    // warcio names no algorithm.
    expect(mine?.digest?.replace("sha256:", "") === row.digest, `${row.url} digest: warcio ${row.digest}, we ${mine?.digest}`);
}
expect(JSON.stringify(ours.map((one) => one.key)) === JSON.stringify(ours.map((one) => one.key).sort()), "lines are not sorted");
for (const one of ours) expect(one.key === getSurt(one.url), `key of ${one.url}: warcio ${getSurt(one.url)}`);
for (const line of wrong) console.error(line);
process.exit(wrong.length ? 1 : 0);
