#include "oversight/import_rows.hpp"
#include "oversight/oversight.hpp"

#include <algorithm>

namespace adal::oversight {

namespace {

bool is_code(std::string_view text)
{
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

// A district of a row, or the reason why not.
tl::expected<District, RowProblem> district_of_row(const Feature& feature, std::string_view file_name)
{
    District district{.code = property(feature, {"id", "code"}), .source = std::string{file_name}};
    if (!is_code(district.code)) return tl::unexpected{row_problem(feature, "properties.id", "not_a_code", district.code)};
    district.name = {.kk = property(feature, "name_kk"), .ru = property(feature, "name_ru"), .en = property(feature, "name_en")};
    if (district.name.kk.empty()) return tl::unexpected{row_problem(feature, "properties.name_kk", "required")};
    const auto* geometry = find(*feature.value, "geometry");
    auto outline = geometry ? parse_geometry(*geometry) : Result<Geometry>{fail(bad_geometry, {{"at", "geometry"}, {"reason", "required"}})};
    if (!outline) return tl::unexpected{row_problem(feature, "geometry." + outline.error().params.at("at"), outline.error().params.at("reason"))};
    if (outline->polygons.empty()) return tl::unexpected{row_problem(feature, "geometry.type", "not_an_area")};
    district.outline = std::move(*outline);
    return district;
}

Result<ImportReport> rejected(std::string_view file_name, const ImportReport& report)
{
    const auto& first = report.rejected.front();
    return fail(import_rejected, {{"file", std::string{file_name}}, {"count", std::to_string(report.rejected.size())}, {"row", std::to_string(first.row)},
                                  {"line", std::to_string(first.line)}, {"field", first.field}, {"reason", first.reason}});
}

} // namespace

Result<ImportReport> import_districts(storage::Transaction& tx, std::string_view file_name, std::string_view bytes, Instant now, ImportReport* out)
{
    const auto file = read_features(file_name, bytes);
    if (!file) return pass(file);
    ImportReport report;
    std::vector<District> districts;
    for (const auto& feature : file->features) {
        ++report.read;
        auto district = district_of_row(feature, file_name);
        if (!district) report.rejected.push_back(std::move(district.error()));
        else if (std::ranges::find(districts, district->code, &District::code) != districts.end())
            report.rejected.push_back(row_problem(feature, "properties.id", "row_twice", district->code));
        else districts.push_back(std::move(*district));
    }
    if (out) *out = report;
    if (!report.rejected.empty()) return rejected(file_name, report);
    const auto known = list_districts(tx);
    for (auto& district : districts) {
        const auto same = std::ranges::find(known, district.code, &District::code);
        if (same == known.end()) {
            district.id = DistrictId::make(now);
            ++report.added;
        } else {
            district.id = same->id;
            const bool is_same = same->outline == district.outline && same->name.kk == district.name.kk && same->name.ru == district.name.ru && same->name.en == district.name.en;
            ++(is_same ? report.same : report.changed);
        }
        save(tx, district);
    }
    if (out) *out = report;
    return report;
}

} // namespace adal::oversight
