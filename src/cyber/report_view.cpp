#include "cyber/report_view.hpp"

#include "cyber/case_view.hpp"

#include <cmath>

namespace adal::cyber {

using namespace http;

namespace report_pages {

constexpr std::int64_t kSmallestCell = 5; // of a published count

std::string count_text(const Request& request, std::int64_t value)
{
    return value > 0 && value < kSmallestCell ? i18n::text(request.language, "cyber.fewer_than_five") : std::to_string(value);
}

Html tile(const Request& request, std::int64_t value, std::string_view key)
{
    return stat(Html{count_text(request, value)}, t(request, "cyber.funnel." + std::string{key}), t(request, "cyber.funnel." + std::string{key} + "_note"));
}

// How many of a hundred the authority took, of those it answered.
Html acceptance(const Request& request, const Funnel& funnel)
{
    const auto answered = funnel.accepted + funnel.refused;
    const auto text = answered < kSmallestCell ? std::string{"–"} : std::to_string(std::lround(100.0 * static_cast<double>(funnel.accepted) / static_cast<double>(answered))) + " %";
    return stat(Html{text}, t(request, "cyber.funnel.acceptance"), t(request, "cyber.funnel.acceptance_note", {{"n", count_text(request, answered)}}));
}

std::vector<Choice> choices(const Request& request)
{
    std::vector<Choice> out;
    for (const auto& category : categories())
        if (category.accepted != Accepted::sealed) out.push_back({category.code, category_label(request, category.code)});
    return out;
}

Html sealed_card(const Request& request)
{
    std::vector<Choice> sealed;
    for (const auto& category : categories())
        if (category.accepted == Accepted::sealed) sealed.push_back({category.code, category_label(request, category.code)});
    return section({cls("card")}, h2({}, t(request, "cyber.sealed_title")), p({}, t(request, "cyber.sealed_do_not")), p({}, t(request, "cyber.sealed_call")),
                   details({}, summary({}, t(request, "cyber.sealed_tell_us")), p({cls("hint")}, t(request, "cyber.sealed_hint")),
                           post_form(request, "/cyber/report/sealed", text_field("text#sealed", t(request, "cyber.address"), "", {Attr("required"), Attr("maxlength", 2000)}) +
                                                                   select_field("category#sealed", t(request, "cyber.category_label"), sealed) + submit(t(request, "cyber.send_sealed")))));
}

} // namespace report_pages

using namespace report_pages;

Page account_page(const Request& request, const Funnel& funnel)
{
    Page page;
    page.title = i18n::text(request.language, "cyber.account_title");
    page.description = i18n::text(request.language, "cyber.account_lead");
    page.active = "nav.cyber";
    const auto hours = funnel.median_hours && funnel.blocked >= kSmallestCell ? std::to_string(std::lround(*funnel.median_hours)) : std::string{"–"};
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, page.description),
                    p({cls("actions")}, a({href(request.link("/cyber/report")), cls("button")}, t(request, "cyber.report_title")), " ",
                      a({href(request.link("/cyber/check")), cls("button secondary")}, t(request, "cyber.check_link_title")), " ",
                      a({href(request.link("/cyber/leaders"))}, t(request, "cyber.leaders")))) +
                div({cls("stats")}, tile(request, funnel.reported, "reported"), tile(request, funnel.unique, "unique"), tile(request, funnel.verified, "verified"),
                    tile(request, funnel.rejected, "rejected"), tile(request, funnel.referred, "referred"), tile(request, funnel.accepted, "accepted"), acceptance(request, funnel),
                    tile(request, funnel.blocked, "blocked"), tile(request, funnel.relapsed, "relapsed"), tile(request, funnel.withdrawn, "withdrawn"),
                    stat(Html{hours}, t(request, "cyber.funnel.median_hours"), t(request, "cyber.funnel.median_hours_note"))) +
                section({}, h2({}, t(request, "cyber.how_title")), ol({}, li({}, t(request, "cyber.how_1")), li({}, t(request, "cyber.how_2")), li({}, t(request, "cyber.how_3")), li({}, t(request, "cyber.how_4")))) +
                p({}, a({href(request.link("/cyber/appeal"))}, t(request, "cyber.appeal_link"))) + p({cls("hint")}, t(request, "cyber.numbers_only"));
    return page;
}

Page report_form(const Request& request, std::string_view text)
{
    Page page;
    page.title = i18n::text(request.language, "cyber.report_title");
    page.active = "nav.cyber";
    page.scripts = {"keep_form.js"};
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/cyber"))}, t(request, "cyber.account_title"))), h1({}, page.title), p({cls("lead")}, t(request, "cyber.report_lead"))) +
                sealed_card(request) +
                post_form(request, "/cyber/report",
                          area_field("text", t(request, "cyber.report_text"), text, {Attr("rows", 6)}, t(request, "cyber.report_text_hint")) +
                              file_field("list", t(request, "cyber.report_list"), ".csv,.txt,text/plain,text/csv", false, t(request, "cyber.report_list_hint")) +
                              select_field("category", t(request, "cyber.category_label"), choices(request), "FRD-PHI") +
                              (request.principal ? file_field("screenshot", t(request, "cyber.capture"), "image/jpeg,image/png,image/webp", false, t(request, "cyber.report_screenshot_hint"))
                                                 : p({cls("hint")}, t(request, "cyber.report_screenshot_sign_in"))) +
                              area_field("note", t(request, "cyber.report_note"), "", {Attr("maxlength", 1000)}, t(request, "cyber.report_note_hint")) + keep_notice(request) + submit(t(request, "cyber.send_report")),
                          true) +
                p({cls("hint")}, t(request, "cyber.report_privacy"));
    return page;
}

Page reported_page(const Request& request, const std::vector<ReportedLink>& links)
{
    Page page;
    page.title = i18n::text(request.language, "cyber.reported_title");
    page.active = "nav.cyber";
    Html rows;
    bool is_sealed = false;
    for (const auto& link : links) {
        if (link.outcome == Outcome::sealed) {
            is_sealed = true;
            continue;
        }
        const bool is_refused = link.outcome == Outcome::refused;
        rows += li({cls("row")}, div({cls("row-main")}, code({cls("break")}, link.shown), is_refused ? p({cls("row-note")}, t(request, "reason." + std::string{link.reason})) : Html{}),
                   div({cls("row-side")}, badge(t(request, link.outcome == Outcome::fresh ? "cyber.outcome_fresh" : is_refused ? "cyber.outcome_refused" : "cyber.outcome_known"),
                                                link.outcome == Outcome::fresh ? "good" : is_refused ? "bad" : "neutral")));
    }
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, is_sealed ? "cyber.reported_sealed" : "cyber.reported_lead"))) +
                (rows.empty() ? Html{} : ul({cls("rows")}, rows)) + p({}, a({href(request.link("/cyber/report"))}, t(request, "cyber.report_more")), " · ", a({href(request.link("/cyber"))}, t(request, "cyber.account_title")));
    return page;
}

Page appeal_form(const Request& request)
{
    Page page;
    page.title = i18n::text(request.language, "cyber.appeal_title");
    page.active = "nav.cyber";
    page.scripts = {"keep_form.js"};
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/cyber"))}, t(request, "cyber.account_title"))), h1({}, page.title), p({cls("lead")}, t(request, "cyber.appeal_lead"))) +
                post_form(request, "/cyber/appeal",
                          text_field("address", t(request, "cyber.address"), "", {Attr("required"), Attr("maxlength", 8192)}) +
                              text_field("contact", t(request, "cyber.appeal_contact"), "", {Attr("required"), Attr("maxlength", 100)}, t(request, "cyber.appeal_contact_hint")) +
                              area_field("text", t(request, "cyber.appeal_text"), "", {Attr("required"), Attr("maxlength", 2000)}, t(request, "cyber.appeal_text_hint")) + keep_notice(request) +
                              submit(t(request, "cyber.appeal_send")));
    return page;
}

Page appealed_page(const Request& request)
{
    Page page;
    page.title = i18n::text(request.language, "cyber.appealed_title");
    page.active = "nav.cyber";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "cyber.appealed_lead"))) + p({}, a({href(request.link("/cyber"))}, t(request, "cyber.account_title")));
    return page;
}

Page check_page(const Request& request)
{
    Page page;
    page.title = i18n::text(request.language, "cyber.check_link_title");
    page.description = i18n::text(request.language, "cyber.check_link_lead");
    page.active = "nav.cyber";
    page.scripts = {"check_link.js"};
    const auto said = [&](std::string_view key) { return i18n::text(request.language, "cyber.check_link_" + std::string{key}); };
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/cyber"))}, t(request, "cyber.account_title"))), h1({}, page.title), p({cls("lead")}, page.description)) +
                section({cls("card"), Attr("data-check-link"), Attr("data-listed", said("listed")), Attr("data-unlisted", said("unlisted")), Attr("data-broken", said("broken")), Attr("data-offline", said("offline")),
                         Attr("hidden")},
                        text_field("link", t(request, "cyber.report_text"), "", {Attr("autocomplete", "off"), Attr("spellcheck", "false"), Attr("maxlength", 8192)}),
                        button({Attr("type", "button"), Attr("data-check")}, t(request, "cyber.check_link_do")), p({Attr("role", "status"), Attr("data-answer")}, "")) +
                Html::trusted("<noscript>") + notice(t(request, "cyber.check_link_script"), "warn") + Html::trusted("</noscript>") +
                section({}, h2({}, t(request, "cyber.fraud_title")), ul({}, li({}, t(request, "cyber.fraud_1")), li({}, t(request, "cyber.fraud_2")), li({}, t(request, "cyber.fraud_3")), li({}, t(request, "cyber.fraud_4")))) +
                p({cls("hint")}, t(request, "cyber.check_link_private"));
    return page;
}

} // namespace adal::cyber
