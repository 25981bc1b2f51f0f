#include "oversight/assignment.hpp"

#include "base/text.hpp"
#include "oversight/named.hpp"

#include <algorithm>

namespace adal::oversight {
namespace {

constexpr std::array<Named<AssignmentState>, 5> kAssignmentStates{{{AssignmentState::offered, "offered"},
                                                         {AssignmentState::accepted, "accepted"},
                                                         {AssignmentState::declined, "declined"},
                                                         {AssignmentState::released, "released"},
                                                         {AssignmentState::done, "done"}}};

bool is_live(const Assignment& assignment)
{
    return assignment.state == AssignmentState::offered || assignment.state == AssignmentState::accepted;
}

tl::unexpected<Problem> closed(const Assignment& assignment)
{
    return fail(assignment_closed, {{"state", std::string(name(assignment.state))}});
}

} // namespace

std::string_view name(AssignmentState state)
{
    return name_in(kAssignmentStates, state);
}

std::optional<AssignmentState> assignment_state_from(std::string_view name)
{
    return value_in(kAssignmentStates, name);
}

bool Assignment::has(PersonId person) const
{
    return std::find(people.begin(), people.end(), person) != people.end();
}

Result<Assignment> assign(const Control& control, const Place& place, const std::vector<Assignee>& people,
                          LocalDate due, PersonId coordinator, Instant now)
{
    if (control.state != ControlState::open) return fail(control_not_open);
    if (people.empty()) return fail(assignment_nobody);
    if (std::find(control.places.begin(), control.places.end(), place.id) == control.places.end())
        return fail(assignment_wrong_place);
    if (const auto allowed = may_be_controlled(place); !allowed) return pass(allowed);
    if (due < local_date(now)) return fail(assignment_due_past);

    Assignment assignment{.control = control.id, .place = place.id, .due = due, .created_by = coordinator, .created_at = now};
    for (const Assignee& assignee : people) {
        if (const auto sent = may_be_sent(control, assignee.person); !sent) return pass(sent);
        if (!assignee.cleared) return fail(person_not_cleared);
        if (!assignment.has(assignee.person)) assignment.people.push_back(assignee.person);
    }
    return assignment;
}

Result<Assignment> accept(Assignment assignment, PersonId person)
{
    if (!assignment.has(person)) return fail(assignment_not_yours);
    if (assignment.state == AssignmentState::accepted) return assignment; // a team mate was first
    if (assignment.state != AssignmentState::offered) return closed(assignment);
    assignment.state = AssignmentState::accepted;
    return assignment;
}

Result<Assignment> decline(Assignment assignment, PersonId person)
{
    if (!assignment.has(person)) return fail(assignment_not_yours);
    if (!is_live(assignment)) return closed(assignment);
    if (assignment.people.size() == 1) assignment.state = AssignmentState::declined; // its history keeps the name
    else std::erase(assignment.people, person);
    return assignment;
}

Result<Assignment> release(Assignment assignment, std::string_view reason)
{
    if (!is_live(assignment)) return closed(assignment);
    if (trim(reason).empty()) return fail(reason_missing);
    assignment.state = AssignmentState::released;
    return assignment;
}

Result<Assignment> finish(Assignment assignment, PersonId person)
{
    if (const auto allowed = may_send_visit(assignment, person); !allowed) return pass(allowed);
    assignment.state = AssignmentState::done;
    return assignment;
}

Result<Done> may_send_visit(const Assignment& assignment, PersonId person)
{
    if (!assignment.has(person)) return fail(assignment_not_yours);
    if (!is_live(assignment)) return closed(assignment);
    return done();
}

} // namespace adal::oversight
