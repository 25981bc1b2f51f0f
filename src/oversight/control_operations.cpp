// Operations on controls and assignments of oversight.hpp.
#include "oversight/happened_store.hpp"
#include "oversight/oversight.hpp"
#include "people/people.hpp"

namespace adal::oversight {

namespace {

using storage::Transaction;

constexpr std::string_view kCoordinator = "coordinator", kVolunteer = "volunteer";

// Loads, changes by a rule, saves, writes the event.
template <typename Rule>
Result<Control> change(Transaction& tx, ControlId id, const Acting& who, std::string_view action, std::string_view reason, Rule rule)
{
    auto control = find_control(tx, id);
    if (!control) return fail(not_found);
    const auto from = name(control->state);
    auto changed = rule(std::move(*control));
    if (!changed) return pass(changed);
    changed->version += 1;
    if (const auto saved = save(tx, *changed); !saved) return pass(saved);
    happened(tx, Entity::control, id.text(), who, action, from, name(changed->state), "", reason);
    return *changed;
}

template <typename Rule>
Result<Assignment> change(Transaction& tx, AssignmentId id, const Acting& who, std::string_view action, std::string_view reason, Rule rule)
{
    auto assignment = find_assignment(tx, id);
    if (!assignment) return fail(visit_unknown_assignment);
    const auto from = name(assignment->state);
    auto changed = rule(std::move(*assignment));
    if (!changed) return pass(changed);
    changed->version += 1;
    if (const auto saved = save(tx, *changed); !saved) return pass(saved);
    happened(tx, Entity::assignment, id.text(), who, action, from, name(changed->state), "", reason);
    return *changed;
}

// A control that is over takes no visit: nobody is left with a task that could not be sent.
void release_all(Transaction& tx, ControlId control, std::string_view reason, PersonId actor, Instant now)
{
    for (const auto& task : assignments_of(tx, control))
        if (task.state == AssignmentState::offered || task.state == AssignmentState::accepted)
            ADAL_CHECK(release_assignment(tx, task.id, reason, actor, now).has_value());
}

// Invariant 7 of the product, asked where nobody can pass it by.
Result<Done> may_go(storage::Snapshot& snapshot, const Control& control, PersonId person, Instant now)
{
    return control.adults_only ? people::may_take_hazard(snapshot, person, now) : people::may_be_assigned(snapshot, person, now);
}

} // namespace

Result<Control> draft_control(Transaction& tx, Control control, PersonId actor, Instant now)
{
    for (const auto& place : find_places(tx, control.places))
        if (const auto allowed = may_be_controlled(place); !allowed) return pass(allowed);
    control.id = ControlId::make(now);
    control.state = ControlState::draft;
    control.created_by = actor;
    control.created_at = now;
    control.version = 1;
    control.checklist_hash.reset();
    add(tx, control);
    happened(tx, Entity::control, control.id.text(), {actor, kCoordinator, now}, "draft", "", name(control.state));
    return control;
}

Result<Control> change_draft(Transaction& tx, Control control, PersonId actor, Instant now)
{
    const auto stored = find_control(tx, control.id);
    if (!stored) return fail(not_found);
    if (stored->state != ControlState::draft) return fail(control_not_draft);
    control.state = stored->state;
    control.created_by = stored->created_by;
    control.created_at = stored->created_at;
    control.version += 1;
    if (const auto saved = save(tx, control); !saved) return pass(saved);
    happened(tx, Entity::control, control.id.text(), {actor, kCoordinator, now}, "change", name(stored->state), name(control.state));
    return control;
}

Result<Control> add_control_subject(Transaction& tx, ControlId control, const Subject& subject, PersonId actor, Instant now)
{
    return change(tx, control, {actor, kCoordinator, now}, "add_subject", "", [&](Control c) { return add_subject(std::move(c), subject); });
}

Result<Control> declare_conflict(Transaction& tx, ControlId control, PersonId person, Conflict conflict, PersonId actor, Instant now)
{
    const auto role = person == actor ? kVolunteer : kCoordinator;
    return change(tx, control, {actor, role, now}, "declare", "", [&](Control c) { return declare(std::move(c), person, conflict, now); });
}

Result<Control> open_control(Transaction& tx, ControlId control, PersonId actor, Instant now)
{
    return change(tx, control, {actor, kCoordinator, now}, "open", "", [&](Control c) -> Result<Control> {
        const auto* checklist = find_checklist(c.checklist);
        if (!checklist) return fail(control_checklist_missing);
        return open(c, find_places(tx, c.places), checklist->hash, now);
    });
}

Result<Control> complete_control(Transaction& tx, ControlId control, PersonId actor, Instant now)
{
    auto completed = change(tx, control, {actor, kCoordinator, now}, "complete", "", [&](Control c) { return complete(std::move(c), now); });
    if (completed) release_all(tx, control, "control_completed", actor, now);
    return completed;
}

Result<Control> mark_control_documented(Transaction& tx, ControlId control, PersonId actor, Instant now)
{
    return change(tx, control, {actor, "lawyer", now}, "document", "", [](Control c) { return mark_documented(std::move(c)); });
}

Result<Control> close_control(Transaction& tx, ControlId control, PersonId actor, Instant now)
{
    return change(tx, control, {actor, kCoordinator, now}, "close", "", [](Control c) { return close(std::move(c)); });
}

Result<Control> cancel_control(Transaction& tx, ControlId control, std::string_view reason, PersonId actor, Instant now)
{
    auto cancelled = change(tx, control, {actor, kCoordinator, now}, "cancel", reason, [&](Control c) { return cancel(std::move(c), reason); });
    if (cancelled) release_all(tx, control, "control_cancelled", actor, now);
    return cancelled;
}

Result<Assignment> assign_visit(Transaction& tx, ControlId control, PlaceId place, const std::vector<Assignee>& people, LocalDate due, PersonId actor, Instant now)
{
    const auto known = find_control(tx, control);
    const auto where = find_place(tx, place);
    if (!known || !where) return fail(not_found);
    for (const auto& assignee : people)
        if (const auto allowed = may_go(tx, *known, assignee.person, now); !allowed) return pass(allowed);
    auto assignment = assign(*known, *where, people, due, actor, now);
    if (!assignment) return pass(assignment);
    assignment->id = AssignmentId::make(now);
    add(tx, *assignment);
    happened(tx, Entity::assignment, assignment->id.text(), {actor, kCoordinator, now}, "offer", "", name(assignment->state));
    return *assignment;
}

Result<Assignment> accept_assignment(Transaction& tx, AssignmentId id, PersonId actor, Instant now)
{
    return change(tx, id, {actor, kVolunteer, now}, "accept", "", [&](Assignment a) { return accept(std::move(a), actor); });
}

Result<Assignment> decline_assignment(Transaction& tx, AssignmentId id, PersonId actor, Instant now)
{
    return change(tx, id, {actor, kVolunteer, now}, "decline", "", [&](Assignment a) { return decline(std::move(a), actor); });
}

Result<Assignment> release_assignment(Transaction& tx, AssignmentId id, std::string_view reason, PersonId actor, Instant now)
{
    return change(tx, id, {actor, kCoordinator, now}, "release", reason, [&](Assignment a) { return release(std::move(a), reason); });
}

std::int64_t release_assignments_of(Transaction& tx, PersonId person, std::string_view reason, Instant now)
{
    std::int64_t released = 0;
    for (const auto& task : tasks_of(tx, person)) {
        const auto left = change(tx, task.id, {PersonId{}, "system", now}, "release", reason, [&](Assignment a) -> Result<Assignment> {
            if (a.people.size() == 1) return release(std::move(a), reason);
            return decline(std::move(a), person); // the rest of the team still goes
        });
        released += left ? 1 : 0;
    }
    return released;
}

} // namespace adal::oversight
