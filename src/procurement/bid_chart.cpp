#include "procurement/bid_chart.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace adal::procurement {

namespace {

bool is_out(std::string_view status)
{
    return status == "disqualified" || status == "withdrawn" || status == "rejected";
}

bool holds_lot(const std::vector<std::string>& lots, const Lot* lot)
{
    return !lot || lots.empty() || std::ranges::find(lots, lot->id) != lots.end();
}

// Ids of the winners of this lot; a party without an id is known by its name.
std::set<std::string> winners_of(const Process& process, const Lot* lot)
{
    std::set<std::string> out;
    for (const auto at : active_awards(process)) {
        const auto& award = process.awards[at];
        if (!holds_lot(award.lots, lot)) continue;
        for (const auto& supplier : award.suppliers) out.insert(supplier.id.empty() ? "name:" + supplier.name : supplier.id);
    }
    return out;
}

BidStanding standing_of(const Bid& bid, const std::set<std::string>& winners)
{
    if (is_out(bid.status)) return BidStanding::out;
    const bool won = std::ranges::any_of(bid.tenderers, [&](const PartyRef& party) { return winners.contains(party.id.empty() ? "name:" + party.name : party.id); });
    return won ? BidStanding::won : BidStanding::valid;
}

BidChart chart_of(const Process& process, const Lot* lot, const Thresholds& thresholds)
{
    BidChart chart{.lot = lot, .estimate = lot && lot->value ? lot->value : process.lots.size() > 1 && lot ? std::nullopt : process.estimate};
    const auto winners = winners_of(process, lot);
    for (const auto& bid : process.bids)
        if (holds_lot(bid.lots, lot)) chart.bids.push_back({.bid = &bid, .standing = standing_of(bid, winners)});
    std::ranges::stable_sort(chart.bids, [](const ChartBid& a, const ChartBid& b) {
        if (a.bid->value.has_value() != b.bid->value.has_value()) return a.bid->value.has_value();
        return a.bid->value && a.bid->value->hundredths < b.bid->value->hundredths;
    });
    const auto& currency = chart.currency();
    if (chart.estimate && chart.estimate->hundredths > 0) chart.most = chart.estimate->hundredths;
    std::size_t number = 0;
    for (auto& one : chart.bids) {
        one.number = ++number;
        const auto& value = one.bid->value;
        if (!value || value->currency != currency || value->hundredths <= 0) continue;
        chart.most = std::max(chart.most, value->hundredths);
        if (chart.estimate && chart.estimate->hundredths > 0)
            one.share = static_cast<double>(value->hundredths) / static_cast<double>(chart.estimate->hundredths);
    }
    const auto day = process.tender_period.start ? process.tender_period.start : process.published;
    if (chart.estimate && day && chart.estimate->currency == thresholds.currency())
        for (const double share : thresholds.floor_shares(process, local_date(day->at)))
            chart.floors.push_back({std::llround(static_cast<double>(chart.estimate->hundredths) * share), chart.estimate->currency});
    return chart;
}

} // namespace

const std::string& BidChart::currency() const
{
    static const std::string none;
    if (estimate) return estimate->currency;
    for (const auto& one : bids)
        if (one.bid->value) return one.bid->value->currency;
    return none;
}

std::vector<BidChart> bid_charts(const Process& process, const Thresholds& thresholds)
{
    std::vector<BidChart> out;
    if (process.bids.empty()) return out;
    for (const auto& lot : process.lots) {
        auto chart = chart_of(process, &lot, thresholds);
        if (!chart.bids.empty()) out.push_back(std::move(chart));
    }
    if (out.empty()) out.push_back(chart_of(process, nullptr, thresholds));
    return out;
}

} // namespace adal::procurement
