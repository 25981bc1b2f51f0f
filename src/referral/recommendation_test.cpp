#include "referral/recommendation.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::referral {
namespace {

const LocalDate sent_on = make_date(2026, 3, 17);
const Deadline ten_days{"PC_REPLY@1", "c1", sent_on, make_date(2026, 4, 3)};

Recommendation waiting()
{
    return *send({.id = RecommendationId::make(Instant{1})}, DispatchId::make(Instant{2}), ten_days);
}

Reply letter(ReplyClass reply_class, LocalDate on = make_date(2026, 3, 30))
{
    return {.received_on = on, .reply_class = reply_class, .text = "…", .promised_for = make_date(2026, 5, 1)};
}

TEST(Recommendation, is_overdue_the_day_after_its_last_day_and_not_before)
{
    EXPECT_FALSE(is_overdue(waiting(), make_date(2026, 4, 3)));
    EXPECT_TRUE(is_overdue(waiting(), make_date(2026, 4, 4)));
}

TEST(Recommendation, keeps_its_clock_when_the_letter_says_nothing_about_it)
{
    const auto after = answer(waiting(), letter(ReplyClass::none), sent_on, make_date(2026, 4, 1));
    ASSERT_TRUE(after);
    EXPECT_EQ(after->state, RecommendationState::waiting);
    EXPECT_TRUE(is_overdue(*after, make_date(2026, 4, 10)));
}

TEST(Recommendation, takes_one_answer)
{
    const auto first = answer(waiting(), letter(ReplyClass::refused), sent_on, make_date(2026, 4, 1));
    ASSERT_TRUE(first);
    const auto second = answer(*first, letter(ReplyClass::solved), sent_on, make_date(2026, 4, 1));
    ASSERT_FALSE(second);
    EXPECT_TRUE(second.error().is(reply_second));
}

TEST(Recommendation, refuses_a_reply_before_the_sending_from_the_future_or_without_words)
{
    const auto today = make_date(2026, 4, 1);
    EXPECT_TRUE(answer(waiting(), letter(ReplyClass::formal, make_date(2026, 3, 16)), sent_on, today)
                    .error()
                    .is(reply_before_sending));
    EXPECT_TRUE(answer(waiting(), letter(ReplyClass::formal, make_date(2026, 4, 2)), sent_on, today)
                    .error()
                    .is(reply_in_future));
    auto silent = letter(ReplyClass::formal);
    silent.text = "  ";
    EXPECT_TRUE(answer(waiting(), silent, sent_on, today).error().is(reply_text_missing));
    auto promise = letter(ReplyClass::promise);
    promise.promised_for.reset();
    EXPECT_TRUE(answer(waiting(), promise, sent_on, today).error().is(reply_promise_date_missing));
    EXPECT_TRUE(answer({}, letter(ReplyClass::formal), sent_on, today).error().is(recommendation_not_sent));
}

TEST(Recommendation, is_written_down_as_missed_once)
{
    const auto missed = miss(waiting(), make_date(2026, 4, 4));
    ASSERT_TRUE(missed);
    EXPECT_FALSE(miss(*missed, make_date(2026, 4, 5)));
}

TEST(ReplyClass, is_stored_by_name)
{
    for (const auto reply_class : all_reply_classes) EXPECT_EQ(reply_class_from(name(reply_class)), reply_class);
    EXPECT_FALSE(reply_class_from("fine"));
}

// Whatever anybody does in whatever order, a recommendation is unsent, or it is answered, or its clock is
// there to be seen: it is never lost.
RC_GTEST_PROP(Recommendation, is_never_lost_by_any_sequence_of_steps, ())
{
    Recommendation recommendation{.id = RecommendationId::make(Instant{1})};
    const auto id = recommendation.id;
    auto today = sent_on;
    bool was_sent = false, was_answered = false;
    for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6))) {
        const auto now = recommendation;
        if (step == 0) {
            const auto sent = send(recommendation, DispatchId::make(Instant{2}), ten_days);
            RC_ASSERT(sent.has_value() == !was_sent);
            if (sent) recommendation = *sent;
            was_sent = true;
        } else if (step == 1) {
            recommendation = redate(recommendation, {"PC_REPLY@2", "c2", today, today.plus_days(14)});
        } else if (step == 2) {
            const auto reply_class = *rc::gen::elementOf(all_reply_classes);
            const auto done = answer(recommendation, letter(reply_class, today), sent_on, today);
            RC_ASSERT(done.has_value() == (was_sent && !was_answered));
            if (done) recommendation = *done;
            was_answered = was_answered || (done && is_answer(reply_class));
        } else if (step == 3) {
            if (const auto missed = miss(recommendation, today)) recommendation = *missed;
        } else {
            today = today.plus_days(step);
        }
        RC_ASSERT(recommendation.id == id);
        using enum RecommendationState;
        RC_ASSERT(recommendation.state == (!was_sent ? unsent : was_answered ? answered : waiting));
        if (was_sent) RC_ASSERT(recommendation.deadline.has_value() && recommendation.dispatch.is_set());
        if (now.missed_on) RC_ASSERT(recommendation.missed_on == now.missed_on);
        if (is_overdue(recommendation, today) && !recommendation.missed_on)
            RC_ASSERT(miss(recommendation, today).has_value());
    }
}

} // namespace
} // namespace adal::referral
