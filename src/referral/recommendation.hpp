// referral/recommendation.hpp: one recommendation of a final document, with its own clock and its own reply
// (law "On public control" art. 13(4): a reasoned reply separately for each recommendation).
//
//   unsent → waiting → answered           waiting + due day passed = overdue, a fact and not a state
//
// A letter that does not speak about a recommendation (class `none`) is kept and leaves its clock running.
// Pure and thread-safe; days are days in Kazakhstan.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "referral/deadline_rule.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

using DispatchId = Id<struct DispatchTag>;
using AuthorityVersionId = Id<struct AuthorityVersionTag>;

enum class RecommendationState { unsent, waiting, answered };
std::string_view name(RecommendationState state);
std::optional<RecommendationState> recommendation_state_from(std::string_view name);

// The eight classes of field.md §2.4 (after Monithon's third step). Append only.
enum class ReplyClass { none, partial, formal, promise, measure_taken, solved, refused, redirected };
std::string_view name(ReplyClass reply_class);
std::optional<ReplyClass> reply_class_from(std::string_view name);
inline constexpr std::array all_reply_classes{
    ReplyClass::none,          ReplyClass::partial, ReplyClass::formal,  ReplyClass::promise,
    ReplyClass::measure_taken, ReplyClass::solved,  ReplyClass::refused, ReplyClass::redirected};
// Everything but `none`.
bool is_answer(ReplyClass reply_class);

struct Recommendation {
    RecommendationId id{};
    DocumentId document{};
    int ordinal = 1; // number in the document, from 1
    std::string text{};
    AuthorityId authority{};             // who must answer, as signed
    // Who must answer now when it is somebody else: it was forwarded there, or this is the legal successor.
    AuthorityId holder{};
    AuthorityVersionId holder_version{};
    std::vector<FindingId> findings{};   // facts it rests on, at least one
    RecommendationState state = RecommendationState::unsent;
    DispatchId dispatch{};               // set when sent
    std::optional<Deadline> deadline{};  // set when sent
    std::optional<LocalDate> answered_on{};
    std::optional<LocalDate> missed_on{}; // day on which the silence was recorded in the log

    [[nodiscard]] AuthorityId answerable() const { return holder.is_set() ? holder : authority; }
};

// Why a deadline was replaced. Stored by name, append only.
enum class MoveReason { received, calendar, extended, forwarded };
std::string_view name(MoveReason reason);
std::optional<MoveReason> move_reason_from(std::string_view name);

// A deadline that was replaced: old and new stay to be seen.
struct FormerDeadline {
    Deadline deadline{};
    MoveReason reason = MoveReason::received;
    std::optional<LocalDate> next_due{};  // absent in records from before 2026-11-26
    std::optional<std::int64_t> leaf{};   // entry of the public log
    Instant replaced_at{};
};

struct Reply {
    ReplyId id{};
    RecommendationId recommendation{};
    LocalDate received_on{};
    std::string number{};       // outgoing number of the authority
    ReplyClass reply_class = ReplyClass::none;
    std::string text{};         // the substance, in the words of the letter
    std::optional<LocalDate> promised_for{}; // for `promise`
    std::vector<FileId> files{};
    PersonId registered_by{};
    Instant registered_at{};
    bool late = false;
};

inline constexpr ProblemCode recommendation_not_sent{"recommendation.not_sent", 409};
inline constexpr ProblemCode recommendation_other_finding{"recommendation.other_finding", 422};
inline constexpr ProblemCode recommendation_already_sent{"recommendation.already_sent", 409};
inline constexpr ProblemCode reply_before_sending{"reply.before_sending", 422}; // params: sent
inline constexpr ProblemCode reply_in_future{"reply.in_future", 422};
inline constexpr ProblemCode reply_second{"reply.second", 409};
inline constexpr ProblemCode reply_other_document{"reply.other_document", 422};
inline constexpr ProblemCode reply_text_missing{"reply.text_missing", 422};
inline constexpr ProblemCode reply_promise_date_missing{"reply.promise_date_missing", 422};

bool is_overdue(const Recommendation& recommendation, LocalDate today);

// The three moves. Each takes a value and gives the changed one.
[[nodiscard]] Result<Recommendation> send(Recommendation recommendation, DispatchId dispatch,
                                          const Deadline& deadline);
// Receipt by the authority moves the start of the clock; an answered or missed one stays as it is.
[[nodiscard]] Recommendation redate(Recommendation recommendation, const Deadline& deadline);
// Checks the reply against the recommendation, the day of sending and today.
[[nodiscard]] Result<Recommendation> answer(Recommendation recommendation, const Reply& reply,
                                            LocalDate sent_on, LocalDate today);
// Silence: the recommendation with missed_on set, or nothing when it is not overdue or already recorded.
[[nodiscard]] std::optional<Recommendation> miss(Recommendation recommendation, LocalDate today);

} // namespace adal::referral
