#include "base/working_days.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace adal {
namespace {

// Tests run in the root of the tree.
std::string shipped_calendar()
{
    std::ifstream file{"data/calendar/kz.json"};
    EXPECT_TRUE(file.is_open());
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<CalendarDay> days_of(int first_year, int last_year)
{
    const auto days = read_calendar(shipped_calendar(), first_year, last_year);
    EXPECT_TRUE(days.has_value());
    return days.value_or(std::vector<CalendarDay>{});
}

const LocalDate kJanuary = make_date(2026, 1, 5); // before the change became known
const LocalDate kSummer = make_date(2026, 6, 1);  // after it

LocalDate day(const char* text)
{
    return parse_date(text).value();
}

int working_days_of(const WorkingDays& calendar, int year)
{
    return calendar.between(make_date(year - 1, 12, 31), make_date(year, 12, 31));
}

TEST(WorkingDays, Holidays_of_2026_move_as_the_official_calendar_says)
{
    const WorkingDays calendar{days_of(2026, 2026), kJanuary};
    for (const auto* off :
         {"2026-03-09", "2026-03-24", "2026-03-25", "2026-05-11", "2026-08-31", "2026-10-26"})
        EXPECT_FALSE(calendar.is_working(day(off))) << off;
    for (const auto* on : {"2026-03-10", "2026-03-26", "2026-05-12", "2026-05-28", "2026-10-27"})
        EXPECT_TRUE(calendar.is_working(day(on))) << on;
}

TEST(WorkingDays, The_year_2026_has_246_working_days_and_247_after_the_change)
{
    const auto days = days_of(2026, 2026);
    EXPECT_EQ(working_days_of(WorkingDays(days, kJanuary), 2026), 246);
    EXPECT_EQ(working_days_of(WorkingDays(days, day("2026-03-17")), 2026), 246);
    EXPECT_EQ(working_days_of(WorkingDays(days, day("2026-03-18")), 2026), 247);
}

TEST(WorkingDays, Legal_terms_end_on_the_days_worked_out_by_hand)
{
    const auto days = days_of(2025, 2027);
    const WorkingDays before{days, kJanuary};
    const WorkingDays after{days, kSummer};
    EXPECT_EQ(iso(before.add(day("2026-03-06"), 7)), "2026-03-18");
    EXPECT_EQ(iso(before.add(day("2026-03-17"), 10)), "2026-04-03");
    EXPECT_EQ(iso(before.add(day("2026-04-20"), 15)), "2026-05-14");
    EXPECT_EQ(iso(before.add(day("2026-08-24"), 10)), "2026-09-08");
    EXPECT_EQ(iso(after.add(day("2026-08-24"), 10)), "2026-09-07");
    EXPECT_EQ(iso(after.add(day("2026-03-06"), 7)), "2026-03-18");
}

TEST(WorkingDays, Religious_days_off_never_move)
{
    const WorkingDays calendar{days_of(2022, 2027), kSummer};
    EXPECT_FALSE(calendar.is_working(day("2026-05-27")));
    EXPECT_TRUE(calendar.is_working(day("2024-01-08")));
    EXPECT_TRUE(calendar.is_working(day("2023-01-09"))); // 7 January 2023 was a Saturday
}

TEST(WorkingDays, Constitution_day_is_in_march_from_2027)
{
    const auto days = days_of(2025, 2028);
    const WorkingDays after{days, kSummer};
    EXPECT_FALSE(after.is_working(day("2027-03-15")));
    EXPECT_TRUE(after.is_working(day("2027-08-30")));
    EXPECT_TRUE(WorkingDays(days, kJanuary).is_working(day("2027-03-15")));
    EXPECT_FALSE(after.is_working(day("2025-09-01"))); // 30 August 2025 was a Saturday
}

TEST(WorkingDays, Two_dates_of_knowledge_have_one_version_exactly_when_the_days_are_the_same)
{
    const auto days = days_of(2025, 2027);
    const WorkingDays january{days, kJanuary}, february{days, day("2026-02-20")};
    EXPECT_EQ(january.version(), february.version());
    EXPECT_NE(january.version(), WorkingDays(days, kSummer).version());
    EXPECT_TRUE(WorkingDays(days, kSummer).version().starts_with("2026-03-18."));
}

TEST(WorkingDays, A_decree_can_swap_a_working_day)
{
    auto days = days_of(2026, 2026);
    days.push_back({day("2026-01-05"), DayKind::day_off, "decree", day("2025-12-01"), {}});
    days.push_back({day("2026-01-10"), DayKind::working, "decree", day("2025-12-01"), {}});
    const WorkingDays calendar{days, kJanuary};
    EXPECT_FALSE(calendar.is_working(day("2026-01-05")));
    EXPECT_TRUE(calendar.is_working(day("2026-01-10")));
    EXPECT_EQ(working_days_of(calendar, 2026), 246);
}

// The rule again, written naively: walks day by day and never looks at the implementation's sets.
struct Naive {
    const std::vector<CalendarDay>& days;
    LocalDate known_on;

    [[nodiscard]] bool listed(LocalDate date, bool holidays_only) const
    {
        return std::any_of(days.begin(), days.end(), [&](const CalendarDay& d) {
            return d.date == date && d.known_from <= known_on &&
                   (!d.known_to || *d.known_to >= known_on) &&
                   (!holidays_only || d.kind == DayKind::holiday);
        });
    }
    [[nodiscard]] static bool weekend(LocalDate date) { return date.iso_weekday() > 5; }

    // Every earlier weekend holiday takes the first free day after it, in order.
    [[nodiscard]] std::set<LocalDate> moved(int year) const
    {
        std::set<LocalDate> taken;
        for (auto date = make_date(year, 1, 1); date.year() == year; date = date.plus_days(1)) {
            if (!weekend(date) || !listed(date, true)) continue;
            auto free = date.plus_days(1);
            while (weekend(free) || listed(free, false) || taken.contains(free))
                free = free.plus_days(1);
            taken.insert(free);
        }
        return taken;
    }
};

TEST(WorkingDays, Equal_a_naive_reading_of_the_law_on_every_day_of_2020_to_2035)
{
    const auto days = days_of(2020, 2035);
    for (const auto known_on : {kJanuary, kSummer}) {
        const WorkingDays calendar{days, known_on};
        const Naive naive{days, known_on};
        for (int year = 2020; year <= 2035; ++year) {
            const auto moved = naive.moved(year);
            for (auto date = make_date(year, 1, 1); date.year() == year; date = date.plus_days(1)) {
                const bool off =
                    Naive::weekend(date) || naive.listed(date, false) || moved.contains(date);
                ASSERT_EQ(calendar.is_working(date), !off)
                    << iso(date) << " known on " << iso(known_on);
            }
        }
    }
}

TEST(WorkingDays, Adding_and_counting_agree)
{
    const WorkingDays calendar{days_of(2025, 2027), kSummer};
    for (auto start = make_date(2026, 1, 1); start.year() == 2026; start = start.plus_days(3)) {
        for (const int n : {1, 3, 7, 10, 15}) {
            const auto end = calendar.add(start, n);
            EXPECT_EQ(calendar.between(start, end), n);
            EXPECT_EQ(calendar.between(end, start), -n);
            EXPECT_TRUE(calendar.is_working(end));
        }
    }
}

TEST(WorkingDays, A_day_declared_ordinary_is_off_no_more_and_its_transfer_goes_with_it)
{
    auto days = days_of(2026, 2026);
    days.push_back({day("2026-05-27"), DayKind::ordinary, "announcement", day("2026-05-20"), {}});
    days.push_back({day("2026-05-28"), DayKind::religious, "announcement", day("2026-05-20"), {}});
    days.push_back({day("2026-10-25"), DayKind::ordinary, "act", day("2026-05-20"), {}});
    const WorkingDays before{days, day("2026-05-19")}, after{days, day("2026-05-20")};
    EXPECT_FALSE(before.is_working(day("2026-05-27")));
    EXPECT_TRUE(after.is_working(day("2026-05-27")));
    EXPECT_FALSE(after.is_working(day("2026-05-28")));
    EXPECT_FALSE(before.is_working(day("2026-10-26"))); // 25 October 2026 is a Sunday
    EXPECT_TRUE(after.is_working(day("2026-10-26")));
    EXPECT_FALSE(after.is_working(day("2026-10-25")));
    // Announced again later: the last word holds.
    days.push_back({day("2026-05-27"), DayKind::religious, "correction", day("2026-05-22"), {}});
    EXPECT_FALSE(WorkingDays(days, day("2026-05-22")).is_working(day("2026-05-27")));
}

TEST(WorkingDays, Notice_is_counted_back_over_days_off)
{
    const WorkingDays calendar{days_of(2026, 2026), kJanuary};
    EXPECT_EQ(iso(calendar.subtract(day("2026-03-27"), 3)), "2026-03-19"); // Nauryz with its transfers
    for (auto end = day("2026-01-20"); end < day("2026-12-20"); end = end.plus_days(1)) {
        const auto last = calendar.subtract(end, 3);
        EXPECT_TRUE(calendar.is_working(last));
        EXPECT_EQ(calendar.between(last, end.plus_days(-1)), 2) << iso(end);
    }
    EXPECT_EQ(iso(calendar.working_day_from(day("2026-03-21"))), "2026-03-26");
    EXPECT_EQ(iso(calendar.working_day_from(day("2026-03-20"))), "2026-03-20");
}

TEST(WorkingDays, A_kept_version_counts_again_and_a_changed_one_is_not_believed)
{
    auto days = days_of(2025, 2027);
    days.push_back({day("2026-01-10"), DayKind::working, "decree", day("2025-12-01"), {}});
    const WorkingDays calendar{days, kSummer};
    const auto again = WorkingDays::from_text(calendar.version(), calendar.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->version(), calendar.version());
    for (auto date = day("2025-01-01"); date.year() < 2028; date = date.plus_days(1))
        ASSERT_EQ(again->is_working(date), calendar.is_working(date)) << iso(date);
    EXPECT_FALSE(WorkingDays::from_text(calendar.version(), calendar.text() + "2026-02-02\n"));
    EXPECT_FALSE(WorkingDays::from_text(calendar.version(), "x\n"));
}

TEST(WorkingDays, A_bad_calendar_names_entry_field_and_reason)
{
    const auto read = read_calendar(R"({"yearly":[],"days":[
        {"date":"2026-05-27","kind":"religious","source":"a","known_from":"2026-01-01"},
        {"date":"2026-02-30","kind":"religious","source":"a","known_from":"2026-01-01"}]})",
                                    2026, 2026);
    ASSERT_FALSE(read.has_value());
    EXPECT_TRUE(read.error().is(bad_calendar));
    EXPECT_EQ(read.error().params.at("line"), "2");
    EXPECT_EQ(read.error().params.at("field"), "date");
    EXPECT_EQ(read.error().params.at("reason"), "not_a_date");
    EXPECT_FALSE(read_calendar("{}", 2026, 2026).has_value());
    EXPECT_FALSE(read_calendar("[", 2026, 2026).has_value());
}

} // namespace
} // namespace adal
