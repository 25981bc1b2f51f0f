#include "impact/figures.hpp"

#include "base/json.hpp"

#include <gtest/gtest.h>

namespace adal::impact {
namespace {

TEST(Indicator, has_a_code_of_its_own)
{
    for (const auto indicator : all_indicators()) EXPECT_EQ(indicator_from(code(indicator)), indicator);
    EXPECT_FALSE(indicator_from("SAV"));
}

TEST(Figure, of_fewer_than_five_people_is_not_published)
{
    Figures figures;
    figures[Indicator::volunteers_active] = {.indicator = Indicator::volunteers_active, .value = 3, .record_count = 3};
    EXPECT_TRUE(is_suppressed(figures[Indicator::volunteers_active]));
    const auto csv = to_csv(figures, Instant{0});
    EXPECT_NE(csv.find("VOL_ACTIVE,people,confirmed,,,,"), std::string::npos) << csv;
    const auto parsed = parse_json(to_json(figures, Instant{0}));
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(array_at(*parsed, "figures")->at(0).at("value").is_null());
    figures[Indicator::volunteers_active].value = 5;
    EXPECT_FALSE(is_suppressed(figures[Indicator::volunteers_active]));
}

TEST(Figure, of_things_is_published_however_small)
{
    EXPECT_FALSE(is_suppressed({.indicator = Indicator::findings_sealed, .value = 1}));
}

TEST(FrozenFigure, disagrees_when_a_record_is_swapped_though_the_number_is_the_same)
{
    Figure figure{.indicator = Indicator::findings_sealed, .value = 2, .records = {"a", "b"}, .record_count = 2};
    const FrozenFigure frozen{.figure = figure, .frozen_manifest = figure.manifest()};
    EXPECT_TRUE(agrees(frozen, figure));
    figure.records = {"a", "c"};
    EXPECT_FALSE(agrees(frozen, figure));
}

} // namespace
} // namespace adal::impact
