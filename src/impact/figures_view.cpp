#include "impact/figures_view.hpp"

#include "impact/label_view.hpp"

namespace adal::impact {

using namespace http;

namespace {

std::string label_key(Indicator indicator)
{
    return "figure." + std::string(impact::code(indicator));
}

std::string path_of(Indicator indicator)
{
    return "/figures/" + std::string(impact::code(indicator));
}

Html standing_badge(const Request& request, Standing standing)
{
    const std::string_view tone = standing == Standing::confirmed ? "good" : "warn";
    return badge(say(request, "standing." + std::string(name(standing))), tone);
}

} // namespace

std::string value_text(const Request& request, const Figure& figure)
{
    const auto number = [&](std::int64_t n) { return i18n::number(request.language, n); };
    if (is_suppressed(figure)) return "< " + number(kSmallestCell);
    if (unit_of(figure.indicator) == Unit::tiyn) return i18n::money(request.language, Money{figure.value});
    if (!figure.denominator) return number(figure.value);
    const auto of = number(figure.value) + " / " + number(*figure.denominator);
    if (unit_of(figure.indicator) != Unit::share || *figure.denominator == 0) return of;
    const auto share = static_cast<double>(figure.value) / static_cast<double>(*figure.denominator);
    return i18n::percent(request.language, share) + " (" + of + ")";
}

namespace {

Html table_of(const Request& request, const Figures& figures, std::string_view caption, const std::vector<Indicator>& wanted)
{
    std::vector<std::vector<Html>> rows;
    for (const auto indicator : wanted) {
        const auto& figure = figures.at(indicator);
        rows.push_back({a({href(request.link(path_of(indicator)))}, say(request, label_key(indicator))),
                        value_text(request, figure), standing_badge(request, standing_of(indicator)),
                        http::code({}, impact::code(indicator))});
    }
    return section({}, h2({}, say(request, caption)),
                   data_table(say(request, caption), {word(request, "column_figure"), "#" + word(request, "column_value"),
                                                      word(request, "column_standing"), word(request, "column_code")},
                              rows));
}

// Stated · confirmed · provisional · not evidenced, each with the number of savings behind it.
Html money_account(const Request& request, const Figures& figures)
{
    const auto& stated = figures.at(Indicator::savings_stated);
    const auto& confirmed = figures.at(Indicator::savings_confirmed);
    const auto& provisional = figures.at(Indicator::savings_provisional);
    const auto tile = [&](std::int64_t tiyn, std::int64_t count, std::string_view key, std::string_view link) {
        return stat(Html{i18n::money(request.language, Money{tiyn})}, say(request, key),
                    Html{i18n::count(request.language, "impact.saving_count", count)},
                    link.empty() ? std::string{} : request.link(link));
    };
    return section({}, h2({}, say(request, "money")), p({cls("hint")}, say(request, "money_note")),
                   div({cls("stats")},
                       tile(stated.value, stated.record_count, "account.stated", path_of(Indicator::savings_stated)),
                       tile(confirmed.value, confirmed.record_count, "account.confirmed", path_of(Indicator::savings_confirmed)),
                       tile(provisional.value, provisional.record_count, "account.provisional", path_of(Indicator::savings_provisional)),
                       tile(stated.value - confirmed.value - provisional.value,
                            stated.record_count - confirmed.record_count - provisional.record_count,
                            "account.not_evidenced", "/savings")),
                   table_of(request, figures, "money_table",
                            {Indicator::savings_stated, Indicator::savings_confirmed, Indicator::savings_provisional, Indicator::works_restored}));
}

Html frozen_table(const Request& request, const std::vector<FrozenFigure>& frozen)
{
    if (frozen.empty()) return {};
    constexpr std::size_t shown = 60;
    std::vector<std::vector<Html>> rows;
    for (const auto& row : frozen) {
        if (rows.size() == shown) break;
        rows.push_back({i18n::date_time(request.language, row.as_of), say(request, label_key(row.figure.indicator)),
                        value_text(request, row.figure), http::code({}, row.frozen_manifest.substr(0, 16))});
    }
    return details({cls("card")}, summary({}, say(request, "frozen")), p({cls("hint")}, say(request, "frozen_note")),
                   data_table(say(request, "frozen"), {word(request, "column_as_of"), word(request, "column_figure"),
                                                       "#" + word(request, "column_value"), word(request, "column_manifest")},
                              rows));
}

} // namespace

Page figures_page(const Request& request, const Figures& figures, const std::vector<FrozenFigure>& frozen, Instant as_of)
{
    using enum Indicator;
    Page page{.title = word(request, "figures"), .description = word(request, "figures_lead"), .active = "nav.figures"};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "figures_lead")),
                    p({cls("hint")}, say(request, "as_of", {{"time", i18n::date_time(request.language, as_of)}}))) +
                money_account(request, figures) +
                table_of(request, figures, "oversight", {controls_held, controls_with_findings, findings_verified, findings_sealed, volunteers_active}) +
                table_of(request, figures, "referral", {recommendations_sent, recommendations_answered, recommendations_in_time, recommendations_overdue}) +
                table_of(request, figures, "fixes", {findings_referred, fix_rate, fixes_verified, fixes_unchecked, fixes_claimed}) +
                table_of(request, figures, "cyber", {resources_verified, resources_blocked}) +
                p({cls("hint")}, say(request, "fix_rate_note")) + p({cls("hint")}, say(request, "suppression_note")) +
                p({cls("actions")}, a({href("/api/v1/figures.csv"), Attr("download")}, "CSV"), " · ",
                  a({href("/api/v1/figures.json"), Attr("download")}, "JSON"), " · ",
                  a({href(request.link("/savings"))}, say(request, "savings"))) +
                frozen_table(request, frozen);
    if (request.may(Permission::operate))
        page.body += post_form(request, "/figures/freeze", submit(say(request, "freeze"), "secondary"));
    return page;
}

Page figure_page(const Request& request, const Figure& figure, const std::map<std::string, std::string>& links, Instant as_of)
{
    Page page{.title = word(request, label_key(figure.indicator)), .active = "nav.figures"};
    Html rows;
    for (const auto& id : figure.records) {
        const auto link = links.find(id);
        rows += li({}, link == links.end() ? http::code({}, id) : a({href(request.link(link->second))}, id));
    }
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, strong({}, value_text(request, figure)), " ",
                                                              standing_badge(request, standing_of(figure.indicator)))) +
                p({}, say(request, "about." + std::string(impact::code(figure.indicator)))) +
                facts({{say(request, "column_as_of"), Html{i18n::date_time(request.language, as_of)}},
                       {say(request, "column_code"), http::code({}, impact::code(figure.indicator))},
                       {say(request, "column_manifest"), http::code({}, figure.manifest())}}) +
                section({}, h2({}, say(request, "records")), p({cls("hint")}, say(request, "manifest_note")),
                        figure.records.empty() ? empty_state(say(request, "no_records")) : ul({}, rows));
    return page;
}

} // namespace adal::impact
