// Savings and figures over real records, on both engines.
#include "impact/impact.hpp"
#include "impact/saving_store.hpp"
#include "referral/referral.hpp"
#include "support/sealed_case.hpp"

#include <gmock/gmock.h>

namespace adal::impact {
namespace {

using test::must;

class Account : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (!IsSkipped()) at = std::make_unique<test::SealedCase>(db());
    }

    Saving reduction(std::string key)
    {
        const auto paper = at->write([&](auto& tx) { return at->files().add_document(tx, "Қосымша келісім", "act.txt", at->clock); });
        return {.type = SavingType::contract_reduction,
                .object_key = std::move(key),
                .baseline_text = "шарт",
                .method_text = "қосымша келісім бойынша айырма",
                .baseline = Money::tenge(1'000'000),
                .actual = Money::tenge(600'000),
                .grade = Grade::b,
                .evidence = {paper.id}};
    }

    Result<Saving> claim_it(const Saving& saving)
    {
        return db().write([&](storage::Transaction& tx) { return claim_saving(tx, saving, at->coordinator, at->clock); });
    }

    Saving confirm(SavingId id)
    {
        at->write([&](auto& tx) { return approve_saving(tx, id, at->lawyer, at->clock); });
        return at->write([&](auto& tx) { return approve_saving(tx, id, at->reviewer, at->clock); });
    }

    Figures figures()
    {
        return db().read([&](storage::Snapshot& s) { return recompute(s, at->clock); });
    }

    // From the sealed finding to the reply, and a claimed fix of the first one.
    void refer_and_claim_fix()
    {
        at->write([&](auto& tx) { return referral::import_seed_authorities(tx, at->clock); });
        const auto authority = db().read([&](storage::Snapshot& s) { return referral::authorities_on(s, local_date(at->clock)).front().authority; });
        const auto law = referral::embedded_law();
        const auto document = at->write([&](auto& tx) {
            return referral::draft_document(tx, at->control, {.recommendations = {{"Жамау", authority, at->findings}}}, at->coordinator, at->clock);
        });
        at->write([&](auto& tx) { return referral::sign_document(tx, document.id, at->lawyer, at->clock); });
        at->write([&](auto& tx) {
            return referral::send_document(tx, law, document.id, {.authority = authority, .out_number = "1", .sent_at = at->clock}, at->coordinator, at->clock);
        });
        at->write([&](auto& tx) {
            return referral::claim_fix(tx, document.recommendations.front().id, at->findings.front(), "жамалды", at->coordinator, at->clock);
        });
    }

    std::unique_ptr<test::SealedCase> at;
};
ADAL_BOTH_ENGINES(Account);

TEST_P(Account, counts_one_object_once)
{
    const auto first = must(claim_it(reduction("lot:77-ОК1")));
    auto second = claim_it(reduction(" LOT:77-ОК1"));
    ASSERT_FALSE(second);
    EXPECT_TRUE(second.error().is(saving_object_taken));
    EXPECT_EQ(second.error().params.at("saving"), first.id.str());
    at->write([&](auto& tx) { return withdraw_saving(tx, first.id, at->coordinator, "қате", at->clock); });
    EXPECT_TRUE(claim_it(reduction("lot:77-ОК1")));
}

TEST_P(Account, refuses_the_second_live_saving_in_the_database_too)
{
    must(claim_it(reduction("lot:77")));
    auto sneaked = reduction("lot:77");
    sneaked.id = SavingId::make(at->clock);
    sneaked.claimed_by = at->coordinator;
    EXPECT_THROW(db().write([&](storage::Transaction& tx) {
        add(tx, sneaked);
        return done();
    }),
                 storage::Error);
}

TEST_P(Account, writes_a_confirmed_saving_into_the_log_in_tiyn)
{
    auto saving = reduction("lot:1");
    saving.our_share_bp = 5000;
    saving.others = {{"серіктес", 5000}};
    const auto before = db().read([](storage::Snapshot& s) { return ledger::size(s); });
    const auto confirmed = confirm(must(claim_it(saving)).id);
    EXPECT_EQ(confirmed.state, SavingState::confirmed);
    const auto leaf = db().read([](storage::Snapshot& s) { return ledger::leaf(s, ledger::size(s) - 1)->bytes; });
    EXPECT_EQ(db().read([](storage::Snapshot& s) { return ledger::size(s); }), before + 1);
    EXPECT_THAT(leaf, ::testing::HasSubstr("\"amount\":20000000"));
    EXPECT_THAT(leaf, ::testing::HasSubstr("saving.confirmed"));
    EXPECT_EQ(figures().at(Indicator::savings_confirmed).value, 20'000'000);
}

TEST_P(Account, keeps_stated_provisional_and_confirmed_apart)
{
    must(claim_it(reduction("lot:1")));
    auto said = reduction("lot:2");
    said.grade = Grade::e;
    must(claim_it(said));
    confirm(must(claim_it(reduction("lot:3"))).id);
    const auto now = figures();
    EXPECT_EQ(now.at(Indicator::savings_stated).value, 3 * 40'000'000);
    EXPECT_EQ(now.at(Indicator::savings_provisional).value, 40'000'000);
    EXPECT_EQ(now.at(Indicator::savings_confirmed).value, 40'000'000);
    EXPECT_EQ(now.at(Indicator::savings_stated).record_count, 3);
}

TEST_P(Account, replaces_a_confirmed_saving_by_a_corrected_one_and_keeps_both)
{
    const auto confirmed = confirm(must(claim_it(reduction("lot:1"))).id);
    auto corrected = reduction("lot:1");
    corrected.actual = Money::tenge(900'000);
    const auto fresh = at->write([&](auto& tx) { return revise_saving(tx, confirmed.id, corrected, at->coordinator, "есептеу қатесі", at->clock); });
    EXPECT_EQ(fresh.replaces, confirmed.id);
    EXPECT_EQ(fresh.state, SavingState::claimed);
    EXPECT_EQ(db().read([&](storage::Snapshot& s) { return find_saving(s, confirmed.id)->state; }), SavingState::revised);
    EXPECT_EQ(figures().at(Indicator::savings_confirmed).value, 0);
}

TEST_P(Account, does_not_call_works_restored_before_somebody_looked)
{
    at->run();
    refer_and_claim_fix();
    auto works = reduction("finding:" + at->findings.front().str());
    works.type = SavingType::redo_at_contractor_cost;
    works.finding = at->findings.front();
    EXPECT_TRUE(claim_it(works).error().is(saving_fix_not_verified));
    at->check_fix(at->findings.front());
    confirm(must(claim_it(works)).id);
    const auto now = figures();
    EXPECT_EQ(now.at(Indicator::works_restored).value, 40'000'000);
    EXPECT_EQ(now.at(Indicator::savings_confirmed).value, 0) << "mended at the contractor's cost is not a budget saving";
}

TEST_P(Account, gives_the_fix_rate_with_its_denominator_and_the_unchecked)
{
    at->run();
    const auto before = at->clock;
    at->clock = at->clock.plus(std::chrono::hours{24});
    refer_and_claim_fix();
    auto now = figures();
    EXPECT_EQ(now.at(Indicator::controls_held).value, 1);
    EXPECT_EQ(now.at(Indicator::controls_with_findings).value, 1);
    EXPECT_EQ(now.at(Indicator::findings_sealed).value, static_cast<std::int64_t>(at->findings.size()));
    EXPECT_EQ(now.at(Indicator::fix_rate).value, 0);
    EXPECT_EQ(now.at(Indicator::fix_rate).denominator, static_cast<std::int64_t>(at->findings.size()));
    EXPECT_EQ(now.at(Indicator::fixes_unchecked).value, 1);
    EXPECT_EQ(now.at(Indicator::recommendations_sent).value, 1);
    at->clock = at->clock.plus(std::chrono::hours{24});
    at->check_fix(at->findings.front());
    now = figures();
    EXPECT_EQ(now.at(Indicator::fix_rate).value, 1);
    EXPECT_EQ(now.at(Indicator::fixes_unchecked).value, 0);
    EXPECT_EQ(now.at(Indicator::volunteers_active).value, 1);
    // The past does not change: as of the day before, nothing was referred.
    const auto then = db().read([&](storage::Snapshot& s) { return recompute(s, before); });
    EXPECT_EQ(then.at(Indicator::findings_referred).value, 0);
    EXPECT_EQ(then.at(Indicator::findings_sealed).value, static_cast<std::int64_t>(at->findings.size()));
}

TEST_P(Account, finds_a_frozen_figure_that_no_longer_recomputes)
{
    at->run();
    at->write([&](auto& tx) { return freeze_figures(tx, at->clock, at->reviewer, at->clock); });
    EXPECT_EQ(db().read([](storage::Snapshot& s) { return frozen_figures(s).size(); }), all_indicators().size());
    at->clock = at->clock.plus(std::chrono::hours{1});
    refer_and_claim_fix();
    EXPECT_THAT(db().read([](storage::Snapshot& s) { return disagreeing_figures(s); }), ::testing::IsEmpty())
        << "what happens later does not change a frozen figure";
    EXPECT_THAT(db().read([](storage::Snapshot& s) { return check_invariants(s); }), ::testing::IsEmpty());
    must(db().write([&](storage::Transaction& tx) {
        tx.exec("update frozen_figures set value = value + 1 where code = 'FIND_SEALED'");
        return done();
    }));
    const auto wrong = db().read([](storage::Snapshot& s) { return disagreeing_figures(s); });
    ASSERT_EQ(wrong.size(), 1u);
    EXPECT_EQ(wrong.front().figure.indicator, Indicator::findings_sealed);
}

} // namespace
} // namespace adal::impact
