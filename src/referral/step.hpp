// referral/step.hpp: what happens to a recommendation after its sending, each with a letter to refer to and, where
// the law gives one, a clock of its own.
//
//   hearing       the authority hears us before it decides; notice of 3 working days (law on public control art. 13(6))
//   extension     a term is extended by a reasoned decision, as far as its rule allows (APPC art. 76)
//   forwarding    the authority passes it to another one within 3 working days; a new clock runs there (APPC art. 76)
//   escalation    we write to the authority above: silence, a refusal or an empty answer went before (15 working days)
//   appeal        a pre-trial complaint (APPC art. 91, 100)
//   repeat        a demand again: the fix was not found on the spot, or the defect came back within the warranty
//   crime_report  a report of a crime, registered within 24 hours (Criminal Procedure Code)
//   succession    the authority is gone; the legal successor answers, the clock runs on
//
// A step is open until its end is recorded; those that wait for nothing end when they are made.
// Pure and thread-safe; days are days in Kazakhstan.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "referral/authority.hpp"
#include "referral/deadline_rule.hpp"
#include "referral/recommendation.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

using StepId = Id<struct StepTag>;

// Stored by name, append only.
enum class StepKind { hearing, extension, forwarding, escalation, appeal, repeat, crime_report, succession };
inline constexpr std::array all_step_kinds{StepKind::hearing,    StepKind::extension, StepKind::forwarding,
                                           StepKind::escalation, StepKind::appeal,    StepKind::repeat,
                                           StepKind::crime_report, StepKind::succession};
std::string_view name(StepKind kind);
std::optional<StepKind> step_kind_from(std::string_view name);

enum class StepOutcome { held, not_held, upheld, partly, rejected, registered, withdrawn };
inline constexpr std::array all_step_outcomes{StepOutcome::held,     StepOutcome::not_held,   StepOutcome::upheld,
                                              StepOutcome::partly,   StepOutcome::rejected,   StepOutcome::registered,
                                              StepOutcome::withdrawn};
std::string_view name(StepOutcome outcome);
std::optional<StepOutcome> step_outcome_from(std::string_view name);
// Those that end a step of that kind; none: it ends when it is made.
std::vector<StepOutcome> outcomes_of(StepKind kind);
// A letter of ours: it needs an outgoing number and moves the findings to `referred` again.
bool is_our_letter(StepKind kind);

struct StepEnd {
    StepOutcome outcome = StepOutcome::upheld;
    LocalDate on{};
    std::string number{}; // of the letter or protocol
    std::string text{};   // what it says
};

struct Step {
    StepId id{};
    RecommendationId recommendation{};
    DocumentId document{};
    StepKind kind = StepKind::escalation;
    StepId about{};                        // extension: of this step's clock; unset: of the recommendation's
    AuthorityId authority{};               // whom it goes to, or who forwarded to
    AuthorityVersionId authority_version{};
    std::optional<ChannelKind> channel{};  // of our own letters
    std::string number{};                  // of the letter
    std::string text{};                    // why, in the words of the letter
    LocalDate on{};                        // day of the letter, notice or decision
    std::vector<FileId> files{};
    PersonId recorded_by{};
    Instant recorded_at{};
    bool late = false;                     // later than the law allows: notice, forwarding
    std::optional<Deadline> deadline{};
    bool is_set_by_letter = false;         // the day is the letter's: the calendar does not move it
    std::optional<LocalDate> missed_on{};
    std::optional<StepEnd> end{};

    [[nodiscard]] bool is_open() const { return !end && !outcomes_of(kind).empty(); }
};

// What the step rests on, as it stands when it is made.
struct StepGround {
    bool is_overdue = false;                    // of the recommendation
    std::optional<ReplyClass> answered_as{};
    bool has_unfixed = false;                   // a check found it not fixed, or it was reopened
    bool has_missed_or_lost_step = false;       // an escalation was rejected, or not answered in time
    bool is_holder_gone = false;                // no version of whom must answer is in force
    AuthorityId answerable{};
    LocalDate sent_on{};
};

inline constexpr ProblemCode step_no_ground{"step.no_ground", 409};           // params: kind (referral.step_kind.*)
inline constexpr ProblemCode step_text_missing{"step.text_missing", 422};
inline constexpr ProblemCode step_number_missing{"step.number_missing", 422};
inline constexpr ProblemCode step_in_future{"step.in_future", 422};
inline constexpr ProblemCode step_before_sending{"step.before_sending", 422}; // params: sent
inline constexpr ProblemCode step_same_authority{"step.same_authority", 422};
inline constexpr ProblemCode step_hearing_before_notice{"step.hearing_before_notice", 422};
inline constexpr ProblemCode step_no_extension{"step.no_extension", 409};     // params: rule
inline constexpr ProblemCode step_extension_too_far{"step.extension_too_far", 422}; // params: limit
inline constexpr ProblemCode step_extension_too_late{"step.extension_too_late", 409}; // params: due
inline constexpr ProblemCode step_extension_second{"step.extension_second", 409};
inline constexpr ProblemCode step_extension_shorter{"step.extension_shorter", 422}; // params: due
inline constexpr ProblemCode step_over{"step.over", 409};
inline constexpr ProblemCode step_end_before_start{"step.end_before_start", 422}; // params: date
inline constexpr ProblemCode step_wrong_outcome{"step.wrong_outcome", 422};
inline constexpr ProblemCode step_other_document{"step.other_document", 422};

// Whether the ground for such a step is there.
bool has_ground(StepKind kind, const Recommendation& recommendation, const StepGround& ground);
// Whether such a step may be made now.
[[nodiscard]] Result<Done> may_step(const Step& step, const Recommendation& recommendation, const StepGround& ground,
                                    LocalDate today);
// The last day on which the notice of a hearing is in time; later is noted, not refused: it is their breach.
[[nodiscard]] Result<Step> with_hearing(Step step, LocalDate hearing_on, const DeadlineRule& notice, const WorkingDays& calendar);
// `clock` is the clock to be extended, by its rule, and `was_extended` whether it was already.
struct Extension {
    Deadline clock{};
    DeadlineRule rule{};
    bool was_extended = false;
    LocalDate until{};
    LocalDate notified_on{};
};
// step.deadline becomes the extended clock; late when we were told later than APPC art. 76 allows.
[[nodiscard]] Result<Step> with_extension(Step step, const Extension& extension, const DeadlineRule& notice,
                                          const WorkingDays& calendar);
// Late when it was forwarded more than the rule's term after `received_on`.
[[nodiscard]] Step with_forwarding(Step step, LocalDate received_on, const DeadlineRule& forward,
                                   const DeadlineRule& reply, const WorkingDays& calendar);
[[nodiscard]] Result<Step> end(Step step, const StepEnd& end, LocalDate today);
bool is_overdue(const Step& step, LocalDate today);
// Silence about a step: with missed_on set, or nothing when it is not overdue or already recorded.
[[nodiscard]] std::optional<Step> miss(Step step, LocalDate today);

} // namespace adal::referral
