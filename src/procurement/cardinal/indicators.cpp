#include "procurement/cardinal/indicators.hpp"

#include "procurement/cardinal/scene.hpp"

#include <algorithm>

namespace adal::procurement::cardinal {

using columns::kAbsent;

void RowNames::add(std::uint32_t row, const std::vector<Symbol>& of_row)
{
    if (of_row.empty()) return;
    rows.emplace_back(row, columns::Span{static_cast<std::uint32_t>(names.size()),
                                         static_cast<std::uint32_t>(of_row.size())});
    names.insert(names.end(), of_row.begin(), of_row.end());
}

Scene::Scene(const Facts& f, const Settings& s, WithMaps with_maps, Answer& a)
    : facts(f), settings(s), maps(with_maps == WithMaps::yes), answer(a),
      m_include(symbols_of(s.price_comparison)), m_exclude(symbols_of(s.no_price_comparison)),
      m_excluded(symbols_of(s.excluded_details))
{
    cases.reserve(facts.processes.size());
    for (std::uint32_t row = 0; row < facts.processes.size(); ++row)
        add_case(row);
}

Scene::Symbols Scene::symbols_of(const Names& names) const
{
    Symbols symbols;
    for (const auto& name : names)
        if (const auto symbol = facts.symbols.find(name); symbol != kAbsent)
            symbols.push_back(symbol);
    return symbols;
}

bool Scene::is_excluded(const ProcessRow& process)
{
    if (process.tender_status == columns::TenderStatus::cancelled)
        return ++answer.excluded_cancelled, true;
    const bool out = process.method_details != kAbsent &&
                     std::ranges::find(m_excluded, process.method_details) != m_excluded.end();
    answer.excluded_details += out ? 1 : 0;
    return out;
}

void Scene::add_case(std::uint32_t row)
{
    const auto& process = facts.processes[row];
    if (is_excluded(process)) return;
    Case one{.row = row,
             .process = &process,
             .bids = facts.bids.data() + process.bids.begin,
             .awards = facts.awards.data() + process.awards.begin,
             .bid_count = process.bids.count,
             .award_count = process.awards.count};
    const auto details = process.method_details;
    // An allow list works only when it is not empty; a missing field passes a deny list only.
    if (settings.price_comparison.empty())
        one.compares_prices =
            details == kAbsent || std::ranges::find(m_exclude, details) == m_exclude.end();
    else
        one.compares_prices =
            details != kAbsent && std::ranges::find(m_include, details) != m_include.end();
    one.awards_final =
        process.has(ProcessRow::has_award_list) && process.has(ProcessRow::has_bid_list);
    for (std::uint32_t i = 0; one.awards_final && i < one.award_count; ++i) {
        const auto status = one.awards[i].status;
        if (status == AwardStatus::pending || status == AwardStatus::other)
            one.awards_final = false;
        if (status != AwardStatus::active) continue;
        one.only_active = one.active++ == 0 ? one.awards + i : nullptr;
    }
    if (!one.awards_final) {
        one.active = 0;
        one.only_active = nullptr;
    }
    cases.push_back(one);
}

Symbol Scene::only_tenderer(const BidRow& bid) const
{
    if (!bid.has(BidRow::one_tenderer) || bid.tenderers.count != 1) return kAbsent;
    return tenderer(bid.tenderers.begin);
}

Symbol Scene::only_supplier(const AwardRow& award) const
{
    if (!award.has(AwardRow::one_supplier) || award.suppliers.count != 1) return kAbsent;
    return supplier(award.suppliers.begin);
}

bool Scene::is_main_currency(Symbol currency)
{
    if (currency == answer.currency) return true;
    ++answer.other_currency;
    return false;
}

void Scene::flag(Code code, std::uint32_t row, double value)
{
    auto& rows = answer.processes[static_cast<std::size_t>(code)];
    if (rows.empty() || rows.back().row != row) rows.push_back({row, value});
}

void Scene::flag_tenderer(Code code, Symbol tenderer, double value)
{
    auto& flagged = m_flagged[static_cast<std::size_t>(code)];
    if (flagged.empty()) flagged.resize(facts.symbols.size());
    if (flagged[tenderer]) return;
    flagged[tenderer] = true;
    answer.tenderers[static_cast<std::size_t>(code)].push_back({tenderer, value});
}

void Scene::fence(Code code, std::string key, double value)
{
    answer.meta[static_cast<std::size_t>(code)].push_back({std::move(key), value});
}

void Scene::finish()
{
    const auto by_name = [&](const NamedValue& a, const NamedValue& b) {
        return facts.name(a.name) < facts.name(b.name);
    };
    for (auto& list : answer.tenderers)
        std::ranges::sort(list, by_name);
    std::ranges::sort(answer.buyers, by_name);
    std::ranges::sort(answer.procuring_entities, by_name);
}

Answer indicators(const Facts& facts, const Settings& settings, WithMaps maps)
{
    Answer answer;
    Scene scene{facts, settings, maps, answer};
    const auto has = [&](Code code) { return settings.has(code); };
    if (scene.maps && (has(Code::R025) || has(Code::R038) || has(Code::R048)))
        submitted_tenderers(scene);
    choose_currency(scene);
    if (has(Code::R003)) short_submission(scene);
    if (has(Code::R018)) single_bid(scene);
    if (has(Code::R024) || has(Code::R058)) {
        const auto ratios = second_lowest_ratios(scene);
        if (has(Code::R024)) price_close(scene, ratios);
        if (has(Code::R058)) heavily_discounted(scene, ratios);
    }
    if (has(Code::R025)) excessive_unsuccessful(scene);
    if (has(Code::R028)) identical_prices(scene);
    if (has(Code::R030)) late_bid_won(scene);
    if (has(Code::R035)) all_but_winner_disqualified(scene);
    if (has(Code::R036)) lowest_disqualified(scene);
    if (has(Code::R038)) excessive_disqualified(scene);
    if (has(Code::R048)) heterogeneous_supplier(scene);
    scene.finish();
    return answer;
}

} // namespace adal::procurement::cardinal
