#include "cyber/case_view.hpp"
#include "cyber/gold_view.hpp"

#include <algorithm>
#include <cstdlib>

namespace adal::cyber {

using namespace http;

namespace case_pages {

std::string say(const Request& request, std::string_view key)
{
    return i18n::text(request.language, "cyber." + std::string{key});
}

std::string_view tone_of(State state)
{
    switch (state) {
    case State::blocked:
    case State::removed: return "good";
    case State::guarded:
    case State::arbitration:
    case State::relapsed: return "bad";
    case State::ready:
    case State::referred:
    case State::accepted: return "warn";
    default: return "neutral";
    }
}

Html state_badge(const Request& request, State state)
{
    return badge(say(request, "state." + std::string{name(state)}), tone_of(state));
}

Html reasons(const Request& request, const Resource& resource, std::size_t most)
{
    Html rows;
    for (const auto& reason : resource.reasons) {
        if (most-- == 0) break;
        rows += li({}, say(request, "feature." + reason.feature), reason.seen.empty() ? "" : ": ", reason.seen, reason.points < 0 ? " (\u2212" : " (+", std::abs(reason.points), ")");
    }
    return rows.empty() ? Html{} : ul({cls("reasons")}, rows);
}

Html row(const Request& request, const Resource& resource, std::string_view base)
{
    return li({cls("row")}, div({cls("row-main")}, a({href(request.link(std::string{base} + resource.id.str())), cls("row-title break")}, shown(resource.identity)),
                                p({cls("row-note")}, category_label(request, resource.category), " · ", i18n::date(request.language, local_date(resource.first_reported_at))),
                                reasons(request, resource, 3)),
              div({cls("row-side")}, state_badge(request, resource.state), badge(say(request, "score") + " " + std::to_string(resource.score), "neutral")));
}

Html rows(const Request& request, std::string_view title, const std::vector<Resource>& resources, std::string_view base)
{
    if (resources.empty()) return {};
    Html out;
    for (const auto& resource : resources) out += row(request, resource, base);
    return section({}, h2({}, say(request, title)), ul({cls("rows")}, out));
}

std::string base_of(const CasePage& view)
{
    return (view.for_desk ? "/cyber/desk/" : "/cyber/queue/") + view.resource.id.str();
}

Html about(const Request& request, const CasePage& view)
{
    const auto& resource = view.resource;
    Html guards;
    for (const auto& hit : resource.guards) guards += li({}, say(request, "protection." + std::string{text(hit.protection)}), ": ", hit.name);
    Html mirrors;
    for (const auto& mirror : view.mirrors) mirrors += li({cls("break")}, shown(mirror.identity));
    Html notes;
    for (const auto& note : view.notes) notes += li({}, note);
    Html out = section({cls("card")}, h2({}, say(request, "what_is_known")),
                       facts({{say(request, "address"), code({cls("break")}, shown(resource.identity))},
                              {say(request, "category_label"), category_label(request, resource.category)},
                              {say(request, "scope_label"), say(request, "scope." + std::string{text(resource.scope)})},
                              {say(request, "first_reported"), i18n::date_time(request.language, resource.first_reported_at)},
                              {say(request, "last_alive"), resource.alive_at ? Html{i18n::date_time(request.language, *resource.alive_at)} : Html{}}}),
                       reasons(request, resource, 20), p({cls("hint")}, say(request, "score_decides_nothing")));
    if (!guards.empty()) out += notice(Html{say(request, "guarded_because")} + ul({}, guards), "warn");
    if (!mirrors.empty()) out += section({}, h2({}, say(request, "mirrors")), ul({}, mirrors));
    if (!notes.empty()) out += section({}, h2({}, say(request, "notes")), ul({}, notes));
    return out;
}

Html captures(const Request& request, const CasePage& view)
{
    Html shown;
    int n = 0;
    for (const auto& capture : view.captures) {
        const auto address = base_of(view) + "/captures/" + capture.file.str();
        const auto label_text = say(request, "capture") + " " + std::to_string(++n);
        shown += figure({cls("photo veiled")}, a({href(address + "/view")}, img({src(address + "/thumbnail"), Attr("alt", label_text), Attr("loading", "lazy"), Attr("width", 320), Attr("height", 240)})),
                        figcaption({}, label_text, view.for_desk && capture.leaf ? Html{", "} + Html{t(request, "cyber.capture_sealed", {{"leaf", std::to_string(*capture.leaf)}})} : Html{}));
    }
    Html form_part = view.is_claimed ? post_form(request, base_of(view) + "/captures",
                                                 file_field("capture", say(request, "add_capture"), "image/jpeg,image/png,image/webp", false, say(request, "capture_hint")) +
                                                     submit(say(request, "upload"), "secondary"),
                                                 true)
                                     : Html{};
    return section({cls("card")}, h2({}, say(request, "captures")), shown.empty() ? p({cls("hint")}, say(request, "no_captures")) : div({cls("photos")}, shown), form_part);
}

Html question_fields(const Request& request, const Category& category)
{
    Html out;
    for (const auto& question : questions_of(category))
        out += radio_field("answer." + question.id, Html{question.text.in(request.language)}, {{"yes", say(request, "yes")}, {"no", say(request, "no")}}, "") +
               text_field("where." + question.id, say(request, "where_seen"), "", {Attr("maxlength", 300)}, say(request, "where_hint"));
    return out;
}

Html review_form(const Request& request, const CasePage& view)
{
    const auto* category = find_category(view.category);
    if (category == nullptr) return {};
    std::vector<Choice> codes, scopes, shots{{"", say(request, "no_capture_chosen")}};
    for (const auto& one : categories())
        if (one.accepted == Accepted::yes || one.accepted == Accepted::form) codes.push_back({one.code, category_label(request, one.code)});
    for (const auto scope : {Scope::path, Scope::host, Scope::domain}) scopes.push_back({std::string{text(scope)}, say(request, "scope." + std::string{text(scope)})});
    int n = 0;
    for (const auto& capture : view.captures) shots.push_back({capture.id.str(), say(request, "capture") + " " + std::to_string(++n)});
    if (view.copy) shots.push_back({"copy:" + view.copy->id.str(), say(request, "copy_title")});
    const auto first_shot = !view.captures.empty() ? view.captures.front().id.str() : view.copy ? shots.back().value : std::string{};
    Html change = form({Attr("method", "get"), action(request.link(base_of(view))), cls("search")},
                       select_field("category#choose", say(request, "category_label"), codes, view.category) + submit(say(request, "other_questions"), "secondary"));
    Html body = hidden_field("category", view.category) + question_fields(request, *category) + select_field("capture", say(request, "capture"), shots, first_shot) +
                text_field("no_capture", say(request, "why_no_capture"), "", {Attr("maxlength", 300)}) +
                select_field("scope", say(request, "scope_label"), scopes, text(view.resource.scope), say(request, "scope_hint")) +
                radio_field("verdict", say(request, "verdict_label"), {{"confirm", say(request, "verdict.confirm")}, {"reject", say(request, "verdict.reject")}}, "", {}, true) +
                area_field("text", say(request, "review_text"), "", {Attr("required"), Attr("maxlength", 2000)}) + keep_notice(request) + submit(say(request, "send_review"));
    return section({cls("card")}, h2({}, say(request, view.for_desk ? "arbitrate" : "review_title")), change, post_form(request, base_of(view) + "/review", body));
}

Html action(const Request& request, const CasePage& view)
{
    if (!view.may_review) return {};
    if (view.is_claimed) return review_form(request, view);
    return section({cls("card actions-card")}, p({}, say(request, "claim_hint")), post_form(request, base_of(view) + "/claim", submit(say(request, "claim"))));
}

Html check_form(const Request& request, const CasePage& view)
{
    std::vector<Choice> seen;
    for (const auto what : {Seen::alive, Seen::dead, Seen::blocked}) seen.push_back({std::string{name(what)}, say(request, "seen." + std::string{name(what)})});
    return section({cls("card")}, h2({}, say(request, "check_title")), p({cls("hint")}, say(request, "check_hint")),
                   post_form(request, base_of(view) + "/check",
                             select_field("seen", say(request, "check_seen"), seen) +
                                 text_field("vantage", say(request, "check_vantage"), "", {Attr("required"), Attr("maxlength", 60)}, say(request, "check_vantage_hint")) +
                                 text_field("country", say(request, "check_country"), "KZ", {Attr("required"), Attr("maxlength", 2)}) + submit(say(request, "save"))));
}

Html desk_actions(const Request& request, const CasePage& view)
{
    const auto& resource = view.resource;
    if (!is_listed(resource.state)) return {};
    Html out = check_form(request, view);
    const auto path = base_of(view);
    if (resource.is_guarded)
        out += section({cls("card")}, h2({}, say(request, "clear_title")),
                       facts({{say(request, "coordinator"), say(request, resource.cleared_by_coordinator.is_set() ? "yes" : "not_yet")},
                              {say(request, "lawyer"), say(request, resource.cleared_by_lawyer.is_set() ? "yes" : "not_yet")}}),
                       post_form(request, path + "/clear", submit(say(request, "clear"), "secondary")));
    return out + section({cls("card")}, h2({}, say(request, "withdraw_title")), p({cls("hint")}, say(request, "withdraw_hint")),
                         post_form(request, path + "/withdraw", area_field("reason", say(request, "withdraw_reason"), "", {Attr("required"), Attr("maxlength", 2000)}) +
                                                                    submit(say(request, "withdraw"), "danger")));
}

Html reviews(const Request& request, const CasePage& view)
{
    Html out;
    for (const auto& review : view.reviews)
        out += li({}, badge(say(request, "verdict." + std::string{name(review.verdict)}), review.verdict == Verdict::confirm ? "good" : "warn"), " ",
                  review.category.empty() ? Html{} : category_label(request, review.category), " · ", i18n::date_time(request.language, review.at), " · ", review.text);
    return out.empty() ? Html{} : section({}, h2({}, say(request, "reviews")), ul({}, out));
}

Html appeals(const Request& request, const CasePage& view)
{
    Html out;
    for (const auto& appeal : view.appeals) {
        Html votes;
        for (const auto& vote : appeal.votes) votes += li({}, say(request, vote.grants ? "appeal_grant" : "appeal_refuse"), " · ", i18n::date_time(request.language, vote.at), " · ", vote.text);
        const auto form_part = appeal.state != AppealState::open
                                   ? Html{}
                                   : post_form(request, base_of(view) + "/appeal", hidden_field("appeal", appeal.id.str()) +
                                                                                      radio_field("vote", say(request, "appeal_vote"), {{"grant", say(request, "appeal_grant")}, {"refuse", say(request, "appeal_refuse")}}, "", {}, true) +
                                                                                      area_field("text#appeal", say(request, "review_text"), "", {Attr("required"), Attr("maxlength", 2000)}) + submit(say(request, "send_review")));
        out += section({cls("card")}, h2({}, say(request, "appeal_one")), p({cls("badges")}, badge(say(request, "appeal_state." + std::string{name(appeal.state)}), appeal.state == AppealState::open ? "warn" : "neutral")),
                       facts({{say(request, "appeal_contact"), appeal.contact}, {say(request, "appeal_text"), appeal.text}, {say(request, "first_reported"), Html{i18n::date_time(request.language, appeal.at)}}}),
                       votes.empty() ? Html{} : ul({}, votes), form_part);
    }
    return out;
}

Html history(const Request& request, const CasePage& view)
{
    std::vector<TimelineEntry> entries;
    for (const auto& event : view.history)
        entries.push_back({i18n::date_time(request.language, event.at), Html{say(request, "state." + event.to)}, event.leaf ? Html{"№ "} + Html{*event.leaf} : Html{}, "neutral"});
    return entries.empty() ? Html{} : section({}, h2({}, say(request, "history")), timeline(entries));
}

// How far two reviewers agree, and pairs that decide too much together.
Html agreement(const Request& request, const Agreement& agreement)
{
    if (agreement.pairs == 0) return {};
    Html pairs;
    for (const auto& pair : agreement.frequent) pairs += li({}, i18n::text(request.language, "cyber.pair_share", {{"a", pair.first}, {"b", pair.second}, {"share", std::to_string(pair.percent)}}));
    const auto kappa = agreement.kappa ? i18n::number(request.language, *agreement.kappa, 2) : std::string{"–"};
    return section({cls("card")}, h2({}, say(request, "agreement_title")),
                   facts({{say(request, "agreement_kappa"), kappa}, {say(request, "agreement_pairs"), Html{agreement.pairs}}}), p({cls("hint")}, say(request, "agreement_hint")),
                   pairs.empty() ? Html{} : notice(Html{say(request, "agreement_frequent")} + ul({}, pairs), "warn"));
}

} // namespace case_pages

using namespace case_pages;

Html category_label(const Request& request, std::string_view code)
{
    return t(request, "cyber.category." + std::string{code});
}

namespace case_pages {

Html wishes(const Request& request, const std::vector<std::string>& unwanted)
{
    Html boxes;
    for (const auto& category : categories())
        if (category.accepted == Accepted::yes || category.accepted == Accepted::form)
            boxes += check_field("category", category.code, category_label(request, category.code), std::ranges::find(unwanted, category.code) != unwanted.end());
    return details({}, summary({}, say(request, "unwanted_title")), p({cls("hint")}, say(request, "unwanted_hint")),
                   post_form(request, "/cyber/queue/unwanted", fieldset({}, legend({}, say(request, "unwanted_title")), boxes) + submit(say(request, "save"), "secondary")));
}

} // namespace case_pages

Page queue_page(const Request& request, const std::vector<Resource>& resources, const std::vector<std::string>& unwanted, int minutes_left)
{
    Page page;
    page.title = say(request, "queue_title");
    page.audience = Audience::office;
    page.active = "nav.cyber_queue";
    Html list;
    for (const auto& resource : resources) list += row(request, resource, "/cyber/queue/");
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "cyber.queue_lead"))) + notice(t(request, "cyber.safety"), "warn") +
                p({cls("hint")}, t(request, "cyber.minutes_left", {{"minutes", std::to_string(minutes_left)}})) +
                (resources.empty() ? empty_state(t(request, "cyber.queue_empty")) : ul({cls("rows")}, list)) + wishes(request, unwanted);
    return page;
}

Page desk_page(const Request& request, const DeskPage& view)
{
    Page page;
    page.title = say(request, "desk_title");
    page.audience = Audience::office;
    page.active = "nav.cyber_desk";
    constexpr std::string_view base = "/cyber/desk/";
    const Html body = rows(request, "desk_due", view.due, base) + rows(request, "desk_appealed", view.appealed, base) + rows(request, "desk_again", view.again, base) + rows(request, "desk_arbitration", view.arbitration, base) + rows(request, "desk_uncleared", view.uncleared, base) + rows(request, "desk_unseen", view.unseen, base) +
                      rows(request, "desk_ready", view.ready, base) + rows(request, "desk_waiting", view.waiting, base) + rows(request, "desk_blocked", view.blocked, base);
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, t(request, "cyber.desk_lead")),
                    p({cls("actions")}, a({href(request.link("/cyber/batches")), cls("button")}, t(request, "cyber.batches")), " ", a({href(request.link("/cyber/feeds"))}, t(request, "cyber.feeds")), " ",
                      a({href(request.link("/cyber/probes"))}, t(request, "cyber.probes")))) +
                (body.empty() ? empty_state(t(request, "cyber.desk_empty")) : body) + agreement(request, view.agreement) + gold_scores_card(request, view.gold, view.gold_items);
    return page;
}

Page case_page(const Request& request, const CasePage& view)
{
    Page page;
    page.title = say(request, "case_title");
    page.audience = Audience::office;
    page.scripts = {"keep_form.js"};
    page.active = view.for_desk ? "nav.cyber_desk" : "nav.cyber_queue";
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link(view.for_desk ? "/cyber/desk" : "/cyber/queue"))}, say(request, view.for_desk ? "desk_title" : "queue_title"))),
                    h1({}, page.title), p({cls("badges")}, state_badge(request, view.resource.state))) +
                notice(t(request, "cyber.safety"), "warn") + about(request, view) + (view.for_desk ? copies_card(request, view.copies, base_of(view)) : view.copy ? page_copy_card(request, *view.copy) : Html{}) +
                captures(request, view) + action(request, view);
    if (view.for_desk) page.body += appeals(request, view) + reviews(request, view) + gold_card(request, view) + desk_actions(request, view) + history(request, view);
    return page;
}

} // namespace adal::cyber
