#include "oversight/review_view.hpp"

#include "oversight/checklist.hpp"
#include "oversight/label_view.hpp"

#include <fmt/format.h>

namespace adal::oversight {

using namespace http;

namespace {

Html own_mark(const Request& request, bool is_own)
{
    return is_own ? badge(t(request, "oversight.your_own"), "neutral") : Html{};
}

Html visit_rows(const Request& request, const std::vector<QueuedVisit>& visits)
{
    Html rows;
    for (const auto& row : visits)
        rows += li({cls("row")}, div({cls("row-main")}, a({href(request.link("/review/visits/" + row.visit.id.str())), cls("row-title")}, row.place.in(request.language)),
                                     p({cls("row-note")}, i18n::date_time(request.language, row.visit.received_at))),
                   div({cls("row-side")}, state_badge(request, row.visit.state), row.visit.is_far ? badge(t(request, "oversight.far_away"), "warn") : Html{}, own_mark(request, row.is_own)));
    return rows.empty() ? empty_state(t(request, "oversight.queue_empty")) : ul({cls("rows")}, rows);
}

Html finding_rows(const Request& request, const std::vector<QueuedFinding>& findings, std::string_view path)
{
    Html rows;
    for (const auto& row : findings)
        rows += li({cls("row")}, div({cls("row-main")}, a({href(request.link(std::string{path} + row.finding.id.str())), cls("row-title")}, title_of(request, row.finding)),
                                     p({cls("row-note")}, row.place.in(request.language))),
                   div({cls("row-side")}, severity_badge(request, row.finding.severity), state_badge(request, row.finding.state), own_mark(request, row.is_own)));
    return rows.empty() ? empty_state(t(request, "oversight.queue_empty")) : ul({cls("rows")}, rows);
}

Html photo_strip(const Request& request, const std::string& base, const std::vector<Photo>& photos, const Checklist* checklist)
{
    Html shown;
    for (const auto& photo : photos) {
        if (!photo.file.is_set()) continue;
        const auto address = base + "/photos/" + photo.file.str();
        const auto asked = question_text(request, checklist, photo.question);
        shown += figure({cls("photo")}, a({href(address + "/view")}, img({src(address + "/thumbnail"), Attr("alt", i18n::text(request.language, "oversight.photo_alt")),
                                                                           Attr("loading", "lazy"), Attr("width", 320), Attr("height", 240)})),
                        figcaption({}, asked.empty() ? label(request, "photo_role", photo.role) : asked));
    }
    return shown.empty() ? Html{} : div({cls("photos")}, shown);
}

Html observations(const Request& request, const Visit& visit)
{
    const auto* checklist = find_checklist(visit.checklist_hash);
    std::vector<std::vector<Html>> rows;
    for (const auto& seen : visit.observations) {
        const auto* rule = checklist ? checklist->find_rule(seen.rule) : nullptr;
        rows.push_back({Html{rule ? rule->label.in(request.language) : seen.rule}, Html{measured_text(request, checklist, seen.rule, seen.value)}, verdict_badge(request, seen.verdict)});
    }
    const auto text = [&](std::string_view key) { return i18n::text(request.language, key); };
    return data_table(t(request, "oversight.observations"), {text("oversight.rule"), text("oversight.answer"), text("oversight.verdict_title")}, rows);
}

Html judge_visit(const Request& request, const VisitReviewPage& view)
{
    const auto path = "/review/visits/" + view.visit.id.str();
    if (view.is_own) return notice(t(request, "oversight.own_visit_explained"), "warn");
    const bool waits = view.visit.state == VisitState::complete || view.visit.state == VisitState::amended;
    if (!waits) return {};
    return section({cls("card actions-card")}, h2({}, t(request, "oversight.next_step")),
                   post_form(request, path + "/accept", submit(t(request, "oversight.accept_visit"))),
                   details({}, summary({}, t(request, "oversight.ask_more")),
                           post_form(request, path + "/ask", area_field("text", t(request, "oversight.what_is_missing"), "", {Attr("required")}) + submit(t(request, "oversight.send_back"), "secondary"))),
                   details({}, summary({}, t(request, "oversight.reject_visit")),
                           post_form(request, path + "/reject",
                                     select_field("reason", t(request, "oversight.reason"), choices_of(request, "reject_reason", all_reject_reasons))
                                         + area_field("text#reject", t(request, "oversight.explain"), "", {Attr("required")}) + submit(t(request, "oversight.reject_visit"), "danger"))));
}

} // namespace

Page review_queue(const Request& request, const QueuePage& view)
{
    Page page;
    page.title = i18n::text(request.language, "oversight.review_title");
    page.audience = Audience::office;
    page.active = "nav.review";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "oversight.review_lead")))
                + section({}, h2({}, t(request, "oversight.visits_to_judge")), visit_rows(request, view.visits))
                + section({}, h2({}, t(request, "oversight.findings_to_verify")), finding_rows(request, view.to_verify, "/review/findings/"))
                + section({}, h2({}, t(request, "oversight.findings_to_seal")), finding_rows(request, view.to_seal, "/findings/"));
    return page;
}

Page visit_review(const Request& request, const VisitReviewPage& view)
{
    const auto& visit = view.visit;
    Html distance;
    if (visit.distance_m)
        distance = Html{i18n::number(request.language, static_cast<std::int64_t>(*visit.distance_m))} + Html{"\u00a0"} + t(request, "oversight.unit.m") + Html{" "}
                   + (visit.is_far ? badge(t(request, "oversight.far_away"), "warn") : badge(t(request, "oversight.near"), "good"));
    Page page;
    page.title = view.place.name.in(request.language);
    page.audience = Audience::office;
    page.active = "nav.review";
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/review"))}, t(request, "oversight.review_title"))), h1({}, page.title),
                    p({cls("badges")}, state_badge(request, visit.state)))
                + judge_visit(request, view)
                + section({cls("card")}, facts({{t(request, "oversight.received_at"), i18n::date_time(request.language, visit.received_at)},
                                                {t(request, "oversight.distance"), distance},
                                                {t(request, "oversight.version"), Html{visit.version}},
                                                {t(request, "oversight.content_hash"), code({cls("hash")}, hex(adal::view(visit.content_hash)))}}))
                + observations(request, visit) + section({}, h2({}, t(request, "oversight.photos")), photo_strip(request, "/visits/" + visit.id.str(), visit.photos, find_checklist(visit.checklist_hash)));
    return page;
}

Page verification_form(const Request& request, const VerificationPage& view)
{
    const auto path = "/review/findings/" + view.finding.id.str();
    const auto* checklist = find_checklist(view.finding.checklist);
    Page page;
    page.title = title_of(request, view.finding);
    page.audience = Audience::office;
    page.active = "nav.review";
    Html form_part = view.is_own ? notice(t(request, "oversight.own_finding_explained"), "warn")
                                 : post_form(request, path,
                                             radio_field("result", t(request, "oversight.your_word"), choices_of(request, "verification_result", all_verification_results), "", {}, true)
                                                 + radio_field("basis", t(request, "oversight.on_what_basis"), choices_of(request, "verification_basis", all_verification_bases), "desk")
                                                 + area_field("text", t(request, "oversight.what_it_rests_on"), "", {Attr("required"), Attr("maxlength", 2000)})
                                                 + file_field("photo:revisit", t(request, "oversight.revisit_photo"), "image/jpeg,image/png,image/webp", true)
                                                 + submit(t(request, "oversight.send_word")),
                                             true);
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/review"))}, t(request, "oversight.review_title"))), h1({}, page.title),
                    p({cls("badges")}, state_badge(request, view.finding.state), severity_badge(request, view.finding.severity)))
                + section({cls("card")}, facts({{t(request, "oversight.place"), view.place.name.in(request.language)},
                                                {t(request, "oversight.measured"), measured_text(request, checklist, view.finding.rule, view.finding.value)},
                                                {t(request, "oversight.note"), view.finding.text}}))
                + photo_strip(request, "/findings/" + view.finding.id.str(), view.finding.photos, checklist) + section({cls("card")}, h2({}, t(request, "oversight.verification")), form_part);
    return page;
}

} // namespace adal::oversight
