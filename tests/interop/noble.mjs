// noble.mjs FOLDER: verifies the log in FOLDER with @noble/ed25519 and @noble/hashes: signature, every entry hashed
// again up to the root, every tile compared, every proof. Exit 0 when everything holds.
import * as ed from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { readFileSync } from 'node:fs';
import { checkpoint, proofs, reject, tilePath, vkey } from './log_files.mjs';

ed.hashes.sha512 = sha512;
const folder = process.argv[2];
const key = vkey(folder);
const leafHash = bytes => sha256(Buffer.concat([Buffer.of(0), bytes]));
const nodeHash = (left, right) => sha256(Buffer.concat([Buffer.of(1), left, right]));

function open(text, what) {
    const opened = checkpoint(text);
    const ours = opened.signatures.filter(s => s.name === key.name && s.bytes.subarray(0, 4).equals(key.hint));
    const message = new Uint8Array(Buffer.from(opened.body));
    if (opened.origin !== key.name || ours.length === 0) reject(`${what}: not signed by this log`);
    for (const { bytes } of ours)
        if (!ed.verify(new Uint8Array(bytes.subarray(4)), message, new Uint8Array(key.key))) reject(`${what}: signature`);
    return opened;
}

function readTile(level, index, width) {
    try {
        return readFileSync(`${folder}/log/${tilePath(level, index, width)}`);
    } catch {
        return reject(tilePath(level, index, width));
    }
}

function readEntries(size) {
    const leaves = [];
    for (let tile = 0; tile * 256 < size; tile++) {
        const width = Math.min(256, size - tile * 256);
        const bytes = readTile('entries', tile, width);
        for (let at = 0; at < bytes.length;) {
            const length = bytes.readUInt16BE(at);
            leaves.push(leafHash(bytes.subarray(at + 2, at + 2 + length)));
            at += 2 + length;
        }
        if (leaves.length !== tile * 256 + width) reject(`bundle ${tile}`);
    }
    return leaves;
}

function root(hashes) {
    if (hashes.length === 1) return hashes[0];
    let half = 1;
    while (half * 2 < hashes.length) half *= 2;
    return nodeHash(root(hashes.slice(0, half)), root(hashes.slice(half)));
}

function compareTiles(row) {
    for (let level = 0; row.length > 0; level++) {
        const above = [];
        for (let tile = 0; tile * 256 < row.length; tile++) {
            const hashes = row.slice(tile * 256, tile * 256 + 256);
            if (!readTile(level, tile, hashes.length).equals(Buffer.concat(hashes))) reject(tilePath(level, tile, hashes.length));
            if (hashes.length === 256) above.push(root(hashes));
        }
        row = above;
    }
}

function checkProof(proof) {
    const { size, root: wanted } = open(proof.checkpoint, proof.name);
    let [fn, sn, hash] = [Number(proof.index), size - 1, leafHash(proof.leaf)];
    if (!(fn <= sn)) reject(proof.name);
    for (const sibling of proof.hashes) {
        if (sn === 0) reject(proof.name);
        if (fn % 2 === 1 || fn === sn) {
            hash = nodeHash(sibling, hash);
            while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
        } else hash = nodeHash(hash, sibling);
        [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    }
    if (sn !== 0 || !wanted.equals(hash)) reject(proof.name);
}

const newest = open(readFileSync(`${folder}/log/checkpoint`, 'utf8'), 'checkpoint');
const leaves = readEntries(newest.size);
if (!newest.root.equals(root(leaves))) reject('root');
compareTiles(leaves);
const all = proofs(folder);
all.forEach(checkProof);
console.log(`good: ${newest.size} entries, ${all.length} proofs`);
