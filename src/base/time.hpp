// base/time.hpp: moments and days. Storage holds UTC milliseconds; people see the day in Kazakhstan.
//
// Rules never read a clock: they take an Instant. Thread-safe.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adal {

// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t ms = 0;
    auto operator<=>(const Instant&) const = default;

    [[nodiscard]] Instant plus(std::chrono::milliseconds d) const { return {ms + d.count()}; }
    [[nodiscard]] std::chrono::milliseconds since(Instant earlier) const
    {
        return std::chrono::milliseconds{ms - earlier.ms};
    }
};

Instant now();

// A day of the civil calendar, without zone.
struct LocalDate {
    std::chrono::year_month_day ymd{};
    auto operator<=>(const LocalDate&) const = default;

    [[nodiscard]] std::chrono::sys_days days() const { return std::chrono::sys_days{ymd}; }
    [[nodiscard]] LocalDate plus_days(int n) const
    {
        return {std::chrono::year_month_day{days() + std::chrono::days{n}}};
    }
    [[nodiscard]] int year() const { return static_cast<int>(ymd.year()); }
    [[nodiscard]] unsigned month() const { return static_cast<unsigned>(ymd.month()); }
    [[nodiscard]] unsigned day() const { return static_cast<unsigned>(ymd.day()); }
    // 1 = Monday … 7 = Sunday (ISO 8601).
    [[nodiscard]] unsigned iso_weekday() const { return std::chrono::weekday{days()}.iso_encoding(); }
};

LocalDate make_date(int year, unsigned month, unsigned day);

// "2026-03-18"; refuses anything else and days that do not exist.
std::optional<LocalDate> parse_date(std::string_view iso);
std::string iso(LocalDate date);

// "2026-03-18T09:30:00.000Z".
std::string iso(Instant instant);
// RFC 3339 with zone; a missing zone is refused because it would be a guess.
std::optional<Instant> parse_instant(std::string_view rfc3339);

struct LocalTime {
    LocalDate date{};
    int hour = 0, minute = 0, second = 0;
};

// Asia/Almaty from the system's tzdata (UTC+5 since 2024-03-01; ICU 72 of Debian 12 is wrong here).
LocalTime local_time(Instant instant);
LocalDate local_date(Instant instant);
// The first moment of the day in Asia/Almaty.
Instant start_of(LocalDate date);

} // namespace adal
