#include "oversight/district_store.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::oversight {

namespace {

enum class Outlines { no, yes };

Geometry geometry_from(std::string_view stored)
{
    const auto value = parse_json(stored);
    ADAL_CHECK(value.has_value());
    auto geometry = parse_geometry(*value);
    ADAL_CHECK(geometry.has_value());
    return std::move(*geometry);
}

std::vector<District> list(storage::Snapshot& snapshot, Outlines outlines)
{
    auto all = snapshot.all("select id, code, name_kk, name_ru, name_en, source, outline from oversight_district",
                            [&](const storage::Row& row) {
                                District district{.id = row.get<DistrictId>(0), .code = row.get<std::string>(1),
                                                  .name = {row.get<std::string>(2), row.get<std::string>(3), row.get<std::string>(4)}, .source = row.get<std::string>(5)};
                                if (outlines == Outlines::yes) district.outline = geometry_from(row.text(6));
                                return district;
                            });
    std::ranges::sort(all, [](const District& a, const District& b) { return compare_kk(a.name.kk, b.name.kk) < 0; });
    return all;
}

} // namespace

void save(storage::Transaction& tx, const District& district)
{
    tx.exec("insert into oversight_district (id, code, name_kk, name_ru, name_en, outline, source) values (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
            "on conflict (id) do update set code = excluded.code, name_kk = excluded.name_kk, name_ru = excluded.name_ru, "
            "name_en = excluded.name_en, outline = excluded.outline, source = excluded.source",
            district.id, district.code, district.name.kk, district.name.ru, district.name.en, to_text(to_geojson(district.outline)), district.source);
}

std::optional<District> find_district(storage::Snapshot& snapshot, DistrictId id)
{
    for (auto& district : list(snapshot, Outlines::yes))
        if (district.id == id) return std::move(district);
    return std::nullopt;
}

std::vector<District> list_districts(storage::Snapshot& snapshot)
{
    return list(snapshot, Outlines::yes);
}

std::vector<District> list_district_names(storage::Snapshot& snapshot)
{
    return list(snapshot, Outlines::no);
}

} // namespace adal::oversight
