// ledger/commitment.hpp: how a value is bound to a leaf without being shown (integrity.md §1.3).
//
//   C = HMAC-SHA-256(key = salt, "adal/commit/v1" 00 eid(16 raw) u8(len label) label u64be(len)
//   SHA-256(value))
//
// Hiding: under a fresh 32-byte salt C says nothing, not even about a phone number, once the salt
// is destroyed. Binding: the encoding is injective, so two openings of one C are a SHA-256
// collision. eid and label keep an opening from being moved to another place. Pure; thread-safe.
#pragma once

#include "base/hash.hpp"
#include "ledger/ledger.hpp"

#include <string>
#include <string_view>

namespace adal::ledger {

inline constexpr std::size_t kSaltBytes = 32;

Digest digest_of(std::string_view value);

// salt: 32 bytes; eid: 32 hex; label: at most 255 bytes. Anything else throws CheckFailed.
Hash commit(std::string_view salt, std::string_view eid, std::string_view label,
            const Digest& digest);

} // namespace adal::ledger
