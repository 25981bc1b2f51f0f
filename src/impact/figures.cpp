#include "impact/figures.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"

#include <algorithm>

namespace adal::impact {

namespace {

// One line per indicator: code, unit, standing.
struct Row {
    Indicator indicator;
    std::string_view code;
    Unit unit;
    Standing standing;
};

constexpr std::array kIndicatorRows{
    Row{Indicator::controls_held, "CTRL_HELD", Unit::count, Standing::confirmed},
    Row{Indicator::controls_with_findings, "CTRL_WITH_FINDINGS", Unit::count, Standing::confirmed},
    Row{Indicator::findings_verified, "FIND_VERIFIED", Unit::count, Standing::confirmed},
    Row{Indicator::findings_sealed, "FIND_SEALED", Unit::count, Standing::confirmed},
    Row{Indicator::findings_referred, "FIND_REFERRED", Unit::count, Standing::confirmed},
    Row{Indicator::recommendations_sent, "REC_SENT", Unit::count, Standing::confirmed},
    Row{Indicator::recommendations_answered, "REC_ANSWERED", Unit::count, Standing::confirmed},
    Row{Indicator::recommendations_in_time, "REC_IN_TIME", Unit::count, Standing::confirmed},
    Row{Indicator::recommendations_overdue, "REC_OVERDUE", Unit::count, Standing::confirmed},
    Row{Indicator::fixes_claimed, "FIX_CLAIMED", Unit::count, Standing::stated},
    Row{Indicator::fixes_unchecked, "FIX_UNCHECKED", Unit::count, Standing::stated},
    Row{Indicator::fixes_verified, "FIX_VERIFIED", Unit::count, Standing::confirmed},
    Row{Indicator::fix_rate, "FIX_RATE_N", Unit::share, Standing::confirmed},
    Row{Indicator::savings_stated, "SAV_STATED", Unit::tiyn, Standing::stated},
    Row{Indicator::savings_provisional, "SAV_PROVISIONAL", Unit::tiyn, Standing::provisional},
    Row{Indicator::savings_confirmed, "SAV_CONFIRMED", Unit::tiyn, Standing::confirmed},
    Row{Indicator::works_restored, "WORKS_RESTORED", Unit::tiyn, Standing::confirmed},
    Row{Indicator::volunteers_active, "VOL_ACTIVE", Unit::people, Standing::confirmed},
    Row{Indicator::resources_verified, "RES_VERIFIED", Unit::count, Standing::confirmed},
    Row{Indicator::resources_blocked, "RES_BLOCKED", Unit::count, Standing::confirmed},
};

const Row& row_of(Indicator indicator)
{
    return *std::ranges::find(kIndicatorRows, indicator, &Row::indicator);
}

} // namespace

std::string_view code(Indicator indicator)
{
    return row_of(indicator).code;
}

std::optional<Indicator> indicator_from(std::string_view text)
{
    const auto* it = std::ranges::find(kIndicatorRows, text, &Row::code);
    if (it == kIndicatorRows.end()) return std::nullopt;
    return it->indicator;
}

const std::vector<Indicator>& all_indicators()
{
    static const auto all = [] {
        std::vector<Indicator> out;
        for (const auto& row : kIndicatorRows) out.push_back(row.indicator);
        return out;
    }();
    return all;
}

std::string_view name(Unit unit)
{
    switch (unit) {
    case Unit::count: return "count";
    case Unit::tiyn: return "tiyn";
    case Unit::share: return "share";
    case Unit::people: return "people";
    }
    return {};
}

Unit unit_of(Indicator indicator)
{
    return row_of(indicator).unit;
}

std::string_view name(Standing standing)
{
    switch (standing) {
    case Standing::stated: return "stated";
    case Standing::provisional: return "provisional";
    case Standing::confirmed: return "confirmed";
    }
    return {};
}

Standing standing_of(Indicator indicator)
{
    return row_of(indicator).standing;
}

std::string Figure::manifest() const
{
    Sha256 hash;
    for (const auto& id : records) {
        hash.update(id);
        hash.update("\n");
    }
    return hex(view(hash.finish()));
}

bool is_suppressed(const Figure& figure)
{
    const bool is_small = figure.value > 0 && figure.value < kSmallestCell;
    const bool is_resource = figure.indicator == Indicator::resources_verified || figure.indicator == Indicator::resources_blocked;
    return is_small && (is_resource || unit_of(figure.indicator) == Unit::people);
}

bool agrees(const FrozenFigure& frozen, const Figure& recomputed)
{
    return frozen.figure.value == recomputed.value &&
           frozen.figure.denominator == recomputed.denominator &&
           frozen.figure.record_count == recomputed.record_count &&
           frozen.frozen_manifest == recomputed.manifest();
}

std::string to_csv(const Figures& figures, Instant as_of)
{
    std::string out = "code,unit,standing,value,denominator,records,manifest,suppressed,as_of\r\n";
    for (const auto& [indicator, figure] : figures) {
        const bool hidden = is_suppressed(figure);
        out += std::string(code(indicator)) + "," + std::string(name(unit_of(indicator))) + "," +
               std::string(name(standing_of(indicator))) + ",";
        if (!hidden) out += std::to_string(figure.value);
        out += ",";
        if (figure.denominator) out += std::to_string(*figure.denominator);
        out += ",";
        if (!hidden) out += std::to_string(figure.record_count);
        out += "," + figure.manifest() + (hidden ? ",1," : ",0,") + iso(as_of) + "\r\n";
    }
    return out;
}

namespace {

json::object to_object(const Figure& figure)
{
    const bool hidden = is_suppressed(figure);
    json::object out{{"code", code(figure.indicator)},
                     {"unit", name(unit_of(figure.indicator))},
                     {"standing", name(standing_of(figure.indicator))},
                     {"suppressed", hidden}};
    out["value"] = hidden ? json::value(nullptr) : json::value(figure.value);
    out["denominator"] = figure.denominator ? json::value(*figure.denominator) : json::value(nullptr);
    out["record_count"] = hidden ? json::value(nullptr) : json::value(figure.record_count);
    json::array records;
    for (const auto& id : figure.records) records.emplace_back(id);
    out["records"] = std::move(records);
    out["manifest"] = figure.manifest();
    return out;
}

} // namespace

std::string to_json(const Figures& figures, Instant as_of)
{
    json::array rows_out;
    for (const auto& [indicator, figure] : figures) rows_out.push_back(to_object(figure));
    return to_pretty_text(json::object{{"format", "adal/figures/v1"},
                                       {"as_of", iso(as_of)},
                                       {"figures", std::move(rows_out)}});
}

} // namespace adal::impact
