// ledger/canonical.hpp: the part of RFC 8785 (JSON Canonicalization Scheme) that leaves are written
// in.
//
// Printable ASCII without '"' and '\' in strings, integers of at most 2^53-1, true and false,
// arrays, objects with keys sorted bytewise, no spaces, at most four containers deep. In this part
// every value has exactly one spelling, so a reader that accepts nothing else needs no
// canonicalisation step: bytes that parse are canonical. Pure; thread-safe.
#pragma once

#include "base/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal::ledger {

inline constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;
inline constexpr int kMaxDepth = 4;

// Nothing for any byte sequence that is not the one canonical spelling of a value of this part.
std::optional<json::value> parse_canonical(std::string_view bytes);

// Nothing when the value is outside this part (a float, null, text beyond ASCII, too deep).
std::optional<std::string> canonical_text(const json::value& value);

} // namespace adal::ledger
