// Moments and numbers as strangers write them.
#include "base/time_zone.hpp"
#include "procurement/facts_extract.hpp"

#include <charconv>
#include <chrono>

namespace adal::procurement::columns {

namespace {

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

// Reads exactly `n` digits at `at` and moves on; -1 when they are not there.
int take_digits(std::string_view text, std::size_t& at, std::size_t n)
{
    if (text.size() < at + n) return -1;
    int value = 0;
    for (std::size_t i = 0; i < n; ++i, ++at) {
        if (!digit(text[at])) return -1;
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool take(std::string_view text, std::size_t& at, char c)
{
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
}

// Days since 1970, or nothing when there is no such day.
std::optional<std::int64_t> take_day(std::string_view text, std::size_t& at)
{
    const int year = take_digits(text, at, 4);
    if (year < 0 || !take(text, at, '-')) return std::nullopt;
    const int month = take_digits(text, at, 2);
    if (month < 1 || !take(text, at, '-')) return std::nullopt;
    const int day = take_digits(text, at, 2);
    if (day < 1) return std::nullopt;
    const std::chrono::year_month_day ymd{std::chrono::year{year},
                                          std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
    if (!ymd.ok()) return std::nullopt;
    return std::chrono::sys_days{ymd}.time_since_epoch().count();
}

constexpr std::int64_t kSecond = 1'000'000;

// Microseconds since midnight; a leap second counts as the next one.
std::optional<std::int64_t> take_clock(std::string_view text, std::size_t& at)
{
    const int hour = take_digits(text, at, 2);
    if (hour < 0 || hour > 23 || !take(text, at, ':')) return std::nullopt;
    const int minute = take_digits(text, at, 2);
    if (minute < 0 || minute > 59 || !take(text, at, ':')) return std::nullopt;
    const int second = take_digits(text, at, 2);
    if (second < 0 || second > 60) return std::nullopt;
    std::int64_t us = (hour * 3600 + minute * 60 + second) * kSecond;
    if (!take(text, at, '.')) return us;
    if (at >= text.size() || !digit(text[at])) return std::nullopt;
    for (std::int64_t unit = kSecond / 10; at < text.size() && digit(text[at]); ++at, unit /= 10)
        us += unit * (text[at] - '0');
    return us;
}

// Seconds east of Greenwich of "Z", "+05:00", "-03:30" that ends the text.
std::optional<std::int64_t> take_zone(std::string_view text, std::size_t& at)
{
    if (take(text, at, 'Z') || take(text, at, 'z'))
        return at == text.size() ? std::optional<std::int64_t>{0} : std::nullopt;
    constexpr std::string_view minus = "\u2212"; // RFC 3339 has only '-', ISO 8601 prefers this
    const bool west = at < text.size() && (text[at] == '-' || text.substr(at).starts_with(minus));
    if (west)
        at += text[at] == '-' ? 1 : minus.size();
    else if (!take(text, at, '+'))
        return std::nullopt;
    const int hours = take_digits(text, at, 2);
    if (hours < 0 || hours > 23 || !take(text, at, ':')) return std::nullopt;
    const int minutes = take_digits(text, at, 2);
    if (minutes < 0 || minutes > 59 || at != text.size()) return std::nullopt;
    const std::int64_t east = hours * 3600 + minutes * 60;
    return west ? -east : east;
}

std::int64_t in_almaty(std::int64_t local_seconds)
{
    return almaty().first_moment(local_seconds);
}

} // namespace

When read_when(std::string_view text)
{
    std::size_t at = 0;
    const auto day = take_day(text, at);
    if (!day) return {};
    if (at == text.size()) return {in_almaty(*day * 86400) * kSecond, MomentKind::day};
    const char between = text[at++];
    if (between != 'T' && between != 't' && between != ' ') return {};
    const auto clock = take_clock(text, at);
    if (!clock) return {};
    const std::int64_t local = *day * 86400 * kSecond + *clock;
    if (at == text.size()) {
        const std::int64_t second = local / kSecond - (local % kSecond < 0 ? 1 : 0);
        return {in_almaty(second) * kSecond + (local - second * kSecond), MomentKind::zone_assumed};
    }
    const auto east = take_zone(text, at);
    if (!east) return {};
    return {local - *east * kSecond, MomentKind::exact};
}

// Up to 19 digits and a small power of ten are exact in one multiplication (Clinger 1990); the rest
// goes to the library.
double parse_double(std::string_view token)
{
    static constexpr double kTens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                       1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const char* p = token.data();
    const char* const end = p + token.size();
    const bool negative = p != end && *p == '-';
    if (negative) ++p;
    std::uint64_t digits = 0;
    std::size_t count = 0, decimals = 0;
    for (; p != end && digit(*p); ++p, ++count)
        digits = digits * 10 + static_cast<std::uint64_t>(*p - '0');
    if (p != end && *p == '.')
        for (++p; p != end && digit(*p); ++p, ++count, ++decimals)
            digits = digits * 10 + static_cast<std::uint64_t>(*p - '0');
    if (p == end && count > 0 && count <= 19 && digits <= (std::uint64_t{1} << 53) &&
        decimals <= 22) {
        const double value = static_cast<double>(digits) / kTens[decimals];
        return negative ? -value : value;
    }
    double value = 0;
    const auto [rest, error] = std::from_chars(token.data(), end, value);
    return error == std::errc{} && rest == end && std::isfinite(value) ? value : no_sum();
}

} // namespace adal::procurement::columns
