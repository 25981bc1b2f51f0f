#include "referral/deadline_rule.hpp"
#include "referral/law.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::referral {
namespace {

// The vectors of the law's clock (kazakhstan.md §2.9), through the rules as they ship.
struct Vector {
    std::string_view rule, start, known_on, due;
};

class DeadlineVector : public ::testing::TestWithParam<Vector> {};

TEST_P(DeadlineVector, is_the_day_the_law_gives)
{
    static const Law law = embedded_law();
    const auto& vector = GetParam();
    const auto calendar = law.calendar(*parse_date(vector.known_on));
    const auto deadline = deadline_of(law.rules.get(vector.rule), *parse_date(vector.start), calendar);
    EXPECT_EQ(iso(deadline.due), vector.due);
    EXPECT_EQ(deadline.calendar_version, calendar.version());
    EXPECT_EQ(deadline.rule_version, law.rules.get(vector.rule).version);
}

INSTANTIATE_TEST_SUITE_P(
    OfTheLaw, DeadlineVector,
    ::testing::Values(Vector{"PC_SEND", "2026-03-06", "2026-03-06", "2026-03-18"},
                      Vector{"PC_REPLY", "2026-03-17", "2026-03-17", "2026-04-03"},
                      Vector{"APPC_DECIDE", "2026-04-20", "2026-04-20", "2026-05-14"},
                      Vector{"PC_REPLY", "2026-08-24", "2026-01-15", "2026-09-08"},
                      Vector{"PC_REPLY", "2026-08-24", "2026-08-24", "2026-09-07"}),
    [](const auto& vector) { return "n" + std::to_string(vector.index); });

TEST(DeadlineRules, carry_their_source_and_say_what_nobody_read)
{
    const auto law = embedded_law();
    EXPECT_EQ(law.rules.all().size(), 11u);
    for (const auto& rule : law.rules.all()) EXPECT_FALSE(rule.source.empty()) << rule.code;
    EXPECT_TRUE(law.rules.get("PC_REPLY").verified);
    EXPECT_FALSE(law.rules.get("INFO_REQUEST").verified);
}

TEST(DeadlineRules, get_another_version_when_anything_in_them_changes)
{
    const auto rules = [](std::string_view term) {
        return read_deadline_rules(R"({"rules":[{"code":"A","act":"Z","article":"1","trigger":"t","term":)" +
                                   std::string(term) +
                                   R"(,"unit":"working_days","counting":"next_day","source":"s","verified":true}]})");
    };
    ASSERT_TRUE(rules("7"));
    EXPECT_NE(rules("7")->get("A").version, rules("8")->get("A").version);
    EXPECT_EQ(rules("7")->get("A").version, rules("7")->get("A").version);
}

TEST(DeadlineRules, refuse_a_rule_without_source_term_or_act)
{
    const auto read = [](std::string_view entry) {
        return read_deadline_rules(R"({"rules":[)" + std::string(entry) + "]}");
    };
    for (const auto* entry :
         {R"({"code":"A","act":"Z","trigger":"t","term":0,"unit":"working_days","counting":"next_day","source":"s","verified":true})",
          R"({"code":"A","act":"Z","trigger":"t","term":1,"unit":"days","counting":"next_day","source":"s","verified":true})",
          R"({"code":"A","act":"Z","trigger":"t","term":1,"unit":"working_days","counting":"next_day","source":"","verified":true})",
          R"({"code":"A","act":"","trigger":"t","term":1,"unit":"working_days","counting":"next_day","source":"s","verified":true})"}) {
        const auto rules = read(entry);
        ASSERT_FALSE(rules) << entry;
        EXPECT_TRUE(rules.error().is(bad_deadline_rule));
    }
}

RC_GTEST_PROP(Deadline, is_a_working_day_after_the_start_and_grows_with_it, ())
{
    static const Law law = embedded_law();
    static const auto calendar = law.calendar(make_date(2026, 3, 18));
    const auto day = make_date(2023, 1, 1).plus_days(*rc::gen::inRange(0, 3000));
    const auto& rule = law.rules.get(*rc::gen::element(rule_send, rule_reply));
    const auto deadline = deadline_of(rule, day, calendar);
    RC_ASSERT(calendar.is_working(deadline.due));
    RC_ASSERT(calendar.between(day, deadline.due) == rule.term);
    RC_ASSERT(deadline_of(rule, day.plus_days(1), calendar).due >= deadline.due);
}

} // namespace
} // namespace adal::referral
