#include "cyber/leaders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace adal::cyber {

namespace leader_tests {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const Instant kDay = *parse_instant("2026-03-10T10:00:00+05:00");

struct Board {
    PersonId aigul = PersonId::make(kDay), bolat = PersonId::make(kDay);
    std::map<PersonId, std::string> names{{aigul, "Қыран"}, {bolat, "Сұңқар"}};
    std::vector<Credit> credits{};

    void credit(PersonId who, std::string cluster, int hour) { credits.push_back({.person = who, .resource = ResourceId::make(kDay), .cluster = std::move(cluster), .reported_at = kDay.plus(std::chrono::hours{hour})}); }
    [[nodiscard]] int points_of(const std::string& name) const
    {
        for (const auto& leader : leaders(credits, names))
            if (leader.pseudonym == name) return leader.points;
        return 0;
    }
};

} // namespace leader_tests

using namespace leader_tests;

TEST(Leaders, a_farm_of_mirrors_is_one_point_to_whoever_was_first)
{
    Board board;
    for (int n = 0; n < 5; ++n) board.credit(board.aigul, "site" + std::to_string(n), n);
    for (int n = 0; n < 100; ++n) board.credit(board.bolat, "casino.kz", n + 1);
    for (int n = 0; n < 4; ++n) board.credit(board.bolat, "other" + std::to_string(n), n);
    board.credit(board.aigul, "casino.kz", 50); // later than the other
    EXPECT_EQ(board.points_of("Қыран"), 5);
    EXPECT_EQ(board.points_of("Сұңқар"), 5);
    board.credit(board.aigul, "casino.kz", 0); // earlier
    EXPECT_EQ(board.points_of("Қыран"), 6);
    EXPECT_EQ(board.points_of("Сұңқар"), 0); // four are not shown
}

TEST(Leaders, what_has_no_mirrors_counts_by_itself)
{
    Board board;
    for (int n = 0; n < 7; ++n) board.credit(board.aigul, "", 1);
    EXPECT_EQ(board.points_of("Қыран"), 7);
}

TEST(Leaders, nobody_is_shown_who_does_not_wish_it)
{
    Board board;
    for (int n = 0; n < 7; ++n) board.credit(board.aigul, "", 1);
    board.names.clear();
    EXPECT_THAT(leaders(board.credits, board.names), IsEmpty());
}

TEST(Leaders, the_order_of_the_rows_is_of_no_matter)
{
    Board board;
    for (int n = 0; n < 60; ++n) board.credit(n % 3 == 0 ? board.aigul : board.bolat, "c" + std::to_string(n % 25), n % 7);
    const auto expected = std::pair{board.points_of("Қыран"), board.points_of("Сұңқар")};
    EXPECT_EQ(expected.first + expected.second, 25);
    std::mt19937 random{7};
    for (int round = 0; round < 50; ++round) {
        std::ranges::shuffle(board.credits, random);
        EXPECT_EQ((std::pair{board.points_of("Қыран"), board.points_of("Сұңқар")}), expected);
    }
}

} // namespace adal::cyber
