#include "referral/step.hpp"

#include "referral/law.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::referral {
namespace {

const LocalDate sent = make_date(2026, 3, 17), due = make_date(2026, 4, 3);

const Law& law()
{
    static const Law one = embedded_law();
    return one;
}

const WorkingDays& working_days()
{
    static const WorkingDays one = law().calendar(make_date(2026, 4, 1));
    return one;
}

Recommendation waiting_one()
{
    return {.id = RecommendationId::make(Instant{1}),
            .authority = AuthorityId::make(Instant{2}),
            .state = RecommendationState::waiting,
            .dispatch = DispatchId::make(Instant{3}),
            .deadline = Deadline{law().rules.get(rule_reply).version, "c", sent, due}};
}

Step step_of(StepKind kind, LocalDate on = make_date(2026, 4, 6))
{
    return {.id = StepId::make(Instant{9}), .kind = kind, .authority = AuthorityId::make(Instant{7}), .number = "АД-9",
            .text = "Жауап келген жоқ", .on = on};
}

StepGround ground()
{
    return {.answerable = AuthorityId::make(Instant{2}), .sent_on = sent};
}

const LocalDate today = make_date(2026, 4, 6);

struct Ground {
    StepKind kind;
    StepGround enough;
};

class EachStep : public ::testing::TestWithParam<Ground> {};

TEST_P(EachStep, needs_its_ground)
{
    const auto& [kind, enough] = GetParam();
    auto with = ground();
    with.is_overdue = enough.is_overdue;
    with.answered_as = enough.answered_as;
    with.has_unfixed = enough.has_unfixed;
    with.has_missed_or_lost_step = enough.has_missed_or_lost_step;
    with.is_holder_gone = enough.is_holder_gone;
    EXPECT_TRUE(may_step(step_of(kind), waiting_one(), with, today)) << name(kind);
    const auto refused = may_step(step_of(kind), waiting_one(), ground(), today);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(step_no_ground));
}

INSTANTIATE_TEST_SUITE_P(OfThem, EachStep,
                         ::testing::Values(Ground{StepKind::escalation, {.is_overdue = true}},
                                           Ground{StepKind::escalation, {.answered_as = ReplyClass::formal}},
                                           Ground{StepKind::escalation, {.has_missed_or_lost_step = true}},
                                           Ground{StepKind::appeal, {.answered_as = ReplyClass::refused}},
                                           Ground{StepKind::appeal, {.has_unfixed = true}},
                                           Ground{StepKind::repeat, {.has_unfixed = true}},
                                           Ground{StepKind::succession, {.is_holder_gone = true}}),
                         [](const auto& chosen) { return "n" + std::to_string(chosen.index); });

TEST(Step, is_not_made_after_a_promise_that_is_still_running)
{
    auto with = ground();
    with.answered_as = ReplyClass::promise;
    EXPECT_TRUE(may_step(step_of(StepKind::escalation), waiting_one(), with, today).error().is(step_no_ground));
}

TEST(Step, needs_words_a_number_and_a_day_between_the_sending_and_today)
{
    auto with = ground();
    with.is_overdue = true;
    const auto refusal = [&](Step step) { return may_step(step, waiting_one(), with, today).error(); };
    auto silent = step_of(StepKind::escalation);
    silent.text = " ";
    EXPECT_TRUE(refusal(silent).is(step_text_missing));
    auto nameless = step_of(StepKind::escalation);
    nameless.number.clear();
    EXPECT_TRUE(refusal(nameless).is(step_number_missing));
    EXPECT_TRUE(refusal(step_of(StepKind::escalation, today.plus_days(1))).is(step_in_future));
    const auto early = refusal(step_of(StepKind::escalation, sent.plus_days(-1)));
    EXPECT_TRUE(early.is(step_before_sending));
    EXPECT_EQ(early.params.at("sent"), "2026-03-17");
    auto same = step_of(StepKind::escalation);
    same.authority = with.answerable = AuthorityId::make(Instant{44});
    EXPECT_TRUE(refusal(same).is(step_same_authority));
    EXPECT_TRUE(may_step(step_of(StepKind::escalation), {}, with, today).error().is(recommendation_not_sent));
}

TEST(Hearing, notes_a_notice_shorter_than_three_working_days)
{
    const auto& notice = law().rules.get(rule_hearing_notice);
    const auto hearing = make_date(2026, 3, 27);
    const auto in_time = with_hearing(step_of(StepKind::hearing, make_date(2026, 3, 19)), hearing, notice, working_days());
    ASSERT_TRUE(in_time);
    EXPECT_FALSE(in_time->late);
    EXPECT_EQ(in_time->deadline->due, hearing);
    EXPECT_TRUE(with_hearing(step_of(StepKind::hearing, make_date(2026, 3, 20)), hearing, notice, working_days())->late);
    EXPECT_TRUE(with_hearing(step_of(StepKind::hearing, hearing.plus_days(1)), hearing, notice, working_days()).error().is(step_hearing_before_notice));
    EXPECT_TRUE(with_hearing(step_of(StepKind::hearing), {}, notice, working_days()).error().is(step_hearing_before_notice));
}

Extension extension_of(std::string_view rule, LocalDate until)
{
    const auto& known = law().rules.get(rule);
    return {.clock = deadline_of(known, sent, working_days()), .rule = known, .until = until, .notified_on = make_date(2026, 4, 7)};
}

TEST(Extension, is_refused_where_the_rule_knows_none_and_beyond_its_limit)
{
    const auto& notice = law().rules.get(rule_extension_notice);
    const auto extend = [&](const Extension& extension, LocalDate on = make_date(2026, 4, 2)) {
        return with_extension(step_of(StepKind::extension, on), extension, notice, working_days());
    };
    const auto none = extend(extension_of(rule_reply, make_date(2026, 4, 20)));
    ASSERT_FALSE(none);
    EXPECT_TRUE(none.error().is(step_no_extension));
    EXPECT_EQ(none.error().params.at("rule"), "PC_REPLY");

    // 15 working days after 17 March 2026 end on 10 April; two months more on 10 June.
    const auto right = extend(extension_of(rule_appeal, make_date(2026, 6, 10)));
    ASSERT_TRUE(right);
    EXPECT_EQ(iso(right->deadline->due), "2026-06-10");
    EXPECT_TRUE(right->is_set_by_letter);
    EXPECT_FALSE(right->late);
    const auto far = extend(extension_of(rule_appeal, make_date(2026, 6, 11)));
    EXPECT_TRUE(far.error().is(step_extension_too_far));
    EXPECT_EQ(far.error().params.at("limit"), "2026-06-10");
    EXPECT_TRUE(extend(extension_of(rule_appeal, make_date(2026, 4, 10))).error().is(step_extension_shorter));
    EXPECT_TRUE(extend(extension_of(rule_appeal, make_date(2026, 5, 1)), make_date(2026, 4, 13)).error().is(step_extension_too_late));
    auto again = extension_of(rule_appeal, make_date(2026, 5, 1));
    again.was_extended = true;
    EXPECT_TRUE(extend(again).error().is(step_extension_second));
    auto told_late = extension_of(rule_appeal, make_date(2026, 5, 1));
    told_late.notified_on = make_date(2026, 4, 8); // decided on 2 April: told by the 7th
    EXPECT_TRUE(extend(told_late)->late);
}

TEST(Forwarding, starts_a_clock_at_the_other_one_and_notes_when_it_came_late)
{
    const auto& rules = law().rules;
    const auto made = [&](LocalDate on) {
        return with_forwarding(step_of(StepKind::forwarding, on), sent, rules.get(rule_forward), rules.get(rule_reply), working_days());
    };
    EXPECT_FALSE(made(make_date(2026, 3, 20)).late);
    EXPECT_TRUE(made(make_date(2026, 3, 26)).late);
    EXPECT_EQ(iso(made(make_date(2026, 3, 20)).deadline->due), "2026-04-08");
}

TEST(Step, ends_once_with_an_outcome_of_its_own)
{
    const StepEnd upheld{.outcome = StepOutcome::upheld, .on = today, .number = "1", .text = "Қанағаттандырылды"};
    const auto ended = end(step_of(StepKind::escalation), upheld, today);
    ASSERT_TRUE(ended);
    EXPECT_TRUE(end(*ended, upheld, today).error().is(step_over));
    EXPECT_TRUE(end(step_of(StepKind::hearing), upheld, today).error().is(step_wrong_outcome));
    EXPECT_TRUE(end(step_of(StepKind::forwarding), upheld, today).error().is(step_over));
    auto early = upheld;
    early.on = today.plus_days(-1);
    EXPECT_TRUE(end(step_of(StepKind::escalation), early, today).error().is(step_end_before_start));
    auto silent = upheld;
    silent.text.clear();
    EXPECT_TRUE(end(step_of(StepKind::escalation), silent, today).error().is(step_text_missing));
}

TEST(Step, is_missed_once_and_a_hearing_never)
{
    auto step = step_of(StepKind::escalation);
    step.deadline = Deadline{"r", "c", today, today.plus_days(2)};
    EXPECT_FALSE(miss(step, today.plus_days(2)));
    const auto missed = miss(step, today.plus_days(3));
    ASSERT_TRUE(missed);
    EXPECT_FALSE(miss(*missed, today.plus_days(4)));
    step.kind = StepKind::hearing;
    EXPECT_FALSE(miss(step, today.plus_days(3)));
}

TEST(StepNames, are_stored_by_name)
{
    for (const auto kind : all_step_kinds) EXPECT_EQ(step_kind_from(name(kind)), kind);
    for (const auto outcome : all_step_outcomes) EXPECT_EQ(step_outcome_from(name(outcome)), outcome);
    EXPECT_FALSE(step_kind_from("dance"));
    EXPECT_FALSE(step_outcome_from(""));
}

TEST(DeadlineRules, count_months_hours_and_terms_that_end_on_a_day_off)
{
    EXPECT_EQ(iso(plus_months(make_date(2026, 1, 31), 1)), "2026-02-28");
    EXPECT_EQ(iso(plus_months(make_date(2026, 11, 30), 3)), "2027-02-28");
    EXPECT_EQ(iso(plus_months(make_date(2026, 4, 10), 2)), "2026-06-10");
    const auto& crime = law().rules.get(rule_crime);
    EXPECT_EQ(moment_of(crime, Instant{0}).ms, 24 * 3600 * 1000);
    EXPECT_EQ(iso(deadline_of(crime, make_date(2026, 4, 4), working_days()).due), "2026-04-05");
    // 15 calendar days after 8 March 2026 end on 23 March, a day off; the next working day is the 26th.
    EXPECT_EQ(iso(deadline_of(law().rules.get("INFO_REQUEST"), make_date(2026, 3, 8), working_days()).due), "2026-03-26");
}

TEST(DeadlineRules, that_older_programs_kept_are_read_as_they_meant_them)
{
    const auto old = read_deadline_rule(
        R"({"code":"APPC_DECIDE","act":"K2000000350","article":"76","trigger":"appeal_received","term":15,"unit":"working_days","extension_months":2,"counting":"next_day","source":"s","verified":true})");
    ASSERT_TRUE(old);
    EXPECT_EQ(old->extension, 2);
    EXPECT_EQ(old->extension_unit, TermUnit::months);
    const auto hours = read_deadline_rule(
        R"({"code":"CRIME_REG","act":"K","article":"","trigger":"t","term":24,"unit":"hours","extension_months":0,"counting":"next_day","source":"s","verified":false})");
    ASSERT_TRUE(hours);
    EXPECT_EQ(hours->counting, Counting::moment);
}

TEST(DeadlineRules, of_two_versions_the_one_of_the_day_counts)
{
    const auto rules = read_deadline_rules(R"({"rules":[
        {"code":"A","act":"Z","trigger":"t","term":10,"unit":"working_days","counting":"next_day","source":"s","verified":true,"valid_to":"2026-06-30"},
        {"code":"A","act":"Z","trigger":"t","term":5,"unit":"working_days","counting":"next_day","source":"s","verified":true,"valid_from":"2026-07-01"}]})");
    ASSERT_TRUE(rules);
    EXPECT_EQ(rules->find_on("A", make_date(2026, 6, 30))->term, 10);
    EXPECT_EQ(rules->find_on("A", make_date(2026, 7, 1))->term, 5);
    EXPECT_EQ(rules->get("A").term, 5);
    const auto overlapping = read_deadline_rules(R"({"rules":[
        {"code":"A","act":"Z","trigger":"t","term":10,"unit":"working_days","counting":"next_day","source":"s","verified":true},
        {"code":"A","act":"Z","trigger":"t","term":5,"unit":"working_days","counting":"next_day","source":"s","verified":true,"valid_from":"2026-07-01"}]})");
    ASSERT_FALSE(overlapping);
    EXPECT_EQ(overlapping.error().params.at("field"), "code");
}

// Whatever is recorded in whatever order: a step that has a clock keeps it until its end, and an end is an end.
RC_GTEST_PROP(Step, never_loses_its_clock_and_ends_at_most_once, ())
{
    auto step = step_of(*rc::gen::elementOf(all_step_kinds));
    if (!outcomes_of(step.kind).empty()) step.deadline = Deadline{"r", "c", today, today.plus_days(10)};
    auto day = today;
    int ends = 0;
    for (const int move : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3))) {
        if (move == 0) {
            const auto outcome = *rc::gen::elementOf(all_step_outcomes);
            const auto done = end(step, {.outcome = outcome, .on = day, .text = "x"}, day);
            if (done) {
                step = *done;
                ++ends;
            }
        } else if (move == 1) {
            if (const auto missed = miss(step, day)) step = *missed;
        } else {
            day = day.plus_days(4);
        }
        RC_ASSERT(ends <= 1);
        RC_ASSERT(step.end.has_value() == (ends == 1));
        RC_ASSERT(step.deadline.has_value() == !outcomes_of(step.kind).empty());
        if (step.end) RC_ASSERT(!is_overdue(step, day));
    }
}

} // namespace
} // namespace adal::referral
