#include "procurement/facet.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"
#include "procurement/screen.hpp"
#include "procurement/thresholds.hpp"

#include <algorithm>
#include <stdexcept>

namespace adal::procurement {

namespace {

constexpr std::size_t kLongestPlace = 60; // bytes; longer texts are addresses, not places

struct Territory {
    std::string code{};
    i18n::Texts name{};
    std::vector<std::string> stems{}, phrases{}; // folded, with a space before
};

std::vector<std::string> spaced_list(const json::value& entry, std::string_view key)
{
    std::vector<std::string> out;
    if (const auto* list = array_at(entry, key))
        for (const auto& item : *list) out.push_back(" " + fold(std::string_view{item.get_string()}));
    return out;
}

std::vector<Territory> read_territories()
{
    const auto* file = embedded::find(embedded::data(), "procurement/territories.json");
    if (!file) throw std::runtime_error("not built in: procurement/territories.json");
    const auto document = parse_json(file->bytes);
    if (!document) throw std::runtime_error("procurement/territories.json is malformed");
    std::vector<Territory> out;
    for (const auto& entry : *array_at(*document, "territories")) {
        const auto text = [&](std::string_view key) { return std::string{text_at(entry, key).value_or("")}; };
        out.push_back({.code = text("code"), .name = {.kk = text("kk"), .ru = text("ru"), .en = text("en")},
                       .stems = spaced_list(entry, "stems"), .phrases = spaced_list(entry, "phrases")});
    }
    return out;
}

const std::vector<Territory>& territories()
{
    static const auto instance = read_territories();
    return instance;
}

const Territory* territory_with(std::string_view code)
{
    const auto found = std::ranges::find(territories(), code, &Territory::code);
    return found == territories().end() ? nullptr : &*found;
}

const Territory* territory_in(std::string_view text)
{
    const std::string words = " " + fold(text);
    const auto is_there = [&](const std::string& part) { return words.find(part) != std::string::npos; };
    for (const auto& one : territories())
        if (std::ranges::any_of(one.stems, is_there) || std::ranges::any_of(one.phrases, is_there)) return &one;
    return nullptr;
}

// Where it is delivered, else what the title names, else where the buyer is.
std::string district_of(const Process& process)
{
    for (const auto& lot : process.lots)
        if (const auto* found = territory_with(lot.kato)) return found->code;
    for (const auto* text : {&process.title, &process.locality, &process.buyer.name})
        if (const auto* found = territory_in(*text)) return found->code;
    if (const auto* found = territory_with(process.kato)) return found->code;
    const auto place = trim(process.locality);
    return place.size() <= kLongestPlace ? std::string{place} : std::string{};
}

std::string method_of(const Process& process)
{
    if (const auto* rule = Thresholds::standard().method_named(process.method_details)) return rule->id;
    if (!process.method.empty()) return process.method;
    return process.method_details.size() <= kLongestPlace ? process.method_details : std::string{};
}

std::string year_of(const Process& process, const Deal& deal)
{
    const auto written = [](const Moment& moment) { return iso(local_date(moment.at)).substr(0, 4); };
    if (deal.signed_at) return written(*deal.signed_at);
    for (const auto& moment : {process.published, process.tender_period.start, process.tender_period.end, process.released})
        if (moment) return written(*moment);
    return {};
}

std::optional<Instant> accepted_at(const Process& process)
{
    std::optional<Instant> last;
    for (const auto& contract : process.contracts)
        for (const auto& act : contract.acts)
            if (act.approved && !act.revoked && (!last || *last < act.approved->at)) last = act.approved->at;
    return last;
}

} // namespace

std::string_view name(Facet facet)
{
    switch (facet) {
    case Facet::district: return "district";
    case Facet::works: return "works";
    case Facet::method: return "method";
    case Facet::category: return "category";
    case Facet::band: return "sum";
    case Facet::year: return "year";
    case Facet::flag: return "flag";
    case Facet::buyer: return "buyer";
    case Facet::supplier: return "supplier";
    }
    return "";
}

std::string_view band_of(const std::optional<CurrencyAmount>& sum)
{
    if (!sum) return "none";
    const auto money = sum->tenge();
    if (!money) return "other";
    constexpr std::int64_t kMillion = 100'000'000; // tiyn
    if (money->tiyn < kMillion) return "1m";
    if (money->tiyn < 10 * kMillion) return "10m";
    if (money->tiyn < 100 * kMillion) return "100m";
    return money->tiyn < 1000 * kMillion ? "1bn" : "more";
}

FacetValues facet_values(const Process& process)
{
    const Deal deal = deal_of(process);
    const auto& sum = deal.value ? deal.value : process.estimate;
    FacetValues values{.district = district_of(process),
                       .method = method_of(process),
                       .category = process.category,
                       .band = std::string{band_of(sum)},
                       .year = year_of(process, deal),
                       .accepted_at = accepted_at(process)};
    if (const auto money = sum ? sum->tenge() : std::nullopt) values.tenge = money->tiyn;
    return values;
}

std::string label_of(i18n::Language language, Facet facet, std::string_view value)
{
    if (facet == Facet::district)
        if (const auto* found = territory_with(value)) return found->name.in(language);
    if (facet == Facet::flag) {
        const std::string key = "procurement.flag." + std::string{value} + ".title";
        return i18n::has(key) ? i18n::text(language, key) : std::string{value};
    }
    const std::string key = "procurement." + std::string{name(facet)} + "." + std::string{value};
    return i18n::has(key) ? i18n::text(language, key) : std::string{value};
}

} // namespace adal::procurement
