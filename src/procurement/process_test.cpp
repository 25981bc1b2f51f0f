#include "procurement/process.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

TEST(Process, Sums_are_whole_hundredths)
{
    EXPECT_EQ(parse_hundredths("104228291.83"), 10422829183);
    EXPECT_EQ(parse_hundredths("773315"), 77331500);
    EXPECT_EQ(parse_hundredths("0.1"), 10);
    EXPECT_EQ(parse_hundredths("-2.005"), -201);
    EXPECT_EQ(parse_hundredths("1.004"), 100);
    EXPECT_EQ(parse_hundredths("1.5e6"), 150000000);
    EXPECT_EQ(parse_hundredths("92233720368547758.07"), INT64_MAX);
}

TEST(Process, What_is_not_a_sum_is_refused)
{
    for (const char* text : {"", "-", ".5", "1.", "1,5", "0x10", "1e", "1e99", "nan", " 1",
                             "92233720368547758.08", "92233720368547758.079"})
        EXPECT_FALSE(parse_hundredths(text)) << text;
}

TEST(Process, A_rupee_is_not_a_tenge)
{
    EXPECT_FALSE((CurrencyAmount{100, "INR"}).tenge());
    EXPECT_FALSE((CurrencyAmount{100, ""}).tenge());
    EXPECT_EQ((CurrencyAmount{100, "KZT"}).tenge(), Money::tenge(1));
    EXPECT_EQ(plain(CurrencyAmount{77331500, "INR"}), "773315 INR");
}

TEST(Process, A_moment_without_a_zone_is_read_in_Almaty_and_says_so)
{
    const auto exact = parse_moment("2024-03-05T10:00:00+05:00");
    const auto utc = parse_moment("2024-03-05T05:00:00Z");
    const auto local = parse_moment("2024-03-05T10:00:00");
    const auto portal = parse_moment("2024-03-05 10:00:00.000000");
    ASSERT_TRUE(exact && utc && local && portal);
    EXPECT_EQ(exact->at, utc->at);
    EXPECT_EQ(local->at, utc->at);
    EXPECT_EQ(portal->at, utc->at);
    EXPECT_EQ(exact->precision, Precision::exact);
    EXPECT_EQ(local->precision, Precision::zone_assumed);
    EXPECT_EQ(parse_moment("2024-03-05")->precision, Precision::day);
    EXPECT_FALSE(parse_moment("05.03.2024"));
    EXPECT_FALSE(parse_moment("2024-02-30T00:00:00Z"));
    EXPECT_FALSE(parse_moment("2024-03-05T25:00:00"));
}

Process full_process()
{
    const Moment moment{Instant{1700000000000}, Precision::zone_assumed};
    const PartyRef party{"KZ-BIN-1", "ЖШС «Жол»"};
    const CurrencyAmount sum{1234567, "KZT"};
    const Item item{"1", "ENSTRU", "421120", "i", "шт", "1", 0.1, sum};
    return {.ocid = "ocds-1",
            .release_id = "r",
            .released = moment,
            .title = "Жол жөндеу",
            .description = "…",
            .status = "complete",
            .buyer = party,
            .procuring_entity = party,
            .locality = "Алматы",
            .method = "open",
            .method_details = "Конкурс",
            .category = "works",
            .classifications = {"ENSTRU:421120"},
            .estimate = sum,
            .tender_period = {moment, moment},
            .tenderers = 2,
            .lots = {{"1", "t", "active", sum, "d", "8-ОИ4", "8", "751110000", 4}},
            .bids = {{"b", "valid", moment, {party}, sum, {"1"}, {item}, 1, 2, 3, "late"}},
            .awards = {{"a", "active", moment, {party, party}, sum, {"1"}, {item}}},
            .contracts = {{"c", "a", "active", moment, {moment, moment}, moment, sum, sum,
                           {{moment, "longer", "1", "why", sum, {item}}}, {party}, {item},
                           {{"p", moment, sum}}, {{"x", moment, moment, sum}}, "urgent", "x_initialValue"}},
            .content_hash = "00",
            .parties = {{"KZ-BIN-1", "ЖШС «Жол»", "KZ-BIN", "1", "ТОО", "Алматы", "750000000",
                         {"tenderer"}, UINT64_MAX, 2, 3, 4, 5, 6}},
            .items = {item},
            .enquiry_period = {moment, moment},
            .award_period = {moment, moment},
            .published = moment,
            .rationale = "why",
            .financial_year = "2026",
            .kato = "750000000",
            .budget_id = "9",
            .budget = sum,
            .plan_versions = {{"9", "Конкурс", 1, 2, moment}}};
}

TEST(Process, Facts_survive_storage)
{
    const auto stored = to_text(to_json(full_process()));
    const auto back = process_from(*parse_json(stored));
    EXPECT_EQ(to_text(to_json(back)), stored);
    EXPECT_EQ(back.parties[0].phone, UINT64_MAX);
    EXPECT_EQ(back.contracts[0].amendments[0].items[0].quantity, 0.1);
    EXPECT_EQ(back.lots[0].attempt, 4);
}

TEST(Process, Facts_stored_by_an_earlier_version_load)
{
    const auto old = process_from(*parse_json(
        R"({"ocid":"o","buyer":{"id":"1"},"entity":{},"lots":[{"id":"1","value":[100,"KZT"]}],)"
        R"("bids":[{"id":"b","date":[1700000000000,"exact"],"tenderers":[{"id":"2"}]}],)"
        R"("contracts":[{"id":"c","amendments":[{"description":"longer"}]}],"hash":"00"})"));
    EXPECT_EQ(old.buyer.id, "1");
    EXPECT_EQ(old.lots[0].value->hundredths, 100);
    EXPECT_FALSE(old.lots[0].attempt);
    EXPECT_EQ(old.bids[0].author, 0U);
    EXPECT_EQ(old.contracts[0].amendments[0].description, "longer");
    EXPECT_TRUE(old.parties.empty());
}

TEST(Process, What_the_writer_would_not_have_written_is_refused)
{
    for (const char* text : {R"({})", R"([])", R"({"ocid":"o","released":[1]})",
                             R"({"ocid":"o","released":[1,"never"]})",
                             R"({"ocid":"o","estimate":["1","KZT"]})",
                             R"({"ocid":"o","parties":[{"phone":"12x"}]})",
                             R"({"ocid":"o","items":[{"quantity":"2"}]})"})
        EXPECT_THROW(process_from(*parse_json(text)), std::runtime_error) << text;
}

TEST(Process, One_telephone_written_in_two_ways_is_one)
{
    EXPECT_EQ(phone_hash("+7 (727) 322-71-76"), phone_hash("87273227176"));
    EXPECT_EQ(phone_hash("7273227176"), phone_hash("87273227176"));
    EXPECT_NE(phone_hash("87273227177"), phone_hash("87273227176"));
    EXPECT_EQ(contact_hash(" Info@Jol.kz "), contact_hash("info@jol.kz"));
    EXPECT_EQ(contact_hash("  "), 0U);
    EXPECT_EQ(phone_hash("none"), 0U);
}

TEST(Process, The_deal_is_the_contract_or_else_the_award)
{
    Process process = full_process();
    process.contracts[0].value = CurrencyAmount{999, "KZT"};
    EXPECT_EQ(deal_of(process).value->hundredths, 999);
    EXPECT_EQ(deal_of(process).supplier.name, "ЖШС «Жол»; ЖШС «Жол»");
    process.contracts[0].status = "cancelled";
    EXPECT_EQ(deal_of(process).value->hundredths, 1234567);
    EXPECT_FALSE(deal_of(process).signed_at);
    process.awards[0].status = "unsuccessful";
    EXPECT_FALSE(deal_of(process).value);
}

} // namespace
} // namespace adal::procurement
