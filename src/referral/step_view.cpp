#include "referral/step_view.hpp"

#include "referral/label_view.hpp"

#include <algorithm>

namespace adal::referral {

using namespace http;

Html former_line(const Request& request, const FormerDeadline& old)
{
    Html line = say(request, "former_due", {{"date", i18n::date(request.language, old.deadline.due)}});
    if (old.next_due) line += Html{" → " + i18n::date(request.language, *old.next_due)};
    line += Html{" · "} + say(request, "moved." + std::string(name(old.reason)));
    if (old.leaf)
        line += Html{" · "} + a({href("/log-entries/" + std::to_string(*old.leaf) + "/leaf")},
                                say(request, "log_entry", {{"number", std::to_string(*old.leaf)}}));
    return p({cls("hint")}, line);
}

namespace step_parts {

Html kind_label(const Request& request, StepKind kind)
{
    return say(request, "step_kind." + std::string(name(kind)));
}

Html outcome_label(const Request& request, StepOutcome outcome)
{
    return say(request, "step_outcome." + std::string(name(outcome)));
}

std::string name_of(const Request& request, const DocumentPage& view, AuthorityId id)
{
    for (const auto* list : {&view.authorities, &view.choices})
        if (const auto it = std::ranges::find(*list, id, &AuthorityVersion::authority); it != list->end())
            return it->names.in(request.language);
    return "–";
}

Html end_badge(const Request& request, const Step& step, LocalDate today)
{
    using enum StepOutcome;
    if (step.end) {
        const bool is_bad = step.end->outcome == rejected || step.end->outcome == not_held;
        const bool is_good = step.end->outcome == upheld || step.end->outcome == registered;
        return badge(outcome_label(request, step.end->outcome), is_bad ? "bad" : is_good ? "good" : "neutral");
    }
    if (!step.is_open() || !step.deadline) return {};
    const i18n::Params due{{"date", i18n::date(request.language, step.deadline->due)}};
    if (step.kind == StepKind::hearing) return badge(say(request, "clock.hearing", due), "warn");
    if (is_overdue(step, today)) return badge(say(request, "clock.overdue", due), "bad");
    return step.deadline->due == today ? badge(say(request, "clock.today"), "warn") : badge(say(request, "clock.waiting", due), "neutral");
}

Html day_field(const Request& request, std::string_view field, const std::string& form, std::string_view key, std::string_view value)
{
    return text_field(std::string(field) + "#" + form, say(request, key), value, {Attr("type", "date"), Attr("required")});
}

Html end_form(const Request& request, const DocumentPage& view, const Step& step)
{
    if (!step.is_open() || !request.may(Permission::send_referrals)) return {};
    std::vector<Choice> outcomes;
    for (const auto outcome : outcomes_of(step.kind)) outcomes.push_back({std::string(name(outcome)), outcome_label(request, outcome)});
    const auto id = "end-" + step.id.str();
    return details({}, summary({}, say(request, "end_step")),
                   post_form(request, "/documents/" + view.document.id.str() + "/step-end",
                             hidden_field("step", step.id.text()) +
                                 select_field("outcome#" + id, say(request, "step_outcome_label"), outcomes) +
                                 day_field(request, "on", id, "step_end_on", iso(view.today)) +
                                 text_field("number#" + id, say(request, "reply_number"), "", {Attr("maxlength", 80)}) +
                                 area_field("text#" + id, say(request, "reply_text"), "", {Attr("required"), Attr("maxlength", 8000)}) +
                                 submit(say(request, "save"))));
}

Html clock_lines(const Request& request, const DocumentPage& view, const Step& step)
{
    Html out;
    if (step.deadline && is_our_letter(step.kind))
        out += p({cls("hint")}, say(request, "computed_from", {{"start", i18n::date(request.language, step.deadline->start)},
                                                               {"rule", step.deadline->rule_version},
                                                               {"calendar", step.deadline->calendar_version}}));
    if (const auto former = view.step_former.find(step.id); former != view.step_former.end())
        for (const auto& old : former->second) out += former_line(request, old);
    if (step.missed_on)
        out += p({cls("hint")}, say(request, "missed_recorded", {{"date", i18n::date(request.language, *step.missed_on)}}));
    return out;
}

Html step_row(const Request& request, const DocumentPage& view, const Step& step)
{
    Html head = strong({}, kind_label(request, step.kind)) + Html{" · " + i18n::date(request.language, step.on)};
    if (!step.number.empty()) head += Html{" · № " + step.number};
    Html end;
    if (step.end)
        end = p({}, step.end->text) + p({cls("row-note")}, i18n::date(request.language, step.end->on),
                                        step.end->number.empty() ? Html{} : Html{" · № " + step.end->number});
    return li({cls("row")},
              div({cls("row-main")}, p({}, head), p({cls("row-note")}, name_of(request, view, step.authority)), p({}, step.text),
                  clock_lines(request, view, step), end, end_form(request, view, step)),
              div({cls("row-side")}, end_badge(request, step, view.today),
                  step.late ? badge(say(request, "step_late"), "bad") : Html{}));
}

// Whom the form offers first: the authority above, the successor, or whom it was sent to.
AuthorityId preferred(const DocumentPage& view, const Recommendation& recommendation, StepKind kind)
{
    const auto answerable = recommendation.answerable();
    if (kind == StepKind::repeat) return answerable;
    if (kind == StepKind::succession) {
        const auto known = view.successors.find(answerable);
        return known == view.successors.end() || known->second.empty() ? AuthorityId{} : known->second.front();
    }
    const auto version = std::ranges::find(view.choices, answerable, &AuthorityVersion::authority);
    return version == view.choices.end() ? AuthorityId{} : version->parent;
}

Html authority_field(const Request& request, const DocumentPage& view, const std::string& form, AuthorityId chosen)
{
    std::vector<Choice> authorities{{"", say(request, "choose_authority")}};
    for (const auto& version : view.choices) authorities.push_back({version.authority.str(), version.names.in(request.language)});
    return select_field("authority#" + form, say(request, "step_authority"), authorities, chosen.text());
}

Html channel_field(const Request& request, const std::string& form)
{
    std::vector<Choice> channels;
    for (const auto channel : all_channels)
        channels.push_back({std::string(name(channel)), say(request, "channel." + std::string(name(channel)))});
    return select_field("channel#" + form, say(request, "channel_label"), channels, "eotinish");
}

Html about_field(const Request& request, const DocumentPage& view, const Recommendation& recommendation, const std::string& form)
{
    std::vector<Choice> clocks;
    for (const auto& step : view.steps)
        if (step.recommendation == recommendation.id && step.is_open() && is_our_letter(step.kind) && step.deadline)
            clocks.push_back({step.id.str(), kind_label(request, step.kind) + Html{" · " + i18n::date(request.language, step.deadline->due)}});
    return select_field("about#" + form, say(request, "step_about"), clocks);
}

// The fields that only this kind has.
Html own_fields(const Request& request, const DocumentPage& view, const Recommendation& recommendation, StepKind kind, const std::string& form)
{
    const auto today = iso(view.today);
    switch (kind) {
    case StepKind::hearing:
        return day_field(request, "on", form, "step_notice_on", today) + day_field(request, "until", form, "step_hearing_on", "");
    case StepKind::extension:
        return about_field(request, view, recommendation, form) + day_field(request, "on", form, "step_decided_on", today) +
               day_field(request, "told_on", form, "step_told_on", today) + day_field(request, "until", form, "step_until", "");
    case StepKind::forwarding:
        return authority_field(request, view, form, {}) + day_field(request, "on", form, "step_forwarded_on", today);
    case StepKind::succession:
        return authority_field(request, view, form, preferred(view, recommendation, kind)) + day_field(request, "on", form, "step_on", today);
    case StepKind::escalation:
    case StepKind::appeal:
    case StepKind::repeat:
    case StepKind::crime_report:
        return authority_field(request, view, form, preferred(view, recommendation, kind)) + channel_field(request, form) +
               day_field(request, "on", form, "sent_on", today);
    }
    return {};
}

Html step_form(const Request& request, const DocumentPage& view, const Recommendation& recommendation, StepKind kind)
{
    const auto form = std::string(name(kind)) + "-" + std::to_string(recommendation.ordinal);
    const bool is_ours = is_our_letter(kind);
    return details({}, summary({}, say(request, "step_make." + std::string(name(kind)))),
                   post_form(request, "/documents/" + view.document.id.str() + "/step",
                             p({cls("hint")}, say(request, "step_hint." + std::string(name(kind)))) +
                                 hidden_field("recommendation", recommendation.id.text()) + hidden_field("kind", name(kind)) +
                                 own_fields(request, view, recommendation, kind, form) +
                                 text_field("number#" + form, say(request, is_ours ? "out_number" : "reply_number"), "",
                                            {Attr("maxlength", 80), is_ours ? Attr("required") : Attr::none()}) +
                                 area_field("text#" + form, say(request, is_ours ? "step_why" : "reply_text"), "", {Attr("required"), Attr("maxlength", 8000)}) +
                                 file_field("letter#" + form, say(request, "reply_file"), ".pdf,.jpg,.jpeg,.png,.webp,.txt", true) +
                                 submit(say(request, "save")),
                             true));
}

// A mended defect that came back.
Html reopen_forms(const Request& request, const DocumentPage& view, const Recommendation& recommendation)
{
    Html out;
    for (const auto& finding : recommendation.findings) {
        const auto state = view.findings.find(finding);
        if (state == view.findings.end() || !oversight::next(state->second, oversight::FindingAction::reopen)) continue;
        const auto form = "reopen-" + std::to_string(recommendation.ordinal) + "-" + finding.str();
        out += details({}, summary({}, say(request, "reopen")),
                       post_form(request, "/documents/" + view.document.id.str() + "/reopen",
                                 p({cls("hint")}, say(request, "reopen_hint")) + hidden_field("recommendation", recommendation.id.text()) +
                                     hidden_field("finding", finding.text()) +
                                     area_field("text#" + form, say(request, "reopen_text"), "", {Attr("required"), Attr("maxlength", 4000)}) +
                                     submit(say(request, "save"))));
    }
    return out;
}

} // namespace step_parts

Html step_rows_of(const Request& request, const DocumentPage& view, const Recommendation& recommendation)
{
    Html rows;
    for (const auto& step : view.steps)
        if (step.recommendation == recommendation.id) rows += step_parts::step_row(request, view, step);
    return rows.empty() ? Html{} : h4({}, say(request, "steps")) + ul({cls("rows")}, rows);
}

Html step_forms(const Request& request, const DocumentPage& view, const Recommendation& recommendation)
{
    Html out;
    if (const auto possible = view.possible.find(recommendation.id); possible != view.possible.end())
        for (const auto kind : possible->second) out += step_parts::step_form(request, view, recommendation, kind);
    return out + step_parts::reopen_forms(request, view, recommendation);
}

Html public_steps(const Request& request, const DocumentPage& view)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& step : view.steps) {
        const auto* recommendation = view.document.find(step.recommendation);
        if (recommendation == nullptr) continue;
        rows.push_back({Html{recommendation->ordinal}, step_parts::kind_label(request, step.kind),
                        Html{i18n::date(request.language, step.on)}, Html{step_parts::name_of(request, view, step.authority)},
                        step_parts::end_badge(request, step, view.today)});
    }
    if (rows.empty()) return {};
    const auto column = [&](std::string_view key) { return i18n::text(request.language, "referral." + std::string(key)); };
    return data_table(say(request, "steps"), {"№", column("step"), column("step_on"), column("authority"), column("column_state")}, rows);
}

} // namespace adal::referral
