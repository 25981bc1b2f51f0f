#include "procurement/price_index.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

TEST(PriceIndex, Grows_evenly_inside_a_year_and_meets_at_its_end)
{
    const PriceIndex index{R"({"years": [{"year": 2023, "growth": 0.1, "source": "s"}, {"year": 2024, "growth": 0.2, "source": "s", "verified": true}]})"};
    EXPECT_DOUBLE_EQ(*index.level(make_date(2023, 1, 1)), 0);
    EXPECT_NEAR(std::exp(*index.level(make_date(2024, 1, 1))), 1.1, 1e-12);
    EXPECT_NEAR(*index.level(make_date(2024, 7, 2)), std::log(1.1) + std::log(1.2) / 2, 1e-3);
    EXPECT_FALSE(index.level(make_date(2022, 12, 31)));
    EXPECT_FALSE(index.level(make_date(2025, 1, 1))) << "nobody knows yet";
    EXPECT_FALSE(index.verified(2023));
    EXPECT_TRUE(index.verified(2024));
}

TEST(PriceIndex, Refuses_a_gap_and_a_year_without_a_source)
{
    EXPECT_THROW((PriceIndex{R"({"years": [{"year": 2020, "growth": 0.1, "source": "s"}, {"year": 2022, "growth": 0.1, "source": "s"}]})"}), std::runtime_error);
    EXPECT_THROW((PriceIndex{R"({"years": [{"year": 2020, "growth": 0.1}]})"}), std::runtime_error);
    EXPECT_THROW((PriceIndex{"{}"}), std::runtime_error);
    EXPECT_TRUE(PriceIndex::standard().level(make_date(2024, 5, 1)));
}

} // namespace
} // namespace adal::procurement
