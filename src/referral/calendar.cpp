#include "referral/calendar.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::referral {

Result<CalendarDay> checked_day(CalendarDay day, LocalDate today)
{
    const auto source = clean_text(day.source);
    if (!source || source->empty()) return fail(calendar_source_missing);
    day.source = *source;
    if (day.date.year() < first_calendar_year || day.date.year() > last_calendar_year)
        return fail(calendar_out_of_range,
                    {{"from", std::to_string(first_calendar_year)}, {"to", std::to_string(last_calendar_year)}});
    if (day.known_from > today) return fail(calendar_known_later, {{"date", iso(day.known_from)}});
    return day;
}

bool has_day(const std::vector<CalendarDay>& days, const CalendarDay& wanted)
{
    return std::ranges::any_of(days, [&](const CalendarDay& day) {
        return day.date == wanted.date && day.kind == wanted.kind && day.known_from == wanted.known_from &&
               day.known_to == wanted.known_to;
    });
}

} // namespace adal::referral
