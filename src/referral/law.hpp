// referral/law.hpp: the rules and the calendar that a running program counts with, read once from the
// embedded data (data/law/deadlines.json, data/calendar/kz.json). Immutable, thread-safe.
#pragma once

#include "base/working_days.hpp"
#include "referral/deadline_rule.hpp"

#include <vector>

namespace adal::referral {

struct Law {
    DeadlineRules rules{};
    std::vector<CalendarDay> days{};

    // The shipped calendar as it is known on that day. Clocks count with calendar_on (calendar_store.hpp), which
    // adds the days that the operator entered.
    [[nodiscard]] WorkingDays calendar(LocalDate known_on) const { return {days, known_on}; }
};

// Throws when the embedded data is broken.
Law embedded_law();

} // namespace adal::referral
