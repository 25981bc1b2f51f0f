#include "impact/saving_view.hpp"

#include "impact/label_view.hpp"

namespace adal::impact {

using namespace http;

namespace {

Html type_label(const Request& request, SavingType type)
{
    return say(request, "type." + std::string(name(type)));
}

// "60.5" for 6050 basis points.
std::string share_text(const Request& request, int share_bp)
{
    return i18n::number(request.language, static_cast<double>(share_bp) / 100, share_bp % 100 == 0 ? 0 : 2) + " %";
}

std::string path_of(const Saving& saving, std::string_view rest = "")
{
    return "/savings/" + saving.id.str() + std::string(rest);
}

} // namespace

Html state_badge(const Request& request, SavingState state)
{
    std::string_view tone = "neutral";
    if (state == SavingState::confirmed) tone = "good";
    if (state == SavingState::claimed || state == SavingState::approved_once) tone = "warn";
    if (state == SavingState::rejected || state == SavingState::revised) tone = "bad";
    return badge(say(request, "state." + std::string(name(state))), tone);
}

Page saving_list(const Request& request, const std::vector<Saving>& savings)
{
    Page page{.title = word(request, "savings"), .description = word(request, "savings_lead"), .active = "nav.figures"};
    std::vector<std::vector<Html>> rows;
    for (const auto& saving : savings)
        rows.push_back({a({href(request.link(path_of(saving)))}, i18n::date(request.language, local_date(saving.claimed_at))),
                        type_label(request, saving.type), i18n::money(request.language, gross(saving)),
                        i18n::money(request.language, counted(saving)), Html{name(saving.grade)},
                        state_badge(request, saving.state)});
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "savings_lead"))) +
                (rows.empty() ? empty_state(say(request, "no_savings"))
                              : data_table(say(request, "savings"),
                                           {word(request, "claimed_on"), word(request, "type"), "#" + word(request, "gross"),
                                            "#" + word(request, "counted"), word(request, "grade"), word(request, "state")},
                                           rows));
    if (request.may(Permission::claim_savings))
        page.body += p({}, a({cls("button"), href(request.link("/savings/new"))}, say(request, "claim")));
    return page;
}

namespace {

Html decisions(const Request& request, const Saving& saving)
{
    const bool is_waiting = saving.state == SavingState::claimed || saving.state == SavingState::approved_once;
    if (!is_waiting) return {};
    Html out;
    const auto person = request.principal ? request.person() : PersonId{};
    const auto version = hidden_field("version", std::to_string(saving.version));
    if (request.may(Permission::approve_savings) && person != saving.claimed_by && person != saving.approved_by) {
        out += post_form(request, path_of(saving, "/approve"), version + submit(say(request, "approve")));
        out += details({}, summary({}, say(request, "reject")),
                       post_form(request, path_of(saving, "/reject"),
                                 version + area_field("reason", say(request, "reason"), "", {Attr("required"), Attr("maxlength", 2000)}) +
                                     submit(say(request, "reject"), "secondary")));
    }
    if (request.may(Permission::claim_savings) && person == saving.claimed_by)
        out += details({}, summary({}, say(request, "withdraw")),
                       post_form(request, path_of(saving, "/withdraw"),
                                 version + area_field("reason", say(request, "reason"), "", {Attr("required"), Attr("maxlength", 2000)}) +
                                     submit(say(request, "withdraw"), "secondary")));
    if (out.empty()) return notice(say(request, "needs_two"));
    return section({cls("card")}, h2({}, say(request, "decision")), p({cls("hint")}, say(request, "needs_two")), out);
}

Html history(const Request& request, const Saving& saving)
{
    std::vector<TimelineEntry> entries;
    const auto at = [&](const std::optional<Instant>& when, std::string_view key, std::string_view tone, const Html& detail = {}) {
        if (when)
            entries.push_back({Html{i18n::date_time(request.language, *when)}, say(request, key), detail, std::string(tone)});
    };
    at(saving.claimed_at, "event.claimed", "neutral");
    at(saving.approved_at, "event.approved", "info");
    at(saving.confirmed_at, "event.confirmed", "good");
    at(saving.ended_at, "event." + std::string(name(saving.state)), "bad", saving.end_reason);
    return timeline(entries);
}

} // namespace

Page saving_page(const Request& request, const Saving& saving, const std::vector<EvidenceRow>& evidence)
{
    Page page{.title = i18n::text(request.language, "impact.type." + std::string(name(saving.type))) + " · " +
                       i18n::money(request.language, gross(saving)),
              .active = "nav.figures"};
    Html shares = share_text(request, saving.our_share_bp);
    for (const auto& other : saving.others)
        shares += Html{"; " + other.organisation + " – " + share_text(request, other.share_bp)};
    const auto finding = saving.finding.is_set()
                             ? a({href(request.link("/findings/" + saving.finding.str()))}, say(request, "open_finding"))
                             : Html{};
    Html files;
    for (const auto& row : evidence)
        files += li({}, say(request, "evidence_file", {{"bytes", i18n::number(request.language, static_cast<std::int64_t>(row.size))}}),
                    " ", http::code({}, row.sha256));
    page.body =
        div({cls("page-head")}, h1({}, page.title, " ", state_badge(request, saving.state))) +
        (is_budget_saving(saving.type) ? Html{} : notice(say(request, "not_budget"))) +
        facts({{say(request, "object"), http::code({}, saving.object_key)},
               {say(request, "baseline"), i18n::money(request.language, saving.baseline) + " – " + saving.baseline_text},
               {say(request, "actual"), i18n::money(request.language, saving.actual)},
               {say(request, "gross"), i18n::money(request.language, gross(saving))},
               {say(request, "our_share"), shares},
               {say(request, "counted"), strong({}, i18n::money(request.language, counted(saving)))},
               {say(request, "method"), say(request, "method." + std::string(name(saving.method))) + Html{" – " + saving.method_text}},
               {say(request, "grade"), Html{std::string(name(saving.grade)) + " – "} + say(request, "grade." + std::string(name(saving.grade)))},
               {say(request, "finding"), finding}}) +
        section({}, h2({}, say(request, "evidence")), ul({}, files)) + decisions(request, saving) +
        section({}, h2({}, say(request, "history")), history(request, saving));
    return page;
}

Page claim_form(const Request& request, FindingId finding)
{
    Page page{.title = word(request, "claim"), .audience = Audience::office, .scripts = {"keep_form.js"}, .active = "nav.figures"};
    std::vector<Choice> types, methods, grades;
    for (const auto type : claimable_types) types.push_back({std::string(name(type)), type_label(request, type)});
    for (const auto method : all_methods)
        methods.push_back({std::string(name(method)), say(request, "method." + std::string(name(method)))});
    for (const auto grade : all_grades)
        grades.push_back({std::string(name(grade)), Html{std::string(name(grade)) + " – "} + say(request, "grade." + std::string(name(grade)))});
    const auto money_field = [&](std::string_view field, std::string_view key) {
        return text_field(field, say(request, key), "", {Attr("required"), Attr("inputmode", "decimal"), Attr("maxlength", 24)}, say(request, "money_hint"));
    };
    const auto object = finding.is_set() ? "finding:" + finding.str() : std::string{};
    page.body =
        div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, say(request, "claim_lead"))) +
        post_form(request, "/savings",
                  select_field("type", say(request, "type"), types, name(SavingType::redo_at_contractor_cost)) +
                      text_field("object", say(request, "object"), object, {Attr("required"), Attr("maxlength", 120)}, say(request, "object_hint")) +
                      text_field("finding", say(request, "finding_number"), finding.text(), {Attr("maxlength", 26)}) +
                      money_field("baseline", "baseline") +
                      area_field("baseline_text", say(request, "baseline_text"), "", {Attr("required"), Attr("maxlength", 2000)}) +
                      money_field("actual", "actual") +
                      select_field("method", say(request, "method"), methods, name(Method::norm_or_estimate)) +
                      area_field("method_text", say(request, "method_text"), "", {Attr("required"), Attr("maxlength", 4000)}) +
                      select_field("grade", say(request, "grade"), grades, "E", say(request, "grade_hint")) +
                      text_field("share", say(request, "our_share"), "100", {Attr("required"), Attr("inputmode", "decimal"), Attr("maxlength", 6)}, say(request, "share_hint")) +
                      file_field("evidence", say(request, "evidence"), ".pdf,.jpg,.jpeg,.png,.webp,.txt", true, say(request, "evidence_hint")) +
                      keep_notice(request) + submit(say(request, "send_claim")),
                  true);
    return page;
}

} // namespace adal::impact
