#include "procurement/bid_chart_view.hpp"

#include "procurement/bid_chart.hpp"
#include "procurement/party.hpp"

#include <fmt/format.h>

namespace adal::procurement {

using namespace adal::http;

namespace {

constexpr std::size_t kMostCharts = 8, kMostBars = 40;
constexpr double kChartWidth = 720, kChartLeft = 44, kChartRight = 96, kBarStep = 38, kBarHeight = 24;

std::string_view class_of(BidStanding standing)
{
    switch (standing) {
    case BidStanding::won: return "won";
    case BidStanding::valid: return "valid";
    case BidStanding::out: return "out";
    }
    return "";
}

Html standing_badge(const Request& request, BidStanding standing)
{
    const std::string key = "procurement.bid." + std::string{class_of(standing)};
    return badge(t(request, key), standing == BidStanding::won ? "good" : standing == BidStanding::out ? "warn" : "neutral");
}

std::string svg_text(std::string_view text)
{
    std::string out;
    append_escaped(out, text);
    return out;
}

// Bars from nought, so that lengths tell the truth; lines for the estimate and the floor.
Html drawing_of(const Request& request, const BidChart& chart)
{
    if (chart.most <= 0 || chart.bids.size() > kMostBars) return {};
    const double height = kBarStep * static_cast<double>(chart.bids.size()) + 28;
    const double scale = (kChartWidth - kChartLeft - kChartRight) / static_cast<double>(chart.most);
    const auto x = [&](std::int64_t hundredths) { return kChartLeft + scale * static_cast<double>(hundredths); };
    std::string svg = fmt::format(R"(<svg class="bids" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">)", kChartWidth, height,
                                  svg_text(i18n::text(request.language, "procurement.bids_drawing", {{"count", std::to_string(chart.bids.size())}})));
    const double estimate_at = chart.estimate ? x(chart.estimate->hundredths) : 0;
    // Beside the bar, and beside the line of the estimate where the two would meet.
    const auto share_place = [&](double end) { return (end < estimate_at && end + 62 > estimate_at ? estimate_at : end) + 7; };
    double y = 22;
    for (const auto& one : chart.bids) {
        svg += fmt::format(R"(<text class="bid-number" x="{:.0f}" y="{:.0f}">{}</text>)", kChartLeft - 10, y + kBarHeight * 0.78, one.number);
        const auto& value = one.bid->value;
        if (value && value->hundredths > 0 && value->currency == chart.currency()) {
            svg += fmt::format(R"(<rect class="bar-{}" x="{:.0f}" y="{:.0f}" width="{:.1f}" height="{:.0f}" rx="3"/>)", class_of(one.standing), kChartLeft, y,
                               std::max(1.0, x(value->hundredths) - kChartLeft), kBarHeight);
            if (one.share)
                svg += fmt::format(R"(<text class="bid-share" x="{:.1f}" y="{:.0f}">{}</text>)", share_place(x(value->hundredths)), y + kBarHeight * 0.78,
                                   svg_text(i18n::number(request.language, *one.share * 100, 1) + "%"));
        }
        y += kBarStep;
    }
    const auto line = [&](std::int64_t at, std::string_view name) {
        svg += fmt::format(R"(<line class="mark-{}" x1="{:.1f}" x2="{:.1f}" y1="8" y2="{:.0f}"/>)", name, x(at), x(at), height - 2);
    };
    for (const auto& floor : chart.floors) line(floor.hundredths, "floor");
    if (chart.estimate && chart.estimate->hundredths > 0) line(chart.estimate->hundredths, "estimate");
    return Html::trusted(svg + "</svg>");
}

Html bidder_names(const Request& request, const Bid& bid, const std::map<std::string, std::string>& parties)
{
    Html names;
    for (const auto& party : bid.tenderers) {
        const auto id = parties.find(identity_of(party));
        if (!names.empty()) names += "; ";
        names += is_person_id(party.id) || id == parties.end() ? party_text(request, party.id, party.name)
                                                               : party_link(request, Side::supplier, id->second, party.name);
    }
    return names;
}

Html table_of_bids(const Request& request, const BidChart& chart, const std::map<std::string, std::string>& parties)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& one : chart.bids) {
        const auto share = one.share ? Html{i18n::number(request.language, *one.share * 100, 1) + "%"} : Html{};
        rows.push_back({Html{std::to_string(one.number) + ". "} + bidder_names(request, *one.bid, parties), sum_text(request, one.bid->value), share,
                        standing_badge(request, one.standing),
                        one.bid->reject_reason.empty() ? Html{} : Html{one.bid->reject_reason}});
    }
    const auto word = [&](std::string_view key) { return i18n::text(request.language, key); };
    return data_table(t(request, "procurement.bids_table"),
                      {word("procurement.bidder"), "#" + word("procurement.bid_sum"), "#" + word("procurement.of_estimate"), word("procurement.bid_standing"),
                       word("procurement.reject_reason")},
                      rows);
}

Html legend_of(const Request& request, const BidChart& chart)
{
    const auto entry = [&](std::string_view name, std::string_view key, const Html& value = {}) {
        return li({cls("key-" + std::string{name})}, t(request, key), value.empty() ? "" : ": ", value);
    };
    Html list = entry("won", "procurement.bid.won") + entry("valid", "procurement.bid.valid") + entry("out", "procurement.bid.out");
    if (chart.estimate) list += entry("estimate", "procurement.estimate", sum_text(request, chart.estimate));
    for (const auto& floor : chart.floors) list += entry("floor", "procurement.floor", sum_text(request, floor));
    return ul({cls("chart-key")}, list);
}

} // namespace

Html bids_section(const Request& request, const Process& shown, const std::map<std::string, std::string>& parties)
{
    const auto charts = bid_charts(shown, Thresholds::standard());
    if (charts.empty()) return {};
    Html body = h2({}, t(request, "procurement.bids"));
    std::size_t drawn = 0;
    for (const auto& chart : charts) {
        if (++drawn > kMostCharts) break;
        if (charts.size() > 1) body += h3({}, t(request, "procurement.lot"), " ", chart.lot->title.empty() ? chart.lot->id : chart.lot->title);
        const auto drawing = drawing_of(request, chart);
        if (!drawing.empty()) body += div({cls("card chart")}, drawing, legend_of(request, chart));
        body += table_of_bids(request, chart, parties);
    }
    if (charts.size() > kMostCharts)
        body += p({cls("hint")}, i18n::count(request.language, "procurement.lots_left_out", static_cast<std::int64_t>(charts.size() - kMostCharts)));
    return section({}, body);
}

} // namespace adal::procurement
