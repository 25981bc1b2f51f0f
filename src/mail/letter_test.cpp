#include "mail/letter.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::mail {
namespace {

Letter letter()
{
    return {.to = "kense@almaty.gov.kz", .subject = "Қорытынды құжат", .text = "Сәлеметсіз бе!\n", .purpose = "dispatch", .key = "1"};
}

TEST(Letter, An_address_is_of_the_strict_form)
{
    EXPECT_EQ(mail_address(" Kense.1@Almaty.GOV.kz "), "Kense.1@almaty.gov.kz");
    EXPECT_EQ(mail_address("a+b@x-y.kz"), "a+b@x-y.kz");
    for (const auto* wrong : {"", "kense", "@almaty.kz", "kense@", "a b@c.kz", "a@b..kz", ".a@b.kz", "a.@b.kz", "a..b@c.kz", "a@-b.kz", "a@b-.kz",
                              "a@[127.0.0.1]", "\"a b\"@c.kz", "a@b.kz, c@d.kz", "a@b.kz\r\nBcc: c@d.kz", "қ@b.kz", "a@қ.kz", "<a@b.kz>"}) {
        const auto read = mail_address(wrong);
        ASSERT_FALSE(read) << wrong;
        EXPECT_EQ(read.error().code, &mail_bad_address);
    }
    EXPECT_FALSE(mail_address(std::string(65, 'a') + "@b.kz"));
    EXPECT_FALSE(mail_address("a@" + std::string(64, 'b') + ".kz"));
}

TEST(Letter, Nothing_gets_into_a_header_by_a_line_break)
{
    const auto field_of = [](const Letter& bad) { return checked(bad).error().params.at("field"); };
    ASSERT_TRUE(checked(letter()));
    auto bad = letter();
    bad.subject = "x\r\nBcc: y@z.kz";
    EXPECT_EQ(field_of(bad), "subject");
    bad = letter(), bad.text = "a\rb";
    EXPECT_EQ(field_of(bad), "text");
    bad = letter(), bad.subject = "\xff";
    EXPECT_EQ(field_of(bad), "subject");
    for (const auto* name : {"a\"b.pdf", "a\r\nb.pdf", "../a.pdf", ".a", "", "құжат.pdf"}) {
        bad = letter(), bad.attachments = {{.name = name, .media_type = "application/pdf", .bytes = "x"}};
        EXPECT_EQ(field_of(bad), "attachments") << name;
    }
    bad = letter(), bad.attachments = {{.name = "a.pdf", .media_type = "application/pdf\r\nX: y", .bytes = "x"}};
    EXPECT_EQ(field_of(bad), "attachments");
    bad.attachments = {{.name = "a.pdf", .media_type = "application/pdf", .bytes = std::string(kMostBytes + 1, 'x')}};
    EXPECT_EQ(field_of(bad), "attachments");
}

TEST(Letter, A_subject_is_encoded_in_words_of_whole_letters)
{
    EXPECT_EQ(header_text("Reply due"), "Reply due");
    EXPECT_EQ(header_text("Мерзім"), "=?UTF-8?B?0JzQtdGA0LfRltC8?=");
    EXPECT_EQ(header_text("=?x"), "=?UTF-8?B?PT94?=");
    EXPECT_EQ(header_date(*parse_instant("2026-01-29T04:05:06Z")), "Thu, 29 Jan 2026 04:05:06 +0000");
}

RC_GTEST_PROP(Letter, Encoded_words_are_short_and_safe, (std::uint8_t count))
{
    std::string subject;
    for (int i = 0; i < count; ++i) append_utf8(subject, *rc::gen::elementOf(std::u32string{U"aәқ₸\U0001F600 "}));
    const auto header = header_text(subject);
    for (const auto line : split(header, '\n')) {
        RC_ASSERT(line.size() <= 77);
        RC_ASSERT(std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x7f; }));
    }
}

TEST(Letter, What_was_not_taken_is_tried_again_for_four_days)
{
    const Instant queued{1'000'000'000'000};
    EXPECT_EQ(fate_after(Verdict::taken, 1, queued, queued).state, MailState::sent);
    EXPECT_EQ(fate_after(Verdict::refused, 1, queued, queued).state, MailState::refused);
    Instant now = queued;
    int attempts = 0;
    for (;;) {
        const auto fate = fate_after(Verdict::later, ++attempts, queued, now);
        if (fate.state == MailState::given_up) break;
        ASSERT_EQ(fate.state, MailState::queued);
        ASSERT_GT(*fate.next_try, now);
        now = *fate.next_try;
    }
    EXPECT_GE(now.ms - queued.ms, std::int64_t{4} * 24 * 3600 * 1000);
    EXPECT_GT(attempts, 10);
    EXPECT_LT(attempts, 30);
}

} // namespace
} // namespace adal::mail
