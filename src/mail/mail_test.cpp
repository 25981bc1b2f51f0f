// Letters as rows on both engines: what is due, what is under way, what becomes of it.
#include "mail/mail.hpp"

#include "mail/outbox_store.hpp"
#include "support/support.hpp"

namespace adal::mail {
namespace {

constexpr Instant kStart{1'800'000'000'000};

Letter letter(const std::string& key)
{
    return {.to = "kense@almaty.gov.kz", .subject = "Қорытынды құжат", .text = "Сәлеметсіз бе!\n",
            .attachments = {{.name = "a.pdf", .media_type = "application/pdf", .bytes = std::string("%PDF\0x", 6)}}, .purpose = "dispatch", .key = key};
}

class Outbox : public test::BothEngines
{
protected:
    template <typename F> auto write(F f) { return *db().write([&](storage::Transaction& tx) -> Result<std::invoke_result_t<F, storage::Transaction&>> { return f(tx); }); }
    MailId queued(const std::string& key)
    {
        return write([&](storage::Transaction& tx) { return *queue(tx, letter(key), kStart); });
    }
    std::optional<Claimed> claim(Instant now)
    {
        return write([&](storage::Transaction& tx) { return claim_due(tx, now); });
    }
    void note(const OutboxRow& row, const Fate& fate, Instant now)
    {
        write([&](storage::Transaction& tx) { return record(tx, row, fate, "250 ok", now), true; });
    }
};

ADAL_BOTH_ENGINES(Outbox);

TEST_P(Outbox, A_letter_of_one_purpose_and_key_is_there_once)
{
    const auto id = queued("1");
    EXPECT_EQ(queued("1"), id);
    EXPECT_NE(queued("2"), id);
    EXPECT_EQ(db().read([](storage::Snapshot& tx) { return list_letters(tx, "", 10).size(); }), 2U);
}

TEST_P(Outbox, What_is_due_is_handed_out_once_with_everything_in_it)
{
    queued("1");
    const auto claimed = claim(kStart);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->letter.text, letter("1").text);
    ASSERT_EQ(claimed->letter.attachments.size(), 1U);
    EXPECT_EQ(claimed->letter.attachments[0].bytes, letter("1").attachments[0].bytes);
    EXPECT_EQ(claimed->row.attempts, 1);
    EXPECT_FALSE(claim(kStart)); // under way
}

TEST_P(Outbox, A_letter_that_was_interrupted_is_due_again)
{
    queued("1");
    ASSERT_TRUE(claim(kStart));
    EXPECT_FALSE(claim(Instant{kStart.ms + kInterruptedAfterMs - 1}));
    const auto again = claim(Instant{kStart.ms + kInterruptedAfterMs});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->row.attempts, 2);
}

TEST_P(Outbox, What_was_sent_keeps_no_text_and_is_not_queued_again)
{
    const auto id = queued("1");
    note(claim(kStart)->row, {.state = MailState::sent}, kStart);
    EXPECT_FALSE(claim(Instant{kStart.ms + 10 * kInterruptedAfterMs}));
    EXPECT_EQ(db().read([&](storage::Snapshot& tx) { return state_of(tx, "dispatch", "1"); }), MailState::sent);
    EXPECT_EQ(db().read([&](storage::Snapshot& tx) { return tx.value<std::int64_t>("select count(*) from mail_attachments"); }), 0);
    EXPECT_FALSE(write([&](storage::Transaction& tx) { return queue_again(tx, id, kStart); }));
}

TEST_P(Outbox, What_was_refused_waits_for_a_person)
{
    const auto id = queued("1");
    note(claim(kStart)->row, {.state = MailState::refused}, kStart);
    EXPECT_FALSE(claim(Instant{kStart.ms + 10 * kInterruptedAfterMs}));
    EXPECT_TRUE(write([&](storage::Transaction& tx) { return queue_again(tx, id, kStart); }));
    const auto claimed = claim(kStart);
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->letter.attachments.size(), 1U);
}

TEST_P(Outbox, A_later_attempt_waits_for_its_time)
{
    queued("1");
    note(claim(kStart)->row, fate_after(Verdict::later, 1, kStart, kStart), kStart);
    EXPECT_FALSE(claim(kStart));
    EXPECT_TRUE(claim(Instant{kStart.ms + 60'000}));
}

TEST_P(Outbox, A_key_is_no_pattern)
{
    queued("a_1");
    EXPECT_FALSE(db().read([](storage::Snapshot& tx) { return state_of(tx, "dispatch", "ab"); }));
    EXPECT_FALSE(db().read([](storage::Snapshot& tx) { return state_of(tx, "dispatch", "a%"); }));
    EXPECT_EQ(db().read([](storage::Snapshot& tx) { return state_of(tx, "dispatch", "a_"); }), MailState::queued);
}

} // namespace
} // namespace adal::mail
