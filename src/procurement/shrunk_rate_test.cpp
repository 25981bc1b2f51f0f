#include "procurement/shrunk_rate.hpp"

#include <gtest/gtest.h>
#include <random>

namespace adal::procurement {
namespace {

constexpr double kSure = 0.95;

void add(ShrunkRates& rates, const std::string& member, int hits, int cases)
{
    for (int i = 0; i < cases; ++i) rates.add("g", member, i < hits);
}

TEST(ShrunkRate, Two_of_ten_is_less_than_twenty_of_a_hundred)
{
    ShrunkRates rates{{}};
    for (int i = 0; i < 20; ++i) add(rates, "ordinary-" + std::to_string(i), 2 + i % 3, 100);
    add(rates, "small", 2, 10);
    add(rates, "large", 20, 100);
    rates.settle();
    const auto small = rates.find("g", "small"), large = rates.find("g", "large");
    ASSERT_TRUE(small);
    ASSERT_TRUE(large);
    EXPECT_DOUBLE_EQ(small->rate, large->rate);
    EXPECT_LT(small->shrunk, large->shrunk);
    EXPECT_LT(small->probability, kSure);
    EXPECT_GT(large->probability, kSure);
    EXPECT_NEAR(large->typical, 0.03, 0.01);
    EXPECT_EQ(large->members, 22);
}

TEST(ShrunkRate, A_third_of_high_ones_does_not_make_them_ordinary)
{
    ShrunkRates rates{{}};
    for (int i = 0; i < 20; ++i) add(rates, "ordinary-" + std::to_string(i), 3, 120);
    for (int i = 0; i < 10; ++i) add(rates, "high-" + std::to_string(i), 30, 120);
    rates.settle();
    for (int i = 0; i < 10; ++i) EXPECT_GT(rates.find("g", "high-" + std::to_string(i))->probability, kSure);
    for (int i = 0; i < 20; ++i) EXPECT_LT(rates.find("g", "ordinary-" + std::to_string(i))->probability, 0.05);
}

// 40 members with one rate each, drawn 50 times: hardly any is called high.
TEST(ShrunkRate, Chance_alone_makes_hardly_anybody_high)
{
    int high = 0, all = 0;
    for (unsigned seed = 1; seed <= 50; ++seed) {
        std::mt19937 dice{seed};
        ShrunkRates rates{{}};
        for (int m = 0; m < 40; ++m) {
            const int cases = 10 + static_cast<int>(dice() % 200);
            for (int i = 0; i < cases; ++i) rates.add("g", std::to_string(m), dice() % 100 < 5);
        }
        rates.settle();
        for (int m = 0; m < 40; ++m)
            if (const auto rate = rates.find("g", std::to_string(m))) {
                ++all;
                high += rate->probability > kSure ? 1 : 0;
            }
    }
    EXPECT_EQ(all, 2000);
    EXPECT_LE(high, 10) << "of 2000";
}

TEST(ShrunkRate, Says_nothing_of_few)
{
    ShrunkRates rates{{.least_cases = 10, .least_members = 3}};
    add(rates, "a", 1, 9);
    add(rates, "b", 1, 50);
    add(rates, "c", 1, 50);
    rates.settle();
    EXPECT_FALSE(rates.find("g", "a"));
    EXPECT_FALSE(rates.find("g", "b")) << "two members are no group";
    EXPECT_FALSE(rates.find("other", "b"));
}

TEST(ShrunkRate, A_group_without_hits_or_with_hits_only_has_no_high_one)
{
    for (const int hits : {0, 20}) {
        ShrunkRates rates{{}};
        for (int i = 0; i < 12; ++i) add(rates, std::to_string(i), hits, 20);
        rates.settle();
        const auto rate = rates.find("g", "0");
        ASSERT_TRUE(rate);
        EXPECT_LT(rate->probability, kSure) << hits;
    }
}

} // namespace
} // namespace adal::procurement
