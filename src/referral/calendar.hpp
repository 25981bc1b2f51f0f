// referral/calendar.hpp: the working-day calendar that clocks are counted with: the shipped days
// (data/calendar/kz.json) and those the operator entered, because first days of Kurban Ait and moved working
// days are announced each year. Bitemporal: a day says from when it was known; a day is never changed, a later
// entry says better.
//
// Pure and thread-safe but for the functions that take a Transaction or a Snapshot (calendar_store.hpp).
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/working_days.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

using CalendarDayId = Id<struct CalendarDayTag>;

struct EnteredDay {
    CalendarDayId id{};
    CalendarDay day{};
    PersonId entered_by{}; // unset: the console
    Instant entered_at{};
};

inline constexpr ProblemCode calendar_day_known{"calendar.day_known", 409};       // params: date
inline constexpr ProblemCode calendar_source_missing{"calendar.source_missing", 422};
inline constexpr ProblemCode calendar_known_later{"calendar.known_later", 422};   // params: date
inline constexpr ProblemCode calendar_out_of_range{"calendar.out_of_range", 422}; // params: from, to

inline constexpr int first_calendar_year = 2020, last_calendar_year = 2045;

// Cleans the source. A day may not be known before it is announced: known_from is today or earlier.
Result<CalendarDay> checked_day(CalendarDay day, LocalDate today);
// Whether the same fact (date, kind, day of knowledge) is among them.
bool has_day(const std::vector<CalendarDay>& days, const CalendarDay& wanted);

} // namespace adal::referral
