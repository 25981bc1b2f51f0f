// Gold items among what a reviewer is given, through the operations of cyber.hpp, on both engines.
#include "cyber/test_casework.hpp"

#include <map>

namespace adal::cyber {

namespace gold_work_tests {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class GoldWork : public WithLog
{
protected:
    void SetUp() override
    {
        WithLog::SetUp();
        if (IsSkipped()) return;
        first = hire(), second = hire(), fresh = hire();
        marker = hire(people::Role::coordinator);
        for (int n = 0; n < 6; ++n) gold.push_back(closed("gold" + letters(n)));
        for (int n = 0; n < 40; ++n) waiting.push_back(reported("drop" + letters(n)));
    }

    PersonId hire(people::Role role = people::Role::reviewer) { return WithLog::hire({role}, 1990); }
    static std::string letters(int n) { return {static_cast<char>('a' + n / 26), static_cast<char>('a' + n % 26), 'x', 'x'}; }
    ResourceId reported(const std::string& handle)
    {
        clock = clock.plus(std::chrono::minutes{1});
        return write([&](auto& tx) { return report_links(tx, rules, {.text = "@" + handle, .category = "DRP", .note = "келді"}, clock); }).front().resource;
    }
    static Review answer(Verdict verdict)
    {
        Review out{.verdict = verdict, .category = "DRP", .text = "көрдім", .no_capture = "кіру керек"};
        for (const auto& question : questions_of(*find_category("DRP"))) out.answers.push_back({.question = question.id, .yes = true, .where = "басы"});
        return out;
    }
    ResourceId closed(const std::string& handle)
    {
        const auto id = reported(handle);
        for (const auto who : {first, second})
            write([&](auto& tx) -> Result<Resource> {
                if (const auto claimed = claim_resource(tx, id, who, clock); !claimed) return claimed;
                return review_resource(tx, rules, id, answer(Verdict::confirm), false, who, clock);
            });
        return id;
    }
    void mark_all()
    {
        for (const auto id : gold) write([&](auto& tx) { return mark_gold(tx, id, marker, clock); });
    }
    std::vector<Resource> queue(PersonId who, bool knows = false)
    {
        return read([&](auto& s) { return queue_of(s, {who, knows}, clock); });
    }
    // What is in the queue and is no waiting resource.
    std::vector<Resource> gold_in_queue(PersonId who)
    {
        auto out = queue(who);
        std::erase_if(out, [&](const Resource& one) { return std::ranges::find(waiting, one.id) != waiting.end(); });
        return out;
    }
    // Somebody to whom the ids give at least that many.
    PersonId hire_lucky(std::size_t least)
    {
        for (int n = 0; n < 400; ++n)
            if (const auto who = hire(); gold_in_queue(who).size() >= least) return who;
        throw std::runtime_error("nobody is given gold");
    }
    std::map<ResourceId, std::string> states()
    {
        std::map<ResourceId, std::string> out;
        for (const auto id : gold) out[id] = read([&](auto& s) { return std::string{name(find_resource(s, id)->state)} + std::to_string(reviews_of(s, id).size()) + std::to_string(find_resource(s, id)->version); });
        return out;
    }
    Rulebook rules{*SuffixList::read("kz\ncom\norg\n", "test"), {"adal.kz"}};
    PersonId first{}, second{}, fresh{}, marker{};
    std::vector<ResourceId> gold{}, waiting{};
};
ADAL_BOTH_ENGINES(GoldWork);

} // namespace gold_work_tests

using namespace gold_work_tests;

TEST_P(GoldWork, is_given_to_nobody_who_could_know_it)
{
    EXPECT_THAT(gold_in_queue(fresh), IsEmpty());
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return mark_gold(tx, waiting.front(), marker, clock); })), gold_not_clear.key);
    mark_all();
    EXPECT_EQ(read([](auto& s) { return count_gold(s); }), 6);
    for (const auto who : {first, second, marker}) EXPECT_THAT(read([&](auto& s) { return open_gold(s, who); }), IsEmpty());
    EXPECT_THAT(read([&](auto& s) { return open_gold(s, fresh); }), SizeIs(6));
    const auto lucky = hire_lucky(1);
    EXPECT_THAT(queue(lucky, true), SizeIs(40));
    attempt([&](auto& tx) -> Result<Done> { put_unwanted(tx, lucky, {"DRP"}); return done(); });
    EXPECT_THAT(queue(lucky), IsEmpty());
    attempt([&](auto& tx) -> Result<Done> { put_unwanted(tx, lucky, {}); return done(); });
    write([&](auto& tx) { return report_links(tx, rules, {.text = "@goldaaxx", .category = "DRP", .person = lucky}, clock); });
    EXPECT_THAT(read([&](auto& s) { return open_gold(s, lucky); }), SizeIs(5));
    attempt([&](auto& tx) -> Result<Done> { for (const auto id : gold) retire_gold(tx, id, clock); return done(); });
    EXPECT_THAT(gold_in_queue(lucky), IsEmpty());
    expect_invariants();
}

TEST_P(GoldWork, is_taken_and_answered_as_any_other_and_moves_nothing)
{
    mark_all();
    const auto who = Reviewing{hire_lucky(1)};
    const auto before = states();
    const auto log_size = read([](auto& s) { return ledger::size(s); });
    const auto shown = gold_in_queue(who.person).front();
    EXPECT_EQ(gold_in_queue(who.person).front().id, shown.id);
    EXPECT_TRUE(is_waiting(shown.state));
    const auto send = [&] { return attempt([&](auto& tx) { return review_offer(tx, rules, who, shown.id, answer(Verdict::confirm), clock); }); };
    const auto take = [&] { return attempt([&](auto& tx) { return claim_offer(tx, who, shown.id, clock); }); };
    EXPECT_EQ(key_of(send()), not_claimed.key);
    must(take());
    const auto offer = must(read([&](auto& s) { return offer_to(s, who, shown.id, clock); }));
    EXPECT_TRUE(offer.is_claimed);
    EXPECT_NE(offer.resource, shown.id);
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return claim_offer(tx, {fresh}, shown.id, clock); })), "not_found");
    clock = clock.plus(kLease);
    EXPECT_EQ(key_of(send()), not_claimed.key);
    must(take());
    EXPECT_THAT(read([&](auto& s) { return looking_since(s, who.person, clock.plus(-std::chrono::hours{1})); }), SizeIs(2));
    auto unshown = answer(Verdict::confirm);
    unshown.answers.front().where.clear();
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return review_offer(tx, rules, who, shown.id, unshown, clock); })), review_not_shown.key);
    must(send());
    EXPECT_EQ(key_of(take()), shown.state == State::in_review ? wrong_state.key : reviewer_again.key);
    EXPECT_EQ(states(), before);
    EXPECT_EQ(read([](auto& s) { return ledger::size(s); }), log_size);
    for (const auto& other : gold_in_queue(who.person)) EXPECT_NE(other.id, shown.id);
    const auto scores = read([&](auto& s) { return gold_scores(s, clock.plus(-std::chrono::hours{1})); });
    ASSERT_THAT(scores, SizeIs(1));
    EXPECT_EQ(scores.front().person, who.person);
    EXPECT_EQ(scores.front().answered, 1);
    EXPECT_EQ(scores.front().right, 1);
    clock = clock.plus(kGoldAfterglow);
    EXPECT_EQ(key_of(read([&](auto& s) { return offer_to(s, who, shown.id, clock); })), "not_found");
    expect_invariants();
}

TEST_P(GoldWork, one_waiting_resource_brings_one_item_and_what_is_taken_back_counts_no_more)
{
    mark_all();
    const auto who = Reviewing{hire_lucky(2)};
    const auto given = gold_in_queue(who.person).size();
    std::size_t answered = 0;
    for (auto open = gold_in_queue(who.person); !open.empty(); open = gold_in_queue(who.person)) {
        must(attempt([&](auto& tx) { return claim_offer(tx, who, open.front().id, clock); }));
        must(attempt([&](auto& tx) { return review_offer(tx, rules, who, open.front().id, answer(answered == 0 ? Verdict::reject : Verdict::confirm), clock); }));
        ASSERT_LE(++answered, given);
    }
    EXPECT_EQ(answered, given);
    const auto score = [&] { return read([&](auto& s) { return gold_scores(s, Instant{}); }); };
    EXPECT_EQ(score().front().answered, static_cast<std::int64_t>(given));
    EXPECT_EQ(score().front().right, static_cast<std::int64_t>(given) - 1);
    for (const auto id : gold) write([&](auto& tx) { return withdraw_resource(tx, id, "иесі дәлелдеді", marker, clock); });
    EXPECT_THAT(score(), IsEmpty());
    EXPECT_THAT(read([&](auto& s) { return open_gold(s, fresh); }), IsEmpty());
    expect_invariants();
}

TEST_P(GoldWork, goes_with_what_it_lies_beside)
{
    mark_all();
    const auto who = hire_lucky(1);
    const auto item = gold_in_queue(who).front();
    for (const auto id : waiting)
        attempt([&](auto& tx) -> Result<Done> { put_claim(tx, id, {.person = fresh, .until = clock.plus(kLease)}); return done(); });
    EXPECT_THAT(queue(who), IsEmpty());
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return claim_offer(tx, {who}, item.id, clock); })), "not_found");
    clock = clock.plus(kLease);
    EXPECT_EQ(gold_in_queue(who).front().id, item.id);
}

TEST_P(GoldWork, the_tired_are_sent_away_as_from_any_other)
{
    mark_all();
    const auto who = Reviewing{hire_lucky(1)};
    const auto item = gold_in_queue(who.person).front();
    attempt([&](auto& tx) -> Result<Done> { begin_looking(tx, who.person, waiting.front(), {.from = clock.plus(-std::chrono::minutes{91}), .until = clock}); return done(); });
    EXPECT_EQ(key_of(attempt([&](auto& tx) { return claim_offer(tx, who, item.id, clock); })), exposure_day.key);
    expect_invariants();
}

} // namespace adal::cyber
