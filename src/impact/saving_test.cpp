#include "impact/saving.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

namespace adal::impact {
namespace {

const PersonId claimant = PersonId::make(Instant{1}), first = PersonId::make(Instant{2}),
               second = PersonId::make(Instant{3});
const Instant now{1'773'046'800'000};

Saving typed()
{
    return {.type = SavingType::contract_reduction,
            .object_key = "lot:12345-ОК1",
            .baseline_text = "шарт",
            .method_text = "қосымша келісім",
            .baseline = Money::tenge(1'000'000),
            .actual = Money::tenge(700'000),
            .grade = Grade::b,
            .evidence = {FileId::make(now)}};
}

TEST(Saving, is_confirmed_by_two_people_who_are_not_the_claimant)
{
    auto saving = *claim(typed(), claimant, now);
    EXPECT_TRUE(approve(saving, claimant, now).error().is(saving_same_person));
    saving = *approve(saving, first, now);
    EXPECT_EQ(saving.state, SavingState::approved_once);
    EXPECT_TRUE(approve(saving, first, now).error().is(saving_same_person));
    EXPECT_TRUE(approve(saving, claimant, now).error().is(saving_same_person));
    saving = *approve(saving, second, now);
    EXPECT_EQ(saving.state, SavingState::confirmed);
    EXPECT_TRUE(approve(saving, PersonId::make(Instant{4}), now).error().is(saving_wrong_state));
}

TEST(Saving, stays_unconfirmed_on_evidence_below_b)
{
    auto weak = typed();
    weak.grade = Grade::d;
    const auto once = approve(*claim(weak, claimant, now), first, now);
    ASSERT_TRUE(once);
    EXPECT_TRUE(approve(*once, second, now).error().is(saving_grade_too_low));
}

TEST(Saving, needs_method_document_object_and_a_positive_sum)
{
    const auto refused = [](auto change) {
        auto saving = typed();
        change(saving);
        return claim(saving, claimant, now).error();
    };
    EXPECT_TRUE(refused([](Saving& s) { s.method_text = " "; }).is(saving_method_missing));
    EXPECT_TRUE(refused([](Saving& s) { s.baseline_text = ""; }).is(saving_method_missing));
    EXPECT_TRUE(refused([](Saving& s) { s.evidence.clear(); }).is(saving_evidence_missing));
    EXPECT_TRUE(refused([](Saving& s) { s.object_key = " "; }).is(saving_object_missing));
    EXPECT_TRUE(refused([](Saving& s) { s.actual = s.baseline; }).is(saving_amount_not_positive));
    EXPECT_TRUE(refused([](Saving& s) { s.actual = Money{-1}; }).is(saving_amount_not_positive));
    EXPECT_TRUE(refused([](Saving& s) { s.type = SavingType::recovered; }).is(saving_type_not_built));
}

TEST(Saving, shares_never_add_up_to_more_than_the_whole)
{
    auto saving = typed();
    saving.our_share_bp = 6000;
    saving.others = {{"ҮЕҰ", 4000}};
    EXPECT_TRUE(claim(saving, claimant, now));
    saving.others.push_back({"тағы бір ұйым", 1});
    EXPECT_TRUE(claim(saving, claimant, now).error().is(saving_shares_over_whole));
    saving.others = {{"", 10}};
    EXPECT_TRUE(claim(saving, claimant, now).error().is(saving_share_bad));
}

TEST(Saving, counts_the_types_of_one_lot_as_one_family)
{
    using enum SavingType;
    for (const auto type : {cancelled_purchase, price_reduction, contract_reduction, prevented_duplicate})
        EXPECT_EQ(family(type), "purchase");
    EXPECT_NE(family(redo_at_contractor_cost), "purchase");
    EXPECT_FALSE(is_budget_saving(redo_at_contractor_cost));
    EXPECT_FALSE(is_budget_saving(resident_refund));
}

TEST(Saving, knows_an_object_by_its_key_however_it_was_typed)
{
    EXPECT_EQ(normal_key(" LOT: 123-ОК1 "), "lot:123-ок1");
    EXPECT_EQ(normal_key("lot:123-ОК1"), normal_key("Lot:123-ок1"));
}

TEST(Saving, is_withdrawn_by_its_claimant_and_rejected_by_anybody_else_with_a_reason)
{
    const auto saving = *claim(typed(), claimant, now);
    EXPECT_TRUE(withdraw(saving, first, "қате", now).error().is(saving_not_yours));
    EXPECT_TRUE(reject(saving, claimant, "қате", now).error().is(saving_same_person));
    EXPECT_TRUE(reject(saving, first, " ", now).error().is(saving_reason_missing));
    EXPECT_FALSE(is_live(withdraw(saving, claimant, "қате", now)->state));
    EXPECT_TRUE(revise(saving, first, "қате", now).error().is(saving_wrong_state));
}

// Any number of people pressing any buttons: confirmed means three different people, and the counted part is
// never more than the whole.
RC_GTEST_PROP(Saving, is_never_confirmed_by_fewer_than_three_people, ())
{
    const std::vector people{claimant, first, second};
    auto typed_saving = typed();
    typed_saving.our_share_bp = *rc::gen::inRange(1, 10001);
    typed_saving.grade = *rc::gen::elementOf(all_grades);
    auto saving = *claim(typed_saving, claimant, now);
    for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12))) {
        const auto person = people[static_cast<std::size_t>(step % 3)];
        const auto next = step < 9 ? approve(saving, person, now)
                          : step == 9 ? reject(saving, person, "…", now)
                          : step == 10 ? withdraw(saving, person, "…", now)
                                       : revise(saving, person, "…", now);
        if (next) saving = *next;
        if (saving.state == SavingState::confirmed || saving.state == SavingState::revised) {
            RC_ASSERT(saving.claimed_by != saving.approved_by && saving.claimed_by != saving.confirmed_by);
            RC_ASSERT(saving.approved_by != saving.confirmed_by && saving.approved_by.is_set());
            RC_ASSERT(saving.grade <= Grade::b);
        }
        RC_ASSERT(counted(saving) <= gross(saving));
    }
}

__extension__ typedef __int128 Wide; // the oracle: no overflow, no rounding before the end

RC_GTEST_PROP(Saving, share_is_exact_to_a_tiyn_for_any_sum, ())
{
    auto saving = typed();
    saving.actual = Money{0};
    saving.baseline = Money{*rc::gen::inRange<std::int64_t>(1, std::numeric_limits<std::int64_t>::max())};
    saving.our_share_bp = *rc::gen::inRange(1, 10001);
    const auto expected = static_cast<Wide>(saving.baseline.tiyn) * saving.our_share_bp / kWholeShare;
    RC_ASSERT(static_cast<Wide>(counted(saving).tiyn) == expected);
}

} // namespace
} // namespace adal::impact
