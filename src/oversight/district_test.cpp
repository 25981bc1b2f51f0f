#include "oversight/district.hpp"

#include <gtest/gtest.h>

namespace adal::oversight {
namespace {

Geometry box(double west, double south, double east, double north)
{
    return {.polygons = {{.rings = {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}}};
}

std::vector<District> city()
{
    std::vector<District> all{
        {.code = "auezov", .name = {"Әуезов ауданы", "Ауэзовский район", "Auezov district"}, .outline = box(76.8, 43.2, 76.87, 43.3)},
        {.code = "medeu", .name = {"Медеу ауданы", "Медеуский район", "Medeu district"}, .outline = box(76.94, 43.1, 77.1, 43.3)}};
    // The second one has a lake in it that belongs to nobody.
    all[1].outline.polygons.front().rings.push_back({{77.0, 43.15}, {77.05, 43.15}, {77.05, 43.2}, {77.0, 43.2}, {77.0, 43.15}});
    return all;
}

TEST(District, of_a_point_is_the_one_whose_outline_holds_it)
{
    const auto districts = city();
    EXPECT_EQ(district_of(districts, {76.85, 43.22})->code, "auezov");
    EXPECT_EQ(district_of(districts, {77.08, 43.22})->code, "medeu");
    EXPECT_EQ(district_of(districts, {76.9, 43.22}), nullptr);
}

TEST(District, does_not_own_what_lies_in_its_hole)
{
    EXPECT_EQ(district_of(city(), {77.02, 43.17}), nullptr);
}

TEST(District, on_a_shared_border_is_the_first_of_the_list)
{
    auto districts = city();
    districts[1].outline = box(76.87, 43.2, 77.1, 43.3);
    EXPECT_EQ(district_of(districts, {76.87, 43.25})->code, "auezov");
}

TEST(District, is_found_by_any_of_its_names_however_they_are_typed)
{
    const auto districts = city();
    for (const auto* name : {"Әуезов ауданы", "ӘУЕЗОВ АУДАНЫ", "Ауезов ауданы", "Ауэзовский район", "auezov", "Auezov District", "  әуезов  ауданы "})
        EXPECT_EQ(district_named(districts, name), &districts[0]) << name;
    // As the city's own register writes it: with the Latin schwa U+018F.
    EXPECT_EQ(district_named(districts, "Əуезов ауданы"), &districts[0]);
    EXPECT_EQ(district_named(districts, ""), nullptr);
    EXPECT_EQ(district_named(districts, "Турксибский район"), nullptr);
}

} // namespace
} // namespace adal::oversight
