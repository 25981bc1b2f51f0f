#include "procurement/bid_graph.hpp"

#include "procurement/market_model.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

using test_model::contest;

const LocalDate kDay = make_date(2025, 6, 2);
constexpr const char* kKind = "421120.100.000000";

BidGraph settled(const std::vector<Process>& processes)
{
    BidGraph graph{Thresholds::standard()};
    for (const auto& process : processes)
        graph.add(process);
    graph.settle();
    return graph;
}

TEST(BidGraph, Knows_who_bid_and_who_won)
{
    const auto graph = settled({contest("o", kKind, {"B", "A"}, {90, 95}, 100, kDay)});
    ASSERT_EQ(graph.contests().size(), 1U);
    const Contest& one = graph.contests().front();
    ASSERT_EQ(one.offers.size(), 2U);
    EXPECT_EQ(graph.firms()[one.offers[0].firm].key, "A");
    EXPECT_EQ(one.offers[0].amount, 9500);
    EXPECT_EQ(one.offers[0].bid, 1U);
    ASSERT_TRUE(one.winner());
    EXPECT_EQ(graph.firms()[one.winner()->firm].key, "B");
    EXPECT_EQ(graph.markets().front().key, "421120.100|KZT");
    EXPECT_EQ(graph.contests_of("o").size(), 1U);
    EXPECT_TRUE(graph.contests_of("other").empty());
}

TEST(BidGraph, A_firm_that_bid_twice_is_there_once_with_its_last_valid_bid)
{
    auto process = contest("o", kKind, {"A", "A", "A"}, {90, 95, 80}, 100, kDay);
    process.bids[2].status = "disqualified";
    process.bids[1].date = Moment{start_of(kDay)};
    const auto graph = settled({process});
    ASSERT_EQ(graph.contests().front().offers.size(), 1U);
    EXPECT_EQ(graph.contests().front().offers.front().amount, 9500);
}

TEST(BidGraph, A_joint_bid_is_one_bidder_in_any_order_of_its_firms)
{
    auto one = contest("o", kKind, {"A", "C"}, {90, 95}, 100, kDay);
    one.bids[0].tenderers = {{"A", "A"}, {"B", "B"}};
    auto two = contest("p", kKind, {"A", "C"}, {90, 95}, 100, kDay);
    two.bids[0].tenderers = {{"B", "B"}, {"A", "A"}};
    EXPECT_EQ(settled({one, two}).firms().size(), 2U);
}

TEST(BidGraph, An_invitation_or_a_withdrawn_bid_is_no_meeting)
{
    auto process = contest("o", kKind, {"A", "B", "C"}, {90, 95, 96}, 100, kDay);
    process.bids[1].status = "invited";
    process.bids[2].status = "withdrawn";
    EXPECT_EQ(settled({process}).contests().front().offers.size(), 1U);
    process.bids[0].status = "pending";
    EXPECT_TRUE(settled({process}).contests().empty());
    EXPECT_EQ(why_no_contest(process, Thresholds::standard()), "no_bids");
}

TEST(BidGraph, Each_lot_that_bids_name_is_a_contest_of_its_own)
{
    auto process = contest("o", kKind, {"A", "B", "A"}, {90, 95, 50}, 200, kDay);
    process.lots = {{.id = "1", .value = CurrencyAmount{10000, "KZT"}}, {.id = "2"}};
    process.bids[0].lots = {"1"};
    process.bids[1].lots = {"1"};
    process.bids[2].lots = {"2"};
    process.awards[0].lots = {"1"};
    const auto graph = settled({process});
    ASSERT_EQ(graph.contests().size(), 2U);
    EXPECT_EQ(graph.contests()[0].offers.size(), 2U);
    EXPECT_EQ(graph.contests()[0].estimate, 10000);
    EXPECT_TRUE(graph.contests()[0].awarded);
    EXPECT_EQ(graph.contests()[1].offers.size(), 1U);
    EXPECT_FALSE(graph.contests()[1].awarded);
}

TEST(BidGraph, A_sum_in_another_currency_is_not_known)
{
    auto process = contest("o", kKind, {"A", "B"}, {90, 95}, 100, kDay);
    process.bids[1].value->currency = "USD";
    const auto graph = settled({process});
    EXPECT_EQ(graph.contests().front().offers[1].amount, 0);
}

TEST(BidGraph, Says_why_a_process_has_no_contest)
{
    auto process = contest("o", kKind, {"A"}, {90}, 100, kDay);
    EXPECT_EQ(why_no_contest(process, Thresholds::standard()), "");
    process.method_details = "Из одного источника путем прямого заключения договора";
    EXPECT_EQ(why_no_contest(process, Thresholds::standard()), "single_source");
    process.method_details = process.method = "";
    EXPECT_EQ(why_no_contest(process, Thresholds::standard()), "method_unknown");
    process.method = "open";
    process.bids.clear();
    EXPECT_EQ(why_no_contest(process, Thresholds::standard()), "bids_unknown");
}

TEST(BidGraph, The_same_bidders_on_one_day_at_one_buyer_are_a_repeat)
{
    const auto graph = settled({contest("a", kKind, {"A", "B"}, {90, 95}, 100, kDay),
                                contest("b", kKind, {"B", "A"}, {90, 95}, 100, kDay),
                                contest("c", kKind, {"A", "B"}, {90, 95}, 100, kDay.plus_days(1))});
    EXPECT_FALSE(graph.contests()[0].repeat);
    EXPECT_TRUE(graph.contests()[1].repeat);
    EXPECT_FALSE(graph.contests()[2].repeat);
    EXPECT_EQ(graph.markets().front().contests.size(), 2U);
}

TEST(BidGraph, Years_and_places_with_enough_contests_are_strata_of_their_own)
{
    std::vector<Process> processes;
    for (int i = 0; i < 70; ++i) {
        processes.push_back(contest("o" + std::to_string(100 + i), kKind, {"A"}, {90}, 100,
                                    make_date(i < 60 ? 2024 : 2025, 1, 1).plus_days(i)));
        processes.back().locality = i < 25 ? "Алатау" : "Медеу";
    }
    const auto graph = settled(processes);
    EXPECT_EQ(graph.markets().front().strata, 3U); // Алатау 2024, Медеу 2024, the ten of 2025
    EXPECT_EQ(graph.contests()[0].stratum, 0U);
    EXPECT_EQ(graph.contests()[30].stratum, 1U);
    EXPECT_EQ(graph.contests()[65].stratum, 2U);
}

} // namespace
} // namespace adal::procurement
