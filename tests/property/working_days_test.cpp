// The working-day calendar against a count by hand, on the calendar of Kazakhstan and on invented ones.
#include "base/working_days.hpp"
#include "support/support.hpp"

#include <algorithm>
#include <map>
#include <rapidcheck/gtest.h>

namespace adal {
namespace {

// Written once more, from the law, without the sets of working_days.cpp: holidays on a weekend move to the next
// working day after them, in order of date; religious days never move; a day named working is working.
class ByHand
{
public:
    ByHand(const std::vector<CalendarDay>& days, LocalDate known_on)
    {
        std::vector<LocalDate> moving;
        for (const auto& day : days) {
            if (known_on < day.known_from || (day.known_to && *day.known_to < known_on)) continue;
            if (day.kind == DayKind::working) m_kind[day.date] = true;
            else m_kind.try_emplace(day.date, false);
            if (day.kind == DayKind::holiday) moving.push_back(day.date);
        }
        std::sort(moving.begin(), moving.end());
        moving.erase(std::unique(moving.begin(), moving.end()), moving.end());
        for (auto date : moving) {
            if (date.iso_weekday() < 6) continue;
            do date = date.plus_days(1);
            while (!is_working(date));
            m_kind[date] = false;
        }
    }
    [[nodiscard]] bool is_working(LocalDate date) const
    {
        const auto found = m_kind.find(date);
        return found != m_kind.end() ? found->second : date.iso_weekday() < 6;
    }

private:
    std::map<LocalDate, bool> m_kind; // true: working
};

void compare(const WorkingDays& calendar, const ByHand& by_hand, LocalDate from, int term)
{
    RC_ASSERT(calendar.is_working(from) == by_hand.is_working(from));
    auto date = from;
    for (int left = term; left > 0;) {
        date = date.plus_days(1);
        left -= by_hand.is_working(date);
    }
    RC_ASSERT(calendar.add(from, term) == date);
    RC_ASSERT(calendar.between(from, date) == term);
    RC_ASSERT(calendar.between(date, from) == -term);
    int counted = 0;
    const auto to = from.plus_days(term);
    for (auto day = from; day != to;) counted += by_hand.is_working(day = day.plus_days(1));
    RC_ASSERT(calendar.between(from, to) == counted);
}

const std::vector<CalendarDay>& kazakhstan()
{
    static const auto days = read_calendar(test::read_file(test::repository_path("data/calendar/kz.json")), 2020, 2032).value();
    return days;
}

RC_GTEST_PROP(TheCalendarOfKazakhstan, counts_as_one_counts_by_hand_however_much_was_known, ())
{
    const auto known_on = make_date(2024, 1, 1).plus_days(*rc::gen::inRange(0, 1200));
    const auto from = make_date(2021, 1, 1).plus_days(*rc::gen::inRange(0, 3600));
    compare(WorkingDays{kazakhstan(), known_on}, ByHand{kazakhstan(), known_on}, from, *rc::gen::inRange(1, 40));
}

RC_GTEST_PROP(AnInventedCalendar, counts_as_one_counts_by_hand, ())
{
    const auto start = make_date(2026, 1, 1);
    const auto day = [&] { return start.plus_days(*rc::gen::inRange(0, 60)); };
    std::vector<CalendarDay> days;
    for (int i = *rc::gen::inRange(0, 25); i > 0; --i) {
        CalendarDay one{.date = day(), .kind = *rc::gen::element(DayKind::holiday, DayKind::religious, DayKind::day_off, DayKind::working), .source = "s", .known_from = day()};
        if (*rc::gen::arbitrary<bool>()) one.known_to = one.known_from.plus_days(*rc::gen::inRange(0, 60));
        days.push_back(one);
    }
    const auto known_on = day();
    const WorkingDays calendar{days, known_on};
    compare(calendar, ByHand{days, known_on}, day(), *rc::gen::inRange(1, 30));
    RC_ASSERT(calendar.version() == (WorkingDays{days, known_on}).version());
}

} // namespace
} // namespace adal
