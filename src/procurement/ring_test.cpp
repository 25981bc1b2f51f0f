// Rings are found where they were planted, and not where there are none.
#include "procurement/ring.hpp"

#include "procurement/bid_permutation.hpp"
#include "procurement/market_model.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace adal::procurement {
namespace {

using test_model::contest;
using test_model::make_model;

BidGraph graph_of(const std::vector<Process>& processes)
{
    BidGraph graph{Thresholds::standard()};
    for (const auto& process : processes)
        graph.add(process);
    graph.settle();
    return graph;
}

std::set<std::string> keys_of(const BidGraph& graph, const Ring& ring)
{
    std::set<std::string> keys;
    for (const auto firm : ring.members)
        keys.insert(graph.firms()[firm].key);
    return keys;
}

using PairSet = std::set<std::pair<std::string, std::string>>;

void add_pairs(PairSet& pairs, const std::set<std::string>& members)
{
    for (const auto& a : members)
        for (const auto& b : members)
            if (a < b) pairs.emplace(a, b);
}

struct Tally {
    std::size_t planted = 0, found = 0, both = 0;
    [[nodiscard]] double recall() const
    {
        return static_cast<double>(both) / static_cast<double>(planted);
    }
    [[nodiscard]] double precision() const
    {
        return static_cast<double>(both) / static_cast<double>(found);
    }
    template <typename Set>
    void add(const Set& truth, const Set& claimed)
    {
        planted += truth.size();
        found += claimed.size();
        for (const auto& one : claimed)
            both += truth.count(one);
    }
};

TEST(Rings, Planted_in_generated_markets_are_found_over_twenty_four_seeds)
{
    Tally pairs, contests;
    for (unsigned seed = 1; seed <= 24; ++seed) {
        const auto model = make_model({.seed = seed});
        const auto graph = graph_of(model.processes);
        PairSet planted, found;
        std::set<std::string> joint;
        for (const auto& ring : model.rings)
            add_pairs(planted, ring);
        for (const auto& ring : find_rings(graph, {.permutations = 99})) {
            add_pairs(found, keys_of(graph, ring));
            for (const auto c : ring.joint)
                joint.insert(graph.contests()[c].ocid);
        }
        pairs.add(planted, found);
        contests.add(model.staged, joint);
    }
    RecordProperty("pair_recall", std::to_string(pairs.recall()));
    RecordProperty("pair_precision", std::to_string(pairs.precision()));
    RecordProperty("contest_recall", std::to_string(contests.recall()));
    RecordProperty("contest_precision", std::to_string(contests.precision()));
    EXPECT_GE(pairs.recall(), 0.9);
    EXPECT_GE(pairs.precision(), 0.8);
    EXPECT_GE(contests.recall(), 0.9);
    EXPECT_GE(contests.precision(), 0.8);
}

// The level of a set without rings is at most most_p per market: 0.06 alarms expected here.
TEST(Rings, Are_not_found_where_there_are_none_more_often_than_stated)
{
    int alarms = 0;
    for (unsigned seed = 101; seed <= 130; ++seed)
        alarms += !find_rings(graph_of(make_model({.seed = seed, .rings = 0}).processes),
                              {.permutations = 99})
                       .empty();
    EXPECT_LE(alarms, 1);
}

TEST(Rings, Are_not_made_of_firms_that_stay_at_home)
{
    int alarms = 0;
    for (unsigned seed = 201; seed <= 215; ++seed)
        alarms +=
            !find_rings(
                 graph_of(
                     make_model({.seed = seed, .contests = 300, .rings = 0, .home = 30}).processes),
                 {.permutations = 99})
                 .empty();
    EXPECT_LE(alarms, 1);
}

TEST(Rings, Do_not_depend_on_the_order_of_rows)
{
    auto model = make_model({.seed = 5});
    const auto said = [&] {
        const auto graph = graph_of(model.processes);
        std::string text;
        for (const auto& ring : find_rings(graph, {.permutations = 49})) {
            for (const auto& key : keys_of(graph, ring))
                text += key + " ";
            text += std::to_string(ring.p) + " " + std::to_string(ring.expected) + "\n";
        }
        return text;
    };
    const std::string before = said();
    EXPECT_FALSE(before.empty());
    for (unsigned i = 0; i < 3; ++i) {
        std::shuffle(model.processes.begin(), model.processes.end(), std::mt19937{i});
        EXPECT_EQ(said(), before);
    }
}

TEST(Rings, Are_not_claimed_in_a_market_of_four_firms_that_always_bid)
{
    std::vector<Process> processes;
    for (int i = 0; i < 60; ++i)
        processes.push_back(contest("o" + std::to_string(i), "421120.100.000000",
                                    {"A", "B", "C", "D"}, {90, 95, 96, 97}, 100,
                                    make_date(2025, 1, 1).plus_days(i)));
    EXPECT_TRUE(find_rings(graph_of(processes)).empty());
}

TEST(Rings, Are_not_proven_by_many_lots_of_one_day)
{
    auto model = make_model({.seed = 7, .markets = 1, .rings = 0});
    for (int i = 0; i < 12; ++i)
        model.processes.push_back(contest("lot" + std::to_string(i), "421120.100.000000",
                                          {"F0-1", "F0-2", "F0-3", "F0-4"}, {90, 95, 96, 97}, 100,
                                          make_date(2025, 1, 1)));
    EXPECT_TRUE(find_rings(graph_of(model.processes), {.permutations = 99}).empty());
}

TEST(Rings, Need_a_market_large_enough_to_know_what_chance_gives)
{
    std::vector<Process> processes;
    for (int i = 0; i < 29; ++i)
        processes.push_back(
            contest("o" + std::to_string(i), "421120.100.000000",
                    i % 3 == 0 ? std::vector<std::string>{"A", "B", "C"}
                               : std::vector<std::string>{"X" + std::to_string(i)},
                    i % 3 == 0 ? std::vector<double>{90, 95, 96} : std::vector<double>{90}, 100,
                    make_date(2025, 1, 1).plus_days(i)));
    EXPECT_TRUE(find_rings(graph_of(processes)).empty());
    processes.push_back(
        contest("last", "421120.100.000000", {"Y"}, {90}, 100, make_date(2025, 3, 1)));
    const auto graph = graph_of(processes);
    const auto rings = find_rings(graph);
    ASSERT_EQ(rings.size(), 1U);
    EXPECT_EQ(keys_of(graph, rings.front()), (std::set<std::string>{"A", "B", "C"}));
    EXPECT_EQ(rings.front().count, 10);
    EXPECT_EQ(rings.front().wins, (std::vector<int>{10, 0, 0}));
}

TEST(Permutation, Keeps_the_bids_of_firms_and_the_bidders_of_contests)
{
    const auto graph = graph_of(make_model({.seed = 11, .markets = 1}).processes);
    BidTable table{graph, graph.markets().front()};
    const auto margins = [&] {
        std::vector<std::size_t> bids(table.firm_count(), 0), bidders;
        for (const auto& one : table.contests()) {
            bidders.push_back(one.size());
            EXPECT_EQ(std::set<std::uint32_t>(one.begin(), one.end()).size(), one.size());
            for (const auto firm : one)
                ++bids[firm];
        }
        return std::pair{bids, bidders};
    };
    const auto before = margins();
    const auto start = table.contests();
    for (int i = 0; i < 20; ++i)
        table.shuffle();
    EXPECT_EQ(margins(), before);
    EXPECT_NE(table.contests(), start);
}

TEST(Permutation, Finds_that_a_pair_met_more_often_than_by_chance)
{
    auto model = make_model({.seed = 12, .markets = 1, .rings = 0});
    for (int i = 0; i < 8; ++i)
        model.processes.push_back(contest("pair" + std::to_string(i), "421120.100.000000",
                                          {"F0-1", "F0-2"}, {90, 95}, 100,
                                          make_date(2024, 1, 1).plus_days(40 * i)));
    const auto graph = graph_of(model.processes);
    const auto number = [&](const std::string& key) {
        return static_cast<std::uint32_t>(std::ranges::find(graph.firms(), key, &Firm::key) -
                                          graph.firms().begin());
    };
    const auto found = meetings(
        graph, 0, {{number("F0-1"), number("F0-2")}, {number("F0-3"), number("F0-4")}}, 199);
    EXPECT_GE(found[0].observed, 8);
    EXPECT_LT(found[0].expected, found[0].observed);
    EXPECT_LE(found[0].p, 0.01);
    EXPECT_GT(found[1].p, 0.01);
}

TEST(DiscoveryLimit, Rises_with_the_number_of_discoveries)
{
    EXPECT_EQ(discovery_limit({}, 10, 0.05), 0);
    EXPECT_EQ(discovery_limit({0.9}, 10, 0.05), 0);
    EXPECT_DOUBLE_EQ(discovery_limit({0.001}, 10, 0.05), 0.005);
    EXPECT_DOUBLE_EQ(discovery_limit({0.009, 0.001}, 10, 0.05), 0.01);
}

} // namespace
} // namespace adal::procurement
