// GeoJSON geometry in and out (RFC 7946 §3.1). Rings are closed when a source forgot it; coordinates beyond the
// globe, rings of fewer than three corners and anything of another type are refused with the path to it.
#include "oversight/geometry.hpp"

#include <cmath>

namespace adal::oversight {
namespace {

tl::unexpected<Problem> wrong(const std::string& at, std::string_view reason)
{
    return fail(bad_geometry, {{"reason", std::string(reason)}, {"at", at}});
}

std::string step(const std::string& at, std::size_t index)
{
    return at + "[" + std::to_string(index) + "]";
}

class Reader
{
public:
    Result<Geometry> read(const json::value& value, const std::string& at, int depth)
    {
        const auto type = text_at(value, "type");
        if (!type) return wrong(at + "type", "required");
        if (*type == "GeometryCollection") return collection(value, at, depth);
        const json::array* coordinates = array_at(value, "coordinates");
        const std::string path = at + "coordinates";
        if (!coordinates) return wrong(path, "required");
        Geometry out;
        Result<Done> read = done();
        if (*type == "Point") read = put(out.points, position(*coordinates, path));
        else if (*type == "MultiPoint") read = many(out.points, *coordinates, path, &Reader::position);
        else if (*type == "LineString") read = put(out.lines, line(*coordinates, path));
        else if (*type == "MultiLineString") read = many(out.lines, *coordinates, path, &Reader::line);
        else if (*type == "Polygon") read = put(out.polygons, polygon(*coordinates, path));
        else if (*type == "MultiPolygon") read = many(out.polygons, *coordinates, path, &Reader::polygon);
        else return wrong(at + "type", "unknown_type");
        if (!read) return pass(read);
        if (out.is_empty()) return wrong(path, "empty");
        return out;
    }

private:
    Result<Geometry> collection(const json::value& value, const std::string& at, int depth)
    {
        if (depth > 4) return wrong(at + "geometries", "too_deep");
        const json::array* parts = array_at(value, "geometries");
        if (!parts || parts->empty()) return wrong(at + "geometries", "required");
        Geometry out;
        for (std::size_t i = 0; i < parts->size(); ++i) {
            auto part = read((*parts)[i], step(at + "geometries", i) + ".", depth + 1);
            if (!part) return part;
            std::move(part->points.begin(), part->points.end(), std::back_inserter(out.points));
            std::move(part->lines.begin(), part->lines.end(), std::back_inserter(out.lines));
            std::move(part->polygons.begin(), part->polygons.end(), std::back_inserter(out.polygons));
        }
        return out;
    }

    template <typename T> static Result<Done> put(std::vector<T>& list, Result<T> part)
    {
        if (!part) return pass(part);
        list.push_back(std::move(*part));
        return done();
    }

    template <typename T>
    Result<Done> many(std::vector<T>& list, const json::array& values, const std::string& at,
                      Result<T> (Reader::*one)(const json::array&, const std::string&))
    {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!values[i].is_array()) return wrong(step(at, i), "not_a_list");
            const auto read = put(list, (this->*one)(values[i].get_array(), step(at, i)));
            if (!read) return read;
        }
        return done();
    }

    Result<Point> position(const json::array& values, const std::string& at)
    {
        if (values.size() < 2 || values.size() > 4) return wrong(at, "bad_position");
        if (!values[0].is_number() || !values[1].is_number()) return wrong(at, "not_a_number");
        if (++m_positions > kMaxPositions) return wrong(at, "too_many_points");
        const Point point{values[0].to_number<double>(), values[1].to_number<double>()};
        if (!(std::abs(point.longitude) <= 180) || !(std::abs(point.latitude) <= 90))
            return wrong(at, "out_of_range");
        return point;
    }

    Result<Line> line(const json::array& values, const std::string& at)
    {
        Line out;
        const auto read = many(out, values, at, &Reader::position);
        if (!read) return pass(read);
        if (out.size() < 2) return wrong(at, "too_few_points");
        return out;
    }

    Result<Line> ring(const json::array& values, const std::string& at)
    {
        auto out = line(values, at);
        if (!out) return out;
        if (out->front() != out->back()) out->push_back(out->front());
        if (out->size() < 4) return wrong(at, "too_few_points");
        return out;
    }

    Result<Polygon> polygon(const json::array& values, const std::string& at)
    {
        Polygon out;
        const auto read = many(out.rings, values, at, &Reader::ring);
        if (!read) return pass(read);
        if (out.rings.empty()) return wrong(at, "empty");
        return out;
    }

    std::size_t m_positions = 0;
};

json::array written(Point point)
{
    return {point.longitude, point.latitude};
}

json::array written(const Line& line)
{
    json::array out;
    for (const auto& point : line) out.push_back(written(point));
    return out;
}

json::array written(const Polygon& polygon)
{
    json::array out;
    for (const auto& ring : polygon.rings) out.push_back(written(ring));
    return out;
}

template <typename T> json::value one_or_many(const std::vector<T>& parts, std::string_view type)
{
    if (parts.size() == 1) return json::object{{"type", type}, {"coordinates", written(parts.front())}};
    json::array all;
    for (const auto& part : parts) all.push_back(written(part));
    return json::object{{"type", "Multi" + std::string(type)}, {"coordinates", std::move(all)}};
}

} // namespace

Result<Geometry> parse_geometry(const json::value& geojson)
{
    return Reader{}.read(geojson, "", 0);
}

json::value to_geojson(const Geometry& geometry)
{
    json::array parts;
    if (!geometry.points.empty()) parts.push_back(one_or_many(geometry.points, "Point"));
    if (!geometry.lines.empty()) parts.push_back(one_or_many(geometry.lines, "LineString"));
    if (!geometry.polygons.empty()) parts.push_back(one_or_many(geometry.polygons, "Polygon"));
    if (parts.size() == 1) return parts.front();
    return json::object{{"type", "GeometryCollection"}, {"geometries", std::move(parts)}};
}

} // namespace adal::oversight
