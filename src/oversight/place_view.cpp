#include "oversight/place_view.hpp"

#include "http/target.hpp"
#include "oversight/label_view.hpp"

#include <fmt/format.h>

namespace adal::oversight {

using namespace http;

namespace {

Html search_form(const Request& request, const PlaceListPage& view)
{
    std::vector<Choice> kinds{{"", t(request, "oversight.all_kinds")}}, districts{{"", t(request, "oversight.all_districts")}};
    for (auto& choice : choices_of(request, "place_kind", all_place_kinds)) kinds.push_back(std::move(choice));
    for (const auto& district : view.districts) districts.push_back({district.code, Html{district.name.in(request.language)}});
    return form({Attr("method", "get"), action(request.link("/places")), cls("search"), Attr("role", "search")},
                text_field("q", t(request, "oversight.search_places"), view.search, {Attr("type", "search")}),
                select_field("kind", t(request, "oversight.kind"), kinds, view.kind),
                select_field("district", t(request, "oversight.district"), districts, view.district),
                submit(t(request, "oversight.find")));
}

Html place_row(const Request& request, const PlaceRow& row, const std::vector<District>& districts)
{
    const auto& place = row.place;
    Html marks;
    if (row.published > 0) marks += badge(i18n::count(request.language, "oversight.findings_count", row.published), "bad");
    if (place.restricted) marks += badge(t(request, "oversight.restricted"), "warn");
    if (place.works.status) marks += badge(label(request, "works_status", *place.works.status), "neutral");
    return li({cls("row")},
              div({cls("row-main")}, a({href(request.link("/places/" + place.id.str())), cls("row-title")}, place.name.in(request.language)),
                  p({cls("row-note")}, kind_label(request, place.kind), " · ", district_name(request, districts, place.district),
                    place.address.empty() ? Html{} : Html{" · "} + Html{place.address})),
              div({cls("row-side")}, marks));
}

std::string period(const Request& request, const Works& works)
{
    if (!works.start && !works.end) return {};
    const auto day = [&](const std::optional<LocalDate>& date) { return date ? i18n::date(request.language, *date) : std::string{"…"}; };
    return day(works.start) + " – " + day(works.end);
}

Html contract_facts(const Request& request, const PlacePage& view)
{
    const auto& contract = view.place.contract;
    Html warranty;
    if (contract.warranty_until) {
        warranty = Html{i18n::date(request.language, *contract.warranty_until)} + " ";
        warranty += badge(t(request, view.is_under_warranty ? "oversight.warranty_runs" : "oversight.warranty_over"),
                          view.is_under_warranty ? "good" : "neutral");
    }
    return facts({{t(request, "oversight.buyer"), contract.buyer},
                  {t(request, "oversight.contractor"), contract.contractor},
                  {t(request, "oversight.contract_sum"), contract.sum ? Html{i18n::money(request.language, *contract.sum)} : Html{}},
                  {t(request, "oversight.works"), view.place.works.title.in(request.language)},
                  {t(request, "oversight.works_period"), period(request, view.place.works)},
                  {t(request, "oversight.warranty_until"), warranty},
                  {t(request, "oversight.tender"), view.process_link.empty() ? Html{contract.process}
                                                                             : a({href(view.process_link)}, contract.process)}});
}

Html finding_list(const Request& request, const std::vector<Finding>& findings)
{
    if (findings.empty()) return empty_state(t(request, "oversight.no_findings_here"));
    Html rows;
    for (const auto& finding : findings)
        rows += li({cls("row")},
                   div({cls("row-main")}, a({href(request.link("/findings/" + finding.id.str())), cls("row-title")}, title_of(request, finding)),
                       p({cls("row-note")}, i18n::date(request.language, local_date(finding.created_at)))),
                   div({cls("row-side")}, severity_badge(request, finding.severity), state_badge(request, finding.state)));
    return ul({cls("rows")}, rows);
}

Html control_list(const Request& request, const std::vector<Control>& controls)
{
    if (controls.empty()) return empty_state(t(request, "oversight.no_controls_here"));
    Html rows;
    for (const auto& control : controls)
        rows += li({cls("row")}, div({cls("row-main")}, a({href(request.link("/controls/" + control.id.str())), cls("row-title")}, control.title)),
                   div({cls("row-side")}, state_badge(request, control.state)));
    return ul({cls("rows")}, rows);
}

} // namespace

Page place_list(const Request& request, const PlaceListPage& view)
{
    Html rows;
    for (const auto& place : view.places) rows += place_row(request, place, view.districts);
    auto query = fmt::format("/places?q={}&kind={}&district={}", percent_encoded(view.search), percent_encoded(view.kind), percent_encoded(view.district));
    Page page;
    page.title = i18n::text(request.language, "oversight.places_title");
    page.description = i18n::text(request.language, "oversight.places_description");
    page.active = "nav.places";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, page.description),
                    p({}, a({href(request.link("/places/map")), cls("button secondary")}, t(request, "oversight.show_on_map"))))
                + search_form(request, view)
                + p({cls("count"), Attr("role", "status")}, i18n::count(request.language, "oversight.places_found", view.total))
                + (view.places.empty() ? empty_state(t(request, "oversight.nothing_found")) : ul({cls("rows")}, rows))
                + pager(request, query, view.next);
    return page;
}

Page place_map(const Request& request)
{
    Page page;
    page.title = i18n::text(request.language, "oversight.map_title");
    page.active = "nav.places";
    page.scripts = {"leaflet.js", "map.js"};
    page.styles = {"leaflet.css", "map.css"};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "oversight.map_lead")))
                + div({Attr("data-map"), Attr("role", "region"), Attr("aria-label", page.title)}, "")
                + element("noscript", {}, p({cls("hint")}, t(request, "oversight.map_without_script")))
                + p({cls("actions")}, a({href(request.link("/places"))}, t(request, "oversight.map_list_instead")));
    return page;
}

Page place_page(const Request& request, const PlacePage& view)
{
    const auto& place = view.place;
    Page page;
    page.title = place.name.in(request.language);
    page.active = "nav.places";
    Html head = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/places"))}, t(request, "oversight.places_title"))),
                    h1({}, page.title),
                    p({cls("lead")}, kind_label(request, place.kind), " · ", district_name(request, view.districts, place.district),
                      place.address.empty() ? Html{} : Html{" · "} + Html{place.address}));
    if (place.restricted) head += notice(t(request, "oversight.restricted_explained"), "warn");
    Html actions;
    if (request.may(Permission::plan_controls) && !place.restricted)
        actions = p({}, a({href(request.link("/controls/new?place=" + place.id.str())), cls("button")}, t(request, "oversight.open_control_here")));
    page.body = head + actions
                + section({cls("card")}, h2({}, t(request, "oversight.contract_and_works")), contract_facts(request, view))
                + section({}, h2({}, t(request, "oversight.findings")), finding_list(request, view.findings))
                + section({}, h2({}, t(request, "oversight.controls")), control_list(request, view.controls));
    return page;
}

} // namespace adal::oversight
