// oversight/finding.hpp: a violation that somebody saw, and everything that may happen to it (field.md §2.3).
//
//   reported → triaged → verified → referred → acknowledged → in_progress → fix_claimed → fixed_verified
//   reported → duplicate · invalid         triaged → disputed → verified · invalid (a third person decides)
//   triaged → referred (urgent: danger; verification owed in 72 h, in whatever state; refuted → disputed)
//   acknowledged, in_progress → refused → referred (again) · closed_refused
//   referred … in_progress → fix_claimed → not_fixed → referred (again) · fix_claimed
//   fixed_verified → reopened → referred      any open → archived_unresolved (two reviewers, 24 months)
//
// Being sealed is a mark, not a state: a seal never changes and never goes away. `overdue` is computed from
// the referral's clock, not stored.
// Every move is an event; state = fold(events) (I4). Four eyes: the authors are the people of the visit.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "oversight/checklist.hpp"
#include "oversight/verification.hpp"
#include "oversight/visit.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class FindingState {
    reported, duplicate, invalid, triaged, disputed, verified, referred, acknowledged, in_progress, refused,
    closed_refused, fix_claimed, fixed_verified, not_fixed, reopened, archived_unresolved
};
inline constexpr std::array<FindingState, 16> all_finding_states{
    FindingState::reported, FindingState::duplicate, FindingState::invalid, FindingState::triaged,
    FindingState::disputed, FindingState::verified, FindingState::referred, FindingState::acknowledged,
    FindingState::in_progress, FindingState::refused, FindingState::closed_refused,
    FindingState::fix_claimed, FindingState::fixed_verified, FindingState::not_fixed,
    FindingState::reopened, FindingState::archived_unresolved};
std::string_view name(FindingState state); // "oversight.finding_state." + name
std::optional<FindingState> finding_state_from(std::string_view name);
[[nodiscard]] bool is_open(FindingState state); // not one of the end states

enum class FindingOrigin { visit, citizen_report, screening };
std::string_view name(FindingOrigin origin); // "oversight.finding_origin." + name
std::optional<FindingOrigin> finding_origin_from(std::string_view name);

// What moves a finding. Stored by name in the event log.
enum class FindingAction {
    report, triage, mark_duplicate, mark_invalid, confirm, refute, doubt, decide_valid, decide_invalid, seal,
    publish, refer, refer_urgent, acknowledge, start_work, refuse, close_refused, claim_fix, pass_fix, fail_fix,
    reopen, propose_archive, archive
};
inline constexpr int kFindingActions = 23;
std::string_view name(FindingAction action); // "oversight.finding_action." + name
std::optional<FindingAction> finding_action_from(std::string_view name);
// The machine itself; nothing when the action is not possible in that state. `report` starts it.
[[nodiscard]] std::optional<FindingState> next(std::optional<FindingState> state, FindingAction action);

enum class InvalidReason { not_a_violation, out_of_scope, false_report, abuse };
inline constexpr std::array<InvalidReason, 4> all_invalid_reasons{
    InvalidReason::not_a_violation, InvalidReason::out_of_scope, InvalidReason::false_report,
    InvalidReason::abuse};
std::string_view name(InvalidReason reason); // "oversight.invalid_reason." + name
std::optional<InvalidReason> invalid_reason_from(std::string_view name);

struct Seal {
    std::int64_t leaf = 0;  // index of case.sealed
    std::string eid{};
    std::string case_id{};  // 32 hex; names the case in the log
    PersonId by{};
    Instant at{};
};

struct Publication {
    std::int64_t leaf = 0;  // index of case.published
    std::string eid{};
    std::string summary{};  // the text people read; without persons
    PersonId by{};
    Instant at{};
};

struct Finding {
    FindingId id{};
    FindingOrigin origin = FindingOrigin::visit;
    VisitId visit{};
    ControlId control{};
    PlaceId place{};
    std::string checklist{}, rule{}; // label: Checklist::find_rule(rule)->label
    std::string question{};          // path, e.g. "defect[0].dep"
    std::string value{};             // what was answered or measured
    Severity severity = Severity::minor;
    std::string text{};              // the volunteer's note; not public
    std::vector<PersonId> authors{};
    std::vector<Photo> photos{};
    FindingState state = FindingState::reported;
    bool urgent = false;
    std::optional<Instant> verification_due{}; // of an urgent one, until verified
    std::optional<Instant> verified_at{};
    bool warranty = false;           // reopened within the warranty
    FindingId duplicate_of{};
    PersonId archive_proposed_by{};
    std::optional<Seal> seal{};
    std::optional<Publication> publication{};
    Instant created_at{}, changed_at{};
    std::int64_t version = 1;

    [[nodiscard]] bool has_author(PersonId person) const;
    [[nodiscard]] std::string category() const { return checklist + "." + rule; }
};

inline constexpr ProblemCode finding_wrong_state{"oversight.finding_wrong_state", 409}; // params: state
inline constexpr ProblemCode finding_own{"oversight.finding_own", 403}; // author may not
inline constexpr ProblemCode finding_not_verified{"oversight.finding_not_verified", 409};
inline constexpr ProblemCode finding_not_sealed{"oversight.finding_not_sealed", 409};
inline constexpr ProblemCode already_sealed{"oversight.already_sealed", 409};
inline constexpr ProblemCode already_published{"oversight.already_published", 409};
inline constexpr ProblemCode finding_no_evidence{"oversight.finding_no_evidence", 422};
inline constexpr ProblemCode duplicate_of_itself{"oversight.duplicate_of_itself", 422};
inline constexpr ProblemCode duplicate_wrong_target{"oversight.duplicate_wrong_target", 422};
inline constexpr ProblemCode verifier_twice{"oversight.verifier_twice", 409};
inline constexpr ProblemCode verification_text_missing{"oversight.verification_text_missing", 422};
inline constexpr ProblemCode revisit_photo_missing{"oversight.revisit_photo_missing", 422};
inline constexpr ProblemCode third_person_needed{"oversight.third_person_needed", 403};
inline constexpr ProblemCode not_urgent{"oversight.not_urgent", 409};
inline constexpr ProblemCode archive_too_early{"oversight.archive_too_early", 409};
inline constexpr ProblemCode archive_second_person{"oversight.archive_second_person", 403};
inline constexpr ProblemCode summary_missing{"oversight.summary_missing", 422};

// A step: the finding after it and what the event says.
struct Step {
    Finding finding{};
    FindingAction action = FindingAction::report;
    std::optional<FindingState> from{};
    std::string reason{}; // code, may be empty
    std::string text{};
};

// Violations of an accepted visit (I2). One finding per violating observation.
Result<std::vector<Step>> findings_of(const Visit& visit, std::string_view note, Instant now);

Result<Step> triage(Finding finding, PersonId reviewer, Instant now);
Result<Step> mark_duplicate(Finding finding, const Finding& canonical, PersonId reviewer, Instant now);
Result<Step> mark_invalid(Finding finding, PersonId reviewer, InvalidReason reason, std::string_view text, Instant now);
// `earlier` are the verifications so far. confirm → verified (in an urgent one, referred already: verified_at only);
// refute → disputed; unsure changes no state. In a disputed one the verifier is a third person and decides.
Result<Step> verify(Finding finding, const Verification& verification, const std::vector<Verification>& earlier);
Result<Step> seal(Finding finding, const Seal& seal);
Result<Step> publish(Finding finding, const Publication& publication);
Result<Step> refer(Finding finding, PersonId person, Instant now);        // verified and sealed, or again
Result<Step> refer_urgent(Finding finding, PersonId person, Instant now); // triaged and danger
Result<Step> acknowledge(Finding finding, Instant now);
Result<Step> start_work(Finding finding, Instant now);
Result<Step> refuse(Finding finding, std::string_view text, Instant now);
Result<Step> close_refused(Finding finding, std::string_view text, Instant now);
Result<Step> claim_fix(Finding finding, std::string_view text, Instant now);
Result<Step> finish_fix_check(Finding finding, bool is_fixed, Instant now);
Result<Step> reopen(Finding finding, bool within_warranty, std::string_view text, Instant now);
// The first reviewer proposes, the second decides; both not authors, not the same.
Result<Step> archive(Finding finding, PersonId reviewer, Instant now);

} // namespace adal::oversight
