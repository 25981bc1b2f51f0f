#include "oversight/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace adal::oversight {
namespace {

constexpr double kRadians = std::numbers::pi / 180;
// WGS 84 (NIMA TR8350.2): semi-major axis and first eccentricity squared.
constexpr double kSemiMajor = 6'378'137.0;
constexpr double kEccentricity2 = 6.694379990141e-3;

// Metres per degree at a latitude.
struct Scale {
    double east = 0, north = 0;
};

Scale scale_at(double latitude)
{
    const double s = std::sin(latitude * kRadians);
    const double w = 1 - kEccentricity2 * s * s;
    const double prime_vertical = kSemiMajor / std::sqrt(w);
    const double meridian = kSemiMajor * (1 - kEccentricity2) / (w * std::sqrt(w));
    return {prime_vertical * std::cos(latitude * kRadians) * kRadians, meridian * kRadians};
}

struct Metres {
    double x = 0, y = 0;
};

Metres from(Point origin, Point point)
{
    const Scale scale = scale_at((origin.latitude + point.latitude) / 2);
    return {(point.longitude - origin.longitude) * scale.east, (point.latitude - origin.latitude) * scale.north};
}

// Distance of the origin to the segment a–b, all in metres around the origin.
double to_segment(Metres a, Metres b)
{
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double square = dx * dx + dy * dy;
    const double t = square == 0 ? 0 : std::clamp(-(a.x * dx + a.y * dy) / square, 0.0, 1.0);
    return std::hypot(a.x + t * dx, a.y + t * dy);
}

double to_line(const Line& line, Point point)
{
    double best = std::numeric_limits<double>::infinity();
    if (line.size() == 1) return distance_m(line.front(), point);
    for (std::size_t i = 1; i < line.size(); ++i)
        best = std::min(best, to_segment(from(point, line[i - 1]), from(point, line[i])));
    return best;
}

// Exactly on the segment, within a hair of rounding.
bool on_segment(Point a, Point b, Point p)
{
    const double cross = (b.longitude - a.longitude) * (p.latitude - a.latitude) -
                         (b.latitude - a.latitude) * (p.longitude - a.longitude);
    if (std::abs(cross) > 1e-14) return false;
    return p.longitude >= std::min(a.longitude, b.longitude) && p.longitude <= std::max(a.longitude, b.longitude) &&
           p.latitude >= std::min(a.latitude, b.latitude) && p.latitude <= std::max(a.latitude, b.latitude);
}

enum class Side { inside, border, outside };

Side side_of(const Line& ring, Point p)
{
    bool inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point a = ring[i - 1], b = ring[i];
        if (on_segment(a, b, p)) return Side::border;
        if ((a.latitude > p.latitude) == (b.latitude > p.latitude)) continue;
        const double x = a.longitude + (p.latitude - a.latitude) / (b.latitude - a.latitude) * (b.longitude - a.longitude);
        if (p.longitude < x) inside = !inside;
    }
    return inside ? Side::inside : Side::outside;
}

bool contains(const Polygon& polygon, Point point)
{
    if (polygon.rings.empty()) return false;
    if (side_of(polygon.rings.front(), point) == Side::outside) return false;
    return std::none_of(polygon.rings.begin() + 1, polygon.rings.end(),
                        [&](const Line& hole) { return side_of(hole, point) == Side::inside; });
}

// Equal-area cylindrical projection of the ellipsoid (Snyder, Map Projections, 1987, eq. 3-12): areas of
// rings are exact up to the straightness of their edges.
double ring_area(const Line& ring)
{
    const double e = std::sqrt(kEccentricity2);
    const auto q = [e](double latitude) {
        const double s = std::sin(latitude * kRadians);
        return (1 - kEccentricity2) * (s / (1 - kEccentricity2 * s * s) - std::log((1 - e * s) / (1 + e * s)) / (2 * e));
    };
    if (ring.empty()) return 0;
    const double q0 = q(ring.front().latitude); // near the ring, so that differences stay exact
    double twice = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const double x1 = (ring[i - 1].longitude - ring.front().longitude) * kRadians;
        const double x2 = (ring[i].longitude - ring.front().longitude) * kRadians;
        twice += x1 * (q(ring[i].latitude) - q0) - x2 * (q(ring[i - 1].latitude) - q0);
    }
    return std::abs(twice) / 2 * kSemiMajor * kSemiMajor / 2;
}

double area_m2(const Polygon& polygon)
{
    double sum = 0;
    for (std::size_t i = 0; i < polygon.rings.size(); ++i)
        sum += (i == 0 ? 1 : -1) * ring_area(polygon.rings[i]);
    return std::max(sum, 0.0);
}

// The middle of the widest part of the polygon on one latitude.
std::optional<Point> widest_on(const Polygon& polygon, double latitude)
{
    std::vector<double> crossings;
    for (const auto& ring : polygon.rings)
        for (std::size_t i = 1; i < ring.size(); ++i) {
            const Point a = ring[i - 1], b = ring[i];
            if ((a.latitude > latitude) == (b.latitude > latitude)) continue;
            crossings.push_back(a.longitude + (latitude - a.latitude) / (b.latitude - a.latitude) * (b.longitude - a.longitude));
        }
    std::sort(crossings.begin(), crossings.end());
    std::optional<Point> best;
    double width = -1;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2)
        if (crossings[i + 1] - crossings[i] > width) {
            width = crossings[i + 1] - crossings[i];
            best = Point{(crossings[i] + crossings[i + 1]) / 2, latitude};
        }
    return best;
}

Point representative_point(const Polygon& polygon)
{
    const Line& ring = polygon.rings.front();
    const auto [low, high] = std::minmax_element(
        ring.begin(), ring.end(), [](Point a, Point b) { return a.latitude < b.latitude; });
    for (const double share : {0.5, 0.35, 0.65, 0.2, 0.8})
        if (const auto found = widest_on(polygon, std::lerp(low->latitude, high->latitude, share))) return *found;
    return ring.front();
}

Point halfway(const Line& line)
{
    double whole = 0;
    for (std::size_t i = 1; i < line.size(); ++i) whole += distance_m(line[i - 1], line[i]);
    double left = whole / 2;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double step = distance_m(line[i - 1], line[i]);
        if (step >= left && step > 0) {
            const double t = left / step;
            return {std::lerp(line[i - 1].longitude, line[i].longitude, t),
                    std::lerp(line[i - 1].latitude, line[i].latitude, t)};
        }
        left -= step;
    }
    return line.front();
}

void keep_between(const Line& line, std::size_t first, std::size_t last, double tolerance, std::vector<bool>& keep)
{
    std::vector<std::pair<std::size_t, std::size_t>> open{{first, last}};
    while (!open.empty()) {
        const auto [a, b] = open.back();
        open.pop_back();
        double far = tolerance;
        std::size_t at = 0;
        for (std::size_t i = a + 1; i < b; ++i) {
            const double d = to_segment(from(line[i], line[a]), from(line[i], line[b]));
            if (d > far) far = d, at = i;
        }
        if (at == 0) continue;
        keep[at] = true;
        open.emplace_back(a, at);
        open.emplace_back(at, b);
    }
}

Line simplified(const Line& line, double tolerance, std::size_t at_least)
{
    if (line.size() <= at_least) return line;
    std::vector<bool> keep(line.size(), false);
    keep.front() = keep.back() = true;
    const bool is_ring = line.front() == line.back();
    if (is_ring) { // a ring has no far end: split it in three, so that four positions always stay
        const std::size_t third = line.size() / 3;
        keep[third] = keep[2 * third] = true;
        keep_between(line, 0, third, tolerance, keep);
        keep_between(line, third, 2 * third, tolerance, keep);
        keep_between(line, 2 * third, line.size() - 1, tolerance, keep);
    } else {
        keep_between(line, 0, line.size() - 1, tolerance, keep);
    }
    Line out;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (keep[i]) out.push_back(line[i]);
    return out;
}

template <typename F> void each_position(const Geometry& geometry, F&& f)
{
    for (const auto& point : geometry.points) f(point);
    for (const auto& line : geometry.lines)
        for (const auto& point : line) f(point);
    for (const auto& polygon : geometry.polygons)
        for (const auto& ring : polygon.rings)
            for (const auto& point : ring) f(point);
}

} // namespace

Geometry point_geometry(Point point)
{
    return Geometry{.points = {point}};
}

bool contains(const Geometry& area, Point point)
{
    return std::any_of(area.polygons.begin(), area.polygons.end(),
                       [&](const Polygon& polygon) { return contains(polygon, point); });
}

Point representative_point(const Geometry& geometry)
{
    ADAL_CHECK(!geometry.is_empty());
    if (!geometry.polygons.empty()) {
        const auto largest = std::max_element(
            geometry.polygons.begin(), geometry.polygons.end(),
            [](const Polygon& a, const Polygon& b) { return area_m2(a) < area_m2(b); });
        return representative_point(*largest);
    }
    if (!geometry.lines.empty()) {
        const auto longest = std::max_element(
            geometry.lines.begin(), geometry.lines.end(), [](const Line& a, const Line& b) {
                return length_m(Geometry{.lines = {a}}) < length_m(Geometry{.lines = {b}});
            });
        return halfway(*longest);
    }
    return geometry.points.front();
}

Box box_of(const Geometry& geometry)
{
    Box box{180, 90, -180, -90};
    each_position(geometry, [&](Point p) {
        box.west = std::min(box.west, p.longitude);
        box.east = std::max(box.east, p.longitude);
        box.south = std::min(box.south, p.latitude);
        box.north = std::max(box.north, p.latitude);
    });
    return box;
}

bool overlap(const Box& a, const Box& b)
{
    return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

double distance_m(Point a, Point b)
{
    const Metres m = from(a, b);
    return std::hypot(m.x, m.y);
}

double distance_m(const Geometry& geometry, Point point)
{
    if (contains(geometry, point)) return 0;
    double best = std::numeric_limits<double>::infinity();
    for (const auto& other : geometry.points) best = std::min(best, distance_m(other, point));
    for (const auto& line : geometry.lines) best = std::min(best, to_line(line, point));
    for (const auto& polygon : geometry.polygons)
        for (const auto& ring : polygon.rings) best = std::min(best, to_line(ring, point));
    return best;
}

double length_m(const Geometry& geometry)
{
    double sum = 0;
    for (const auto& line : geometry.lines)
        for (std::size_t i = 1; i < line.size(); ++i) sum += distance_m(line[i - 1], line[i]);
    return sum;
}

double area_m2(const Geometry& geometry)
{
    double sum = 0;
    for (const auto& polygon : geometry.polygons) sum += area_m2(polygon);
    return sum;
}

Geometry simplify(const Geometry& geometry, double tolerance_m)
{
    Geometry out{.points = geometry.points};
    for (const auto& line : geometry.lines) out.lines.push_back(simplified(line, tolerance_m, 2));
    for (const auto& polygon : geometry.polygons) {
        Polygon kept;
        for (const auto& ring : polygon.rings) kept.rings.push_back(simplified(ring, tolerance_m, 4));
        out.polygons.push_back(std::move(kept));
    }
    return out;
}

} // namespace adal::oversight
