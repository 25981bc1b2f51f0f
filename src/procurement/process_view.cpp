#include "procurement/process_view.hpp"

#include "http/target.hpp"
#include "procurement/bid_chart_view.hpp"
#include "procurement/contract_version.hpp"
#include "procurement/party.hpp"
#include "procurement/portal_link.hpp"

#include <algorithm>

namespace adal::procurement {

using namespace adal::http;

namespace {

Html linked_party(const Request& request, const ProcessPage& view, Side side, const PartyRef& party)
{
    const auto id = view.parties.find(identity_of(party));
    if (is_person_id(party.id) || id == view.parties.end()) return party_text(request, party.id, party.name);
    return party_link(request, side, id->second, party.name);
}

Html facts_section(const Request& request, const ProcessPage& view, const Process& shown)
{
    const auto values = facet_values(shown);
    const auto deal = deal_of(shown);
    const auto method = shown.method_details.empty() ? label_of(request.language, Facet::method, shown.method) : label_of(request.language, Facet::method, values.method);
    const auto& summary = view.summary;
    return facts({{t(request, "procurement.buyer"), linked_party(request, view, Side::buyer, shown.buyer)},
                  {t(request, "procurement.supplier"), linked_party(request, view, Side::supplier, deal.supplier)},
                  {t(request, "procurement.estimate"), sum_text(request, summary.estimate)},
                  {t(request, "procurement.contract_sum"), sum_text(request, summary.contract_sum)},
                  {t(request, "procurement.method"), method},
                  {t(request, "procurement.category"), shown.category.empty() ? Html{} : Html{label_of(request.language, Facet::category, shown.category)}},
                  {t(request, "procurement.facet.works"), summary.work_kind.empty() ? Html{} : Html{label_of(request.language, Facet::works, summary.work_kind)}},
                  {t(request, "procurement.tenderers"), shown.tenderers ? number_text(request, *shown.tenderers) : Html{}},
                  {t(request, "procurement.locality"), summary.locality},
                  {t(request, "procurement.description"), shown.description == shown.title ? std::string{} : shown.description},
                  {t(request, "procurement.ocid"), code({}, summary.ocid)}});
}

struct Event {
    Instant at{};
    std::string_view key{};
    std::string_view tone = "neutral";
};

std::vector<Event> events_of(const Process& process, const Deal& deal)
{
    std::vector<Event> events;
    const auto add = [&](const std::optional<Moment>& moment, std::string_view key, std::string_view tone = "neutral") {
        if (moment) events.push_back({moment->at, key, tone});
    };
    add(process.published, "procurement.event.published");
    add(process.tender_period.start, "procurement.event.tender_start");
    add(process.tender_period.end, "procurement.event.tender_end");
    for (const auto at : active_awards(process)) add(process.awards[at].date, "procurement.event.award", "info");
    for (const auto& contract : process.contracts) {
        for (const auto& amendment : contract.amendments) add(amendment.date, "procurement.event.amended", "warn");
        for (const auto& act : contract.acts)
            if (!act.revoked) add(act.approved, "procurement.event.accepted", "good");
    }
    add(deal.signed_at, "procurement.event.signed", "info");
    add(deal.ends, "procurement.event.ends");
    add(deal.warranty_until, "procurement.event.warranty");
    std::ranges::stable_sort(events, {}, [](const Event& event) { return event.at; });
    const auto same = [](const Event& a, const Event& b) { return a.at == b.at && a.key == b.key; };
    events.erase(std::ranges::unique(events, same).begin(), events.end());
    return events;
}

Html timeline_section(const Request& request, const Process& process)
{
    std::vector<TimelineEntry> entries;
    for (const auto& event : events_of(process, deal_of(process)))
        entries.push_back({.when = day_text(request, event.at), .what = t(request, event.key), .tone = std::string{event.tone}});
    if (entries.empty()) return {};
    return section({}, h2({}, t(request, "procurement.timeline")), timeline(entries));
}

Html growth_text(const Request& request, const std::optional<double>& growth)
{
    if (!growth) return {};
    return Html{(*growth > 0 ? "+" : "") + i18n::number(request.language, *growth * 100, 1) + "%"};
}

Html version_name(const Request& request, ContractVersion::Kind kind, int amendment)
{
    if (kind == ContractVersion::Kind::first) return t(request, "procurement.version.first");
    if (kind == ContractVersion::Kind::now) return t(request, "procurement.version.now");
    return t(request, "procurement.version.amendment", {{"number", std::to_string(amendment)}});
}

Html contract_section(const Request& request, const Process& process, const Contract& contract)
{
    const auto word = [&](std::string_view key) { return i18n::text(request.language, key); };
    std::vector<std::vector<Html>> rows, prices;
    int amendment = 0;
    for (const auto& version : versions_of(contract)) {
        if (version.kind == ContractVersion::Kind::amendment) ++amendment;
        rows.push_back({version_name(request, version.kind, amendment), version.date ? day_text(request, version.date->at) : Html{},
                        sum_text(request, version.value), growth_text(request, version.growth), version.note});
    }
    for (const auto& price : changed_prices(process, contract))
        prices.push_back({price.description, price.unit, sum_text(request, price.first), sum_text(request, price.last), growth_text(request, price.growth)});
    Html body = data_table(t(request, "procurement.versions_table"),
                           {word("procurement.version"), word("procurement.date"), "#" + word("procurement.contract_sum"), "#" + word("procurement.growth"), word("procurement.note")}, rows);
    if (!prices.empty())
        body += h3({}, t(request, "procurement.unit_prices"))
                + data_table(t(request, "procurement.unit_prices"),
                             {word("procurement.item"), word("procurement.unit"), "#" + word("procurement.price_before"), "#" + word("procurement.price_after"), "#" + word("procurement.growth")},
                             prices);
    return body;
}

Html contracts_section(const Request& request, const Process& process)
{
    constexpr std::size_t kMostContracts = 10;
    Html body;
    for (std::size_t i = 0; i < process.contracts.size() && i < kMostContracts; ++i) {
        const auto& contract = process.contracts[i];
        if (process.contracts.size() > 1) body += h3({}, t(request, "procurement.contract"), " ", contract.id);
        body += contract_section(request, process, contract);
    }
    return body.empty() ? Html{} : section({}, h2({}, t(request, "procurement.versions")), body);
}

Html evidence_place(const Request& request, const ProcessPage& view, const Evidence& item)
{
    const auto release = [&](const std::string& id) { return request.link("/procurement/" + id + "/release") + "#" + item.pointer; };
    if (item.ocid.empty() || item.ocid == view.summary.ocid) {
        if (!view.places.contains(item.pointer)) return code({}, item.pointer);
        return a({href(release(view.summary.id.str()))}, code({}, item.pointer));
    }
    const auto other = view.elsewhere.find(item.ocid);
    if (other == view.elsewhere.end()) return Html{item.ocid + " "} + code({}, item.pointer);
    return a({href(release(other->second))}, item.ocid, " ", code({}, item.pointer));
}

Html evidence_table(const Request& request, const ProcessPage& view, const Answer& answer)
{
    constexpr std::size_t kMostEvidence = 40;
    std::vector<std::vector<Html>> rows;
    for (const auto& item : answer.evidence) {
        if (rows.size() == kMostEvidence) break;
        rows.push_back({evidence_place(request, view, item), item.value});
    }
    const auto word = [&](std::string_view key) { return i18n::text(request.language, key); };
    return details({}, summary({}, t(request, "procurement.evidence")),
                   data_table({}, {word("procurement.evidence_place"), word("procurement.evidence_value")}, rows));
}

Html failed_card(const Request& request, const ProcessPage& view, const FlagAnswer& one)
{
    Html inner = h3({}, title_of(request.language, one.code), " ", small({cls("flag-code")}, one.code)) + p({}, explain(request.language, one.code, one.answer));
    if (one.answer.population > 0) inner += p({cls("hint")}, i18n::count(request.language, "procurement.population", one.answer.population));
    if (!one.answer.evidence.empty()) inner += evidence_table(request, view, one.answer);
    return article({cls("card flag")}, inner);
}

Html folded(const Request& request, const std::vector<FlagAnswer>& answers, Outcome outcome, std::string_view key)
{
    Html list;
    std::int64_t count = 0;
    for (const auto& one : answers) {
        if (one.answer.outcome != outcome) continue;
        ++count;
        const auto why = outcome == Outcome::not_applicable ? explain(request.language, one.code, one.answer) : std::string{};
        list += li({}, title_of(request.language, one.code), why.empty() ? "" : " — ", span({cls("hint")}, why));
    }
    if (count == 0) return {};
    return details({cls("card")}, summary({}, i18n::count(request.language, key, count)), ul({}, list));
}

Html signs_section(const Request& request, const ProcessPage& view)
{
    if (view.answers.empty()) return section({}, h2({}, t(request, "procurement.signs")), p({}, t(request, "procurement.not_screened")));
    const auto names = person_names(view.process);
    const auto word = i18n::text(request.language, "procurement.person");
    std::vector<FlagAnswer> shown;
    for (const auto& one : view.answers) shown.push_back({one.code, without_persons(one.answer, names, word)});
    Html body = h2({}, t(request, "procurement.signs"));
    body += p({cls("composite")}, strong({}, t(request, "procurement.score", {{"failed", std::to_string(view.summary.failed)}, {"applicable", std::to_string(view.summary.applicable)}})),
              view.screened_at ? Html{" · "} + t(request, "procurement.screened_on", {{"day", i18n::date(request.language, local_date(*view.screened_at))}}) : Html{});
    body += notice(p({}, t(request, "procurement.signs_note")));
    for (const auto& one : shown)
        if (one.answer.outcome == Outcome::fail) body += failed_card(request, view, one);
    body += folded(request, shown, Outcome::pass, "procurement.checks_passed");
    body += folded(request, shown, Outcome::not_applicable, "procurement.checks_not_applicable");
    return section({}, body);
}

Html source_section(const Request& request, const ProcessPage& view)
{
    const auto portal = portal_address(view.summary.ocid);
    Html links = a({href(request.link("/procurement/" + view.summary.id.str() + "/release"))}, t(request, "procurement.release"));
    links += Html{" · "} + a({href("/api/v1/procurement/" + view.summary.id.str() + "/release.json")}, "OCDS JSON");
    if (!portal.empty()) links += Html{" · "} + a({href(portal), Attr{"rel", "noopener nofollow"}}, t(request, "procurement.portal"));
    return section({}, h2({}, t(request, "procurement.source")), p({}, links), p({cls("hint")}, t(request, "procurement.source_note")));
}

} // namespace

Page process_page(const Request& request, const ProcessPage& view)
{
    const Shown shown{view.process};
    Page page{.title = view.summary.title, .styles = {"procurement.css"}, .active = "nav.procurement"};
    Html head = p({cls("crumbs")}, a({href(request.link("/procurement"))}, t(request, "procurement.title"))) + h1({}, view.summary.title)
                + p({cls("badges")}, score_badge(request, view.summary.failed, view.summary.applicable));
    if (request.may(Permission::plan_controls))
        head += p({cls("actions")}, a({cls("button"), href(request.link("/controls/new?process=" + view.summary.id.str()))}, t(request, "procurement.open_control")));
    page.body = div({cls("page-head")}, head) + facts_section(request, view, *shown) + signs_section(request, view) + bids_section(request, *shown, view.parties)
                + contracts_section(request, *shown) + timeline_section(request, *shown) + source_section(request, view);
    return page;
}

} // namespace adal::procurement
