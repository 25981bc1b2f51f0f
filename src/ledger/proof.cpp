#include "ledger/proof.hpp"

#include "ledger/wire_text.hpp"

namespace adal::ledger {
namespace {

constexpr std::string_view kProofFirstLine = "c2sp.org/tlog-proof@v1";
tl::unexpected<Problem> refuse_proof(std::string_view reason)
{
    return fail(bad_proof, {{"reason", std::string(reason)}});
}

} // namespace

Result<ProofFile> parse_proof(std::string_view bytes)
{
    if (bytes.size() > 2 * kMaxNoteBytes) return refuse_proof("too_large");
    if (take_line(bytes) != kProofFirstLine) return refuse_proof("first_line");
    ProofFile out;
    auto line = take_line(bytes);
    if (line && line->starts_with("extra ")) {
        out.extra = unbase64(line->substr(6));
        if (!out.extra) return refuse_proof("extra");
        line = take_line(bytes);
    }
    const auto index =
        line && line->starts_with("index ") ? parse_decimal(line->substr(6)) : std::nullopt;
    if (!index) return refuse_proof("index");
    out.index = *index;
    while ((line = take_line(bytes)) && !line->empty()) {
        const auto raw = unbase64(*line);
        const auto hash = raw ? hash_from(*raw) : std::nullopt;
        if (!hash || out.hashes.size() == kMaxProofHashes) return refuse_proof("hash");
        out.hashes.push_back(*hash);
    }
    if (!line || bytes.empty()) return refuse_proof("checkpoint");
    out.checkpoint = bytes;
    return out;
}

std::string proof_text(const ProofFile& proof)
{
    std::string out(kProofFirstLine);
    out += '\n';
    if (proof.extra) out += "extra " + base64(*proof.extra) + "\n";
    out += "index " + std::to_string(proof.index) + "\n";
    for (const auto& hash : proof.hashes)
        out += base64(view(hash)) + "\n";
    return out + "\n" + proof.checkpoint;
}

Result<Checkpoint> check_inclusion(const ProofFile& proof, const Hash& leaf_hash)
{
    const auto note = parse_note(proof.checkpoint);
    if (!note) return pass(note);
    auto checkpoint = parse_checkpoint(note->text);
    if (!checkpoint) return checkpoint;
    if (!verify_inclusion(leaf_hash, proof.index, checkpoint->size, proof.hashes, checkpoint->root))
        return refuse_proof("inclusion");
    return checkpoint;
}

} // namespace adal::ledger
