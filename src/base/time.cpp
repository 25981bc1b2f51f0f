#include "base/time.hpp"

#include "base/time_zone.hpp"

#include <fmt/core.h>

namespace adal {

namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

// Reads exactly `count` digits at the front and moves past them.
std::optional<int> take_number(std::string_view& text, std::size_t count)
{
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take_any(std::string_view& text, std::string_view any_of)
{
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

// Two digits in 0..max.
std::optional<int> take_part(std::string_view& text, int max)
{
    const auto value = take_number(text, 2);
    if (!value || *value > max) return std::nullopt;
    return value;
}

// "09:30:00.25" → milliseconds of the day. Digits after the third are dropped.
std::optional<std::int64_t> take_clock(std::string_view& text)
{
    const auto hour = take_part(text, 23);
    if (!hour || !take_any(text, ":")) return std::nullopt;
    const auto minute = take_part(text, 59);
    if (!minute || !take_any(text, ":")) return std::nullopt;
    const auto second = take_part(text, 59);
    if (!second) return std::nullopt;
    std::int64_t ms = ((*hour * 60LL + *minute) * 60LL + *second) * 1000LL;
    if (!take_any(text, ".")) return ms;
    std::int64_t unit = 100;
    bool any = false;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        ms += unit * (text.front() - '0');
        unit /= 10;
        any = true;
    }
    return any ? std::optional{ms} : std::nullopt;
}

// "Z" or "+05:00" → milliseconds east.
std::optional<std::int64_t> take_zone(std::string_view& text)
{
    if (take_any(text, "Zz")) return 0;
    const bool west = text.starts_with('-');
    if (!take_any(text, "+-")) return std::nullopt;
    const auto hour = take_part(text, 23);
    if (!hour || !take_any(text, ":")) return std::nullopt;
    const auto minute = take_part(text, 59);
    if (!minute) return std::nullopt;
    const std::int64_t ms = (*hour * 60LL + *minute) * 60'000LL;
    return west ? -ms : ms;
}

} // namespace

Instant now()
{
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

LocalDate make_date(int year, unsigned month, unsigned day)
{
    return {std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

std::optional<LocalDate> parse_date(std::string_view iso)
{
    if (iso.size() != 10) return std::nullopt;
    const auto year = take_number(iso, 4);
    if (!year || !take_any(iso, "-")) return std::nullopt;
    const auto month = take_number(iso, 2);
    if (!month || !take_any(iso, "-")) return std::nullopt;
    const auto day = take_number(iso, 2);
    if (!day) return std::nullopt;
    const auto date = make_date(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
    return date.ymd.ok() ? std::optional{date} : std::nullopt;
}

std::string iso(LocalDate date)
{
    return fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

std::string iso(Instant instant)
{
    const auto day = floor_div(instant.ms, kMsPerDay);
    const auto ms = instant.ms - day * kMsPerDay;
    const LocalDate date{std::chrono::sys_days{std::chrono::days{day}}};
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", iso(date), ms / 3'600'000, ms / 60'000 % 60,
                       ms / 1000 % 60, ms % 1000);
}

std::optional<Instant> parse_instant(std::string_view rfc3339)
{
    const auto date = parse_date(rfc3339.substr(0, 10));
    if (!date) return std::nullopt;
    rfc3339.remove_prefix(10);
    if (!take_any(rfc3339, "Tt")) return std::nullopt;
    const auto clock = take_clock(rfc3339);
    if (!clock) return std::nullopt;
    const auto zone = take_zone(rfc3339);
    if (!zone || !rfc3339.empty()) return std::nullopt;
    return Instant{date->days().time_since_epoch().count() * kMsPerDay + *clock - *zone};
}

LocalTime local_time(Instant instant)
{
    const auto seconds = floor_div(instant.ms, 1000);
    const auto local = seconds + almaty().offset_at(seconds);
    const auto day = floor_div(local, 86'400);
    const auto rest = static_cast<int>(local - day * 86'400);
    return {
        {std::chrono::sys_days{std::chrono::days{day}}}, rest / 3600, rest / 60 % 60, rest % 60};
}

LocalDate local_date(Instant instant)
{
    return local_time(instant).date;
}

Instant start_of(LocalDate date)
{
    const std::int64_t local = date.days().time_since_epoch().count() * std::int64_t{86'400};
    return {almaty().first_moment(local) * 1000};
}

} // namespace adal
