#include "oversight/register_words.hpp"

#include <gtest/gtest.h>

namespace adal::oversight {
namespace {

TEST(RegisterWords, reads_the_four_states_of_almatys_register_in_kazakh_and_russian)
{
    const auto& words = RegisterWords::standard();
    EXPECT_EQ(words.status_of("Жоспарлануда"), WorksStatus::planned);
    EXPECT_EQ(words.status_of("Жасалуда"), WorksStatus::in_progress);
    EXPECT_EQ(words.status_of("Аяқталды"), WorksStatus::done);
    EXPECT_EQ(words.status_of("Жойылды"), WorksStatus::cancelled);
    EXPECT_EQ(words.status_of("В РАБОТЕ"), WorksStatus::in_progress);
    EXPECT_EQ(words.status_of("done"), WorksStatus::done);
}

TEST(RegisterWords, does_not_guess_a_state_it_does_not_know)
{
    EXPECT_EQ(RegisterWords::standard().status_of("почти готово"), std::nullopt);
    EXPECT_EQ(RegisterWords::standard().status_of(""), std::nullopt);
}

TEST(RegisterWords, takes_a_square_beside_a_park_for_a_public_space)
{
    const auto& words = RegisterWords::standard();
    EXPECT_EQ(words.kind_of("Парк"), PlaceKind::park);
    EXPECT_EQ(words.kind_of("Саябақтар мен гүлзарлар"), PlaceKind::park);
    EXPECT_EQ(words.kind_of("Парки и скверы"), PlaceKind::public_space);
    EXPECT_EQ(words.kind_of("набережная"), PlaceKind::public_space);
}

TEST(RegisterWords, refuses_a_list_with_a_kind_nobody_knows)
{
    EXPECT_THROW(RegisterWords("{}", R"({"otherwise": "moon", "kinds": []})"), std::runtime_error);
    EXPECT_THROW(RegisterWords("{", R"({"otherwise": "park", "kinds": []})"), std::runtime_error);
}

} // namespace
} // namespace adal::oversight
