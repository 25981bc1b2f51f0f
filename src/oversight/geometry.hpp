// oversight/geometry.hpp: where a thing is. Points, lines and areas read from GeoJSON (RFC 7946) and the few
// questions the rules ask of them. Degrees WGS 84, longitude first as in GeoJSON; metres by the radii of
// curvature of the WGS 84 ellipsoid at the latitude in question: better than 0.2 % up to 100 km, which is
// more than a city. Pure and thread-safe.
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::oversight {

struct Point {
    double longitude = 0; // -180 … 180
    double latitude = 0;  // -90 … 90
    bool operator==(const Point&) const = default;
};

struct Box {
    double west = 0, south = 0, east = 0, north = 0;
    bool operator==(const Box&) const = default;
};

using Line = std::vector<Point>;

// Outer ring first, then the holes. Rings are closed: first point = last point.
struct Polygon {
    std::vector<Line> rings{};
    bool operator==(const Polygon&) const = default;
};

// Everything a GeoJSON geometry can hold; a collection is simply more than one list filled.
struct Geometry {
    std::vector<Point> points{};
    std::vector<Line> lines{};
    std::vector<Polygon> polygons{};
    bool operator==(const Geometry&) const = default;

    [[nodiscard]] bool is_empty() const { return points.empty() && lines.empty() && polygons.empty(); }
};

// params: reason (key under `reason.`), at (JSON path, e.g. "coordinates[0][3]")
inline constexpr ProblemCode bad_geometry{"oversight.bad_geometry", 422};

// At most this many positions in one geometry; more is refused (reason too_many_points).
inline constexpr std::size_t kMaxPositions = 200'000;

Result<Geometry> parse_geometry(const json::value& geojson);
json::value to_geojson(const Geometry& geometry);
Geometry point_geometry(Point point);

[[nodiscard]] bool contains(const Geometry& area, Point point); // areas only; the border counts as inside
[[nodiscard]] Point representative_point(const Geometry& geometry); // inside the area, on the line
[[nodiscard]] Box box_of(const Geometry& geometry);
[[nodiscard]] bool overlap(const Box& a, const Box& b);

[[nodiscard]] double distance_m(Point a, Point b);
[[nodiscard]] double distance_m(const Geometry& geometry, Point point); // 0 inside an area
[[nodiscard]] double length_m(const Geometry& geometry); // of its lines
[[nodiscard]] double area_m2(const Geometry& geometry);  // of its areas, holes taken away

// Douglas–Peucker for the map; rings keep at least four positions, lines two.
[[nodiscard]] Geometry simplify(const Geometry& geometry, double tolerance_m);

} // namespace adal::oversight
