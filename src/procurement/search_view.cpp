#include "procurement/search_view.hpp"

#include <algorithm>

namespace adal::procurement {

using namespace adal::http;

namespace {

constexpr std::size_t kValuesShown = 6;

std::string facet_title(const Request& request, Facet facet)
{
    return i18n::text(request.language, "procurement.facet." + std::string{name(facet)});
}

std::string value_title(const Request& request, Facet facet, const FacetCount& one)
{
    return one.label.empty() ? label_of(request.language, facet, one.value) : one.label;
}

const FacetCount* chosen_of(const SearchPage& view, Facet facet)
{
    const auto& wanted = view.search.value(facet);
    if (wanted.empty()) return nullptr;
    const auto& list = view.found.of(facet);
    const auto at = std::ranges::find(list, wanted, &FacetCount::value);
    return at == list.end() ? nullptr : &*at;
}

Html search_form(const Request& request, const Search& search)
{
    Html kept;
    for (const auto facet : all_facets)
        if (!search.value(facet).empty()) kept += hidden_field(name(facet), search.value(facet));
    return form({Attr{"method", "get"}, action(request.link("/procurement")), cls("search"), Attr{"role", "search"}},
                text_field("q", t(request, "procurement.search"), search.words, {Attr{"type", "search"}, Attr{"maxlength", 200}}), kept,
                submit(t(request, "procurement.find")));
}

Html chip(const Request& request, const std::string& text, const Search& without)
{
    return li({}, a({cls("chip"), href(search_link(request, without)),
                     Attr{"aria-label", i18n::text(request.language, "procurement.remove_filter", {{"filter", text}})}},
                    text, span({cls("chip-mark"), Attr{"aria-hidden", "true"}}, "×")));
}

Html chips(const Request& request, const SearchPage& view)
{
    Html list;
    if (!view.search.words.empty()) {
        auto without = view.search;
        without.words.clear();
        without.after.clear();
        list += chip(request, "«" + view.search.words + "»", without);
    }
    for (const auto facet : all_facets) {
        const auto& wanted = view.search.value(facet);
        if (wanted.empty()) continue;
        const auto* one = chosen_of(view, facet);
        const auto value = one ? value_title(request, facet, *one) : label_of(request.language, facet, wanted);
        list += chip(request, facet_title(request, facet) + ": " + value, view.search.with(facet, ""));
    }
    if (list.empty()) return {};
    return nav({cls("chips"), Attr{"aria-label", i18n::text(request.language, "procurement.filters_chosen")}},
               ul({}, list, li({}, a({href(request.link("/procurement"))}, t(request, "procurement.clear_filters")))));
}

Html facet_value(const Request& request, const SearchPage& view, Facet facet, const FacetCount& one)
{
    const bool is_chosen = view.search.value(facet) == one.value;
    const auto target = search_link(request, view.search.with(facet, is_chosen ? "" : one.value));
    return li({}, a({href(target), is_chosen ? Attr{"aria-current", "true"} : Attr::none(), Attr{"rel", "nofollow"}}, value_title(request, facet, one)),
              " ", span({cls("facet-count")}, number_text(request, one.count)));
}

Html facet_group(const Request& request, const SearchPage& view, Facet facet)
{
    std::vector<FacetCount> list = view.found.of(facet);
    if (list.empty()) return {};
    if (facet == Facet::year) std::ranges::sort(list, std::ranges::greater{}, &FacetCount::value);
    if (facet == Facet::band)
        std::ranges::stable_sort(list, {}, [](const FacetCount& one) { return std::ranges::find(all_bands, one.value) - all_bands.begin(); });
    Html first, more;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool is_early = i < kValuesShown || facet == Facet::band || facet == Facet::district || view.search.value(facet) == list[i].value;
        (is_early && i < 40 ? first : more) += facet_value(request, view, facet, list[i]);
        if (i == 80) break;
    }
    Html inner = h3({}, facet_title(request, facet)) + ul({cls("facet-values")}, first);
    if (!more.empty()) inner += details({}, summary({}, t(request, "procurement.more_values")), ul({cls("facet-values")}, more));
    return section({cls("facet")}, inner);
}

Html exports(const Request& request, const SearchPage& view)
{
    auto search = view.search;
    search.after.clear();
    const auto link = [&](std::string_view text, std::string_view path) { return a({href(api_link(search, path)), Attr{"download"}, Attr{"rel", "nofollow"}}, text); };
    return p({cls("exports")}, t(request, "procurement.export"), " ", link("CSV", "/api/v1/procurement.csv"), " · ", link("JSON", "/api/v1/procurement.json"),
             " · ", link("OCDS", "/api/v1/procurement.ocds.jsonl"));
}

Html results(const Request& request, const SearchPage& view)
{
    Html list;
    for (const auto& row : view.list.rows) list += process_card(request, row);
    if (view.list.rows.empty()) list = empty_state(t(request, view.all == 0 ? "procurement.nothing_imported" : "procurement.nothing_found"));
    return section({cls("results"), Attr{"aria-label", i18n::text(request.language, "procurement.results")}},
                   div({cls("results-head")}, p({cls("results-count")}, i18n::count(request.language, "procurement.found", view.found.total)),
                       a({cls("to-filters"), href("#filters")}, t(request, "procurement.to_filters"))),
                   list, pager(request, "/procurement", view.list.next));
}

} // namespace

Page search_page(const Request& request, const SearchPage& view)
{
    Page page{.title = i18n::text(request.language, "procurement.title"), .description = i18n::text(request.language, "procurement.intro"),
              .styles = {"procurement.css"}, .active = "nav.procurement"};
    Html office;
    if (request.may(Permission::plan_controls)) office += a({href(request.link("/procurement/targets"))}, t(request, "procurement.targets"));
    if (request.may(Permission::import_data)) office += Html{office.empty() ? "" : " · "} + a({href(request.link("/procurement/imports"))}, t(request, "procurement.imports"));
    Html groups;
    for (const auto facet : {Facet::works, Facet::flag, Facet::district, Facet::year, Facet::band, Facet::method, Facet::category, Facet::buyer, Facet::supplier})
        groups += facet_group(request, view, facet);
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, page.description)) + search_form(request, view.search)
                + p({cls("links")}, a({href(request.link("/procurement/parties"))}, t(request, "procurement.parties")), office.empty() ? "" : " · ", office)
                + chips(request, view)
                + div({cls("with-filters")}, results(request, view),
                      aside({id_("filters"), cls("filters"), Attr{"aria-label", i18n::text(request.language, "procurement.filters")}},
                            h2({}, t(request, "procurement.filters")), groups, exports(request, view)));
    return page;
}

} // namespace adal::procurement
