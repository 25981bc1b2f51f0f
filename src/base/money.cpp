#include "base/money.hpp"

#include <fmt/core.h>

namespace adal {

namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";

struct Parts {
    bool negative;
    std::uint64_t tenge, tiyn;
};

// The absolute value is taken unsigned: the smallest 64-bit number has no positive twin.
Parts parts(Money money)
{
    const auto raw = static_cast<std::uint64_t>(money.tiyn);
    const bool negative = money.tiyn < 0;
    const auto absolute = negative ? 0 - raw : raw;
    return {negative, absolute / 100, absolute % 100};
}

bool take(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

// Space, no-break space, narrow no-break space, thin space.
bool take_group_mark(std::string_view& text)
{
    return take(text, " ") || take(text, kNoBreakSpace) || take(text, "\u202f") ||
           take(text, "\u2009");
}

std::string_view take_digits(std::string_view& text)
{
    std::size_t length = 0;
    while (length < text.size() && text[length] >= '0' && text[length] <= '9')
        ++length;
    const auto digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

// Whole tenge: "104228291" or groups of three "104 228 291".
std::optional<std::string> take_whole(std::string_view& text)
{
    std::string digits{take_digits(text)};
    if (digits.empty()) return std::nullopt;
    for (bool grouped = false; take_group_mark(text); grouped = true) {
        if (!grouped && digits.size() > 3) return std::nullopt;
        const auto group = take_digits(text);
        if (group.size() != 3) return std::nullopt;
        digits += group;
    }
    return digits;
}

} // namespace

std::optional<Money> add(Money a, Money b)
{
    Money sum;
    if (__builtin_add_overflow(a.tiyn, b.tiyn, &sum.tiyn)) return std::nullopt;
    return sum;
}

std::optional<Money> subtract(Money a, Money b)
{
    Money difference;
    if (__builtin_sub_overflow(a.tiyn, b.tiyn, &difference.tiyn)) return std::nullopt;
    return difference;
}

std::optional<Money> parse_money(std::string_view text)
{
    const bool negative = take(text, "-");
    auto digits = take_whole(text);
    if (!digits) return std::nullopt;
    std::string_view decimals;
    if (take(text, ".") || take(text, ",")) {
        decimals = take_digits(text);
        if (decimals.empty() || decimals.size() > 2) return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    *digits += decimals;
    digits->append(2 - decimals.size(), '0');

    Money money;
    for (const char digit : *digits) {
        const std::int64_t value = negative ? -(digit - '0') : digit - '0';
        if (__builtin_mul_overflow(money.tiyn, std::int64_t{10}, &money.tiyn) ||
            __builtin_add_overflow(money.tiyn, value, &money.tiyn))
            return std::nullopt;
    }
    return money;
}

std::string plain(Money money)
{
    const auto [negative, tenge, tiyn] = parts(money);
    const auto sign = negative ? "-" : "";
    return tiyn ? fmt::format("{}{}.{:02}", sign, tenge, tiyn) : fmt::format("{}{}", sign, tenge);
}

std::string display(Money money)
{
    const auto [negative, tenge, tiyn] = parts(money);
    const auto digits = std::to_string(tenge);
    std::string out = negative ? "-" : "";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) out += kNoBreakSpace;
        out += digits[i];
    }
    if (tiyn) out += fmt::format(",{:02}", tiyn);
    return out.append(kNoBreakSpace).append("₸");
}

} // namespace adal
