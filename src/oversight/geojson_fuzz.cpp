// GeoJSON of strangers: what is read can be written and read again as the same, every question the rules ask has
// an answer, and a file of features is refused or has its lines.
#include "oversight/geometry.hpp"
#include "oversight/import_rows.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace adal;
using namespace adal::oversight;

void require(bool condition)
{
    if (!condition) std::abort();
}

void ask_everything(const Geometry& geometry)
{
    const auto point = representative_point(geometry);
    const auto box = box_of(geometry);
    require(overlap(box, box));
    require(point.longitude >= box.west - 1e-9 && point.longitude <= box.east + 1e-9 && point.latitude >= box.south - 1e-9 && point.latitude <= box.north + 1e-9);
    require(std::isfinite(distance_m(geometry, point)));
    require(length_m(geometry) >= 0 && area_m2(geometry) >= 0);
    const auto simple = simplify(geometry, 10);
    require(simple.polygons.size() == geometry.polygons.size());
    require(parse_geometry(to_geojson(simple)).has_value());
}

void read_geometry(const json::value& value)
{
    const auto geometry = parse_geometry(value);
    if (!geometry) {
        require(geometry.error().params.contains("at") && geometry.error().params.contains("reason"));
        return;
    }
    const auto again = parse_json(to_text(to_geojson(*geometry)));
    require(again.has_value());
    const auto same = parse_geometry(*again);
    require(same.has_value() && *same == *geometry);
    ask_everything(*geometry);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    if (const auto value = parse_json(bytes)) read_geometry(*value);
    const auto file = read_features("fuzz.geojson", bytes);
    if (!file) return 0;
    std::int64_t line = 1;
    for (const auto& feature : file->features) {
        require(feature.line == 0 || feature.line >= line);
        line = std::max(line, feature.line);
        property(feature, {"id", "name_kk", "address"});
        if (const auto* geometry = find(*feature.value, "geometry")) read_geometry(*geometry);
    }
    return 0;
}
