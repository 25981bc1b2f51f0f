#include "oversight/geometry.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::oversight {
namespace {

// Near the middle of Almaty, where a degree is 81,201 m east and 111,087 m north (WGS 84, latitude 43.25).
constexpr Point kCentre{76.9, 43.25};
constexpr double kEast = 81'201.0, kNorth = 111'087.0;

Point moved(Point from, double east_m, double north_m)
{
    return {from.longitude + east_m / kEast, from.latitude + north_m / kNorth};
}

Line square(Point centre, double half_m)
{
    return {moved(centre, -half_m, -half_m), moved(centre, half_m, -half_m),
            moved(centre, half_m, half_m), moved(centre, -half_m, half_m),
            moved(centre, -half_m, -half_m)};
}

Geometry area(std::vector<Line> rings) { return {.polygons = {Polygon{.rings = std::move(rings)}}}; }

TEST(Distance, of_a_degree_is_what_the_ellipsoid_says)
{
    EXPECT_NEAR(distance_m({76, 43.25}, {77, 43.25}), 81'201, 10);
    EXPECT_NEAR(distance_m({76.9, 43}, {76.9, 44}), 111'096, 10);
    EXPECT_NEAR(distance_m({0, 0}, {1, 0}), 111'320, 2);
    EXPECT_EQ(distance_m(kCentre, kCentre), 0);
}

TEST(Distance, between_the_two_stations_of_Almaty_is_seven_and_a_half_kilometres)
{
    EXPECT_NEAR(distance_m({76.9461, 43.3411}, {76.9397, 43.2735}), 7528, 15);
}

TEST(Distance, to_an_area_is_zero_inside_and_measured_from_its_border_outside)
{
    const auto yard = area({square(kCentre, 100)});
    EXPECT_EQ(distance_m(yard, moved(kCentre, 99, 0)), 0);
    EXPECT_NEAR(distance_m(yard, moved(kCentre, 150, 0)), 50, 0.5);
    EXPECT_NEAR(distance_m(yard, moved(kCentre, 130, 140)), 50, 0.5); // from the corner
}

TEST(Distance, in_a_hole_is_measured_to_the_rim_of_the_hole)
{
    const auto ring_road = area({square(kCentre, 200), square(kCentre, 80)});
    EXPECT_NEAR(distance_m(ring_road, kCentre), 80, 0.5);
    EXPECT_EQ(distance_m(ring_road, moved(kCentre, 100, 0)), 0);
}

TEST(Distance, to_a_line_is_measured_to_the_segment_and_not_to_its_continuation)
{
    const Geometry road{.lines = {{kCentre, moved(kCentre, 1000, 0)}}};
    EXPECT_NEAR(distance_m(road, moved(kCentre, 500, 30)), 30, 0.5);
    EXPECT_NEAR(distance_m(road, moved(kCentre, 1040, 30)), 50, 0.5);
    EXPECT_NEAR(distance_m(road, moved(kCentre, -40, -30)), 50, 0.5);
}

TEST(Distance, is_the_least_of_all_parts)
{
    const Geometry parts{.points = {moved(kCentre, 500, 0)}, .lines = {{moved(kCentre, 0, 300), moved(kCentre, 10, 300)}}, .polygons = area({square(moved(kCentre, -1000, 0), 20)}).polygons};
    EXPECT_NEAR(distance_m(parts, kCentre), 300, 1);
}

TEST(Area, holds_its_border_and_its_corners_and_nothing_beyond)
{
    const auto yard = area({{{76, 43}, {77, 43}, {77, 44}, {76, 44}, {76, 43}}});
    EXPECT_TRUE(contains(yard, {76.5, 43.5}));
    EXPECT_TRUE(contains(yard, {76, 43}));
    EXPECT_TRUE(contains(yard, {76.5, 44}));
    EXPECT_FALSE(contains(yard, {77.000001, 43.5}));
    EXPECT_FALSE(contains(yard, {76.5, 44.000001}));
}

TEST(Area, with_a_hole_does_not_hold_what_lies_in_the_hole)
{
    const auto with_hole = area({square(kCentre, 200), square(kCentre, 80)});
    EXPECT_FALSE(contains(with_hole, kCentre));
    EXPECT_TRUE(contains(with_hole, moved(kCentre, 100, 0)));
    EXPECT_TRUE(contains(with_hole, square(kCentre, 80).front())); // the rim belongs to the area
}

TEST(Area, is_tested_through_a_vertex_without_counting_it_twice)
{
    const auto arrow = area({{{0, 0}, {4, 0}, {4, 4}, {2, 2}, {0, 4}, {0, 0}}});
    EXPECT_TRUE(contains(arrow, {1, 2})); // the ray passes through the notch's corner
    EXPECT_TRUE(contains(arrow, {3, 2}));
    EXPECT_FALSE(contains(arrow, {2, 3}));
    EXPECT_FALSE(contains(arrow, {5, 2}));
}

TEST(Area, of_a_hectare_is_a_hectare_and_a_hole_is_taken_away)
{
    EXPECT_NEAR(area_m2(area({square(kCentre, 50)})), 10'000, 10);
    EXPECT_NEAR(area_m2(area({square(kCentre, 50), square(kCentre, 10)})), 9'600, 10);
    EXPECT_EQ(area_m2(point_geometry(kCentre)), 0);
}

TEST(Line, has_the_length_of_its_parts)
{
    const Geometry road{.lines = {{kCentre, moved(kCentre, 300, 0), moved(kCentre, 300, 400)}, {kCentre, moved(kCentre, 0, 100)}}};
    EXPECT_NEAR(length_m(road), 800, 2);
}

TEST(RepresentativePoint, of_a_bent_area_lies_inside_it)
{
    // Its centre of gravity lies outside.
    const auto horseshoe = area({{{0, 0}, {6, 0}, {6, 6}, {5, 6}, {5, 1}, {1, 1}, {1, 6}, {0, 6}, {0, 0}}});
    EXPECT_TRUE(contains(horseshoe, representative_point(horseshoe)));
}

TEST(RepresentativePoint, avoids_the_hole_and_takes_the_largest_of_many_areas)
{
    Geometry islands = area({square(kCentre, 200), square(kCentre, 150)});
    islands.polygons.push_back({.rings = {square(moved(kCentre, 5000, 0), 10)}});
    const auto point = representative_point(islands);
    EXPECT_TRUE(contains(islands, point));
    EXPECT_LT(distance_m(point, kCentre), 300);
}

TEST(RepresentativePoint, of_a_line_is_half_way_along_its_longest_part)
{
    const Geometry road{.lines = {{moved(kCentre, 9000, 0), moved(kCentre, 9010, 0)}, {kCentre, moved(kCentre, 100, 0), moved(kCentre, 100, 300)}}};
    EXPECT_NEAR(distance_m(representative_point(road), moved(kCentre, 100, 100)), 0, 1);
    EXPECT_EQ(representative_point(point_geometry(kCentre)), kCentre);
    EXPECT_THROW((void)representative_point(Geometry{}), CheckFailed);
}

TEST(RepresentativePoint, of_an_area_without_height_is_one_of_its_corners)
{
    const auto flat = area({{{1, 1}, {2, 1}, {3, 1}, {1, 1}}});
    EXPECT_EQ(representative_point(flat).latitude, 1);
}

TEST(Box, surrounds_every_part_and_overlaps_what_touches_it)
{
    const Geometry parts{.points = {{1, 2}}, .lines = {{{5, -1}, {6, 0}}}, .polygons = area({{{0, 0}, {2, 0}, {2, 9}, {0, 0}}}).polygons};
    EXPECT_EQ(box_of(parts), (Box{0, -1, 6, 9}));
    EXPECT_TRUE(overlap({0, 0, 1, 1}, {1, 1, 2, 2}));
    EXPECT_FALSE(overlap({0, 0, 1, 1}, {1.1, 0, 2, 1}));
}

TEST(Simplified, a_line_keeps_its_ends_and_leaves_out_what_is_within_the_tolerance)
{
    const Line line{kCentre, moved(kCentre, 100, 3), moved(kCentre, 200, 0), moved(kCentre, 300, 40), moved(kCentre, 400, 0)};
    const auto simple = simplify({.lines = {line}}, 10).lines.front();
    EXPECT_EQ(simple, (Line{line[0], line[2], line[3], line[4]}));
}

RC_GTEST_PROP(Simplified, a_ring_stays_a_closed_ring_of_its_own_points, ())
{
    const auto corners = *rc::gen::inRange(3, 40);
    Line ring;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * 3.14159265358979 * i / corners;
        const double radius = 100 + *rc::gen::inRange(0, 900);
        ring.push_back(moved(kCentre, radius * std::cos(angle), radius * std::sin(angle)));
    }
    ring.push_back(ring.front());
    const auto simple = simplify(area({ring}), *rc::gen::inRange(1, 2000)).polygons.front().rings.front();
    RC_ASSERT(simple.size() >= 4u);
    RC_ASSERT(simple.front() == simple.back());
    for (const auto& point : simple) RC_ASSERT(std::find(ring.begin(), ring.end(), point) != ring.end());
}

RC_GTEST_PROP(RepresentativePoint, of_a_star_lies_inside_it, ())
{
    Line ring;
    const auto corners = *rc::gen::inRange(3, 24);
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * 3.14159265358979 * i / corners;
        const double radius = 10 + *rc::gen::inRange(0, 2000);
        ring.push_back(moved(kCentre, radius * std::cos(angle), radius * std::sin(angle)));
    }
    ring.push_back(ring.front());
    const auto star = area({ring});
    RC_ASSERT(contains(star, representative_point(star)));
}

RC_GTEST_PROP(Distance, is_the_same_both_ways_and_never_longer_than_round_about, ())
{
    const auto point = [] { return moved(kCentre, *rc::gen::inRange(-20'000, 20'000), *rc::gen::inRange(-20'000, 20'000)); };
    const auto a = point(), b = point(), c = point();
    RC_ASSERT(std::abs(distance_m(a, b) - distance_m(b, a)) < 1e-6);
    RC_ASSERT(distance_m(a, c) <= (distance_m(a, b) + distance_m(b, c)) * 1.001 + 1e-6);
}

} // namespace
} // namespace adal::oversight
