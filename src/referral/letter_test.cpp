// What goes out by e-mail for a final document, and what reminds of its clocks, on both engines.
#include "mail/mail.hpp"
#include "referral/competence_store.hpp"
#include "referral/digest_store.hpp"
#include "referral/inbox_store.hpp"
#include "referral/letter.hpp"
#include "referral/test_path.hpp"

namespace adal::referral {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Sent {
    std::string to{}, subject{}, text{};
    std::int64_t attachments = 0;
};

class LetterPath : public DocumentPath
{
protected:
    Document sent_by_email()
    {
        const auto document = signed_document();
        at->clock = moment("2026-03-17T10:00:00+05:00");
        at->write([&](auto& tx) {
            return add_channel(tx, {.authority = authority, .kind = ChannelKind::email, .address = "Kense@Almaty.gov.kz",
                                    .valid_from = make_date(2026, 1, 1), .source = "test"}, at->clock);
        });
        must(db().write([&](storage::Transaction& tx) {
            return send_document(tx, law, document.id, {.authority = authority, .channel = ChannelKind::email, .out_number = "АД-1", .sent_at = at->clock},
                                 at->coordinator, at->clock);
        }));
        return stored(document.id);
    }
    std::vector<Sent> letters()
    {
        return db().read([](storage::Snapshot& s) {
            return s.all("select recipient, subject, body, (select count(*) from mail_attachments a where a.letter_id = l.id) from mail_letters l order by queued_at, id",
                         [](const storage::Row& row) {
                             return Sent{row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2), row.integer(3)};
                         });
        });
    }
    void remind(std::string_view when)
    {
        at->write([&](auto& tx) -> Result<int> { return queue_reminders(tx, law, "https://adal.example", moment(when)); });
    }
};
ADAL_BOTH_ENGINES(LetterPath);

TEST_P(LetterPath, A_dispatch_by_email_is_written_once_with_both_papers_and_a_link)
{
    const auto document = sent_by_email();
    EXPECT_EQ(queue_letters(db(), law, "https://adal.example", at->clock), 1);
    EXPECT_EQ(queue_letters(db(), law, "https://adal.example", at->clock), 0);
    const auto all = letters();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].to, "Kense@almaty.gov.kz");
    EXPECT_EQ(all[0].attachments, 2);
    EXPECT_THAT(all[0].subject, HasSubstr("АД-1"));
    EXPECT_THAT(all[0].text, HasSubstr("2026 жылғы 17 наурыз"));
    EXPECT_THAT(all[0].text, HasSubstr("17 марта 2026 г."));
    const auto begin = all[0].text.find("https://adal.example/kk/inbox/") + std::string_view{"https://adal.example/kk/inbox/"}.size();
    const auto token = all[0].text.substr(begin, 43);
    const auto inbox = db().read([&](storage::Snapshot& s) { return find_inbox(s, token); });
    ASSERT_TRUE(inbox);
    EXPECT_EQ(inbox->authority, authority);
    EXPECT_TRUE(is_open(*inbox, at->clock));
    EXPECT_FALSE(is_open(*inbox, at->clock.plus(std::chrono::days{kInboxDays})));
}

TEST_P(LetterPath, What_was_sent_by_hand_on_an_earlier_day_is_not_sent_again)
{
    const auto document = signed_document();
    at->clock = moment("2026-03-17T10:00:00+05:00");
    must(db().write([&](storage::Transaction& tx) {
        return send_document(tx, law, document.id, {.authority = authority, .channel = ChannelKind::email, .out_number = "АД-1",
                                                    .sent_at = moment("2026-03-16T12:00:00+05:00")}, at->coordinator, at->clock);
    }));
    EXPECT_EQ(queue_letters(db(), law, "", at->clock), 0);
    EXPECT_TRUE(letters().empty());
}

// Sent on 17 March 2026: replies are due on 3 April, a Friday; two working days before is the first.
TEST_P(LetterPath, An_authority_is_reminded_two_working_days_before_and_once)
{
    const auto document = sent_by_email();
    remind("2026-03-31T10:00:00+05:00");
    EXPECT_TRUE(letters().empty());
    remind("2026-04-01T08:59:00+05:00");
    EXPECT_TRUE(letters().empty());
    remind("2026-04-01T09:00:00+05:00");
    remind("2026-04-01T15:00:00+05:00");
    const auto all = letters();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].to, "Kense@almaty.gov.kz");
    EXPECT_THAT(all[0].text, HasSubstr("(1, 2)"));
    EXPECT_THAT(all[0].text, HasSubstr("2026 жылғы 3 сәуір"));
}

TEST_P(LetterPath, Who_has_answered_is_not_reminded)
{
    const auto document = sent_by_email();
    at->clock = moment("2026-03-25T10:00:00+05:00");
    must(reply(document, 0, ReplyClass::refused, "2026-03-24"));
    remind("2026-04-01T09:00:00+05:00");
    ASSERT_EQ(letters().size(), 1U);
    EXPECT_THAT(letters()[0].text, HasSubstr("(2)"));
}

TEST_P(LetterPath, Who_asked_gets_one_digest_a_day_and_none_about_nothing)
{
    sent_by_email();
    at->write([&](auto& tx) -> Result<Done> {
        save(tx, {.person = at->coordinator, .address = "aigerim@adal.example", .language = i18n::Language::ru}, at->clock);
        return done();
    });
    remind("2026-03-30T09:00:00+05:00");
    EXPECT_TRUE(letters().empty());
    remind("2026-04-06T09:00:00+05:00");
    remind("2026-04-06T17:00:00+05:00");
    ASSERT_EQ(letters().size(), 1U);
    EXPECT_EQ(letters()[0].to, "aigerim@adal.example");
    EXPECT_THAT(letters()[0].text, HasSubstr("https://adal.example/ru/clocks"));
    remind("2026-04-07T09:00:00+05:00");
    EXPECT_EQ(letters().size(), 2U);
    at->write([&](auto& tx) -> Result<Done> {
        stop_digest(tx, at->coordinator);
        return done();
    });
    remind("2026-04-08T09:00:00+05:00");
    EXPECT_EQ(letters().size(), 2U);
}

TEST_P(LetterPath, Nobody_is_written_to_on_a_day_off)
{
    sent_by_email();
    at->write([&](auto& tx) -> Result<Done> {
        save(tx, {.person = at->coordinator, .address = "aigerim@adal.example"}, at->clock);
        return done();
    });
    remind("2026-04-04T10:00:00+05:00"); // a Saturday
    EXPECT_TRUE(letters().empty());
}

// --- the inbox ----------------------------------------------------------------------------------------------------------

TEST_P(LetterPath, A_reply_comes_in_for_ones_own_recommendation_and_once)
{
    const auto document = sent_by_email();
    const Inbox inbox{.authority = authority};
    auto& recommendation = document.recommendations.front();
    EXPECT_TRUE(may_reply(inbox, recommendation, "Жауап", false));
    EXPECT_EQ(may_reply(inbox, recommendation, "", false).error().code, &inbox_text_missing);
    EXPECT_EQ(may_reply(inbox, recommendation, "Жауап", true).error().code, &inbox_already_waiting);
    EXPECT_EQ(may_reply({.authority = AuthorityId::make(at->clock)}, recommendation, "Жауап", false).error().code, &inbox_not_addressed);
    auto unsent = recommendation;
    unsent.state = RecommendationState::unsent;
    EXPECT_EQ(may_reply(inbox, unsent, "Жауап", false).error().code, &inbox_not_addressed);
    auto answered = recommendation;
    answered.state = RecommendationState::answered;
    EXPECT_EQ(may_reply(inbox, answered, "Жауап", false).error().code, &reply_second);
}

TEST_P(LetterPath, A_link_that_was_withdrawn_opens_nothing)
{
    const auto fresh = at->write([&](auto& tx) -> Result<FreshInbox> { return make_inbox(tx, authority, at->coordinator, at->clock); });
    EXPECT_EQ(fresh.token.size(), 43U);
    const auto found = [&] { return db().read([&](storage::Snapshot& s) { return find_inbox(s, fresh.token); }); };
    EXPECT_TRUE(is_open(*found(), at->clock));
    EXPECT_TRUE(at->write([&](auto& tx) -> Result<bool> { return revoke(tx, fresh.inbox.id, at->clock); }));
    EXPECT_FALSE(at->write([&](auto& tx) -> Result<bool> { return revoke(tx, fresh.inbox.id, at->clock); }));
    EXPECT_FALSE(is_open(*found(), at->clock));
    // Another first letter, whatever the first is: a token that began with the "x" put there was the token itself, once in 64 runs.
    EXPECT_FALSE(db().read([&](storage::Snapshot& s) { return find_inbox(s, (fresh.token[0] == 'x' ? "y" : "x") + fresh.token.substr(1)); }));
}

} // namespace
} // namespace adal::referral
