// Gold items: who may become one, what comes along with what, and what an answer says.
#include "cyber/gold.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace adal::cyber {

namespace gold_tests {

const Instant kThen = *parse_instant("2026-03-10T10:00:00+05:00");

Resource one(State state, int hour = 0, std::string category = "DRP")
{
    const auto at = kThen.plus(std::chrono::hours{hour});
    return {.id = ResourceId::make(at), .category = std::move(category), .severity = 4, .state = state, .first_reported_at = at};
}

Review said(Verdict verdict, std::string category = "DRP")
{
    return {.id = ReviewId::make(kThen), .reviewer = PersonId::make(kThen), .verdict = verdict, .category = std::move(category), .at = kThen};
}

std::vector<Resource> many_waiting(int count)
{
    std::vector<Resource> out;
    for (int n = 0; n < count; ++n) out.push_back(one(n % 3 == 0 ? State::in_review : State::triaged, n));
    return out;
}

std::vector<OpenGold> many_gold(int count)
{
    std::vector<OpenGold> out;
    for (int n = 0; n < count; ++n) out.push_back({.resource = ResourceId::make(kThen), .is_guarded = n % 5 == 0});
    return out;
}

std::vector<std::string> ids_of(const std::vector<GoldTask>& tasks)
{
    std::vector<std::string> out;
    for (const auto& task : tasks) out.push_back(task.id.str() + task.resource.str() + task.beside.str());
    std::ranges::sort(out);
    return out;
}

} // namespace gold_tests

using namespace gold_tests;

TEST(Gold, is_closed_and_two_people_said_the_answer)
{
    const auto resource = one(State::accepted);
    EXPECT_TRUE(as_gold(resource, {said(Verdict::confirm), said(Verdict::confirm)}));
    EXPECT_FALSE(as_gold(resource, {said(Verdict::confirm)}));
    EXPECT_FALSE(as_gold(resource, {said(Verdict::confirm), said(Verdict::confirm, "LOT")}));
    const auto twice = said(Verdict::confirm);
    EXPECT_FALSE(as_gold(resource, {twice, twice}));
    EXPECT_EQ(as_gold(one(State::rejected), {said(Verdict::reject), said(Verdict::reject)})->verdict, Verdict::reject);
    auto arbiter = said(Verdict::reject);
    EXPECT_FALSE(as_gold(one(State::rejected), {arbiter, said(Verdict::confirm), said(Verdict::reject)}));
    arbiter.is_arbitration = true;
    EXPECT_FALSE(as_gold(one(State::rejected), {said(Verdict::reject), said(Verdict::reject), arbiter}));
    EXPECT_FALSE(as_gold(one(State::rejected), {said(Verdict::reject)}));
    for (const auto state : {State::triaged, State::guarded, State::in_review, State::arbitration, State::refused, State::withdrawn})
        EXPECT_FALSE(as_gold(one(state), {said(Verdict::confirm), said(Verdict::confirm)})) << name(state);
    auto grave = resource;
    grave.severity = 5;
    EXPECT_FALSE(as_gold(grave, {said(Verdict::confirm), said(Verdict::confirm)}));
}

TEST(Gold, what_was_taken_back_tells_nothing)
{
    const auto gold = *as_gold(one(State::verified), {said(Verdict::confirm), said(Verdict::confirm)});
    EXPECT_TRUE(still_holds(gold, State::blocked));
    EXPECT_FALSE(still_holds(gold, State::withdrawn));
    EXPECT_FALSE(still_holds(gold, State::refused));
    EXPECT_TRUE(is_right(gold, said(Verdict::confirm)));
    EXPECT_FALSE(is_right(gold, said(Verdict::confirm, "LOT")));
    EXPECT_FALSE(is_right(gold, said(Verdict::reject)));
}

TEST(Gold, about_one_in_twenty_brings_an_item_along)
{
    const auto waiting = many_waiting(4000);
    const auto gold = many_gold(1000);
    for (int n = 0; n < 5; ++n) {
        const auto count = gold_beside(PersonId::make(kThen), waiting, gold).size();
        EXPECT_GT(count, 140U);
        EXPECT_LT(count, 260U);
    }
}

RC_GTEST_PROP(GoldProperty, is_the_same_at_every_look_and_gives_nothing_twice, ())
{
    const auto person = PersonId::make(kThen);
    auto waiting = many_waiting(*rc::gen::inRange(0, 200));
    auto gold = many_gold(*rc::gen::inRange(0, 12));
    const auto tasks = gold_beside(person, waiting, gold);
    std::set<ResourceId> items, besides, ids;
    for (const auto& task : tasks) {
        items.insert(task.resource), besides.insert(task.beside), ids.insert(task.id);
        RC_ASSERT(task.person == person);
        const auto beside = std::ranges::find(waiting, task.beside, &Resource::id);
        RC_ASSERT(beside != waiting.end());
        RC_ASSERT(task.reported_at <= beside->first_reported_at);
        RC_ASSERT(task.id.str().substr(0, 9) == ResourceId::make(task.reported_at).str().substr(0, 9));
        RC_ASSERT(task.id != task.resource && std::ranges::find(waiting, task.id, &Resource::id) == waiting.end());
    }
    RC_ASSERT(items.size() == tasks.size() && besides.size() == tasks.size() && ids.size() == tasks.size());
    std::ranges::reverse(waiting);
    std::ranges::reverse(gold);
    RC_ASSERT(ids_of(gold_beside(person, waiting, gold)) == ids_of(tasks));
}

TEST(Gold, wears_the_clothes_of_what_waits)
{
    auto resource = one(State::blocked);
    resource.verified_at = resource.alive_at = kThen;
    resource.changed_at = kThen.plus(std::chrono::hours{900});
    const GoldTask task{.id = ResourceId::make(kThen), .resource = resource.id, .state = State::in_review, .reported_at = kThen.plus(std::chrono::hours{800})};
    const auto shown = in_disguise(resource, task, "LOT");
    EXPECT_EQ(shown.id, task.id);
    EXPECT_EQ(shown.state, State::in_review);
    EXPECT_EQ(shown.category, "LOT");
    EXPECT_EQ(shown.severity, find_category("LOT")->severity);
    EXPECT_EQ(shown.first_reported_at, task.reported_at);
    EXPECT_FALSE(shown.verified_at || shown.alive_at);
}

TEST(Gold, ends_for_its_reviewer_as_any_other)
{
    EXPECT_EQ(state_after(one(State::triaged), said(Verdict::confirm)), State::in_review);
    EXPECT_EQ(state_after(one(State::in_review), said(Verdict::confirm)), State::verified);
    EXPECT_EQ(state_after(one(State::in_review), said(Verdict::reject)), State::arbitration);
    const auto refused = one(State::triaged);
    EXPECT_EQ(state_after(refused, said(Verdict::reject)), is_looked_at_twice(refused.id) ? State::in_review : State::rejected);
}

TEST(Gold, interval_of_wilson)
{
    EXPECT_EQ(wilson(0, 0).low, 0);
    EXPECT_EQ(wilson(0, 0).high, 1);
    EXPECT_NEAR(wilson(8, 10).low, 0.4902, 0.0005); // R: prop.test(8, 10, correct = FALSE)
    EXPECT_NEAR(wilson(8, 10).high, 0.9433, 0.0005);
    EXPECT_NEAR(wilson(10, 10).low, 0.7225, 0.0005);
    EXPECT_NEAR(wilson(10, 10).high, 1, 1e-9);
    EXPECT_NEAR(wilson(0, 10).low, 0, 1e-9);
}

} // namespace adal::cyber
