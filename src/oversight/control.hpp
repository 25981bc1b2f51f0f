// oversight/control.hpp: one exercise of public control: its form, tasks, subjects, object and places.
//
// Source: law "On public control" of 2 Oct 2023 No. 30-VIII. Art. 1(2) conflict of interest of a subject;
// art. 1(4) objects, without special-regime ones; art. 13(1) what the final document must be able to state
// (date, time, place, tasks, subjects and their compliance, forms, facts). So a control cannot be opened
// without these. Sending and reply clocks belong to the referral room.
//
//   draft → open → completed → documented → closed
//      └──────┴→ cancelled (with a reason)
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "oversight/place.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class ControlForm { monitoring, hearing, discussion, expertise, other };
inline constexpr std::array<ControlForm, 5> all_control_forms{ControlForm::monitoring, ControlForm::hearing,
                                                              ControlForm::discussion, ControlForm::expertise,
                                                              ControlForm::other};
std::string_view name(ControlForm form); // "oversight.control_form." + name
std::optional<ControlForm> control_form_from(std::string_view name);

enum class ControlState { draft, open, completed, documented, closed, cancelled };
inline constexpr std::array<ControlState, 6> all_control_states{
    ControlState::draft, ControlState::open, ControlState::completed, ControlState::documented,
    ControlState::closed, ControlState::cancelled};
std::string_view name(ControlState state); // "oversight.control_state." + name
std::optional<ControlState> control_state_from(std::string_view name);

enum class SubjectRole { lead, member, expert };
inline constexpr std::array<SubjectRole, 3> all_subject_roles{SubjectRole::lead, SubjectRole::member,
                                                              SubjectRole::expert};
std::string_view name(SubjectRole role); // "oversight.subject_role." + name
std::optional<SubjectRole> subject_role_from(std::string_view name);

enum class Conflict { not_declared, none, declared };
inline constexpr std::array<Conflict, 3> all_conflicts{Conflict::not_declared, Conflict::none,
                                                       Conflict::declared};
std::string_view name(Conflict conflict); // "oversight.conflict." + name
std::optional<Conflict> conflict_from(std::string_view name);

struct Subject {
    PersonId person{};
    SubjectRole role = SubjectRole::member;
    Conflict conflict = Conflict::not_declared;
    std::optional<Instant> declared_at{};
};

// The organisation whose acts are assessed.
struct ControlledObject {
    std::string name{};
    std::string bin{}; // 12 digits with a right check digit, or empty
};

// Why we went there. The score of a flag only orders a queue; a person decided (design.md invariant 9).
struct Ground {
    std::string legal{};       // act and article, free text of the coordinator
    std::string flag{};        // code of the red flag, e.g. "R024"; may be empty
    std::string process{};     // procurement process it was raised on
    std::string explanation{}; // the flag's explanation as it stood on that day
};

struct Control {
    ControlId id{};
    std::string title{};
    ControlForm form = ControlForm::monitoring;
    std::vector<std::string> tasks{};
    std::vector<Subject> subjects{};
    ControlledObject object{};
    std::vector<PlaceId> places{};
    std::string checklist{};          // id
    std::optional<Hash> checklist_hash{}; // its version; fixed when the control opens (I5)
    Ground ground{};
    std::optional<LocalDate> planned_from{}, planned_to{};
    // Heavy or dangerous work on the spot: nobody under 18 is sent (law on volunteering, art. 12(2-1)).
    bool adults_only = false;
    ControlState state = ControlState::draft;
    PersonId created_by{};
    Instant created_at{};
    std::optional<Instant> opened_at{}, completed_at{};
    std::int64_t version = 1;
};

inline constexpr ProblemCode control_tasks_missing{"oversight.control_tasks_missing", 422};
inline constexpr ProblemCode control_subjects_missing{"oversight.control_subjects_missing", 422};
inline constexpr ProblemCode control_declaration_missing{"oversight.control_declaration_missing", 422};
inline constexpr ProblemCode control_object_missing{"oversight.control_object_missing", 422};
inline constexpr ProblemCode control_bin_wrong{"oversight.control_bin_wrong", 422}; // params: bin
inline constexpr ProblemCode control_places_missing{"oversight.control_places_missing", 422};
inline constexpr ProblemCode control_dates_missing{"oversight.control_dates_missing", 422};
inline constexpr ProblemCode control_dates_reversed{"oversight.control_dates_reversed", 422};
inline constexpr ProblemCode control_checklist_missing{"oversight.control_checklist_missing", 422};
inline constexpr ProblemCode control_not_draft{"oversight.control_not_draft", 409};
inline constexpr ProblemCode control_not_open{"oversight.control_not_open", 409};
inline constexpr ProblemCode control_wrong_state{"oversight.control_wrong_state", 409}; // params: state
inline constexpr ProblemCode reason_missing{"oversight.reason_missing", 422};
inline constexpr ProblemCode not_a_subject{"oversight.not_a_subject", 409};
inline constexpr ProblemCode already_a_subject{"oversight.already_a_subject", 409};
inline constexpr ProblemCode conflict_of_interest{"oversight.conflict_of_interest", 409};

// `places` are the places the control names, in any order.
Result<Control> open(Control control, const std::vector<Place>& places, const Hash& checklist_hash, Instant now);
// In draft or open.
Result<Control> add_subject(Control control, const Subject& subject);
// A declaration may be renewed while the control is draft or open; the last one holds.
Result<Control> declare(Control control, PersonId person, Conflict conflict, Instant now);
Result<Control> complete(Control control, Instant now);
Result<Control> mark_documented(Control control); // the referral room has registered the final document
Result<Control> close(Control control);
Result<Control> cancel(Control control, std::string_view reason);
// Only a subject who declared that there is no conflict is sent anywhere.
Result<Done> may_be_sent(const Control& control, PersonId person);
// Twelve digits whose last is the check digit (order of weights 1…11, then 3…11,1,2).
[[nodiscard]] bool is_bin(std::string_view digits);
[[nodiscard]] std::string search_text(const Control& control);

} // namespace adal::oversight
