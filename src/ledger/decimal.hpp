// ledger/decimal.hpp: whole numbers in notes, proofs and paths: digits only, no leading zero, no sign.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace adal::ledger {

inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// At most 2^63-1.
inline std::optional<std::uint64_t> parse_decimal(std::string_view text)
{
    std::int64_t number = 0;
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{})
        return std::nullopt;
    return static_cast<std::uint64_t>(number);
}

} // namespace adal::ledger
