#include "oversight/pages.hpp"
#include "oversight/place_view.hpp"

#include "oversight/oversight.hpp"
#include "base/text.hpp"
#include "procurement/procurement.hpp"

#include <charconv>

namespace adal::oversight {

namespace {

using http::Reply;
using http::Request;
using storage::Snapshot;

PlaceFilter filter_of(const Request& request, const std::vector<District>& districts)
{
    PlaceFilter filter{.text = std::string{request.query_value("q")}, .kind = place_kind_from(request.query_value("kind")),
                       .after = std::string{request.query_value("after")}};
    for (const auto& district : districts)
        if (district.code == request.query_value("district")) filter.district = district.id;
    return filter;
}

Result<Reply> show_list(Snapshot& db, const Request& request)
{
    PlaceListPage view{.districts = list_district_names(db), .search = std::string{request.query_value("q")},
                       .kind = std::string{request.query_value("kind")}, .district = std::string{request.query_value("district")}};
    const auto filter = filter_of(request, view.districts);
    auto page = list_places(db, filter);
    view.places = std::move(page.rows);
    view.next = page.next;
    view.total = count_places(db, filter);
    return render(request, place_list(request, view));
}

Result<Reply> show_map(Snapshot&, const Request& request)
{
    return render(request, place_map(request));
}

Result<Reply> show_place(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<PlaceId>();
    if (!id) return pass(id);
    auto place = find_place(db, *id);
    if (!place) return fail(not_found);
    const bool is_office = request.may(Permission::plan_controls) || request.may(Permission::verify_findings);
    PlacePage view{.place = *place, .districts = list_district_names(db), .is_under_warranty = under_warranty(*place, local_date(request.at))};
    view.controls = list_controls(db, {.place = *id, .only_public = !is_office}).rows;
    view.findings = list_findings(db, {.place = *id, .only_published = !is_office}).rows;
    if (const auto process = procurement::find_process_by_ocid(db, place->contract.process))
        view.process_link = request.link("/procurement/" + process->str());
    return render(request, place_page(request, view));
}

std::optional<Box> read_box(std::string_view text)
{
    std::array<double, 4> sides{};
    const auto parts = split(text, ',');
    if (parts.size() != sides.size()) return std::nullopt;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const auto [end, error] = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), sides[i]);
        if (error != std::errc{} || end != parts[i].data() + parts[i].size()) return std::nullopt;
    }
    return Box{.west = sides[0], .south = sides[1], .east = sides[2], .north = sides[3]};
}

int read_zoom(std::string_view text)
{
    int zoom = 11;
    std::from_chars(text.data(), text.data() + text.size(), zoom);
    return std::clamp(zoom, 0, 20);
}

Reply geojson(json::array features)
{
    auto reply = http::json_reply(json::object{{"type", "FeatureCollection"}, {"features", std::move(features)}});
    reply.type = "application/geo+json";
    reply.headers.emplace_back("Cache-Control", "public, max-age=30");
    return reply;
}

Result<Reply> places_geojson(Snapshot& db, const Request& request)
{
    const auto box = read_box(request.query_value("bbox"));
    if (!box) return fail(bad_field, {{"field", "bbox"}, {"reason", "not_a_number"}});
    json::array features;
    for (const auto& entry : map_entries(db, *box, read_zoom(request.query_value("zoom")), filter_of(request, list_district_names(db)))) {
        json::object properties{{"count", entry.count}, {"findings", entry.published}};
        if (entry.count == 1)
            properties.insert({{"id", entry.place.text()}, {"name_kk", entry.name.kk}, {"name_ru", entry.name.ru}, {"name_en", entry.name.en}});
        features.push_back(json::object{{"type", "Feature"}, {"geometry", to_geojson(point_geometry(entry.at))}, {"properties", std::move(properties)}});
    }
    return geojson(std::move(features));
}

Result<Reply> districts_geojson(Snapshot& db, const Request&)
{
    constexpr double kTolerance = 15; // metres; the outlines of a city stay under 10 KB
    json::array features;
    for (const auto& district : list_districts(db)) {
        const auto label = representative_point(district.outline);
        features.push_back(json::object{{"type", "Feature"}, {"geometry", to_geojson(simplify(district.outline, kTolerance))},
                                        {"properties", {{"code", district.code}, {"name_kk", district.name.kk}, {"name_ru", district.name.ru},
                                                        {"name_en", district.name.en}, {"label", json::array{label.longitude, label.latitude}}}}});
    }
    return geojson(std::move(features));
}

} // namespace

void add_place_routes(http::Router& router)
{
    router.page("/places", Permission::anyone, show_list, {.doc = "list and search of places under oversight"});
    router.page("/places/map", Permission::anyone, show_map, {.doc = "map of places"});
    router.page("/places/{id}", Permission::anyone, show_place, {.doc = "one place: works, contract, controls, findings"});
    router.get("/api/v1/places.geojson", Permission::anyone, places_geojson, {.doc = "places of a box, clustered by zoom (GeoJSON)"});
    router.get("/api/v1/districts.geojson", Permission::anyone, districts_geojson, {.doc = "outlines of the districts (GeoJSON)"});
}

} // namespace adal::oversight
