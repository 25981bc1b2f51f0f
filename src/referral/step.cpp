#include "referral/step.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::referral {

std::string_view name(StepKind kind)
{
    switch (kind) {
    case StepKind::hearing: return "hearing";
    case StepKind::extension: return "extension";
    case StepKind::forwarding: return "forwarding";
    case StepKind::escalation: return "escalation";
    case StepKind::appeal: return "appeal";
    case StepKind::repeat: return "repeat";
    case StepKind::crime_report: return "crime_report";
    case StepKind::succession: return "succession";
    }
    return {};
}

std::optional<StepKind> step_kind_from(std::string_view text)
{
    for (const auto kind : all_step_kinds)
        if (name(kind) == text) return kind;
    return std::nullopt;
}

std::string_view name(StepOutcome outcome)
{
    switch (outcome) {
    case StepOutcome::held: return "held";
    case StepOutcome::not_held: return "not_held";
    case StepOutcome::upheld: return "upheld";
    case StepOutcome::partly: return "partly";
    case StepOutcome::rejected: return "rejected";
    case StepOutcome::registered: return "registered";
    case StepOutcome::withdrawn: return "withdrawn";
    }
    return {};
}

std::optional<StepOutcome> step_outcome_from(std::string_view text)
{
    for (const auto outcome : all_step_outcomes)
        if (name(outcome) == text) return outcome;
    return std::nullopt;
}

std::vector<StepOutcome> outcomes_of(StepKind kind)
{
    using enum StepOutcome;
    switch (kind) {
    case StepKind::hearing: return {held, not_held, withdrawn};
    case StepKind::escalation:
    case StepKind::appeal:
    case StepKind::repeat: return {upheld, partly, rejected, withdrawn};
    case StepKind::crime_report: return {registered, rejected, withdrawn};
    case StepKind::extension:
    case StepKind::forwarding:
    case StepKind::succession: return {};
    }
    return {};
}

bool is_our_letter(StepKind kind)
{
    return kind == StepKind::escalation || kind == StepKind::appeal || kind == StepKind::repeat ||
           kind == StepKind::crime_report;
}

namespace {

// An answer that leaves the matter where it was.
bool is_empty_answer(const std::optional<ReplyClass>& answer)
{
    using enum ReplyClass;
    return answer && (*answer == refused || *answer == formal || *answer == partial || *answer == redirected);
}

} // namespace

bool has_ground(StepKind kind, const Recommendation& recommendation, const StepGround& ground)
{
    const bool is_waiting = recommendation.state == RecommendationState::waiting;
    switch (kind) {
    case StepKind::hearing:
    case StepKind::forwarding: return is_waiting;
    case StepKind::extension:
    case StepKind::crime_report: return true;
    case StepKind::escalation:
    case StepKind::appeal:
        return ground.is_overdue || is_empty_answer(ground.answered_as) || ground.has_unfixed ||
               ground.has_missed_or_lost_step;
    case StepKind::repeat: return ground.has_unfixed;
    case StepKind::succession: return ground.is_holder_gone;
    }
    return false;
}

Result<Done> may_step(const Step& step, const Recommendation& recommendation, const StepGround& ground, LocalDate today)
{
    // A successor may be needed before anything can be sent at all.
    if (recommendation.state == RecommendationState::unsent && step.kind != StepKind::succession)
        return fail(recommendation_not_sent);
    if (trim(step.text).empty()) return fail(step_text_missing);
    if (is_our_letter(step.kind) && trim(step.number).empty()) return fail(step_number_missing);
    if (step.on > today) return fail(step_in_future);
    if (step.on < ground.sent_on) return fail(step_before_sending, {{"sent", iso(ground.sent_on)}});
    const bool is_passed_on = step.kind == StepKind::forwarding || step.kind == StepKind::succession ||
                              step.kind == StepKind::escalation;
    if (is_passed_on && step.authority == ground.answerable) return fail(step_same_authority);
    if (!has_ground(step.kind, recommendation, ground))
        return fail(step_no_ground, {{"kind", std::string(name(step.kind))}});
    return done();
}

Result<Step> with_hearing(Step step, LocalDate hearing_on, const DeadlineRule& notice, const WorkingDays& calendar)
{
    if (hearing_on < step.on) return fail(step_hearing_before_notice);
    const auto last_day = deadline_of(notice, hearing_on, calendar).due;
    step.late = step.on > last_day;
    step.deadline = Deadline{.rule_version = notice.version,
                             .calendar_version = calendar.version(),
                             .start = step.on,
                             .due = hearing_on};
    step.is_set_by_letter = true;
    return step;
}

Result<Step> with_extension(Step step, const Extension& extension, const DeadlineRule& notice, const WorkingDays& calendar)
{
    const auto& clock = extension.clock;
    const auto limit = extension_limit(extension.rule, clock.due, calendar);
    if (!limit) return fail(step_no_extension, {{"rule", extension.rule.code}});
    if (extension.was_extended) return fail(step_extension_second);
    if (step.on > clock.due) return fail(step_extension_too_late, {{"due", iso(clock.due)}});
    if (extension.until <= clock.due) return fail(step_extension_shorter, {{"due", iso(clock.due)}});
    if (extension.until > *limit) return fail(step_extension_too_far, {{"limit", iso(*limit)}});
    step.late = extension.notified_on > deadline_of(notice, step.on, calendar).due;
    step.deadline = Deadline{.rule_version = clock.rule_version,
                             .calendar_version = calendar.version(),
                             .start = clock.start,
                             .due = extension.until};
    step.is_set_by_letter = true;
    return step;
}

Step with_forwarding(Step step, LocalDate received_on, const DeadlineRule& forward, const DeadlineRule& reply,
                     const WorkingDays& calendar)
{
    step.late = step.on > deadline_of(forward, received_on, calendar).due;
    step.deadline = deadline_of(reply, step.on, calendar);
    return step;
}

Result<Step> end(Step step, const StepEnd& end, LocalDate today)
{
    if (!step.is_open()) return fail(step_over);
    const auto allowed = outcomes_of(step.kind);
    if (std::ranges::find(allowed, end.outcome) == allowed.end()) return fail(step_wrong_outcome);
    if (end.on < step.on) return fail(step_end_before_start, {{"date", iso(step.on)}});
    if (end.on > today) return fail(step_in_future);
    if (trim(end.text).empty()) return fail(step_text_missing);
    step.end = end;
    return step;
}

bool is_overdue(const Step& step, LocalDate today)
{
    return step.is_open() && step.deadline && today > step.deadline->due;
}

std::optional<Step> miss(Step step, LocalDate today)
{
    // A hearing that went by is ours to record; nobody owed us an answer on that day.
    if (step.kind == StepKind::hearing || !is_overdue(step, today) || step.missed_on) return std::nullopt;
    step.missed_on = today;
    return step;
}

} // namespace adal::referral
