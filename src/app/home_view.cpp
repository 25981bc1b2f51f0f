#include "app/home_view.hpp"

#include "oversight/label_view.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace adal::app {

using namespace http;
using impact::Indicator;

namespace {

Html funnel_step(const Request& request, std::int64_t value, std::int64_t most, std::string_view key, std::string_view link)
{
    const int width = most > 0 ? static_cast<int>(100 * value / most) : 0;
    // A bar of at least 1 so that a small number is still a mark; its length is an SVG, not a style.
    auto bar = Html::trusted(fmt::format(R"(<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="{}" height="6"/></svg>)",
                                         std::clamp(width, value > 0 ? 1 : 0, 100)));
    return li({cls("funnel-step")}, a({href(request.link(link))}, span({cls("funnel-label")}, t(request, key)), span({cls("funnel-number")}, i18n::number(request.language, value))), bar);
}

Html funnel(const Request& request, const HomePage& view)
{
    const auto& f = view.funnel;
    const auto most = std::max({f.controls, f.findings, std::int64_t{1}});
    return ol({cls("funnel")}, funnel_step(request, f.controls, most, "app.funnel_controls", "/controls"),
              funnel_step(request, f.controls_with_findings, most, "app.funnel_with_findings", "/controls"),
              funnel_step(request, f.findings, most, "app.funnel_findings", "/findings"), funnel_step(request, f.verified, most, "app.funnel_verified", "/findings"),
              funnel_step(request, f.sealed, most, "app.funnel_sealed", "/findings"), funnel_step(request, f.referred, most, "app.funnel_referred", "/findings"),
              funnel_step(request, f.fix_claimed, most, "app.funnel_claimed", "/findings"), funnel_step(request, f.fixed_verified, most, "app.funnel_fixed", "/findings"));
}

Html money_tile(const Request& request, const HomePage& view, Indicator indicator, std::string_view key, std::string_view note)
{
    const auto found = view.figures.find(indicator);
    const auto value = found == view.figures.end() ? Money{} : Money{found->second.value};
    return stat(Html{i18n::money(request.language, value)}, t(request, key), t(request, note), request.link("/figures"));
}

Html figures(const Request& request, const HomePage& view)
{
    const auto found = view.figures.find(Indicator::fix_rate);
    Html rate = Html{"–"};
    if (found != view.figures.end() && found->second.denominator.value_or(0) > 0)
        rate = Html{fmt::format("{} / {}", found->second.value, *found->second.denominator)};
    return div({cls("stats")}, stat(rate, t(request, "app.fix_rate"), t(request, "app.fix_rate_note"), request.link("/figures")),
               money_tile(request, view, Indicator::savings_confirmed, "app.saved_confirmed", "app.saved_confirmed_note"),
               money_tile(request, view, Indicator::savings_stated, "app.saved_stated", "app.saved_stated_note"),
               stat(Html{i18n::number(request.language, view.log_size)}, t(request, "app.log_entries"), t(request, "app.log_entries_note"), request.link("/verify")));
}

Html newest(const Request& request, const HomePage& view)
{
    if (view.newest.empty()) return empty_state(t(request, "oversight.nothing_found"));
    Html rows;
    for (const auto& finding : view.newest)
        rows += li({cls("row")}, div({cls("row-main")}, a({href(finding.link), cls("row-title")}, finding.title),
                                     p({cls("row-note")}, finding.place, " · ", i18n::date(request.language, local_date(finding.at)))),
                   div({cls("row-side")}, oversight::state_badge(request, finding.state)));
    return ul({cls("rows")}, rows);
}

} // namespace

Page home(const Request& request, const HomePage& view)
{
    Page page;
    page.title = i18n::text(request.language, "app.home_title");
    page.description = i18n::text(request.language, "app.home_lead");
    page.active = "nav.home";
    page.body = div({cls("page-head hero")}, h1({}, page.title), p({cls("lead")}, page.description),
                    p({cls("actions")}, a({href(request.link("/findings")), cls("button")}, t(request, "app.see_findings")), " ",
                      a({href(request.link("/places/map")), cls("button secondary")}, t(request, "oversight.show_on_map"))))
                + section({}, h2({}, t(request, "app.honest_figures")), p({cls("hint")}, t(request, "app.figures_hint", {{"time", i18n::date_time(request.language, view.as_of)}})), figures(request, view))
                + div({cls("two-columns")}, section({}, h2({}, t(request, "app.the_city")), city_map(view.districts, view.dots, i18n::text(request.language, "app.the_city"))),
                      section({}, h2({}, t(request, "app.funnel_title")), funnel(request, view)))
                + section({}, h2({}, t(request, "app.newest")), newest(request, view));
    return page;
}

Page how_to_verify(const Request& request, const VerifyPage& view)
{
    Page page;
    page.title = i18n::text(request.language, "app.verify_title");
    page.active = "nav.verify";
    const auto command = [](std::string text) { return pre({}, code({}, text)); };
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "app.verify_lead")))
                + section({cls("card")}, h2({}, t(request, "app.log_key")), p({}, t(request, "app.log_key_hint")), pre({cls("wrap")}, code({}, view.vkey)),
                          facts({{t(request, "app.log_name"), view.origin}, {t(request, "app.log_entries"), Html{view.log_size}}}),
                          p({}, a({href("/log/checkpoint")}, t(request, "app.newest_checkpoint")), " · ", a({href("/log-policy.txt")}, t(request, "app.policy_file"))))
                + section({}, h2({}, t(request, "app.verify_one")), ol({}, li({}, t(request, "app.verify_one_1")), li({}, t(request, "app.verify_one_2"))),
                          command("adal verify 12.tlog-proof --policy log-policy.txt"))
                + section({}, h2({}, t(request, "app.verify_all")), p({}, t(request, "app.verify_all_text")), command("adal verify LOG-FOLDER --policy log-policy.txt"))
                + section({}, h2({}, t(request, "app.verify_others")), p({}, t(request, "app.verify_others_text")));
    return page;
}

} // namespace adal::app
