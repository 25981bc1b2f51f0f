#include "cyber/gold.hpp"

#include <gtest/gtest.h>

namespace adal::cyber {

namespace gold_tests {

const Instant kThen = *parse_instant("2026-03-10T10:00:00+05:00");

Resource closed(State state)
{
    return {.id = ResourceId::make(kThen), .category = "DRP", .state = state};
}
Review said(Verdict verdict, std::string category = "DRP")
{
    return {.reviewer = PersonId::make(kThen), .verdict = verdict, .category = std::move(category)};
}

} // namespace gold_tests

using namespace gold_tests;

TEST(Gold, only_what_was_clear_to_all_becomes_one)
{
    const auto confirm = said(Verdict::confirm), reject = said(Verdict::reject);
    auto arbiter = confirm;
    arbiter.is_arbitration = true;
    EXPECT_TRUE(as_gold(closed(State::blocked), {confirm, confirm}));
    EXPECT_TRUE(as_gold(closed(State::rejected), {reject, reject}));
    EXPECT_FALSE(as_gold(closed(State::rejected), {reject}));
    EXPECT_FALSE(as_gold(closed(State::verified), {confirm, reject, arbiter}));
    EXPECT_FALSE(as_gold(closed(State::verified), {confirm, said(Verdict::confirm, "PYR")}));
    for (const auto state : {State::withdrawn, State::triaged, State::in_review, State::arbitration}) EXPECT_FALSE(as_gold(closed(state), {confirm, confirm}));
}

TEST(Gold, an_answer_is_right_with_the_same_verdict_and_category)
{
    const GoldItem item{.verdict = Verdict::confirm, .category = "DRP"};
    EXPECT_TRUE(is_right(item, said(Verdict::confirm)));
    EXPECT_FALSE(is_right(item, said(Verdict::confirm, "PYR")));
    EXPECT_FALSE(is_right(item, said(Verdict::reject)));
    EXPECT_TRUE(is_right({.verdict = Verdict::reject}, said(Verdict::reject, "PYR")));
}

TEST(Gold, one_in_twenty_and_never_before_twenty)
{
    EXPECT_FALSE(is_gold_due(19, 0));
    EXPECT_TRUE(is_gold_due(20, 0));
    EXPECT_FALSE(is_gold_due(39, 1));
    EXPECT_TRUE(is_gold_due(40, 1));
}

TEST(Gold, people_get_different_items_and_the_same_person_the_same)
{
    std::vector<ResourceId> items;
    for (int n = 0; n < 50; ++n) items.push_back(ResourceId::make(kThen));
    const auto person = PersonId::make(kThen);
    EXPECT_EQ(pick_gold(person, items), pick_gold(person, {items.rbegin(), items.rend()}));
    int different = 0;
    for (int n = 0; n < 20; ++n) different += pick_gold(PersonId::make(kThen), items) != pick_gold(person, items) ? 1 : 0;
    EXPECT_GT(different, 10);
    EXPECT_FALSE(pick_gold(person, {}));
}

TEST(Gold, wilsons_interval_is_the_published_one)
{
    // 8 of 10: 0.490–0.943; 0 of 10: 0–0.278; 10 of 10: 0.722–1 (Newcombe 1998, Statistics in Medicine 17, method 3)
    EXPECT_EQ(wilson(8, 10).low, 49);
    EXPECT_EQ(wilson(8, 10).high, 95);
    EXPECT_EQ(wilson(0, 10).low, 0);
    EXPECT_EQ(wilson(0, 10).high, 28);
    EXPECT_EQ(wilson(10, 10).low, 72);
    EXPECT_EQ(wilson(10, 10).high, 100);
}

} // namespace adal::cyber
