// The whole way of a document, through the operations of the room, on both engines.
#include "referral/test_path.hpp"

namespace adal::referral {
namespace {

class ReferralPath : public DocumentPath {};
ADAL_BOTH_ENGINES(ReferralPath);

TEST_P(ReferralPath, goes_from_the_control_to_the_claimed_fix)
{
    const auto document = signed_document();
    EXPECT_EQ(document.facts.size(), at->findings.size());
    EXPECT_EQ(document.form, "monitoring");
    EXPECT_EQ(stored(document.id).content_hash, document.content_hash);
    EXPECT_TRUE(is_intact(stored(document.id)));

    const auto sent = must(send(document.id, "2026-03-17T10:00:00+05:00"));
    EXPECT_EQ(iso(sent.send_deadline.due), "2026-03-18");
    EXPECT_FALSE(sent.late);
    EXPECT_EQ(state(0), FindingState::referred);
    const auto waiting = stored(document.id);
    EXPECT_EQ(waiting.state, DocumentState::sent);
    EXPECT_EQ(iso(waiting.recommendations.front().deadline->due), "2026-04-03");
    EXPECT_EQ(waiting.recommendations.front().deadline->rule_version, law.rules.get(rule_reply).version);
    EXPECT_THAT(newest_leaf(), ::testing::HasSubstr("\"due\":\"2026-04-03\""));

    at->clock = moment("2026-04-02T15:00:00+05:00");
    EXPECT_FALSE(must(reply(document, 0, ReplyClass::promise, "2026-04-02")).late);
    EXPECT_EQ(state(0), FindingState::in_progress);
    EXPECT_EQ(state(1), FindingState::referred);
    must(reply(document, 1, ReplyClass::refused, "2026-04-02"));
    EXPECT_EQ(state(1), FindingState::refused);

    at->write([&](auto& tx) {
        return claim_fix(tx, document.recommendations.front().id, at->findings.at(0), "Жамалды", at->coordinator, at->clock);
    });
    EXPECT_EQ(state(0), FindingState::fix_claimed);
    at->check_fix(at->findings.at(0));
    EXPECT_EQ(state(0), FindingState::fixed_verified);
    expect_sound();
}

TEST_P(ReferralPath, refuses_a_second_document_for_a_control)
{
    signed_document();
    const auto second = db().write([&](storage::Transaction& tx) {
        return draft_document(tx, at->control, draft(), at->coordinator, at->clock);
    });
    ASSERT_FALSE(second);
    EXPECT_TRUE(second.error().is(document_second));
}

TEST_P(ReferralPath, does_not_let_a_signed_document_change_even_behind_its_back)
{
    const auto document = signed_document();
    const auto edited = db().write([&](storage::Transaction& tx) {
        return edit_document(tx, document.id, document.version, draft(), at->clock);
    });
    EXPECT_TRUE(edited.error().is(document_signed_already));
    EXPECT_THROW(db().write([&](storage::Transaction& tx) {
        tx.exec("update referral_documents set tasks = 'x' where id = ?1", document.id);
        return done();
    }),
                 storage::Error);
}

TEST_P(ReferralPath, keeps_a_draft_and_refuses_a_stale_form)
{
    const auto drafted = at->write([&](auto& tx) { return draft_document(tx, at->control, {}, at->coordinator, at->clock); });
    EXPECT_THAT(missing_fields(drafted), ::testing::ElementsAre("recommendations"));
    const auto edited = at->write([&](auto& tx) { return edit_document(tx, drafted.id, drafted.version, draft(), at->clock); });
    EXPECT_EQ(edited.version, drafted.version + 1);
    EXPECT_EQ(stored(drafted.id).recommendations.size(), 2u);
    const auto stale = db().write([&](storage::Transaction& tx) {
        return edit_document(tx, drafted.id, drafted.version, draft(), at->clock);
    });
    EXPECT_TRUE(stale.error().is(stale_form));
}

TEST_P(ReferralPath, notes_a_late_sending_and_refuses_a_second_one)
{
    const auto document = signed_document();
    EXPECT_TRUE(must(send(document.id, "2026-03-19T09:00:00+05:00")).late);
    EXPECT_TRUE(send(document.id, "2026-03-19T09:30:00+05:00").error().is(document_nothing_to_send));
}

TEST_P(ReferralPath, moves_the_clock_when_the_authority_registers_and_keeps_the_old_day)
{
    const auto document = signed_document();
    const auto sent = must(send(document.id, "2026-03-16T10:00:00+05:00"));
    EXPECT_EQ(iso(stored(document.id).recommendations.front().deadline->due), "2026-04-02");
    at->clock = moment("2026-03-18T10:00:00+05:00");
    at->write([&](auto& tx) { return acknowledge(tx, law, sent.id, make_date(2026, 3, 17), "ЖТ-7", at->coordinator, at->clock); });
    const auto after = stored(document.id).recommendations.front();
    EXPECT_EQ(iso(after.deadline->due), "2026-04-03");
    const auto former = db().read([&](storage::Snapshot& s) { return former_deadlines_of(s, after.id); });
    ASSERT_EQ(former.size(), 1u);
    EXPECT_EQ(iso(former.front().deadline.due), "2026-04-02");
    EXPECT_EQ(former.front().reason, MoveReason::received);
    EXPECT_EQ(former.front().next_due, make_date(2026, 4, 3));
    EXPECT_EQ(state(0), FindingState::acknowledged);
    // What was known before the registration stays known for figures of that moment.
    const auto then = db().read([&](storage::Snapshot& s) { return sent_recommendations(s, moment("2026-03-17T00:00:00+05:00")); });
    EXPECT_EQ(iso(then.front().due), "2026-04-02");
    expect_sound();
}

TEST_P(ReferralPath, refuses_a_reply_to_another_document_before_the_sending_and_a_second_one)
{
    const auto document = signed_document();
    EXPECT_TRUE(reply(document, 0, ReplyClass::formal, "2026-03-09").error().is(recommendation_not_sent));
    must(send(document.id, "2026-03-17T10:00:00+05:00"));
    at->clock = moment("2026-03-30T10:00:00+05:00");
    EXPECT_TRUE(reply(document, 0, ReplyClass::formal, "2026-03-16").error().is(reply_before_sending));
    auto foreign = document;
    foreign.recommendations.front().id = RecommendationId::make(at->clock);
    EXPECT_TRUE(reply(foreign, 0, ReplyClass::formal, "2026-03-30").error().is(reply_other_document));
    must(reply(document, 0, ReplyClass::none, "2026-03-30"));
    must(reply(document, 0, ReplyClass::formal, "2026-03-30"));
    EXPECT_TRUE(reply(document, 0, ReplyClass::solved, "2026-03-30").error().is(reply_second));
    EXPECT_EQ(stored(document.id).recommendations.at(1).state, RecommendationState::waiting);
    expect_sound();
}

TEST_P(ReferralPath, writes_silence_into_the_log_once)
{
    const auto document = signed_document();
    must(send(document.id, "2026-03-17T10:00:00+05:00"));
    at->clock = moment("2026-04-03T18:00:00+05:00");
    const auto missed = [&](LocalDate today) {
        return at->write([&](auto& tx) -> Result<int> { return record_missed(tx, law, today, at->clock); });
    };
    EXPECT_EQ(missed(make_date(2026, 4, 3)), 0);
    EXPECT_EQ(missed(make_date(2026, 4, 4)), 2);
    EXPECT_THAT(newest_leaf(), ::testing::HasSubstr("deadline.missed"));
    EXPECT_EQ(missed(make_date(2026, 4, 5)), 0);
    expect_sound();
}

TEST_P(ReferralPath, does_not_send_to_an_authority_that_is_gone)
{
    const auto gone = db().read([](storage::Snapshot& s) {
        return find_authority(s, "Сыбайлас жемқорлыққа қарсы іс-қимыл агенттігі", make_date(1900, 1, 1));
    }).value();
    auto wanted = draft();
    wanted.recommendations.front().authority = gone;
    const auto refused = db().write([&](storage::Transaction& tx) {
        return draft_document(tx, at->control, wanted, at->coordinator, at->clock);
    });
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(authority_not_on_date));
    const auto successors = db().read([&](storage::Snapshot& s) { return successions_of(s, gone); });
    EXPECT_EQ(successors.size(), 1u);
}

TEST_P(ReferralPath, imports_the_seed_once)
{
    EXPECT_EQ(at->write([&](auto& tx) { return import_seed_authorities(tx, at->clock); }), 0);
}

} // namespace
} // namespace adal::referral
