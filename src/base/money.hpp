// base/money.hpp: sums of money as whole tiyn (1 tenge = 100 tiyn). Never floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal {

struct Money {
    std::int64_t tiyn = 0;
    auto operator<=>(const Money&) const = default;

    static Money tenge(std::int64_t whole) { return {whole * 100}; }
};

// Nothing on overflow of 64 bits.
std::optional<Money> add(Money a, Money b);
std::optional<Money> subtract(Money a, Money b);

// Reads "104228291.83", "104 228 291,83", "1e3" is refused; at most two decimals, no sign but '-'.
std::optional<Money> parse_money(std::string_view text);

// Machine form for exports: "104228291.83" or "104228291".
std::string plain(Money money);
// For people: "104 228 291,83 ₸" with no-break spaces, decimals only when there are tiyn.
std::string display(Money money);

} // namespace adal
