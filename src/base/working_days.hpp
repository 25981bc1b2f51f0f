// base/working_days.hpp: which days are working days in Kazakhstan, and counting them.
//
// Days are data with the date from which we knew them (bitemporal), because the calendar changes:
// 30 August 2026 stopped being a holiday by an act known from 2026-03-18. The transfer rule is code:
// law "On holidays in the Republic of Kazakhstan", art. 5: a national or state holiday that falls on a
// weekend moves the day off to the next working day after it. Religious days off (7 January, first day
// of Kurban Ait) never move. Thread-safe: a WorkingDays is immutable.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <set>
#include <string>
#include <vector>

namespace adal {

// ordinary: from known_from on, nothing that was known earlier about that day holds; it is what the week says.
enum class DayKind { holiday, religious, day_off, working, ordinary };
std::string_view name(DayKind kind);
std::optional<DayKind> day_kind_from(std::string_view name);

struct CalendarDay {
    LocalDate date{};
    DayKind kind = DayKind::holiday;
    std::string source{};           // act or announcement
    LocalDate known_from{};         // first day on which this was known
    std::optional<LocalDate> known_to{}; // last day on which it was held true
};

class WorkingDays
{
public:
    // The calendar as it was known on `known_on`. `version` names it in a deadline (invariant 8).
    WorkingDays(const std::vector<CalendarDay>& days, LocalDate known_on);

    [[nodiscard]] bool is_working(LocalDate date) const;
    // Day n counted from the day after `start`; n ≥ 1 (kazakhstan.md §2.9: the start is not counted).
    [[nodiscard]] LocalDate add(LocalDate start, int n) const;
    // The n-th working day before `end`: the last day of a notice of n working days.
    [[nodiscard]] LocalDate subtract(LocalDate end, int n) const;
    // The day itself when it is a working day, else the next one.
    [[nodiscard]] LocalDate working_day_from(LocalDate date) const;
    // Working days in (from, to]; negative when `to` is before `from`.
    [[nodiscard]] int between(LocalDate from, LocalDate to) const;
    [[nodiscard]] const std::set<LocalDate>& days_off() const { return m_off; }
    [[nodiscard]] const std::string& version() const { return m_version; }

    // Everything the version stands for, to be kept beside it; `from_text` counts with it again. Nothing
    // when the text is not the one of that version.
    [[nodiscard]] std::string text() const;
    static std::optional<WorkingDays> from_text(std::string_view version, std::string_view text);

private:
    WorkingDays() = default;
    std::set<LocalDate> m_off, m_working;
    std::string m_version;
};

inline constexpr ProblemCode bad_calendar{"calendar.bad", 422}; // params: line, field, reason

// Reads the JSON of data/calendar/kz.json: rules that repeat each year and single days.
Result<std::vector<CalendarDay>> read_calendar(std::string_view json, int first_year, int last_year);

} // namespace adal
