// sigstore.mjs FOLDER: verifies the proofs in FOLDER with @sigstore/verify, the verifier of npm's provenance.
// Exit 0 when every proof holds.
import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import { proofs, reject, vkey } from './log_files.mjs';

const require = createRequire(import.meta.url);
const { verifyCheckpoint } = require('@sigstore/verify/dist/tlog/checkpoint.js');
const { verifyMerkleInclusion } = require('@sigstore/verify/dist/tlog/merkle.js');

const folder = process.argv[2];
const key = vkey(folder);
const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.key]);
const log = {
    logID: key.hint,
    baseURL: `https://${key.name}`,
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
};
const all = proofs(folder);
for (const { name, index, hashes, checkpoint, leaf } of all) {
    const entry = {
        inclusionProof: { logIndex: index, hashes, checkpoint: { envelope: checkpoint } },
        canonicalizedBody: leaf,
    };
    try {
        verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
    } catch (error) {
        reject(`${name}: ${error.message}`);
    }
}
console.log(`good: ${all.length} proofs`);
