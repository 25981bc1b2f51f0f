// dossier_verify.js: checks a dossier in the browser, from a file on the disk, without a network. It travels inside
// verify.html of every dossier, between nothing but that page's markup and messages. The formats are in
// docs/formats (dossier, log, leaf, commitment); the verdicts are those of `adal verify`.
//
// Hashes and signatures are computed by the browser's own WebCrypto where it has them, and by the code below where
// it has not (an older browser, a page opened from a disk): both must say the same.

/** @typedef {"proven" | "erased" | "not_provable" | "broken"} Verdict */
/** @typedef {{verdict: Verdict, key: string, params: Record<string, string | number>}} Statement */
/** @typedef {{size: number, read: () => Promise<Uint8Array>}} Source a file of the bag */
/** @typedef {{name: string, key: Uint8Array, type: number, id: Uint8Array, text: string}} Vkey */
/** @typedef {{text: string, signatures: {name: string, id: Uint8Array, bytes: Uint8Array}[]}} Note */
/** @typedef {{leaf: any, hash: Uint8Array}} Entry */

const utf8 = new TextEncoder();
/** @param {string} text */
const bytesOf = (text) => utf8.encode(text);
/** @param {Uint8Array} bytes */
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
/** @param {Uint8Array} bytes */
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {string} hex */
const unhex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
/** @param {Uint8Array} bytes */
const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
/** @param {Uint8Array} a @param {Uint8Array} b */
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Only the one spelling that a value has. @param {string} text */
function unbase64(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  if (base64Of(bytes) !== text) throw new Error("base64");
  return bytes;
}

/** @param {...Uint8Array} parts */
function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

// --- SHA-2 (FIPS 180-4) ----------------------------------------------------------------------------------------
// The constants are the first bits of roots of primes, so they are computed instead of copied.

/** @param {number} count */
function primes(count) {
  /** @type {number[]} */
  const out = [];
  for (let n = 2; out.length < count; ++n) if (out.every((prime) => n % prime)) out.push(n);
  return out;
}
/** floor(2^bits · n^(1/degree)) without its whole part. @param {bigint} n @param {bigint} degree @param {bigint} bits */
function rootBits(n, degree, bits) {
  const target = n << (bits * degree);
  let low = 0n, high = 1n << (bits + 6n);
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return low & ((1n << bits) - 1n);
}
const rounds256 = Uint32Array.from(primes(64), (prime) => Number(rootBits(BigInt(prime), 3n, 32n)));
const start256 = Uint32Array.from(primes(8), (prime) => Number(rootBits(BigInt(prime), 2n, 32n)));

/** The message with its padding. @param {Uint8Array} bytes @param {number} block */
function padded(bytes, block) {
  const length = Math.ceil((bytes.length + 1 + block / 8) / block) * block;
  const out = new Uint8Array(length);
  out.set(bytes);
  out[bytes.length] = 0x80;
  new DataView(out.buffer).setBigUint64(length - 8, BigInt(bytes.length) * 8n);
  return out;
}

/** @param {Uint8Array} bytes */
function sha256Here(bytes) {
  const message = padded(bytes, 64);
  const view = new DataView(message.buffer);
  const state = Uint32Array.from(start256);
  const w = new Uint32Array(64);
  for (let at = 0; at < message.length; at += 64) {
    for (let i = 0; i < 16; ++i) w[i] = view.getUint32(at + 4 * i);
    for (let i = 16; i < 64; ++i) {
      const x = w[i - 15], y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; ++i) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + rounds256[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] += value));
  }
  const out = new Uint8Array(32);
  state.forEach((value, i) => new DataView(out.buffer).setUint32(4 * i, value));
  return out;
}

// Only short messages are hashed with it (signatures), so whole numbers of any size will do.
/** @param {Uint8Array} bytes */
function sha512Here(bytes) {
  const mask = (1n << 64n) - 1n;
  const rounds = primes(80).map((prime) => rootBits(BigInt(prime), 3n, 64n));
  const state = primes(8).map((prime) => rootBits(BigInt(prime), 2n, 64n));
  const turn = (/** @type {bigint} */ x, /** @type {bigint} */ n) => ((x >> n) | (x << (64n - n))) & mask;
  const message = padded(bytes, 128);
  const view = new DataView(message.buffer);
  for (let at = 0; at < message.length; at += 128) {
    const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i));
    for (let i = 16; i < 80; ++i) {
      const s0 = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const s1 = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w.push((w[i - 16] + s0 + w[i - 7] + s1) & mask);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; ++i) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n);
      const t1 = h + s1 + ((e & f) ^ (~e & mask & g)) + rounds[i] + w[i];
      const s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g; g = f; f = e; e = (d + t1) & mask; d = c; c = b; b = a; a = (t1 + t2) & mask;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i] + value) & mask));
  }
  const out = new Uint8Array(64);
  state.forEach((value, i) => new DataView(out.buffer).setBigUint64(8 * i, value));
  return out;
}

/** @returns {SubtleCrypto | undefined} */
const subtle = () => globalThis.crypto?.subtle;

/** @param {Uint8Array} bytes */
async function sha256(bytes) {
  const own = subtle();
  return own ? new Uint8Array(await own.digest("SHA-256", /** @type {any} */ (bytes))) : sha256Here(bytes);
}

/** RFC 2104; the key is at most one block. @param {Uint8Array} key @param {Uint8Array} message */
function hmacSha256(key, message) {
  const block = new Uint8Array(64);
  block.set(key);
  const inner = sha256Here(joined(block.map((byte) => byte ^ 0x36), message));
  return sha256Here(joined(block.map((byte) => byte ^ 0x5c), inner));
}

// --- Ed25519 (RFC 8032 §5.1), verification only ------------------------------------------------------------------
const field = (1n << 255n) - 19n;
const order = (1n << 252n) + 27742317777372353535851937790883648493n;
/** @param {bigint} x */
const mod = (x, m = field) => ((x % m) + m) % m;
/** @param {bigint} base @param {bigint} exponent */
function power(base, exponent) {
  let out = 1n;
  for (base = mod(base); exponent > 0n; exponent >>= 1n, base = mod(base * base)) if (exponent & 1n) out = mod(out * base);
  return out;
}
const curve = mod(-121665n * power(121666n, field - 2n));
/** @typedef {[bigint, bigint, bigint, bigint]} Point extended coordinates */
/** @param {Point} p @param {Point} q @returns {Point} */
function added(p, q) {
  const a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0]));
  const c = mod(2n * p[3] * q[3] * curve), d = mod(2n * p[2] * q[2]);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
/** @param {Point} p @param {bigint} n @returns {Point} */
function times(p, n) {
  /** @type {Point} */
  let out = [0n, 1n, 1n, 0n];
  for (; n > 0n; n >>= 1n, p = added(p, p)) if (n & 1n) out = added(out, p);
  return out;
}
/** @param {Uint8Array} bytes little-endian */
const numberOf = (bytes) => BigInt("0x" + (hexOf(Uint8Array.from(bytes).reverse()) || "0"));
/** Nothing for bytes that are not the one spelling of a point. @param {Uint8Array} bytes @returns {Point | undefined} */
function pointOf(bytes) {
  const raw = numberOf(bytes), sign = raw >> 255n, y = raw & ((1n << 255n) - 1n);
  if (y >= field) return undefined;
  const u = mod(y * y - 1n), v = mod(curve * y * y + 1n);
  let x = mod(u * v ** 3n) * power(u * v ** 7n, (field - 5n) / 8n);
  x = mod(x);
  if (mod(v * x * x) === mod(-u)) x = mod(x * power(2n, (field - 1n) / 4n));
  if (mod(v * x * x) !== u || (x === 0n && sign === 1n)) return undefined;
  if ((x & 1n) !== sign) x = field - x;
  return [x, y, 1n, mod(x * y)];
}
/** @param {Point} p @param {Point} q */
const equal = (p, q) => mod(p[0] * q[2] - q[0] * p[2]) === 0n && mod(p[1] * q[2] - q[1] * p[2]) === 0n;
/** @type {Point} */
const nothing = [0n, 1n, 1n, 0n];

/** As libsodium does: no small order, no second spelling. @param {Uint8Array} key @param {Uint8Array} message @param {Uint8Array} signature */
function verifyEd25519Here(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const a = pointOf(key), r = pointOf(signature.subarray(0, 32)), s = numberOf(signature.subarray(32));
  if (!a || !r || s >= order || equal(times(a, 8n), nothing) || equal(times(r, 8n), nothing)) return false;
  const base = /** @type {Point} */ (pointOf(unhex("58" + "66".repeat(31))));
  const k = mod(numberOf(sha512Here(joined(signature.subarray(0, 32), key, message))), order);
  return equal(times(base, s), added(r, times(a, k)));
}

/** @param {Uint8Array} key @param {Uint8Array} message @param {Uint8Array} signature */
async function verifyEd25519(key, message, signature) {
  try {
    const own = /** @type {any} */ (subtle());
    const imported = await own.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    if (!(await own.verify({ name: "Ed25519" }, imported, signature, message))) return false;
  } catch {
    // The browser does not know Ed25519: ours alone.
  }
  return verifyEd25519Here(key, message, signature);
}

// --- notes, checkpoints, proofs (c2sp.org/signed-note, tlog-checkpoint, tlog-proof) -----------------------------------
/** @param {string} text "name+hash+base64" */
async function vkeyOf(text) {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  if (!match) throw new Error("key");
  const raw = unbase64(match[3]);
  const id = (await sha256(joined(bytesOf(match[1] + "\n"), raw))).subarray(0, 4);
  if (hexOf(id) !== match[2] || raw.length !== 33 || raw[0] !== 1) throw new Error("key");
  return /** @type {Vkey} */ ({ name: match[1], key: raw.subarray(1), type: raw[0], id, text: text.trim() });
}

/** A key, or a policy whose logs are taken. @param {string} text */
async function keysOf(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const logs = lines.filter((line) => line.startsWith("log ")).map((line) => line.split(/\s+/)[1]);
  return Promise.all((logs.length ? logs : lines.slice(0, 1)).map(vkeyOf));
}

/** @param {string} bytes @returns {Note} */
function noteOf(bytes) {
  const end = bytes.lastIndexOf("\n\n");
  if (end < 0 || !bytes.endsWith("\n")) throw new Error("form");
  const signatures = bytes.slice(end + 2, -1).split("\n").map((line) => {
    const parts = line.split(" ");
    if (parts.length !== 3 || parts[0] !== "\u2014") throw new Error("form");
    const raw = unbase64(parts[2]);
    if (raw.length < 5) throw new Error("form");
    return { name: parts[1], id: raw.subarray(0, 4), bytes: raw.subarray(4) };
  });
  return { text: bytes.slice(0, end + 1), signatures };
}

/** "signed", "forged", or "" when the key did not sign. @param {Note} note @param {Vkey} key */
async function signedBy(note, key) {
  const mine = note.signatures.filter((one) => one.name === key.name && same(one.id, key.id));
  for (const one of mine) if (!(await verifyEd25519(key.key, bytesOf(note.text), one.bytes))) return "forged";
  return mine.length ? "signed" : "";
}

/** @param {Note} note */
function checkpointOf(note) {
  const [origin, size, root, last] = note.text.split("\n");
  if (!origin || !/^(0|[1-9][0-9]{0,15})$/.test(size) || last === undefined) throw new Error("form");
  const hash = unbase64(root);
  if (hash.length !== 32) throw new Error("form");
  return { origin, size: Number(size), root: hash };
}

/** @param {string} bytes */
function proofOf(bytes) {
  const end = bytes.indexOf("\n\n");
  const lines = bytes.slice(0, end).split("\n");
  if (end < 0 || lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("form");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? "");
  const hashes = lines.map(unbase64);
  if (!index || hashes.length > 63 || hashes.some((hash) => hash.length !== 32)) throw new Error("form");
  return { index: Number(index[1]), hashes, checkpoint: bytes.slice(end + 2) };
}

/** @param {Uint8Array} leaf */
const leafHash = (leaf) => sha256Here(joined(Uint8Array.of(0), leaf));
/** @param {Uint8Array} left @param {Uint8Array} right */
const nodeHash = (left, right) => sha256Here(joined(Uint8Array.of(1), left, right));

/** RFC 9162 §2.1.3.2. @param {Uint8Array} hash @param {number} index @param {number} size @param {Uint8Array[]} proof @param {Uint8Array} root */
function isIncluded(hash, index, size, proof, root) {
  if (index >= size) return false;
  let fn = BigInt(index), sn = BigInt(size - 1);
  for (const other of proof) {
    if (sn === 0n) return false;
    if ((fn & 1n) || fn === sn) {
      hash = nodeHash(other, hash);
      while (!(fn & 1n) && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else hash = nodeHash(hash, other);
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(hash, root);
}

// --- entries and what they commit to ------------------------------------------------------------------------------
/** The one spelling of an entry. @param {any} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value && typeof value === "object")
    return "{" + Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
  return JSON.stringify(value);
}

/** @param {string} text */
function leafOf(text) {
  const leaf = JSON.parse(text);
  if (canonical(leaf) !== text || leaf.v !== 1 || !/^[0-9a-f]{32}$/.test(leaf.eid)) throw new Error("not_canonical");
  return leaf;
}

/** @param {Uint8Array} salt @param {string} eid @param {string} label @param {number} length @param {Uint8Array} digest */
function commitmentOf(salt, eid, label, length, digest) {
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(length));
  return hmacSha256(salt, joined(bytesOf("adal/commit/v1\0"), unhex(eid), Uint8Array.of(label.length), bytesOf(label), size, digest));
}

// --- the dossier ----------------------------------------------------------------------------------------------------
class Judge {
  /** @param {Map<string, Source>} files @param {Vkey[]} keys those that the reader trusts @param {(done: number, all: number) => void} [tell] */
  constructor(files, keys, tell) {
    this.files = files;
    this.keys = keys;
    this.tell = tell;
    /** @type {Statement[]} */
    this.statements = [];
    /** @type {Map<string, Uint8Array>} */
    this.sums = new Map();
    /** @type {Map<number, Entry>} */
    this.entries = new Map();
    this.opened = new Set();
    this.isLogSigned = false;
  }

  /** @param {Verdict} verdict @param {string} key @param {Record<string, string | number>} [params] */
  say(verdict, key, params = {}) {
    this.statements.push({ verdict, key, params });
  }

  /** @param {string} path */
  async text(path) {
    const file = this.files.get(path);
    if (!file) throw new Error(path);
    return textOf(await file.read());
  }

  async run() {
    await this.judgeBag();
    await this.judgeEntries();
    this.judgeChains();
    await this.judgeSignature();
    await this.judgeOpenings();
    this.judgeRest();
    return this;
  }

  get outcome() {
    if (this.statements.some((one) => one.verdict === "broken")) return "bad";
    return this.isLogSigned ? "good" : "cannot_tell";
  }

  /** Lines of a manifest, path → hash. @param {string} name */
  async manifest(name) {
    const out = new Map();
    for (const line of (await this.text(name)).split("\n")) {
      if (!line) continue;
      const match = /^([0-9a-fA-F]{64})[ \t]+(.+)$/.exec(line);
      if (!match) {
        this.say("broken", "referral.bag.manifest_line", { file: name, line: line.slice(0, 80) });
        continue;
      }
      out.set(match[2], match[1].toLowerCase());
    }
    return out;
  }

  async judgeBag() {
    for (const name of ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
      if (!this.files.has(name)) return this.say("broken", "referral.bag.missing", { file: name });
    if ((await this.text("bagit.txt")) !== "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
      this.say("broken", "referral.bag.declaration", { file: "bagit.txt" });
    const payload = await this.manifest("manifest-sha256.txt"), tags = await this.manifest("tagmanifest-sha256.txt");
    if (!tags.has("manifest-sha256.txt")) this.say("broken", "referral.bag.manifest_unlisted", { file: "manifest-sha256.txt", value: "tagmanifest-sha256.txt" });
    const before = this.statements.length;
    let bytes = 0, count = 0;
    const all = [...payload, ...tags];
    for (const [path, wanted] of all) {
      const file = this.files.get(path);
      if (!file) {
        this.say("broken", "referral.bag.missing", { file: path });
        continue;
      }
      const sum = await sha256(await file.read());
      this.sums.set(path, sum);
      if (hexOf(sum) !== wanted) this.say("broken", "referral.bag.changed", { file: path, value: "sha256" });
      if (path.startsWith("data/")) bytes += file.size;
      this.tell?.(++count, all.length);
    }
    for (const path of this.files.keys()) {
      if (path.startsWith("data/") ? payload.has(path) : tags.has(path)) continue;
      if (path.startsWith("data/")) this.say("broken", "referral.bag.unlisted", { file: path });
      else if (path !== "tagmanifest-sha256.txt" && path !== "signature.note") this.say("not_provable", "referral.dossier.unlisted_tag", { file: path });
    }
    if (this.statements.length === before) this.say("proven", "referral.dossier.bag", { files: payload.size, bytes });
  }

  /** @param {string} bytes */
  async judgeCheckpoint(bytes) {
    try {
      const note = noteOf(bytes), checkpoint = checkpointOf(note);
      const about = { origin: checkpoint.origin, size: checkpoint.size };
      const logs = this.keys.filter((key) => key.name === checkpoint.origin);
      const verdicts = await Promise.all(logs.map((key) => signedBy(note, key)));
      if (verdicts.includes("forged")) this.say("broken", "ledger.verify.checkpoint", { reason: "signature" });
      else if (!this.keys.length) this.say("not_provable", "ledger.verify.no_key", about);
      else if (verdicts.includes("signed")) {
        this.isLogSigned = true;
        this.say("proven", "ledger.verify.signature", about);
      } else this.say("broken", "ledger.verify.unknown_signer", about);
      return checkpoint;
    } catch {
      this.say("broken", "ledger.verify.checkpoint", { reason: "form" });
      return undefined;
    }
  }

  async judgeEntries() {
    const indices = [...new Set([...this.files.keys()].map((path) => /^data\/proofs\/(\d+)\./.exec(path)?.[1]).filter((index) => index !== undefined).map(Number))];
    if (!indices.length) return this.say("not_provable", "referral.dossier.no_proofs");
    /** @type {Map<string, Awaited<ReturnType<Judge["judgeCheckpoint"]>>>} */
    const known = new Map();
    if (this.files.has("data/checkpoint")) {
      const bytes = await this.text("data/checkpoint");
      known.set(bytes, await this.judgeCheckpoint(bytes));
    }
    for (const index of indices.sort((a, b) => a - b)) {
      const stem = `data/proofs/${index}`;
      for (const end of [".leaf", ".tlog-proof"]) if (!this.files.has(stem + end)) this.say("broken", "referral.dossier.file_missing", { file: stem + end });
      if (!this.files.has(stem + ".leaf") || !this.files.has(stem + ".tlog-proof")) continue;
      try {
        const proof = proofOf(await this.text(stem + ".tlog-proof"));
        const bytes = await /** @type {Source} */ (this.files.get(stem + ".leaf")).read();
        if (!known.has(proof.checkpoint)) known.set(proof.checkpoint, await this.judgeCheckpoint(proof.checkpoint));
        const checkpoint = known.get(proof.checkpoint), hash = leafHash(bytes);
        if (!checkpoint) continue;
        if (proof.index !== index || !isIncluded(hash, index, checkpoint.size, proof.hashes, checkpoint.root)) {
          this.say("broken", "ledger.verify.not_included", { index, size: checkpoint.size });
          continue;
        }
        this.entries.set(index, { leaf: leafOf(textOf(bytes)), hash });
        this.say("proven", "ledger.verify.inclusion", { index, size: checkpoint.size });
      } catch (error) {
        this.say("broken", "ledger.verify.entry", { index, reason: error instanceof Error ? error.message : "form" });
      }
    }
  }

  judgeChains() {
    const last = new Map(), broken = new Set();
    for (const [index, { leaf, hash }] of this.entries) {
      if (!leaf.case) continue;
      const before = last.get(leaf.case);
      const isNext = before ? leaf.seq === before.seq + 1 && leaf.prev === base64Of(before.hash) : leaf.seq === 0;
      if (!isNext && !broken.has(leaf.case)) this.say("broken", "ledger.verify.chain", { index });
      if (!isNext) broken.add(leaf.case);
      last.set(leaf.case, { seq: leaf.seq, hash });
    }
    if (last.size && !broken.size) this.say("proven", "ledger.verify.chains", { count: last.size });
  }

  async judgeSignature() {
    /** @type {string[]} */
    const announced = [...this.entries.values()].filter(({ leaf }) => leaf.type === "policy.set" && typeof leaf.pub.dossier === "string").map(({ leaf }) => leaf.pub.dossier);
    const doubt = announced.length ? "broken" : "not_provable";
    if (!this.files.has("signature.note") || !this.files.has("tagmanifest-sha256.txt")) return this.say(doubt, "referral.dossier.unsigned");
    try {
      const note = noteOf(await this.text("signature.note"));
      const origin = note.text.split("\n")[1];
      const identifier = /^External-Identifier: (.*)$/m.exec(await this.text("bag-info.txt"))?.[1] ?? "";
      const sum = await sha256(await /** @type {Source} */ (this.files.get("tagmanifest-sha256.txt")).read());
      if (note.text !== `adal/dossier/v1\n${origin}\n${identifier}\n${base64Of(sum)}\n`)
        return this.say("broken", "referral.dossier.signature_of_other", { value: identifier });
      let isSigned = false;
      for (const key of await Promise.all(announced.map(vkeyOf))) {
        if (key.name !== origin + "/dossier") continue;
        const verdict = await signedBy(note, key);
        if (verdict === "forged") return this.say("broken", "referral.dossier.signature_forged", { value: key.name });
        isSigned = isSigned || verdict === "signed";
      }
      this.say(isSigned ? "proven" : doubt, isSigned ? "referral.dossier.signed" : "referral.dossier.signer_unknown", { value: origin + "/dossier" });
    } catch (error) {
      this.say("broken", "referral.dossier.signature_form", { reason: error instanceof Error ? error.message : "form" });
    }
  }

  async judgeOpenings() {
    if (!this.files.has("data/openings.json")) {
      if (this.entries.size) this.say("not_provable", "referral.dossier.no_openings");
      return;
    }
    const explained = new Set();
    try {
      for (const item of JSON.parse(await this.text("data/openings.json")).openings) {
        const entry = this.entries.get(item.leaf), name = item.leaf + " " + item.label;
        if (!entry || !entry.leaf.com?.[item.label] || entry.leaf.eid !== item.eid || explained.has(name)) {
          this.say("broken", "referral.dossier.openings_form", { value: JSON.stringify(item).slice(0, 120) });
          continue;
        }
        explained.add(name);
        this.judgeOpening(item, entry);
      }
    } catch {
      return this.say("broken", "referral.dossier.openings_form", { value: "openings" });
    }
    for (const [index, { leaf }] of this.entries)
      for (const label of Object.keys(leaf.com ?? {}))
        if (!explained.has(index + " " + label)) this.say("broken", "referral.dossier.unexplained", { index, label });
  }

  /** @param {any} item @param {Entry} entry */
  judgeOpening(item, entry) {
    const here = { index: item.leaf, label: item.label };
    if (item.state === "withheld") return this.say("not_provable", "referral.dossier.withheld", here);
    if (item.state === "erased") return this.judgeErased(item);
    if (item.state !== "opened") return this.say("broken", "referral.dossier.lost", here);
    const file = this.files.get(item.file), sum = this.sums.get(item.file);
    let salt = new Uint8Array();
    try {
      salt = unbase64(item.r);
    } catch {
      // said below: there is no salt of 32 bytes
    }
    if (!file || !sum || salt.length !== 32) return this.say("broken", "referral.dossier.value_missing", { ...here, file: String(item.file) });
    const isIt = base64Of(commitmentOf(salt, item.eid, item.label, file.size, sum)) === entry.leaf.com[item.label];
    this.say(isIt ? "proven" : "broken", isIt ? "referral.dossier.opened" : "referral.dossier.value_differs", { ...here, file: item.file });
    this.opened.add(item.file);
  }

  /** @param {any} item */
  judgeErased(item) {
    const by = this.entries.get(item.redaction)?.leaf;
    const isNamed = by?.type === "redaction" && by.pub.target === item.leaf && by.pub.labels?.includes(item.label);
    if (!isNamed) return this.say("broken", "referral.dossier.erased_unproven", { index: item.leaf, label: item.label });
    // The day in Kazakhstan: UTC+5 since 2024-03-01.
    const date = new Date(by.t + 5 * 3600 * 1000).toISOString().slice(0, 10);
    this.say("erased", "ledger.verify.erased", { index: item.leaf, labels: item.label, date, basis: by.pub.basis, by: item.redaction });
  }

  judgeRest() {
    for (const path of this.files.keys())
      if (/^data\/(evidence|letters|values)\//.test(path) && !this.opened.has(path)) this.say("not_provable", "referral.dossier.uncommitted", { file: path });
  }
}

// --- files from a folder or a ZIP ---------------------------------------------------------------------------------
/** @param {Blob} blob @returns {Source} */
const sourceOf = (blob) => ({ size: blob.size, read: async () => new Uint8Array(await blob.arrayBuffer()) });

/** Below the folder that holds bagit.txt. @param {Map<string, Source>} files */
function bagIn(files) {
  const top = [...files.keys()].filter((path) => path === "bagit.txt" || path.endsWith("/bagit.txt")).sort((a, b) => a.length - b.length)[0];
  if (top === undefined) throw new Error("no_bag");
  const root = top.slice(0, -"bagit.txt".length);
  return new Map([...files].filter(([path]) => path.startsWith(root)).map(([path, file]) => [path.slice(root.length), file]));
}

/** A ZIP whose files are stored as they are, as ours is, or deflated. @param {Blob} blob */
async function unzipped(blob) {
  const tail = new Uint8Array(await blob.slice(Math.max(0, blob.size - 66000)).arrayBuffer());
  let end = tail.length - 22;
  const view = new DataView(tail.buffer);
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) --end;
  if (end < 0) throw new Error("zip");
  const count = view.getUint16(end + 10, true), start = view.getUint32(end + 16, true), size = view.getUint32(end + 12, true);
  if (count === 0xffff || start === 0xffffffff) throw new Error("zip64");
  const directory = new DataView(await blob.slice(start, start + size).arrayBuffer());
  /** @type {Map<string, Source>} */
  const out = new Map();
  for (let at = 0, n = 0; n < count; ++n) {
    if (directory.getUint32(at, true) !== 0x02014b50) throw new Error("zip");
    const method = directory.getUint16(at + 10, true), packed = directory.getUint32(at + 20, true), whole = directory.getUint32(at + 24, true);
    const nameLength = directory.getUint16(at + 28, true), place = directory.getUint32(at + 42, true);
    const name = textOf(new Uint8Array(directory.buffer, at + 46, nameLength));
    at += 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    if (name.endsWith("/")) continue;
    const read = async () => {
      const head = new DataView(await blob.slice(place, place + 30).arrayBuffer());
      const from = place + 30 + head.getUint16(26, true) + head.getUint16(28, true);
      const bytes = blob.slice(from, from + packed);
      if (method === 0) return new Uint8Array(await bytes.arrayBuffer());
      if (method !== 8) throw new Error("zip");
      return new Uint8Array(await new Response(bytes.stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer());
    };
    out.set(name, { size: whole, read });
  }
  return out;
}

/** @param {FileList | File[]} list */
async function filesFrom(list) {
  const all = [...list];
  if (all.length === 1 && all[0].name.toLowerCase().endsWith(".zip")) return bagIn(await unzipped(all[0]));
  return bagIn(new Map(all.map((file) => [file.webkitRelativePath || file.name, sourceOf(file)])));
}

// --- the page -------------------------------------------------------------------------------------------------------
function showPage() {
  const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  /** @type {Record<string, Record<string, string>>} */
  const messages = JSON.parse(element("messages").textContent ?? "{}");
  let language = ["kk", "ru", "en"].find((code) => code === location.hash.slice(1)) ?? "kk";
  /** @type {Judge | undefined} */
  let judged;
  /** @type {string} */
  let trouble = "";

  const say = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ params = {}) =>
    (messages[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));

  function draw() {
    document.documentElement.lang = language;
    document.title = say("referral.dossier_page.title");
    for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(/** @type {HTMLElement} */ (node).dataset.text ?? "");
    for (const button of document.querySelectorAll("[data-language]"))
      button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.language === language));
    const verdict = element("verdict"), list = element("statements");
    list.replaceChildren();
    verdict.className = "verdict";
    verdict.textContent = trouble && say(trouble);
    if (trouble) verdict.classList.add("bad");
    if (!judged) return;
    verdict.classList.add(judged.outcome);
    verdict.textContent = say("app.verify_" + judged.outcome);
    const worst = { broken: 0, erased: 1, not_provable: 2, proven: 3 };
    for (const one of [...judged.statements].sort((a, b) => worst[a.verdict] - worst[b.verdict])) {
      const item = document.createElement("li"), badge = document.createElement("strong");
      item.className = one.verdict;
      badge.textContent = say("app.verdict." + one.verdict);
      item.append(badge, " ", say(one.key, one.params));
      list.append(item);
    }
  }

  /** @param {FileList | File[]} list */
  async function check(list) {
    judged = undefined;
    trouble = "";
    element("verdict").textContent = "…";
    try {
      const typed = /** @type {HTMLTextAreaElement} */ (element("key")).value;
      let keys;
      try {
        keys = typed.trim() ? await keysOf(typed) : [];
      } catch {
        throw new Error("bad_key");
      }
      const files = await filesFrom(list);
      judged = await new Judge(files, keys, (done, all) => (element("verdict").textContent = `${done} / ${all}`)).run();
    } catch (error) {
      trouble = error instanceof Error && ["no_bag", "zip64", "bad_key"].includes(error.message) ? "referral.dossier_page." + error.message : "referral.dossier_page.unreadable";
    }
    draw();
    element("verdict").dataset.done = judged ? judged.outcome : "trouble";
  }

  for (const id of ["folder", "zip"]) {
    const input = /** @type {HTMLInputElement} */ (element(id));
    input.addEventListener("change", () => input.files && input.files.length && check(input.files));
  }
  for (const button of document.querySelectorAll("[data-language]"))
    button.addEventListener("click", () => {
      language = /** @type {HTMLElement} */ (button).dataset.language ?? language;
      draw();
    });
  draw();
}

if (typeof document !== "undefined") showPage();
