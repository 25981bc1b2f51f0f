#include "cyber/punycode.hpp"

#include <algorithm>
#include <cstdint>

namespace adal::cyber {

namespace punycode {

constexpr std::uint32_t kBase = 36, kLeast = 1, kMost = 26, kSkew = 38, kDamp = 700, kFirstBias = 72, kFirst = 128;
constexpr std::uint32_t kOverflow = 0x7FFFFFFF;

std::uint32_t adapted(std::uint32_t delta, std::uint32_t count, bool first)
{
    delta = first ? delta / kDamp : delta / 2;
    delta += delta / count;
    std::uint32_t k = 0;
    for (; delta > (kBase - kLeast) * kMost / 2; k += kBase)
        delta /= kBase - kLeast;
    return k + (kBase - kLeast + 1) * delta / (delta + kSkew);
}

std::uint32_t threshold(std::uint32_t k, std::uint32_t bias)
{
    return k <= bias ? kLeast : std::min(k - bias, kMost);
}

std::uint32_t digit_of(char c)
{
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0') + 26;
    const char lower = static_cast<char>(c | 32);
    return lower >= 'a' && lower <= 'z' ? static_cast<std::uint32_t>(lower - 'a') : kBase;
}

char letter_of(std::uint32_t digit)
{
    return static_cast<char>(digit < 26 ? 'a' + digit : '0' + (digit - 26));
}

// The next variable-length number at `at`; false when it is none.
bool read_number(std::string_view text, std::size_t& at, std::uint32_t bias, std::uint64_t& value)
{
    std::uint64_t weight = 1;
    for (std::uint32_t k = kBase;; k += kBase) {
        if (at == text.size()) return false;
        const auto digit = digit_of(text[at++]);
        if (digit >= kBase) return false;
        value += digit * weight;
        if (value > kOverflow) return false;
        const auto t = threshold(k, bias);
        if (digit < t) return true;
        weight *= kBase - t;
        if (weight > kOverflow) return false;
    }
}

void append_number(std::string& out, std::uint32_t value, std::uint32_t bias)
{
    for (std::uint32_t k = kBase;; k += kBase) {
        const auto t = threshold(k, bias);
        if (value < t) break;
        out += letter_of(t + (value - t) % (kBase - t));
        value = (value - t) / (kBase - t);
    }
    out += letter_of(value);
}

} // namespace punycode

std::optional<std::u32string> punycode_decoded(std::string_view ascii)
{
    using namespace punycode;
    const auto dash = ascii.rfind('-');
    const std::size_t basic = dash == std::string_view::npos ? 0 : dash;
    std::u32string out;
    for (const char c : ascii.substr(0, basic)) {
        if (static_cast<unsigned char>(c) >= 0x80) return std::nullopt;
        out += static_cast<char32_t>(c);
    }
    std::uint32_t n = kFirst, bias = kFirstBias;
    std::uint64_t i = 0;
    for (std::size_t at = basic > 0 ? basic + 1 : 0; at < ascii.size();) {
        const auto before = i;
        if (!read_number(ascii, at, bias, i)) return std::nullopt;
        const auto count = static_cast<std::uint32_t>(out.size()) + 1;
        bias = adapted(static_cast<std::uint32_t>(i - before), count, before == 0);
        if (i / count > 0x10FFFF - n) return std::nullopt;
        n += static_cast<std::uint32_t>(i / count);
        i %= count;
        out.insert(static_cast<std::size_t>(i), 1, static_cast<char32_t>(n));
        ++i;
    }
    return out;
}

std::optional<std::string> punycode_encoded(std::u32string_view label)
{
    using namespace punycode;
    std::string out;
    for (const char32_t c : label)
        if (c < 0x80) out += static_cast<char>(c);
    const auto basic = static_cast<std::uint32_t>(out.size());
    if (basic > 0) out += '-';
    std::uint32_t n = kFirst, bias = kFirstBias, handled = basic;
    std::uint64_t delta = 0;
    while (handled < label.size()) {
        char32_t least = 0x110000;
        for (const char32_t c : label)
            if (c >= n) least = std::min(least, c);
        delta += std::uint64_t{least - n} * (handled + 1);
        n = least;
        for (const char32_t c : label) {
            if (c < n) ++delta;
            if (delta > kOverflow) return std::nullopt;
            if (c != n) continue;
            append_number(out, static_cast<std::uint32_t>(delta), bias);
            bias = adapted(static_cast<std::uint32_t>(delta), handled + 1, handled == basic);
            delta = 0;
            ++handled;
        }
        ++delta;
        ++n;
    }
    return out;
}

} // namespace adal::cyber
