// Days that the operator enters, one by one or from a file; open deadlines follow at once.
#include "referral/calendar_store.hpp"
#include "referral/referral.hpp"

namespace adal::referral {

namespace calendar_entry {

// Known already, shipped or entered: nothing to add.
bool is_known(storage::Snapshot& snapshot, const Law& law, const CalendarDay& day)
{
    return has_day(law.days, day) || is_entered(snapshot, day);
}

Result<EnteredDay> put(storage::Transaction& tx, const CalendarDay& typed, PersonId actor, Instant now)
{
    const auto day = checked_day(typed, local_date(now));
    if (!day) return pass(day);
    EnteredDay entered{.id = CalendarDayId::make(now), .day = *day, .entered_by = actor, .entered_at = now};
    add(tx, entered);
    return entered;
}

// A file that now ends a day that is known without end: from the next day on it is what the week says.
CalendarDay without_end(CalendarDay day)
{
    day.known_to.reset();
    return day;
}

CalendarDay what_is_new(storage::Snapshot& snapshot, const Law& law, const CalendarDay& day)
{
    if (!day.known_to || !is_known(snapshot, law, without_end(day))) return day;
    return {.date = day.date, .kind = DayKind::ordinary, .source = day.source, .known_from = day.known_to->plus_days(1)};
}

} // namespace calendar_entry

Result<CalendarChange> enter_calendar_day(storage::Transaction& tx, const Law& law, const CalendarDay& day, PersonId actor,
                                          Instant now)
{
    if (calendar_entry::is_known(tx, law, day)) return fail(calendar_day_known, {{"date", iso(day.date)}});
    const auto entered = calendar_entry::put(tx, day, actor, now);
    if (!entered) return pass(entered);
    return CalendarChange{.read = 1, .added = 1, .moved = redate_open(tx, law, now)};
}

Result<CalendarChange> import_calendar(storage::Transaction& tx, const Law& law, std::string_view json, Instant now)
{
    const auto days = read_calendar(json, first_calendar_year, last_calendar_year);
    if (!days) return pass(days);
    CalendarChange change{.read = static_cast<int>(days->size())};
    for (const auto& read : *days) {
        const auto day = calendar_entry::what_is_new(tx, law, read);
        if (calendar_entry::is_known(tx, law, day)) continue;
        if (const auto entered = calendar_entry::put(tx, day, PersonId{}, now); !entered) return pass(entered);
        ++change.added;
    }
    change.moved = redate_open(tx, law, now);
    return change;
}

std::vector<EnteredDay> entered_calendar_days(storage::Snapshot& snapshot)
{
    return entered_days(snapshot);
}

} // namespace adal::referral
