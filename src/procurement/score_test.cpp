#include "procurement/score.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace adal::procurement {
namespace {

TEST(Score, One_law_of_one_is_less_than_two_laws_of_three)
{
    EXPECT_DOUBLE_EQ(score_of({3, 3}), 3.0 / 9);
    EXPECT_DOUBLE_EQ(share_of({3, 3}), 1);
    EXPECT_GT(rank({6, 9}), rank({3, 3}));
}

TEST(Score, With_many_answers_it_is_the_share)
{
    EXPECT_NEAR(score_of({300, 600}), share_of({300, 600}), 0.01);
}

TEST(Score, Of_equal_scores_the_heavier_comes_first)
{
    EXPECT_EQ(score_of({1, 4}), score_of({2, 14})); // 1/10 = 2/20
    EXPECT_GT(rank({2, 14}), rank({1, 4}));
    EXPECT_EQ(rank({0, 0}), 0);
    EXPECT_EQ(rank({0, 40}), 0);
}

TEST(Score, More_failed_of_the_same_never_ranks_lower)
{
    for (std::int64_t applicable = 1; applicable < 60; ++applicable)
        for (std::int64_t failed = 1; failed <= applicable; ++failed) {
            EXPECT_GT(rank({failed, applicable}), rank({failed - 1, applicable}));
            EXPECT_GE(rank({failed, applicable}), rank({failed, applicable + 1}));
        }
}

TEST(Score, A_buyer_with_one_purchase_is_held_for_an_ordinary_one)
{
    const std::vector<Weighed> one{{10, 10}};
    const std::vector<Weighed> many(90, Weighed{5, 10});
    const auto of_one = entity_score(one, 0.1);
    const auto of_many = entity_score(many, 0.1);
    EXPECT_EQ(of_one.processes, 1);
    EXPECT_DOUBLE_EQ(of_one.share, 1);
    EXPECT_NEAR(of_one.score, (1 + 1) / 11.0, 1e-12);
    EXPECT_NEAR(of_many.score, (90 * 0.5 + 1) / 100, 1e-12);
    EXPECT_GT(of_many.score, of_one.score);
    EXPECT_DOUBLE_EQ(entity_score({}, 0.1).score, 0.1);
}

} // namespace
} // namespace adal::procurement
