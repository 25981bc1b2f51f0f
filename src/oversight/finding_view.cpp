#include "oversight/finding_view.hpp"

#include "http/target.hpp"
#include "oversight/checklist.hpp"
#include "oversight/erasure_view.hpp"
#include "oversight/label_view.hpp"

#include <algorithm>

namespace adal::oversight {

using namespace http;

namespace {

Html finding_row(const Request& request, const FindingListRow& row)
{
    const auto& finding = row.finding;
    return li({cls("row")},
              div({cls("row-main")}, a({href(request.link("/findings/" + finding.id.str())), cls("row-title")}, title_of(request, finding)),
                  p({cls("row-note")}, row.place.in(request.language), " · ", i18n::date(request.language, local_date(finding.created_at)))),
              div({cls("row-side")}, severity_badge(request, finding.severity), state_badge(request, finding.state)));
}

Html photo_figure(const Request& request, FindingId finding, FileId file, const Html& caption_text)
{
    const auto address = "/findings/" + finding.str() + "/photos/" + file.str();
    return figure({cls("photo")}, a({href(address + "/view")}, img({src(address + "/thumbnail"), Attr("alt", i18n::text(request.language, "oversight.photo_alt")),
                                                                     Attr("loading", "lazy"), Attr("width", 320), Attr("height", 240)})),
                  figcaption({}, caption_text));
}

// The first photo of what was found, when there is one to stand beside a photo of the check; else the end.
auto first_of_pair(const FindingPage& view)
{
    const auto& all = view.finding.photos;
    if (view.after_photos.empty()) return all.end();
    return std::ranges::find_if(all, [](const Photo& photo) { return photo.file.is_set(); });
}

// What was found beside what somebody else saw there later, so that anybody can compare.
Html before_and_after(const Request& request, const FindingPage& view)
{
    const auto before = first_of_pair(view);
    if (before == view.finding.photos.end()) return {};
    return section({}, h2({}, t(request, "oversight.before_after.title")),
                   div({cls("photos pair")}, photo_figure(request, view.finding.id, before->file, t(request, "oversight.before_after.before")),
                       photo_figure(request, view.finding.id, view.after_photos.front(), t(request, "oversight.before_after.after"))));
}

Html erasure_link(const Request& request, FindingId finding)
{
    if (!request.may(Permission::redact)) return {};
    return p({}, a({href(request.link("/findings/" + finding.str() + "/erasure"))}, t(request, "oversight.erasure.link")));
}

Html photos(const Request& request, const FindingPage& view)
{
    Html shown;
    const auto pair = first_of_pair(view);
    const bool is_paired = pair != view.finding.photos.end();
    for (const auto& photo : view.finding.photos)
        if (photo.file.is_set() && (!is_paired || &photo != &*pair)) shown += photo_figure(request, view.finding.id, photo.file, label(request, "photo_role", photo.role));
    for (const auto file : view.after_photos)
        if (!is_paired || file != view.after_photos.front()) shown += photo_figure(request, view.finding.id, file, t(request, "oversight.photo_role.after"));
    for (const auto& erasure : view.erased) shown += erased_photo(request, erasure);
    const auto ask = view.finding.photos.empty() && view.after_photos.empty() ? Html{} : erasure_link(request, view.finding.id);
    return shown.empty() && ask.empty() ? Html{} : section({}, h2({}, t(request, "oversight.photos")), div({cls("photos")}, shown), ask);
}

// "Why we went there": the sign of risk was a reason to look, never an accusation.
Html why(const Request& request, const FindingPage& view)
{
    if (!view.control || view.control->ground.flag.empty()) return {};
    const auto& ground = view.control->ground;
    return section({cls("card")}, h2({}, t(request, "oversight.why_we_went")),
                   facts({{t(request, "oversight.risk_sign"), ground.flag + " — " + ground.explanation},
                          {t(request, "oversight.ground_day"), Html{i18n::date(request.language, local_date(view.control->created_at))}},
                          {t(request, "oversight.tender"), view.process_link.empty() ? Html{ground.process} : a({href(view.process_link)}, ground.process)}}),
                   view.process_link.empty() ? Html{} : p({}, a({href(view.process_link)}, t(request, "oversight.evidence_of_sign")),
                       view.screened_at ? Html{" · "} + t(request, "procurement.screened_on", {{"day", i18n::date(request.language, local_date(*view.screened_at))}}) : Html{}),
                   p({cls("hint")}, t(request, "oversight.risk_is_no_accusation")));
}

Html seal_lines(const Request& request, const SealView& seal, std::string_view name)
{
    const auto base = "/log-entries/" + std::to_string(seal.leaf);
    Html status = seal.is_published ? badge(t(request, "oversight.in_public_log"), "good") : badge(t(request, "oversight.awaiting_checkpoint"), "warn");
    return facts({{t(request, name), Html{"№ "} + Html{seal.leaf} + Html{" "} + status},
                  {t(request, "oversight.sealed_at"), i18n::date_time(request.language, Instant{seal.at_ms})},
                  {t(request, "oversight.leaf_hash"), code({cls("hash")}, seal.leaf_hash)}})
           + p({cls("actions")}, a({href(base + "/leaf")}, t(request, "oversight.download_leaf")), " ",
               seal.is_published ? a({href(base + "/proof")}, t(request, "oversight.download_proof")) : Html{});
}

Html seal_box(const Request& request, const FindingPage& view)
{
    if (!view.seal) return {};
    Html lines = seal_lines(request, *view.seal, "oversight.seal_entry");
    if (view.publication) lines += seal_lines(request, *view.publication, "oversight.publication_entry");
    return section({cls("card seal"), id_("seal")}, h2({}, t(request, "oversight.seal")), lines,
                   h3({}, t(request, "oversight.seal_proves")),
                   ul({}, li({}, t(request, "oversight.seal_proves_when")), li({}, t(request, "oversight.seal_proves_order"))),
                   h3({}, t(request, "oversight.seal_does_not")),
                   ul({}, li({}, t(request, "oversight.seal_not_truth")), li({}, t(request, "oversight.seal_not_all"))),
                   p({}, a({href(request.link("/verify"))}, t(request, "oversight.how_to_verify"))));
}

Html history(const Request& request, const FindingPage& view)
{
    std::vector<TimelineEntry> entries;
    for (const auto& event : view.events) {
        Html what = t(request, "oversight.finding_action." + event.action);
        Html detail = event.role.empty() ? Html{} : t(request, "oversight.actor." + event.role);
        if (view.for_office && !event.text.empty()) detail += Html{" · "} + Html{event.text};
        const bool is_good = event.action == "pass_fix" || event.action == "seal" || event.action == "confirm";
        entries.push_back({i18n::date_time(request.language, event.at), what, detail, is_good ? "good" : "neutral"});
    }
    return section({}, h2({}, t(request, "oversight.history")), timeline(entries));
}

Html office_actions(const Request& request, const FindingPage& view)
{
    if (!view.for_office) return {};
    const auto path = "/findings/" + view.finding.id.str();
    Html out;
    const auto state = view.finding.state;
    if (state == FindingState::verified && !view.finding.seal && request.may(Permission::seal_findings))
        out += post_form(request, path + "/seal", submit(t(request, "oversight.seal_now")));
    if (view.finding.seal && !view.finding.publication && request.may(Permission::seal_findings))
        out += post_form(request, path + "/publish",
                         area_field("summary", t(request, "oversight.summary"), "", {Attr("required"), Attr("maxlength", 2000)}, t(request, "oversight.summary_hint"))
                             + submit(t(request, "oversight.publish_now")));
    if (state == FindingState::fix_claimed && request.may(Permission::check_fixes))
        out += p({}, a({href(request.link(path + "/fix-check")), cls("button")}, t(request, "oversight.check_fix")));
    if ((state == FindingState::reported || state == FindingState::triaged || state == FindingState::disputed) && request.may(Permission::verify_findings))
        out += p({}, a({href(request.link("/review/findings/" + view.finding.id.str())), cls("button")}, t(request, "oversight.verify_it")));
    return out.empty() ? Html{} : section({cls("card actions-card")}, h2({}, t(request, "oversight.next_step")), out);
}

Html verification_list(const Request& request, const FindingPage& view)
{
    if (view.verifications.empty()) return {};
    Html rows;
    for (const auto& word : view.verifications)
        rows += li({}, badge(label(request, "verification_result", word.result), word.result == VerificationResult::confirm ? "good" : "warn"), " ",
                   label(request, "verification_basis", word.basis), " · ", i18n::date(request.language, local_date(word.at)),
                   view.for_office ? Html{" · "} + Html{word.text} : Html{});
    return section({}, h2({}, t(request, "oversight.verifications")), ul({}, rows));
}

} // namespace

Page finding_list(const Request& request, const FindingListPage& view)
{
    Html rows;
    for (const auto& row : view.rows) rows += finding_row(request, row);
    Page page;
    page.title = i18n::text(request.language, "oversight.findings_title");
    page.description = i18n::text(request.language, "oversight.findings_description");
    page.active = "nav.findings";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, page.description))
                + form({Attr("method", "get"), action(request.link("/findings")), cls("search"), Attr("role", "search")},
                       text_field("q", t(request, "oversight.search_findings"), view.search, {Attr("type", "search")}), submit(t(request, "oversight.find")))
                + p({cls("count"), Attr("role", "status")}, i18n::count(request.language, "oversight.findings_found", view.total))
                + (view.rows.empty() ? empty_state(t(request, "oversight.nothing_found")) : ul({cls("rows")}, rows))
                + pager(request, "/findings?q=" + percent_encoded(view.search), view.next);
    return page;
}

Page finding_page(const Request& request, const FindingPage& view)
{
    const auto& finding = view.finding;
    Page page;
    page.title = title_of(request, finding);
    page.active = "nav.findings";
    if (view.for_office) page.audience = Audience::office;
    Html head = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/findings"))}, t(request, "oversight.findings_title"))),
                    h1({}, page.title),
                    p({cls("badges")}, state_badge(request, finding.state), severity_badge(request, finding.severity),
                      finding.warranty ? badge(t(request, "oversight.within_warranty"), "warn") : Html{}),
                    finding.publication ? p({cls("lead")}, finding.publication->summary) : Html{});
    if (finding.state == FindingState::fix_claimed) head += notice(t(request, "oversight.claimed_is_not_fixed"), "warn");
    page.body = head + office_actions(request, view)
                + section({cls("card")}, h2({}, t(request, "oversight.what_was_seen")),
                          facts({{t(request, "oversight.place"), a({href(request.link("/places/" + view.place.id.str()))}, view.place.name.in(request.language))},
                                 {t(request, "oversight.district"), view.district},
                                 {t(request, "oversight.measured"), measured_text(request, find_checklist(finding.checklist), finding.rule, finding.value)},
                                 {t(request, "oversight.note"), view.for_office ? Html{finding.text} : Html{}},
                                 {t(request, "oversight.control"), view.control ? a({href(request.link("/controls/" + view.control->id.str()))}, view.control->title) : Html{}}}))
                + before_and_after(request, view) + photos(request, view) + why(request, view) + verification_list(request, view) + seal_box(request, view) + history(request, view);
    return page;
}

} // namespace adal::oversight
