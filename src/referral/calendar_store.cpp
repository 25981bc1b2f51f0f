#include "referral/calendar_store.hpp"

#include "referral/column_store.hpp"

namespace adal::referral {

namespace calendar_rows {

EnteredDay entered_from(const storage::Row& row)
{
    return {.id = row.get<CalendarDayId>(0),
            .day = {.date = day(row, 1),
                    .kind = stored(day_kind_from(row.text(2))),
                    .source = row.get<std::string>(3),
                    .known_from = day(row, 4),
                    .known_to = optional_day(row, 5)},
            .entered_by = row.get<PersonId>(6),
            .entered_at = row.get<Instant>(7)};
}

} // namespace calendar_rows

void add(storage::Transaction& tx, const EnteredDay& entered)
{
    const auto& day = entered.day;
    tx.exec("insert into calendar_days (id, date, kind, source, known_from, known_to, entered_by, entered_at) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            entered.id, iso(day.date), name(day.kind), day.source, iso(day.known_from), text_of(day.known_to),
            entered.entered_by, entered.entered_at);
}

std::vector<EnteredDay> entered_days(storage::Snapshot& snapshot)
{
    return snapshot.all("select id, date, kind, source, known_from, known_to, entered_by, entered_at "
                        "from calendar_days order by date, known_from, id",
                        calendar_rows::entered_from);
}

bool is_entered(storage::Snapshot& snapshot, const CalendarDay& day)
{
    return snapshot
        .value<std::int64_t>("select 1 from calendar_days where date = ?1 and kind = ?2 and known_from = ?3 "
                             "and coalesce(known_to, '') = ?4",
                             iso(day.date), name(day.kind), iso(day.known_from),
                             day.known_to ? iso(*day.known_to) : std::string{})
        .has_value();
}

WorkingDays calendar_on(storage::Snapshot& snapshot, const Law& law, LocalDate known_on)
{
    auto days = law.days;
    for (auto& entered : entered_days(snapshot)) days.push_back(std::move(entered.day));
    return {days, known_on};
}

void keep(storage::Transaction& tx, const WorkingDays& calendar, Instant now)
{
    tx.exec("insert into calendar_versions (version, days, kept_at) values (?1, ?2, ?3) "
            "on conflict (version) do nothing",
            calendar.version(), calendar.text(), now);
}

bool is_recounted(storage::Snapshot& snapshot, std::string_view version)
{
    return snapshot
        .value<std::int64_t>("select 1 from calendar_versions where version = ?1 and recounted_at is not null", version)
        .has_value();
}

void mark_recounted(storage::Transaction& tx, std::string_view version, Instant now)
{
    // A version may come back: only the last one counted with is marked.
    tx.exec("update calendar_versions set recounted_at = null where version <> ?1 and recounted_at is not null", version);
    tx.exec("update calendar_versions set recounted_at = ?2 where version = ?1", version, now);
}

std::optional<WorkingDays> kept_calendar(storage::Snapshot& snapshot, std::string_view version)
{
    const auto days = snapshot.value<std::string>("select days from calendar_versions where version = ?1", version);
    if (!days) return std::nullopt;
    return stored(WorkingDays::from_text(version, *days));
}

} // namespace adal::referral
