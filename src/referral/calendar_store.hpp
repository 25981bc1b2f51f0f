// referral/calendar_store.hpp: entered days and kept versions of the calendar in the database.
#pragma once

#include "referral/calendar.hpp"
#include "referral/law.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace adal::referral {

void add(storage::Transaction& tx, const EnteredDay& day);
std::vector<EnteredDay> entered_days(storage::Snapshot& snapshot); // by date, then day of knowledge
bool is_entered(storage::Snapshot& snapshot, const CalendarDay& day);

// Shipped and entered days as they are known on that day.
WorkingDays calendar_on(storage::Snapshot& snapshot, const Law& law, LocalDate known_on);

// Keeps the content of a version once.
void keep(storage::Transaction& tx, const WorkingDays& calendar, Instant now);
// Whether all open deadlines were counted with this version since it became known.
bool is_recounted(storage::Snapshot& snapshot, std::string_view version);
void mark_recounted(storage::Transaction& tx, std::string_view version, Instant now);
// Nothing for a version from before contents were kept.
std::optional<WorkingDays> kept_calendar(storage::Snapshot& snapshot, std::string_view version);

} // namespace adal::referral
