#include "base/text.hpp"
#include "oversight/import_rows.hpp"
#include "oversight/oversight.hpp"
#include "oversight/register_words.hpp"

#include <set>
#include <tuple>

namespace adal::oversight {

namespace {

// Dates of the city's register are written 31.12.2024.
std::optional<LocalDate> day_of(std::string_view text)
{
    if (const auto date = parse_date(text)) return date;
    if (text.size() != 10 || text[2] != '.' || text[5] != '.') return std::nullopt;
    return parse_date(std::string{text.substr(6)} + "-" + std::string{text.substr(3, 2)} + "-" + std::string{text.substr(0, 2)});
}

// The city's register has parks and squares only; its subcategory says which.
PlaceKind kind_of(const Feature& feature)
{
    if (const auto own = place_kind_from(property(feature, "kind"))) return *own;
    return RegisterWords::standard().kind_of(property(feature, {"subcategory_ru", "subcategory_kk", "category_ru"}) + " " +
                                             property(feature, "address"));
}

class PlaceReader
{
public:
    PlaceReader(std::string_view source, const std::vector<District>& districts, ImportReport& report) : m_source(source), m_districts(districts), m_report(report) {}

    void read(const Feature& feature, std::vector<Place>& into)
    {
        ++m_report.read;
        Place place{.kind = kind_of(feature), .source = std::string{m_source}, .source_id = property(feature, "id")};
        if (place.source_id.empty()) return reject(feature, "properties.id", "required");
        if (!m_seen.insert(place.source_id).second) return reject(feature, "properties.id", "row_twice", place.source_id);
        place.address = property(feature, "address");
        place.name = {.kk = property(feature, {"name_kk", "name_ru", "address", "subcategory_kk"}), .ru = property(feature, {"name_ru", "name_kk", "address", "subcategory_ru"}), .en = property(feature, "name_en")};
        if (!read_geometry(feature, place) || !read_works(feature, place) || !read_contract(feature, place)) return;
        find_district(feature, place);
        auto clean = checked(std::move(place));
        if (!clean) return reject(feature, "properties", std::string{clean.error().code->key});
        into.push_back(std::move(*clean));
    }

private:
    void reject(const Feature& feature, std::string field, std::string reason, std::string value = {})
    {
        m_report.rejected.push_back(row_problem(feature, std::move(field), std::move(reason), std::move(value)));
    }

    bool read_geometry(const Feature& feature, Place& place)
    {
        const auto* value = find(*feature.value, "geometry");
        if (!value || value->is_null()) { // on the record, not on the map
            m_report.notes.push_back(row_problem(feature, "geometry", "no_geometry"));
            return true;
        }
        auto geometry = parse_geometry(*value);
        if (!geometry) {
            reject(feature, "geometry." + geometry.error().params.at("at"), geometry.error().params.at("reason"));
            return false;
        }
        place.geometry = std::move(*geometry);
        return true;
    }

    bool read_day(const Feature& feature, std::string_view name, std::optional<LocalDate>& into)
    {
        const auto text = property(feature, name);
        if (text.empty()) return true;
        into = day_of(text);
        if (!into) reject(feature, "properties." + std::string{name}, "not_a_date", text);
        return into.has_value();
    }

    bool read_works(const Feature& feature, Place& place)
    {
        place.works.title = {.kk = property(feature, {"works_kk", "subcategory_kk"}), .ru = property(feature, {"works_ru", "subcategory_ru"}), .en = property(feature, "works_en")};
        const auto status = property(feature, {"status", "status_kk", "status_ru"});
        place.works.status = RegisterWords::standard().status_of(status);
        if (!status.empty() && !place.works.status) {
            reject(feature, "properties.status", "not_a_choice", status);
            return false;
        }
        if (!read_day(feature, "start", place.works.start) || !read_day(feature, "end", place.works.end)) return false;
        if (place.works.start && place.works.end && *place.works.end < *place.works.start) {
            m_report.notes.push_back(row_problem(feature, "properties.end", "end_before_start", iso(*place.works.end)));
            place.works.end.reset();
        }
        return true;
    }

    bool read_contract(const Feature& feature, Place& place)
    {
        place.contract = {.process = property(feature, "ocid"), .buyer = property(feature, "buyer"), .contractor = property(feature, "contractor")};
        const auto amount = property(feature, "amount");
        if (!amount.empty()) {
            place.contract.sum = parse_money(amount);
            if (!place.contract.sum) {
                reject(feature, "properties.amount", "not_money", amount);
                return false;
            }
        }
        const auto restricted = property(feature, "restricted");
        if (!restricted.empty() && restricted != "true" && restricted != "false") {
            reject(feature, "properties.restricted", "not_a_choice", restricted);
            return false;
        }
        place.restricted = restricted == "true";
        return read_day(feature, "act_date", place.contract.act_date) && read_day(feature, "warranty_until", place.contract.warranty_until);
    }

    // By geometry; what the source says only where there is none, and a note where the two differ.
    void find_district(const Feature& feature, Place& place)
    {
        const auto said = property(feature, {"district", "district_kk", "district_ru"});
        const auto* named = said.empty() ? nullptr : district_named(m_districts, said);
        const auto* lies_in = place.geometry ? district_of(m_districts, representative_point(*place.geometry)) : named;
        if (lies_in) place.district = lies_in->id;
        if (!lies_in) m_report.notes.push_back(row_problem(feature, "properties.district", "district_unknown", said));
        else if (named && named != lies_in) m_report.notes.push_back(row_problem(feature, "properties.district", "district_differs", said));
    }

    std::string_view m_source;
    const std::vector<District>& m_districts;
    ImportReport& m_report;
    std::set<std::string> m_seen{}; // ids of this file
};

bool is_same(const i18n::Texts& a, const i18n::Texts& b)
{
    return a.kk == b.kk && a.ru == b.ru && a.en == b.en;
}

bool is_same(const Place& a, const Place& b)
{
    const auto of_works = [](const Place& p) { return std::tuple{p.works.status, p.works.start, p.works.end}; };
    const auto of_contract = [](const Place& p) {
        return std::tuple{p.contract.process, p.contract.buyer, p.contract.contractor, p.contract.sum, p.contract.act_date, p.contract.warranty_until};
    };
    return is_same(a.name, b.name) && a.address == b.address && a.geometry == b.geometry && a.kind == b.kind && a.district == b.district
           && is_same(a.works.title, b.works.title) && of_works(a) == of_works(b) && of_contract(a) == of_contract(b) && a.restricted == b.restricted;
}

void store(storage::Transaction& tx, Place place, Instant now, ImportReport& report)
{
    const auto known = find_place(tx, place.source, place.source_id);
    if (!known) {
        place.id = PlaceId::make(now);
        add(tx, place);
        ++report.added;
        return;
    }
    place.restricted = place.restricted || known->restricted; // what we know to be restricted no register opens
    if (is_same(*known, place)) {
        ++report.same;
        return;
    }
    place.id = known->id;
    place.version = known->version + 1;
    ADAL_CHECK(save(tx, place).has_value());
    ++report.changed;
}

} // namespace

Result<ImportReport> import_places(storage::Transaction& tx, std::string_view file_name, std::string_view bytes, Instant now, ImportReport* out)
{
    const auto districts = list_districts(tx);
    if (districts.empty()) return fail(import_no_districts);
    const auto file = read_features(file_name, bytes);
    if (!file) return pass(file);
    ImportReport report;
    std::vector<Place> places;
    PlaceReader reader{file_name, districts, report};
    for (const auto& feature : file->features) {
        if (!object_at(*feature.value, "properties")) {
            ++report.read;
            report.rejected.push_back(row_problem(feature, "properties", "required"));
            continue;
        }
        reader.read(feature, places);
    }
    if (out) *out = report;
    if (!report.rejected.empty()) {
        const auto& first = report.rejected.front();
        return fail(import_rejected, {{"file", std::string{file_name}}, {"count", std::to_string(report.rejected.size())}, {"row", std::to_string(first.row)},
                                      {"line", std::to_string(first.line)}, {"field", first.field}, {"reason", first.reason}});
    }
    for (auto& place : places) store(tx, std::move(place), now, report);
    if (out) *out = report;
    return report;
}

} // namespace adal::oversight
