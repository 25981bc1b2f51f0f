// ledger/proof.hpp: a .tlog-proof file (c2sp.org/tlog-proof@v1): index, inclusion path, checkpoint.
// With the leaf and the log's public key it is checked offline. Pure; thread-safe.
#pragma once

#include "base/result.hpp"
#include "ledger/note.hpp"
#include "ledger/tree.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal::ledger {

inline constexpr ProblemCode bad_proof{"ledger.bad_proof", 422}; // params: reason

struct ProofFile {
    std::optional<std::string> extra{}; // decoded; nothing vouches for it
    std::uint64_t index = 0;
    Proof hashes{};
    std::string checkpoint{}; // the signed note, byte for byte
};

Result<ProofFile> parse_proof(std::string_view bytes); // form only
std::string proof_text(const ProofFile& proof);

// The leaf is in the tree of the checkpoint. Who signed that checkpoint is another question
// (policy.hpp).
Result<Checkpoint> check_inclusion(const ProofFile& proof, const Hash& leaf_hash);

} // namespace adal::ledger
