#include "oversight/geometry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::oversight {
namespace {

Result<Geometry> read(std::string_view text)
{
    const auto value = parse_json(text);
    EXPECT_TRUE(value) << text;
    return parse_geometry(*value);
}

TEST(GeoJson, of_every_type_is_read)
{
    EXPECT_EQ(*read(R"({"type":"Point","coordinates":[76.9,43.2]})"), point_geometry({76.9, 43.2}));
    EXPECT_EQ(read(R"({"type":"MultiPoint","coordinates":[[1,2],[3,4]]})")->points.size(), 2u);
    EXPECT_EQ(read(R"({"type":"LineString","coordinates":[[1,2],[3,4],[5,6]]})")->lines.front().size(), 3u);
    EXPECT_EQ(read(R"({"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]})")->lines.size(), 2u);
    EXPECT_EQ(read(R"({"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]})")->polygons.front().rings.size(), 2u);
    EXPECT_EQ(read(R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]})")->polygons.size(), 2u);
}

TEST(GeoJson, collection_holds_all_its_parts)
{
    const auto all = read(R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},
        {"type":"LineString","coordinates":[[1,2],[3,4]]},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[3,4]}]}]})");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->points.size(), 2u);
    EXPECT_EQ(all->lines.size(), 1u);
}

TEST(GeoJson, ring_that_the_source_forgot_to_close_is_closed)
{
    const auto open = read(R"({"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9]]]})");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->polygons.front().rings.front().size(), 4u);
    EXPECT_EQ(open->polygons.front().rings.front().front(), open->polygons.front().rings.front().back());
}

TEST(GeoJson, height_and_measure_of_a_position_are_left_out)
{
    EXPECT_EQ(*read(R"({"type":"Point","coordinates":[76.9,43.2,812.5]})"), point_geometry({76.9, 43.2}));
    EXPECT_EQ(*read(R"({"type":"Point","coordinates":[76.9,43.2,812.5,7]})"), point_geometry({76.9, 43.2}));
}

struct Wrong {
    std::string_view name, text, at, reason;
};

class WrongGeoJson : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongGeoJson, is_refused_with_the_path_and_the_reason)
{
    const auto read_it = read(GetParam().text);
    ASSERT_FALSE(read_it);
    EXPECT_TRUE(read_it.error().is(bad_geometry));
    EXPECT_EQ(read_it.error().params.at("at"), GetParam().at);
    EXPECT_EQ(read_it.error().params.at("reason"), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    With, WrongGeoJson,
    ::testing::Values(
        Wrong{"no_type", R"({"coordinates":[1,2]})", "type", "required"},
        Wrong{"a_number", R"(7)", "type", "required"},
        Wrong{"unknown_type", R"({"type":"Circle","coordinates":[1,2]})", "type", "unknown_type"},
        Wrong{"no_coordinates", R"({"type":"Point"})", "coordinates", "required"},
        Wrong{"coordinates_that_are_text", R"({"type":"Point","coordinates":"76 43"})", "coordinates", "required"},
        Wrong{"one_number", R"({"type":"Point","coordinates":[1]})", "coordinates", "bad_position"},
        Wrong{"five_numbers", R"({"type":"Point","coordinates":[1,2,3,4,5]})", "coordinates", "bad_position"},
        Wrong{"a_text_for_a_number", R"({"type":"LineString","coordinates":[[1,2],["3",4]]})", "coordinates[1]", "not_a_number"},
        Wrong{"null_for_a_number", R"({"type":"Point","coordinates":[null,4]})", "coordinates", "not_a_number"},
        Wrong{"latitude_first", R"({"type":"Point","coordinates":[43.2,176.9]})", "coordinates", "out_of_range"},
        Wrong{"beyond_the_globe", R"({"type":"Point","coordinates":[181,0]})", "coordinates", "out_of_range"},
        Wrong{"a_number_without_end", R"({"type":"Point","coordinates":[1e300,0]})", "coordinates", "out_of_range"},
        Wrong{"a_line_of_one_point", R"({"type":"LineString","coordinates":[[1,2]]})", "coordinates", "too_few_points"},
        Wrong{"a_ring_of_two_corners", R"({"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]})", "coordinates[0]", "too_few_points"},
        Wrong{"an_area_without_rings", R"({"type":"Polygon","coordinates":[]})", "coordinates", "empty"},
        Wrong{"nothing_in_it", R"({"type":"MultiPoint","coordinates":[]})", "coordinates", "empty"},
        Wrong{"a_point_where_a_ring_should_be", R"({"type":"Polygon","coordinates":[[0,0],[1,1]]})", "coordinates[0][0]", "not_a_list"},
        Wrong{"an_empty_collection", R"({"type":"GeometryCollection","geometries":[]})", "geometries", "required"},
        Wrong{"a_bad_part", R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[1,200]}]})",
              "geometries[1].coordinates", "out_of_range"}),
    [](const auto& chosen) { return std::string(chosen.param.name); });

TEST(GeoJson, nested_without_end_is_refused)
{
    std::string text = R"({"type":"Point","coordinates":[1,2]})";
    for (int i = 0; i < 7; ++i) text = R"({"type":"GeometryCollection","geometries":[)" + text + "]}";
    const auto deep = read(text);
    ASSERT_FALSE(deep);
    EXPECT_EQ(deep.error().params.at("reason"), "too_deep");
}

TEST(GeoJson, of_more_positions_than_the_limit_is_refused)
{
    std::string text = R"({"type":"MultiPoint","coordinates":[[1,2])";
    for (std::size_t i = 0; i < kMaxPositions; ++i) text += ",[1,2]";
    const auto many = read(text + "]}");
    ASSERT_FALSE(many);
    EXPECT_EQ(many.error().params.at("reason"), "too_many_points");
}

rc::Gen<Point> point()
{
    return rc::gen::map(rc::gen::pair(rc::gen::inRange(-180'000'000, 180'000'000), rc::gen::inRange(-90'000'000, 90'000'000)),
                        [](auto at) { return Point{at.first / 1e6, at.second / 1e6}; });
}

RC_GTEST_PROP(GeoJson, written_and_read_again_is_the_same_geometry, ())
{
    Geometry geometry;
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) geometry.points.push_back(*point());
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) geometry.lines.push_back({*point(), *point(), *point()});
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        const auto start = *point();
        geometry.polygons.push_back({.rings = {{start, *point(), *point(), start}}});
    }
    if (geometry.is_empty()) geometry.points.push_back(*point());
    const auto again = parse_json(to_text(to_geojson(geometry)));
    RC_ASSERT(again.has_value());
    RC_ASSERT(parse_geometry(*again).value() == geometry);
}

} // namespace
} // namespace adal::oversight
