// referral/icalendar.hpp: days as an iCalendar (RFC 5545; name, refresh interval of RFC 7986), for the feed of
// deadlines. Text of strangers is escaped (§3.3.11), lines are folded at 75 octets between letters (§3.1).
// Pure and thread-safe.
#pragma once

#include "base/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

struct CalendarEvent {
    std::string uid{};      // stable: the same event moves in the reader's calendar instead of doubling
    LocalDate day{};
    std::string summary{};
    std::string description{};
    std::string url{};      // absolute, or empty
};

// A whole VCALENDAR, lines ended by CR LF. Each event is one whole day, reminds at 9 o'clock of the day before, and
// does not make its reader busy.
std::string icalendar(std::string_view name, const std::vector<CalendarEvent>& events, Instant stamp);

} // namespace adal::referral
