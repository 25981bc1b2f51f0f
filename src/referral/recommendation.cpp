#include "referral/recommendation.hpp"

#include "base/text.hpp"

namespace adal::referral {

std::string_view name(RecommendationState state)
{
    switch (state) {
    case RecommendationState::unsent: return "unsent";
    case RecommendationState::waiting: return "waiting";
    case RecommendationState::answered: return "answered";
    }
    return {};
}

std::optional<RecommendationState> recommendation_state_from(std::string_view text)
{
    using enum RecommendationState;
    for (const auto state : {unsent, waiting, answered})
        if (name(state) == text) return state;
    return std::nullopt;
}

std::string_view name(ReplyClass reply_class)
{
    switch (reply_class) {
    case ReplyClass::none: return "none";
    case ReplyClass::partial: return "partial";
    case ReplyClass::formal: return "formal";
    case ReplyClass::promise: return "promise";
    case ReplyClass::measure_taken: return "measure_taken";
    case ReplyClass::solved: return "solved";
    case ReplyClass::refused: return "refused";
    case ReplyClass::redirected: return "redirected";
    }
    return {};
}

std::optional<ReplyClass> reply_class_from(std::string_view text)
{
    for (const auto reply_class : all_reply_classes)
        if (name(reply_class) == text) return reply_class;
    return std::nullopt;
}

std::string_view name(MoveReason reason)
{
    switch (reason) {
    case MoveReason::received: return "received";
    case MoveReason::calendar: return "calendar";
    case MoveReason::extended: return "extended";
    case MoveReason::forwarded: return "forwarded";
    }
    return {};
}

std::optional<MoveReason> move_reason_from(std::string_view text)
{
    using enum MoveReason;
    for (const auto reason : {received, calendar, extended, forwarded})
        if (name(reason) == text) return reason;
    return std::nullopt;
}

bool is_answer(ReplyClass reply_class)
{
    return reply_class != ReplyClass::none;
}

bool is_overdue(const Recommendation& recommendation, LocalDate today)
{
    return recommendation.state == RecommendationState::waiting && recommendation.deadline &&
           today > recommendation.deadline->due;
}

Result<Recommendation> send(Recommendation recommendation, DispatchId dispatch, const Deadline& deadline)
{
    if (recommendation.state != RecommendationState::unsent) return fail(recommendation_already_sent);
    recommendation.state = RecommendationState::waiting;
    recommendation.dispatch = dispatch;
    recommendation.deadline = deadline;
    return recommendation;
}

Recommendation redate(Recommendation recommendation, const Deadline& deadline)
{
    if (recommendation.state == RecommendationState::waiting && !recommendation.missed_on)
        recommendation.deadline = deadline;
    return recommendation;
}

Result<Recommendation> answer(Recommendation recommendation, const Reply& reply, LocalDate sent_on,
                              LocalDate today)
{
    if (recommendation.state == RecommendationState::unsent) return fail(recommendation_not_sent);
    if (recommendation.state == RecommendationState::answered) return fail(reply_second);
    if (reply.received_on < sent_on) return fail(reply_before_sending, {{"sent", iso(sent_on)}});
    if (reply.received_on > today) return fail(reply_in_future);
    if (trim(reply.text).empty()) return fail(reply_text_missing);
    if (reply.reply_class == ReplyClass::promise && !reply.promised_for)
        return fail(reply_promise_date_missing);
    if (!is_answer(reply.reply_class)) return recommendation;

    recommendation.state = RecommendationState::answered;
    recommendation.answered_on = reply.received_on;
    return recommendation;
}

std::optional<Recommendation> miss(Recommendation recommendation, LocalDate today)
{
    if (!is_overdue(recommendation, today) || recommendation.missed_on) return std::nullopt;
    recommendation.missed_on = today;
    return recommendation;
}

} // namespace adal::referral
