#include "oversight/place_store.hpp"

#include "base/order_key.hpp"
#include "oversight/search_words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace adal::oversight {

namespace {

using storage::Row;

// Web Mercator (EPSG:3857) cut into 2^24 cells: a cell of the map at any zoom is a shift away.
constexpr int kGridBits = 24;

struct Cell {
    std::int64_t x = 0, y = 0;
};

Cell cell_of(Point point)
{
    constexpr double kMostLatitude = 85.05112878; // where Web Mercator's square ends
    const double latitude = std::clamp(point.latitude, -kMostLatitude, kMostLatitude) * std::numbers::pi / 180;
    const double scale = static_cast<double>(std::int64_t{1} << kGridBits);
    const double x = (point.longitude + 180) / 360, y = (1 - std::asinh(std::tan(latitude)) / std::numbers::pi) / 2;
    const auto last = (std::int64_t{1} << kGridBits) - 1;
    return {std::clamp(static_cast<std::int64_t>(x * scale), std::int64_t{0}, last), std::clamp(static_cast<std::int64_t>(y * scale), std::int64_t{0}, last)};
}

std::optional<std::string> day_text(const std::optional<LocalDate>& date)
{
    return date ? std::optional{iso(*date)} : std::nullopt;
}

std::optional<LocalDate> day_of(const Row& row, int column)
{
    return row.is_null(column) ? std::nullopt : parse_date(row.text(column));
}

constexpr std::string_view kColumns = "p.id, p.kind, p.name_kk, p.name_ru, p.name_en, p.address, p.district_id, p.works_kk, p.works_ru, p.works_en, p.works_status, "
                                      "p.works_start, p.works_end, p.process, p.buyer, p.contractor, p.contract_sum, p.act_date, p.warranty_until, p.source, p.source_id, "
                                      "p.restricted, p.version";
constexpr int kGeometryColumn = 23; // after kColumns, where it is asked for

Place place_of(const Row& row)
{
    Place place;
    place.id = row.get<PlaceId>(0);
    place.kind = *place_kind_from(row.text(1));
    place.name = {row.get<std::string>(2), row.get<std::string>(3), row.get<std::string>(4)};
    place.address = row.get<std::string>(5);
    place.district = row.get<DistrictId>(6);
    place.works.title = {row.get<std::string>(7), row.get<std::string>(8), row.get<std::string>(9)};
    if (!row.is_null(10)) place.works.status = works_status_from(row.text(10));
    place.works.start = day_of(row, 11);
    place.works.end = day_of(row, 12);
    place.contract = {.process = row.get<std::string>(13), .buyer = row.get<std::string>(14), .contractor = row.get<std::string>(15), .sum = row.get<std::optional<Money>>(16),
                      .act_date = day_of(row, 17), .warranty_until = day_of(row, 18)};
    place.source = row.get<std::string>(19);
    place.source_id = row.get<std::string>(20);
    place.restricted = row.get<bool>(21);
    place.version = row.get<std::int64_t>(22);
    return place;
}

Place whole_place_of(const Row& row)
{
    auto place = place_of(row);
    if (row.is_null(kGeometryColumn)) return place;
    const auto stored = parse_json(row.text(kGeometryColumn));
    ADAL_CHECK(stored.has_value());
    auto geometry = parse_geometry(*stored);
    ADAL_CHECK(geometry.has_value());
    place.geometry = std::move(*geometry);
    return place;
}

std::string select_whole(std::string_view condition)
{
    return fmt::format("select {}, p.geometry from oversight_place p where {}", kColumns, condition);
}

// What the row holds besides the id and the version, in the order of both statements below.
struct Written {
    std::optional<std::string> geometry{};
    std::optional<double> longitude{}, latitude{};
    std::optional<std::int64_t> x{}, y{};
};

Written written(const Place& place)
{
    if (!place.geometry) return {};
    const auto point = representative_point(*place.geometry);
    const auto cell = cell_of(point);
    return {to_text(to_geojson(*place.geometry)), point.longitude, point.latitude, cell.x, cell.y};
}

std::optional<std::string_view> status_text(const Place& place)
{
    return place.works.status ? std::optional{name(*place.works.status)} : std::nullopt;
}

// ?1 … ?7: kind, district, works, and the eight patterns from ?4.
std::string filter_condition()
{
    return "(?1 = '' or p.kind = ?1) and (?2 = '' or p.district_id = ?2) and (?3 = '' or p.works_status = ?3) and " + like_condition("p.search_text", 4);
}

struct FilterValues {
    std::string kind, district, works;
    std::array<std::string, 2 * kMostWords> like;
};

FilterValues values_of(const PlaceFilter& filter)
{
    return {std::string{filter.kind ? name(*filter.kind) : ""}, filter.district.str(), std::string{filter.works ? name(*filter.works) : ""}, like_patterns(filter.text)};
}

constexpr std::string_view kFindingCounts =
    "(select count(*) from oversight_finding f where f.place_id = p.id and f.state not in ('duplicate', 'invalid')), "
    "(select count(*) from oversight_finding f where f.place_id = p.id and f.state not in ('duplicate', 'invalid', 'fixed_verified', 'closed_refused', 'archived_unresolved')), "
    "(select count(*) from oversight_finding f where f.place_id = p.id and f.publication_leaf is not null)";

} // namespace

void add(storage::Transaction& tx, const Place& place)
{
    const auto at = written(place);
    tx.exec("insert into oversight_place (id, kind, name_kk, name_ru, name_en, address, district_id, geometry, longitude, latitude, grid_x, grid_y, works_kk, works_ru, works_en, "
            "works_status, works_start, works_end, process, buyer, contractor, contract_sum, act_date, warranty_until, source, source_id, restricted, sort_key, search_text, version) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
            place.id, name(place.kind), place.name.kk, place.name.ru, place.name.en, place.address, place.district, at.geometry, at.longitude, at.latitude, at.x, at.y,
            place.works.title.kk, place.works.title.ru, place.works.title.en, status_text(place), day_text(place.works.start), day_text(place.works.end), place.contract.process,
            place.contract.buyer, place.contract.contractor, place.contract.sum, day_text(place.contract.act_date), day_text(place.contract.warranty_until), place.source,
            place.source_id, place.restricted, order_key_kk(place.name.in(i18n::Language::kk)), " " + search_text(place), place.version);
}

Result<Done> save(storage::Transaction& tx, const Place& place)
{
    const auto at = written(place);
    tx.exec("insert into oversight_place_former (place_id, version, kind, name_kk) select id, version, kind, name_kk from oversight_place "
            "where id = ?1 and version = ?2 - 1 and (kind <> ?3 or name_kk <> ?4)",
            place.id, place.version, name(place.kind), place.name.kk);
    const auto changed = tx.exec(
        "update oversight_place set kind = ?2, name_kk = ?3, name_ru = ?4, name_en = ?5, address = ?6, district_id = ?7, geometry = ?8, longitude = ?9, latitude = ?10, "
        "grid_x = ?11, grid_y = ?12, works_kk = ?13, works_ru = ?14, works_en = ?15, works_status = ?16, works_start = ?17, works_end = ?18, process = ?19, buyer = ?20, "
        "contractor = ?21, contract_sum = ?22, act_date = ?23, warranty_until = ?24, source = ?25, source_id = ?26, restricted = ?27, sort_key = ?28, search_text = ?29, version = ?30 "
        "where id = ?1 and version = ?30 - 1",
        place.id, name(place.kind), place.name.kk, place.name.ru, place.name.en, place.address, place.district, at.geometry, at.longitude, at.latitude, at.x, at.y,
        place.works.title.kk, place.works.title.ru, place.works.title.en, status_text(place), day_text(place.works.start), day_text(place.works.end), place.contract.process,
        place.contract.buyer, place.contract.contractor, place.contract.sum, day_text(place.contract.act_date), day_text(place.contract.warranty_until), place.source,
        place.source_id, place.restricted, order_key_kk(place.name.in(i18n::Language::kk)), " " + search_text(place), place.version);
    return changed == 1 ? done() : Result<Done>{fail(stale_form)};
}

std::vector<FormerName> former_names_of(storage::Snapshot& snapshot, PlaceId id)
{
    return snapshot.all("select kind, name_kk from oversight_place_former where place_id = ?1 order by version",
                        [](const storage::Row& row) { return FormerName{.kind = *place_kind_from(row.text(0)), .name_kk = row.get<std::string>(1)}; }, id);
}

std::optional<Place> find_place(storage::Snapshot& snapshot, PlaceId id)
{
    return snapshot.first(select_whole("p.id = ?1"), whole_place_of, id);
}

void find_place_later(storage::Snapshot& snapshot, FindingId finding, std::optional<Place>& place)
{
    snapshot.each_later(select_whole("p.id = (select place_id from oversight_finding where id = ?1)"), [&](const Row& row) { place = whole_place_of(row); }, finding);
}

std::optional<Place> find_place(storage::Snapshot& snapshot, std::string_view source, std::string_view source_id)
{
    return snapshot.first(select_whole("p.source = ?1 and p.source_id = ?2"), whole_place_of, source, source_id);
}

std::vector<Place> find_places(storage::Snapshot& snapshot, const std::vector<PlaceId>& ids)
{
    // One statement for all: the ids travel as one text, because ids have a fixed length and alphabet.
    if (ids.empty()) return {};
    std::string all = " ";
    for (const auto& id : ids) all += id.str() + " ";
    return snapshot.all(select_whole("?1 like '% ' || p.id || ' %'"), whole_place_of, all);
}

std::vector<Place> places_of_process(storage::Snapshot& snapshot, std::string_view process)
{
    if (process.empty()) return {};
    return snapshot.all(select_whole("p.process = ?1 order by p.id"), whole_place_of, process);
}

PageOf<PlaceRow> list_places(storage::Snapshot& snapshot, const PlaceFilter& filter)
{
    const auto v = values_of(filter);
    const auto after = filter.after.empty() ? std::optional<std::string>{} : snapshot.value<std::string>("select sort_key from oversight_place where id = ?1", filter.after);
    const auto sql = fmt::format("select {}, {} from oversight_place p where {} and (p.sort_key, p.id) > (?12, ?13) order by p.sort_key, p.id limit ?14", kColumns, kFindingCounts, filter_condition());
    PageOf<PlaceRow> page;
    page.rows = snapshot.all(sql, [](const Row& row) { return PlaceRow{place_of(row), row.get<std::int64_t>(23), row.get<std::int64_t>(24), row.get<std::int64_t>(25)}; }, v.kind,
                             v.district, v.works, v.like[0], v.like[1], v.like[2], v.like[3], v.like[4], v.like[5], v.like[6], v.like[7], after.value_or(""),
                             after ? filter.after : std::string{}, filter.limit + 1);
    if (std::ssize(page.rows) > filter.limit) {
        page.rows.pop_back();
        page.next = page.rows.back().place.id.str();
    }
    return page;
}

std::int64_t count_places(storage::Snapshot& snapshot, const PlaceFilter& filter)
{
    const auto v = values_of(filter);
    return snapshot.value<std::int64_t>("select count(*) from oversight_place p where " + filter_condition(), v.kind, v.district, v.works, v.like[0], v.like[1], v.like[2], v.like[3],
                                        v.like[4], v.like[5], v.like[6], v.like[7])
        .value_or(0);
}

std::vector<MapEntry> map_entries(storage::Snapshot& snapshot, const Box& box, int zoom, const PlaceFilter& filter, int limit)
{
    // A tile is 256 px and a cell 64 px, so four cells per tile and side: 2^(zoom + 2) cells across the world.
    constexpr int kCellsPerTileBits = 2;
    const auto cell = std::int64_t{1} << std::max(0, kGridBits - std::clamp(zoom, 0, 20) - kCellsPerTileBits);
    const auto north_west = cell_of({box.west, box.north}), south_east = cell_of({box.east, box.south});
    const auto v = values_of(filter);
    const auto sql = "select avg(p.longitude), avg(p.latitude), count(*), "
                     "sum(case when exists (select 1 from oversight_finding f where f.place_id = p.id and f.publication_leaf is not null) then 1 else 0 end), "
                     "min(p.id), min(p.name_kk), min(p.name_ru), min(p.name_en), min(p.kind) from oversight_place p "
                     "where p.restricted = 0 and p.grid_x between ?12 and ?13 and p.grid_y between ?14 and ?15 and "
                     + filter_condition() + " group by p.grid_x / ?16, p.grid_y / ?16 order by 5 limit ?17";
    return snapshot.all(sql,
                        [](const Row& row) {
                            MapEntry entry{.at = {row.get<double>(0), row.get<double>(1)}, .count = row.get<std::int64_t>(2), .published = row.get<std::int64_t>(3)};
                            if (entry.count != 1) return entry;
                            entry.place = row.get<PlaceId>(4);
                            entry.name = {row.get<std::string>(5), row.get<std::string>(6), row.get<std::string>(7)};
                            entry.kind = place_kind_from(row.text(8));
                            return entry;
                        },
                        v.kind, v.district, v.works, v.like[0], v.like[1], v.like[2], v.like[3], v.like[4], v.like[5], v.like[6], v.like[7], north_west.x, south_east.x, north_west.y,
                        south_east.y, cell, limit);
}

} // namespace adal::oversight
