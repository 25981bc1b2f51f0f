#include "referral/document.hpp"
#include "referral/test_document.hpp"

#include <gtest/gtest.h>

namespace adal::referral {
namespace {

using test::complete_document;

const PersonId signer = PersonId::make(Instant{5});
const Instant signing{1'773'046'800'000}; // 2026-03-09 14:00 in Almaty

Document signed_document()
{
    return *sign(complete_document(), signer, "Ерлан Тілеуов", signing);
}

struct Missing {
    std::string_view field;
    void (*take)(Document&);
};

class EachFieldOfArticle13 : public ::testing::TestWithParam<Missing> {};

TEST_P(EachFieldOfArticle13, is_needed_before_signing)
{
    auto document = complete_document();
    GetParam().take(document);
    const auto refused = sign(document, signer, "…", signing);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(document_incomplete));
    EXPECT_EQ(refused.error().params.at("field"), GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    OfThem, EachFieldOfArticle13,
    ::testing::Values(Missing{"date", [](Document& d) { d.held_from = {}; }},
                      Missing{"place", [](Document& d) { d.place = {}; }},
                      Missing{"tasks", [](Document& d) { d.tasks = " "; }},
                      Missing{"subjects", [](Document& d) { d.subjects.clear(); }},
                      Missing{"form", [](Document& d) { d.form.clear(); }},
                      Missing{"facts", [](Document& d) { d.facts.clear(); }},
                      Missing{"recommendations", [](Document& d) { d.recommendations.clear(); }}),
    [](const auto& chosen) { return std::string(chosen.param.field); });

TEST(Document, is_signed_when_complete_and_never_again)
{
    const auto document = signed_document();
    EXPECT_EQ(document.state, DocumentState::signed_);
    EXPECT_TRUE(is_intact(document));
    EXPECT_TRUE(sign(document, signer, "…", signing).error().is(document_signed_already));
    EXPECT_TRUE(may_edit(document).error().is(document_signed_already));
}

TEST(Document, shows_when_somebody_changed_it_after_signing)
{
    auto document = signed_document();
    document.recommendations.front().text += "!";
    EXPECT_FALSE(is_intact(document));
    document = signed_document();
    document.subjects.front().has_conflict = true;
    EXPECT_FALSE(is_intact(document));
}

TEST(Document, is_not_signed_with_an_undeclared_subject_or_a_foreign_fact)
{
    auto document = complete_document();
    document.subjects.back().has_declared = false;
    EXPECT_TRUE(sign(document, signer, "…", signing).error().is(document_undeclared));
    document = complete_document();
    document.recommendations.front().findings = {FindingId::make(Instant{9})};
    EXPECT_TRUE(sign(document, signer, "…", signing).error().is(document_foreign_fact));
}

Dispatch sending(const Document& document, Instant at)
{
    return {.id = DispatchId::make(at),
            .authority = document.recommendations.front().authority,
            .out_number = "12-04/7",
            .sent_at = at,
            .send_deadline = {"PC_SEND@1", "c", make_date(2026, 3, 6), make_date(2026, 3, 18)}};
}

TEST(Sending, notes_that_we_were_late)
{
    const auto document = signed_document();
    const auto in_time = parse_instant("2026-03-18T23:00:00+05:00"), late = parse_instant("2026-03-19T00:30:00+05:00");
    EXPECT_FALSE(dispatch(document, sending(document, *in_time), *late)->late);
    EXPECT_TRUE(dispatch(document, sending(document, *late), *late)->late);
}

TEST(Sending, needs_a_signature_a_number_and_a_day_that_was)
{
    const auto document = signed_document();
    const auto at = *parse_instant("2026-03-10T10:00:00+05:00");
    EXPECT_TRUE(dispatch(complete_document(), sending(document, at), at).error().is(document_not_signed));
    auto wanted = sending(document, at);
    wanted.out_number = " ";
    EXPECT_TRUE(dispatch(document, wanted, at).error().is(document_out_number_missing));
    EXPECT_TRUE(dispatch(document, sending(document, *parse_instant("2026-03-08T10:00:00+05:00")), at)
                    .error()
                    .is(document_sent_before_signing));
    EXPECT_TRUE(dispatch(document, sending(document, *parse_instant("2026-03-11T10:00:00+05:00")), at)
                    .error()
                    .is(document_sent_in_future));
    wanted = sending(document, at);
    wanted.authority = AuthorityId::make(at);
    EXPECT_TRUE(dispatch(document, wanted, at).error().is(document_nothing_to_send));
}

TEST(Receipt, lies_between_the_sending_and_today_and_comes_once)
{
    const auto document = signed_document();
    const auto sent = sending(document, *parse_instant("2026-03-16T10:00:00+05:00"));
    const auto today = make_date(2026, 3, 20);
    EXPECT_TRUE(receive(sent, make_date(2026, 3, 15), "1", today).error().is(dispatch_received_before_sending));
    EXPECT_TRUE(receive(sent, make_date(2026, 3, 21), "1", today).error().is(dispatch_received_in_future));
    const auto received = receive(sent, make_date(2026, 3, 17), " ЖТ-5 ", today);
    ASSERT_TRUE(received);
    EXPECT_EQ(received->in_number, "ЖТ-5");
    EXPECT_TRUE(receive(*received, today, "2", today).error().is(dispatch_received_already));
}

} // namespace
} // namespace adal::referral
