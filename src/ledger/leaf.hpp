// ledger/leaf.hpp: one event of the public log, and the only bytes that may stand for it.
//
// A leaf is a canonical JSON object (canonical.hpp) of 2 to 8192 bytes. It carries codes, whole
// numbers, ids and hashes; a person's words or data appear only as commitments (commitment.hpp).
// docs/formats/leaf.md is the text for those who verify without us. Pure; thread-safe.
#pragma once

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "ledger/ledger.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace adal::ledger {

inline constexpr std::size_t kMaxLeafBytes = 8192;
inline constexpr std::size_t kMaxCommitments = 64;

struct Leaf {
    std::string type{};
    std::string eid{};          // 32 lower-case hex
    std::int64_t t = 0;         // milliseconds since 1970, server time of commit
    std::string role{};         // empty when nobody acted
    std::string case_id{};      // 32 lower-case hex; empty outside a case
    std::int64_t seq = 0;       // position inside the case, from 0
    std::optional<Hash> prev{}; // leaf hash of the case's previous leaf; exactly when seq > 0
    json::object pub{};
    std::map<std::string, Hash, std::less<>> com{}; // label → commitment
};

// Types are append-only: a retired one stays, old logs must still verify.
std::span<const std::string_view> leaf_types();
bool is_leaf_type(std::string_view type);
bool is_role(std::string_view role);
bool is_label(std::string_view label); // [a-z][a-z0-9_.]{0,63}
bool is_hex_id(std::string_view text); // 32 lower-case hex

// Fails with bad_leaf; reason is one of the codes in docs/formats/leaf.md.
Result<Leaf> parse_leaf(std::string_view bytes);
Result<std::string> leaf_bytes(const Leaf& leaf);

} // namespace adal::ledger
