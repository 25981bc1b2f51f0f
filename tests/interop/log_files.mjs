// What a stranger reads of a log folder; no cryptography here.
import { readFileSync, readdirSync } from 'node:fs';

export function reject(why) {
    console.log(`rejected: ${why}`);
    process.exit(1);
}

export function vkey(folder) {
    const [, name, hash, key] = readFileSync(`${folder}/vkey`, 'utf8').trim().match(/^([^+]+)\+([0-9a-f]{8})\+(.+)$/);
    return { name, hint: Buffer.from(hash, 'hex'), key: Buffer.from(key, 'base64').subarray(1) };
}

export function proofs(folder) {
    const names = readdirSync(`${folder}/proofs`).filter(name => name.endsWith('.tlog-proof'));
    return names.map(name => {
        const text = readFileSync(`${folder}/proofs/${name}`, 'utf8');
        const split = text.indexOf('\n\n');
        const lines = text.slice(0, split).split('\n');
        if (lines[0] !== 'c2sp.org/tlog-proof@v1') reject(name);
        return {
            name,
            index: lines[1].replace('index ', ''),
            hashes: lines.slice(2).map(line => Buffer.from(line, 'base64')),
            checkpoint: text.slice(split + 2),
            leaf: readFileSync(`${folder}/proofs/${name.replace('.tlog-proof', '.leaf')}`),
        };
    });
}

export function checkpoint(text) {
    const at = text.lastIndexOf('\n\n');
    const body = text.slice(0, at + 1);
    const [origin, size, root] = body.split('\n');
    const signatures = text.slice(at + 2).trimEnd().split('\n').map(line => {
        const [dash, name, base64] = line.split(' ');
        return { dash, name, bytes: Buffer.from(base64 ?? '', 'base64') };
    });
    return { body, origin, size: Number(size), root: Buffer.from(root ?? '', 'base64'), signatures };
}

export function tilePath(level, index, width) {
    const groups = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0').match(/.{3}/g);
    const path = groups.map((group, i) => (i + 1 < groups.length ? 'x' : '') + group).join('/');
    return `tile/${level}/${path}${width < 256 ? `.p/${width}` : ''}`;
}
