#include "procurement/party_view.hpp"

#include "http/target.hpp"
#include "procurement/network.hpp"

#include <fmt/format.h>
#include <numeric>

namespace adal::procurement {

using namespace adal::http;

namespace {

std::string said(const Request& request, std::string_view key)
{
    return i18n::text(request.language, key);
}

std::string escaped_svg(std::string_view text)
{
    std::string out;
    append_escaped(out, text);
    return out;
}

// --- sums per year -----------------------------------------------------------------------------------

Html year_bars(const Request& request, const std::vector<PartySlice>& years)
{
    constexpr double kBarsWidth = 720, kBarsHeight = 220, kBase = 184, kRoom = 150;
    std::vector<PartySlice> shown;
    for (const auto& one : years)
        if (!one.value.empty() && shown.size() < 12) shown.push_back(one);
    std::ranges::reverse(shown);
    std::int64_t most = 0;
    for (const auto& one : shown) most = std::max(most, one.tenge);
    if (most == 0 || shown.size() < 2) return {};
    const double step = kBarsWidth / static_cast<double>(shown.size()), width = std::min(90.0, step * 0.6);
    std::string svg = fmt::format(R"(<svg class="years" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">)", kBarsWidth, kBarsHeight,
                                  escaped_svg(said(request, "procurement.years_drawing")));
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const double tall = kRoom * static_cast<double>(shown[i].tenge) / static_cast<double>(most), middle = step * (static_cast<double>(i) + 0.5);
        const auto millions = i18n::number(request.language, static_cast<double>(shown[i].tenge) / 1e8, shown[i].tenge < 1'000'000'000 ? 1 : 0);
        svg += fmt::format(R"(<rect class="bar-valid" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="3"/>)", middle - width / 2, kBase - tall, width, std::max(1.0, tall));
        svg += fmt::format(R"(<text class="year-sum" x="{:.1f}" y="{:.1f}">{}</text><text class="year-name" x="{:.1f}" y="{:.0f}">{}</text>)", middle, kBase - tall - 8,
                           escaped_svg(millions), middle, kBase + 24, escaped_svg(shown[i].value));
    }
    return figure({cls("card chart")}, Html::trusted(svg + "</svg>"), figcaption({cls("hint")}, t(request, "procurement.years_caption")));
}

Html year_table(const Request& request, const PartyProfile& view)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& one : view.years)
        rows.push_back({one.value.empty() ? t(request, "procurement.year_unknown") : Html{one.value}, number_text(request, one.count), tenge_text(request, one.tenge),
                        number_text(request, one.failed)});
    return data_table(t(request, "procurement.by_year"),
                      {said(request, "procurement.facet.year"), "#" + said(request, "procurement.purchases"), "#" + said(request, "procurement.sum_tenge"),
                       "#" + said(request, "procurement.with_signs")},
                      rows);
}

// --- shares ------------------------------------------------------------------------------------------

Html share_bar(double share)
{
    return Html::trusted(fmt::format(R"(<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{:.1f}" height="4"/></svg>)",
                                     std::clamp(share, 0.0, 1.0) * 100));
}

Html methods_table(const Request& request, const PartyProfile& view)
{
    std::int64_t all = 0;
    for (const auto& one : view.methods) all += one.count;
    std::vector<std::vector<Html>> rows;
    for (const auto& one : view.methods) {
        const double share = all == 0 ? 0 : static_cast<double>(one.count) / static_cast<double>(all);
        rows.push_back({Html{one.value.empty() ? said(request, "procurement.unknown") : label_of(request.language, Facet::method, one.value)} + share_bar(share),
                        number_text(request, one.count), Html{i18n::percent(request.language, share)}, tenge_text(request, one.tenge)});
    }
    return data_table(t(request, "procurement.by_method"),
                      {said(request, "procurement.method"), "#" + said(request, "procurement.purchases"), "#" + said(request, "procurement.share"), "#" + said(request, "procurement.sum_tenge")},
                      rows);
}

Html flags_list(const Request& request, const PartyProfile& view)
{
    if (view.flags.empty()) return empty_state(t(request, "procurement.no_signs"));
    Search search;
    search.value(view.side == PartySide::buyer ? Facet::buyer : Facet::supplier) = view.party.id;
    std::vector<std::vector<Html>> rows;
    for (const auto& one : view.flags)
        rows.push_back({a({href(search_link(request, search.with(Facet::flag, one.value)))}, title_of(request.language, one.value)), number_text(request, one.count),
                        tenge_text(request, one.tenge)});
    return data_table(t(request, "procurement.signs"),
                      {said(request, "procurement.facet.flag"), "#" + said(request, "procurement.purchases"), "#" + said(request, "procurement.sum_tenge")}, rows);
}

Html partners_table(const Request& request, const PartyProfile& view)
{
    if (view.partners.empty()) return empty_state(t(request, "procurement.no_partners"));
    std::int64_t all = 0;
    for (const auto& year : view.years) all += year.tenge;
    const auto side = view.side == PartySide::buyer ? Side::supplier : Side::buyer;
    std::vector<std::vector<Html>> rows;
    for (const auto& one : view.partners) {
        const double share = all == 0 ? 0 : static_cast<double>(one.tenge) / static_cast<double>(all);
        rows.push_back({party_link(request, side, one.id, one.name) + share_bar(share), number_text(request, one.count), tenge_text(request, one.tenge),
                        all == 0 ? Html{} : Html{i18n::percent(request.language, share)}});
    }
    return data_table(t(request, view.side == PartySide::buyer ? "procurement.sells_to_it" : "procurement.buys_from_it"),
                      {said(request, side == Side::buyer ? "procurement.buyer" : "procurement.supplier"), "#" + said(request, "procurement.purchases"),
                       "#" + said(request, "procurement.sum_tenge"), "#" + said(request, "procurement.share")},
                      rows);
}

// --- network -----------------------------------------------------------------------------------------

struct Neighbourhood {
    const std::vector<PartyNeighbour>& list;
    const std::vector<PartyTie>& ties;
    Side side; // of the neighbours
};

Html network_drawing(const Request& request, const Neighbourhood& around)
{
    std::vector<std::int64_t> weights;
    for (const auto& one : around.list) weights.push_back(one.count);
    const auto plan = plan_network(weights);
    const auto shown = plan.neighbours.size();
    const auto most = weights.empty() ? 0 : *std::ranges::max_element(weights);
    std::string svg = fmt::format(R"(<svg class="network" viewBox="0 0 {:.0f} {:.0f}" role="group" aria-label="{}">)", plan.width, plan.height,
                                  escaped_svg(said(request, "procurement.network_drawing")));
    const auto line = [&](const NetworkPoint& from, const NetworkPoint& to, std::int64_t count, std::string_view css) {
        svg += fmt::format(R"(<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke-width="{:.1f}"/>)", css, from.x, from.y, to.x, to.y, tie_width(count, most));
    };
    for (const auto& tie : around.ties)
        if (tie.from < shown && tie.to < shown) line(plan.neighbours[tie.from], plan.neighbours[tie.to], tie.count, "tie far");
    for (std::size_t i = 0; i < shown; ++i) line(plan.centre, plan.neighbours[i], weights[i], "tie");
    svg += fmt::format(R"(<circle class="node self" cx="{:.1f}" cy="{:.1f}" r="24"/>)", plan.centre.x, plan.centre.y);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& one = around.list[i];
        const auto path = request.link((around.side == Side::buyer ? "/procurement/buyers/" : "/procurement/suppliers/") + one.id);
        svg += fmt::format(R"(<a href="{}" aria-label="{}"><circle class="node" cx="{:.1f}" cy="{:.1f}" r="19"/><text class="node-number" x="{:.1f}" y="{:.1f}">{}</text></a>)",
                           escaped_svg(path), escaped_svg(std::to_string(i + 1) + ". " + one.name), plan.neighbours[i].x, plan.neighbours[i].y, plan.neighbours[i].x,
                           plan.neighbours[i].y + 6, i + 1);
    }
    return Html::trusted(svg + "</svg>");
}

Html network_section(const Request& request, const PartyProfile& view)
{
    const Neighbourhood around{view.side == PartySide::buyer ? view.partners : view.co_bidders, view.ties, Side::supplier};
    if (around.list.size() < 2) return {};
    Html list;
    for (std::size_t i = 0; i < around.list.size() && i < kMostNeighbours; ++i) {
        const auto& one = around.list[i];
        Html note{i18n::count(request.language, "procurement.together", one.count)};
        if (view.side == PartySide::supplier) note += Html{" · "} + i18n::count(request.language, "procurement.they_won", one.won);
        list += li({}, party_link(request, around.side, one.id, one.name), " ", span({cls("hint")}, note));
    }
    const bool of_buyer = view.side == PartySide::buyer;
    return section({}, h2({}, t(request, of_buyer ? "procurement.network_buyer" : "procurement.network_supplier")),
                   p({cls("hint")}, t(request, of_buyer ? "procurement.network_buyer_note" : "procurement.network_supplier_note")),
                   div({cls("card network-card")}, network_drawing(request, around), ol({cls("network-list")}, list)));
}

Html head_facts(const Request& request, const PartyProfile& view)
{
    std::int64_t count = 0, tenge = 0, failed = 0;
    for (const auto& year : view.years) {
        count += year.count;
        tenge += year.tenge;
        failed += year.failed;
    }
    Html stats = stat(number_text(request, count), t(request, view.side == PartySide::buyer ? "procurement.purchases" : "procurement.contracts_won"))
                 + stat(tenge_text(request, tenge), t(request, "procurement.sum_tenge"), t(request, "procurement.sum_tenge_note"))
                 + stat(number_text(request, failed), t(request, "procurement.with_signs"), t(request, "procurement.signs_short"));
    if (view.side == PartySide::supplier)
        stats += stat(number_text(request, view.party.offered), t(request, "procurement.bids_made"), i18n::count(request.language, "procurement.bids_lost", view.lost));
    return div({cls("stats")}, stats);
}

Html other_side(const Request& request, const PartyProfile& view)
{
    const bool is_buyer = view.side == PartySide::buyer;
    const auto other = is_buyer ? view.party.sold + view.party.offered : view.party.bought;
    if (other == 0) return {};
    const auto path = (is_buyer ? "/procurement/suppliers/" : "/procurement/buyers/") + view.party.id;
    return p({}, a({href(request.link(path))}, t(request, is_buyer ? "procurement.also_supplier" : "procurement.also_buyer")));
}

} // namespace

Page party_page(const Request& request, const PartyProfile& view)
{
    const bool is_buyer = view.side == PartySide::buyer;
    const auto title = view.party.name.empty() ? view.party.identity : view.party.name;
    Page page{.title = title, .styles = {"procurement.css"}, .active = "nav.procurement"};
    const bool has_number = !view.party.identity.starts_with("name:");
    Search search;
    search.value(is_buyer ? Facet::buyer : Facet::supplier) = view.party.id;
    Html latest;
    for (const auto& row : view.latest) latest += process_card(request, row);
    const auto place = label_of(request.language, Facet::district, view.party.locality);
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/procurement/parties"))}, t(request, "procurement.parties"))),
                    h1({}, title), p({cls("lead")}, t(request, is_buyer ? "procurement.buyer" : "procurement.supplier"), has_number ? Html{" · "} + code({}, view.party.identity) : Html{},
                                     place.empty() ? Html{} : Html{" · "} + Html{place}))
                + head_facts(request, view) + other_side(request, view) + notice(p({}, t(request, "procurement.signs_note")))
                + section({}, h2({}, t(request, "procurement.by_year")), year_bars(request, view.years), year_table(request, view))
                + section({}, h2({}, t(request, "procurement.signs")), flags_list(request, view))
                + section({}, h2({}, t(request, is_buyer ? "procurement.sells_to_it" : "procurement.buys_from_it")), partners_table(request, view)) + network_section(request, view)
                + section({}, h2({}, t(request, "procurement.by_method")), methods_table(request, view))
                + section({}, h2({}, t(request, "procurement.first_to_look")), latest, p({}, a({href(search_link(request, search))}, t(request, "procurement.all_of_it"))));
    return page;
}

Page parties_page(const Request& request, const PartiesPage& view)
{
    Page page{.title = i18n::text(request.language, "procurement.parties"), .description = i18n::text(request.language, "procurement.parties_lead"),
              .styles = {"procurement.css"}, .active = "nav.procurement"};
    std::vector<std::vector<Html>> rows;
    for (const auto& party : view.list.rows) {
        const auto side = party.bought > 0 ? Side::buyer : Side::supplier;
        rows.push_back({party_link(request, side, party.id, party.name.empty() ? party.identity : party.name), number_text(request, party.bought),
                        number_text(request, party.sold), number_text(request, party.offered)});
    }
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/procurement"))}, t(request, "procurement.title"))), h1({}, page.title),
                    p({cls("lead")}, page.description))
                + form({Attr{"method", "get"}, action(request.link("/procurement/parties")), cls("search"), Attr{"role", "search"}},
                       text_field("q", t(request, "procurement.search_parties"), view.search.words, {Attr{"type", "search"}, Attr{"maxlength", 200}}), submit(t(request, "procurement.find")));
    if (rows.empty()) page.body += empty_state(t(request, "procurement.no_parties"));
    else
        page.body += data_table(t(request, "procurement.parties"),
                                {said(request, "procurement.party"), "#" + said(request, "procurement.purchases"), "#" + said(request, "procurement.contracts_won"),
                                 "#" + said(request, "procurement.bids_made")},
                                rows);
    page.body += pager(request, "/procurement/parties", view.list.next);
    return page;
}

} // namespace adal::procurement
