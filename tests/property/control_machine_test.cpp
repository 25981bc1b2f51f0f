// A control and an assignment under random events.
#include "oversight/test_records.hpp"

#include "oversight/event.hpp"

#include <map>
#include <rapidcheck/gtest.h>
#include <set>

namespace adal::oversight {
namespace {

using namespace test;
using S = ControlState;
using A = AssignmentState;

const std::map<S, std::set<S>> kControlMoves{{S::draft, {S::draft, S::open, S::cancelled}}, {S::open, {S::open, S::completed, S::cancelled}},
                                             {S::completed, {S::documented}},               {S::documented, {S::closed}},
                                             {S::closed, {}},                               {S::cancelled, {}}};
const std::map<A, std::set<A>> kAssignmentMoves{{A::offered, {A::offered, A::accepted, A::declined, A::released, A::done}},
                                                {A::accepted, {A::accepted, A::declined, A::released, A::done}},
                                                {A::declined, {}}, {A::released, {}}, {A::done, {}}};

PersonId anybody() { return *rc::gen::element(author, mate, reviewer, second_reviewer, coordinator); }

Result<Control> anything(const Control& control)
{
    const auto text = *rc::gen::element<std::string>("себеп", " ");
    switch (*rc::gen::inRange(0, 7)) {
    case 0: return open(control, {place()}, Hash{}, moment);
    case 1: return complete(control, moment);
    case 2: return mark_documented(control);
    case 3: return close(control);
    case 4: return *rc::gen::inRange(0, 4) == 0 ? cancel(control, text) : cancel(control, " ");
    case 5: return add_subject(control, {.person = anybody()});
    default: return declare(control, anybody(), *rc::gen::element(Conflict::none, Conflict::declared, Conflict::not_declared), moment);
    }
}

RC_GTEST_PROP(AControl, never_leaves_its_machine_under_random_events, ())
{
    auto control = complete_draft();
    std::vector<Event> events{{.entity = Entity::control, .id = "1", .seq = 1, .action = "draft", .to = "draft"}};
    for (int i = 0; i < 50; ++i) {
        const auto moved = anything(control);
        if (!moved) continue;
        RC_ASSERT(kControlMoves.at(control.state).contains(moved->state));
        events.push_back({.entity = Entity::control, .id = "1", .seq = std::ssize(events) + 1, .action = "step", .from = std::string(name(control.state)), .to = std::string(name(moved->state))});
        control = *moved;
        RC_ASSERT(fold(events) == std::optional{std::string(name(control.state))});
        const bool was_opened = control.state != S::draft && control.state != S::cancelled;
        RC_ASSERT(!was_opened || (control.opened_at && control.checklist_hash));
        std::set<PersonId> people;
        for (const auto& subject : control.subjects) RC_ASSERT(people.insert(subject.person).second);
        for (const auto& subject : control.subjects) RC_ASSERT((subject.conflict == Conflict::not_declared) == !subject.declared_at);
        for (const auto person : {author, mate, reviewer})
            if (may_be_sent(control, person)) RC_ASSERT(control.state == S::open && people.contains(person));
    }
}

RC_GTEST_PROP(AnAssignment, never_leaves_its_machine_and_is_never_without_people, ())
{
    auto assignment = offer();
    for (int i = 0; i < 20; ++i) {
        const auto who = anybody();
        Result<Assignment> moved = fail(not_found);
        switch (*rc::gen::inRange(0, 4)) {
        case 0: moved = accept(assignment, who); break;
        case 1: moved = decline(assignment, who); break;
        case 2: moved = release(assignment, *rc::gen::element<std::string>("себеп", " ", " ")); break;
        default: moved = *rc::gen::inRange(0, 3) == 0 ? finish(assignment, who) : moved; break;
        }
        if (!moved) continue;
        RC_ASSERT(kAssignmentMoves.at(assignment.state).contains(moved->state));
        RC_ASSERT(!moved->people.empty());
        assignment = *moved;
        const bool is_live = assignment.state == A::offered || assignment.state == A::accepted;
        RC_ASSERT(may_send_visit(assignment, who).has_value() == (is_live && assignment.has(who)));
    }
}

} // namespace
} // namespace adal::oversight
