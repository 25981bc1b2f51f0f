// oversight/assignment.hpp: who goes where, by when.
//
//   offered → accepted → done
//      │         └→ released (consent withdrawn, coordinator)
//      └→ declined · released
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "oversight/control.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

enum class AssignmentState { offered, accepted, declined, released, done };
inline constexpr std::array<AssignmentState, 5> all_assignment_states{
    AssignmentState::offered, AssignmentState::accepted, AssignmentState::declined,
    AssignmentState::released, AssignmentState::done};
std::string_view name(AssignmentState state); // "oversight.assignment_state." + name
std::optional<AssignmentState> assignment_state_from(std::string_view name);

struct Assignment {
    AssignmentId id{};
    ControlId control{};
    PlaceId place{};
    std::vector<PersonId> people{}; // those who are (still) going
    LocalDate due{};
    AssignmentState state = AssignmentState::offered;
    PersonId created_by{};
    Instant created_at{};
    std::int64_t version = 1;

    [[nodiscard]] bool has(PersonId person) const;
};

// What the people room says about a person: adults, or minors with a valid consent and no 18+ hazard
// (law on volunteering of 30 Dec 2016, art. 12; design.md invariant 7).
struct Assignee {
    PersonId person{};
    bool cleared = false;
};

inline constexpr ProblemCode assignment_nobody{"oversight.assignment_nobody", 422};
inline constexpr ProblemCode assignment_wrong_place{"oversight.assignment_wrong_place", 422};
inline constexpr ProblemCode assignment_due_past{"oversight.assignment_due_past", 422};
inline constexpr ProblemCode person_not_cleared{"oversight.person_not_cleared", 409};
inline constexpr ProblemCode assignment_not_yours{"oversight.assignment_not_yours", 403};
inline constexpr ProblemCode assignment_closed{"oversight.assignment_closed", 409}; // params: state

Result<Assignment> assign(const Control& control, const Place& place, const std::vector<Assignee>& people,
                          LocalDate due, PersonId coordinator, Instant now);
Result<Assignment> accept(Assignment assignment, PersonId person);
// Whoever declines leaves the team; the last one closes the assignment.
Result<Assignment> decline(Assignment assignment, PersonId person);
Result<Assignment> release(Assignment assignment, std::string_view reason);
Result<Assignment> finish(Assignment assignment, PersonId person);
// A visit may be sent for an offered or accepted assignment by one of its people.
Result<Done> may_send_visit(const Assignment& assignment, PersonId person);

} // namespace adal::oversight
