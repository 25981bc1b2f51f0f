// ledger/wire_text.hpp: whole numbers and lines as notes, proofs, requests and paths spell them.
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

// Digits only, no leading zero, no sign; at most 2^63-1.
inline std::optional<std::uint64_t> parse_decimal(std::string_view text)
{
    std::int64_t number = 0;
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{})
        return std::nullopt;
    return static_cast<std::uint64_t>(number);
}

// Lines end with a newline; nothing when none is left.
inline std::optional<std::string_view> take_line(std::string_view& rest)
{
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

} // namespace adal::ledger
