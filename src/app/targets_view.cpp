#include "app/targets_view.hpp"

#include "http/target.hpp"
#include "procurement/facet.hpp"

namespace adal::app {

using namespace http;

namespace {

constexpr std::size_t kReasonsShown = 4;

Html on_day(const Request& request, const std::optional<Instant>& moment)
{
    return moment ? Html{i18n::date(request.language, local_date(*moment))} : Html{};
}

// Under warranty the contractor mends at his own cost: the last day to find it out.
Html warranty(const Request& request, const std::optional<Instant>& until)
{
    if (!until) return {};
    const bool is_over = *until < request.at;
    return Html{on_day(request, until)} + " " + badge(t(request, is_over ? "app.targets.warranty_over" : "app.targets.warranty_runs"), is_over ? "neutral" : "info");
}

Html why_there(const Request& request, const procurement::FlaggedWork& work)
{
    Html list;
    for (std::size_t i = 0; i < work.why.size() && i < kReasonsShown; ++i) list += li({}, work.why[i].in(request.language));
    Html more;
    if (work.why.size() > kReasonsShown)
        more = p({cls("hint")}, i18n::count(request.language, "app.targets.more_reasons", static_cast<std::int64_t>(work.why.size() - kReasonsShown)));
    return ul({cls("reasons")}, list) + more;
}

Html action_of(const Request& request, const TargetRow& row)
{
    if (row.place && row.place->restricted) return badge(t(request, "app.targets.restricted"), "neutral");
    if (row.control) return p({cls("actions")}, a({href(request.link("/controls/" + row.control->id.str()))}, t(request, "app.targets.has_control")));
    return p({cls("actions")}, a({cls("button"), href(request.link("/controls/new?process=" + row.target.work.process.id.str()))}, t(request, "procurement.open_control")));
}

Html card(const Request& request, const TargetRow& row)
{
    const auto& process = row.target.work.process;
    const auto sum = process.contract_sum ? Html{procurement::say(request.language, *process.contract_sum)} : Html{};
    const auto district = procurement::label_of(request.language, procurement::Facet::district, row.target.district);
    const auto place = row.place ? a({href(request.link("/places/" + row.place->id.str()))}, row.place->name.in(request.language)) : Html{process.locality};
    return article({cls("card")}, h2({cls("card-title")}, a({href(request.link("/procurement/" + process.id.str()))}, process.title)),
                   p({cls("badges")}, badge(t(request, "procurement.score", {{"failed", std::to_string(process.failed)}, {"applicable", std::to_string(process.applicable)}}), "warn"), " ",
                     badge(Html{procurement::label_of(request.language, procurement::Facet::works, process.work_kind)}, "neutral")),
                   facts({{t(request, "app.targets.place"), place},
                          {t(request, "procurement.facet.district"), district},
                          {t(request, "procurement.buyer"), process.buyer_name},
                          {t(request, "procurement.supplier"), process.supplier_name.empty() && !process.supplier_id.empty() ? t(request, "procurement.person") : Html{process.supplier_name}},
                          {t(request, "procurement.contract_sum"), sum},
                          {t(request, "app.targets.works_end"), on_day(request, process.ends)},
                          {t(request, "procurement.event.accepted"), on_day(request, row.target.accepted_at)},
                          {t(request, "procurement.event.warranty"), warranty(request, process.warranty_until)}}),
                   h3({}, t(request, "app.targets.why")), why_there(request, row.target.work), action_of(request, row));
}

std::vector<Choice> choices(const Request& request, procurement::Facet facet, const std::vector<std::pair<std::string, std::int64_t>>& values)
{
    std::vector<Choice> out{{"", t(request, "app.targets.all")}};
    for (const auto& [value, count] : values) out.push_back({value, Html{procurement::label_of(request.language, facet, value) + " (" + std::to_string(count) + ")"}});
    return out;
}

Html filter_form(const Request& request, const TargetsPage& view)
{
    return form({Attr{"method", "get"}, action(request.link("/procurement/targets")), cls("filter")},
                select_field("works", t(request, "procurement.facet.works"), choices(request, procurement::Facet::works, view.found.kinds), view.search.kind),
                select_field("district", t(request, "procurement.facet.district"), choices(request, procurement::Facet::district, view.found.districts), view.search.district),
                submit(t(request, "app.targets.show"), "secondary"));
}

} // namespace

Page targets_page(const Request& request, const TargetsPage& view)
{
    Page page{.title = i18n::text(request.language, "procurement.targets"), .audience = Audience::office, .styles = {"procurement.css"}, .active = "nav.desk"};
    Html list;
    for (const auto& row : view.rows) list += card(request, row);
    if (view.rows.empty()) list = empty_state(t(request, "app.targets.none"));
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/procurement"))}, t(request, "procurement.title"))), h1({}, page.title),
                    p({cls("lead")}, t(request, "app.targets.lead")))
                + notice(p({}, t(request, "procurement.signs_note"))) + filter_form(request, view) + list + pager(request, "/procurement/targets", view.found.next);
    return page;
}

} // namespace adal::app
