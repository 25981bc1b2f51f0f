// Addresses of the figures, and the room's whole table of routes.
#include "impact/figures_view.hpp"
#include "impact/pages.hpp"
#include "impact/saving_store.hpp"
#include "referral/referral.hpp"

namespace adal::impact {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

namespace {

Result<Reply> show_figures(Snapshot& db, const Request& request)
{
    return render(request, figures_page(request, recompute(db, request.at), read_frozen(db), request.at));
}

// Where a record of this indicator can be read.
std::map<std::string, std::string> links_of(Snapshot& db, const Figure& figure, Instant as_of)
{
    std::map<std::string, std::string> out;
    const auto to = [&](std::string_view folder) {
        for (const auto& id : figure.records) out[id] = std::string(folder) + id;
    };
    switch (figure.indicator) {
    case Indicator::controls_held:
    case Indicator::controls_with_findings: to("/controls/"); break;
    case Indicator::findings_verified:
    case Indicator::findings_sealed:
    case Indicator::findings_referred:
    case Indicator::fixes_claimed:
    case Indicator::fixes_unchecked:
    case Indicator::fixes_verified:
    case Indicator::fix_rate: to("/findings/"); break;
    case Indicator::savings_stated:
    case Indicator::savings_provisional:
    case Indicator::savings_confirmed:
    case Indicator::works_restored: to("/savings/"); break;
    case Indicator::recommendations_sent:
    case Indicator::recommendations_answered:
    case Indicator::recommendations_in_time:
    case Indicator::recommendations_overdue:
        for (const auto& sent : referral::sent_recommendations(db, as_of))
            out[sent.id.str()] = "/documents/" + sent.document.str() + "/public";
        break;
    case Indicator::volunteers_active:
    case Indicator::resources_verified: // an address is never published
    case Indicator::resources_blocked: break;
    }
    return out;
}

Result<Reply> show_figure(Snapshot& db, const Request& request)
{
    const auto indicator = indicator_from(request.param("code"));
    if (!indicator) return fail(not_found);
    const auto figures = recompute(db, request.at);
    const auto& figure = figures.at(*indicator);
    return render(request, figure_page(request, figure, links_of(db, figure, request.at), request.at));
}

Result<Reply> csv(Snapshot& db, const Request& request)
{
    return http::download(http::bytes_reply(to_csv(recompute(db, request.at), request.at), "text/csv; charset=utf-8"),
                          "figures.csv");
}

Result<Reply> as_json(Snapshot& db, const Request& request)
{
    return http::bytes_reply(to_json(recompute(db, request.at), request.at), "application/json");
}

Result<Reply> post_freeze(Transaction& tx, const Request& request)
{
    const auto frozen = freeze_figures(tx, request.at, request.person(), request.at);
    if (!frozen) return pass(frozen);
    return http::see_other(request.link("/figures"));
}

} // namespace

void add_figures_routes(http::Router& router)
{
    router.page("/figures", Permission::anyone, show_figures, {.doc = "the public account: figures and how each is known"});
    router.page("/figures/{code}", Permission::anyone, show_figure, {.doc = "one figure with its records"});
    router.form("/figures/freeze", Permission::operate, post_freeze, {.doc = "freeze all figures as of now"});
    router.get("/api/v1/figures.csv", Permission::anyone, csv, {.doc = "figures as CSV"});
    router.get("/api/v1/figures.json", Permission::anyone, as_json, {.doc = "figures with their records as JSON"});
}

void add_routes(http::Router& router, files::Store& files)
{
    add_figures_routes(router);
    add_saving_routes(router, files);
}

} // namespace adal::impact
