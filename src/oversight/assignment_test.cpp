#include "oversight/assignment.hpp"
#include "oversight/test_records.hpp"

#include <functional>

namespace adal::oversight {
namespace {

using test::key;
using test::moment;
using test::offer;
using test::open_control;
using test::place;

const LocalDate due = local_date(moment).plus_days(3);

std::string_view assigning(const Control& control, const std::vector<Assignee>& people, const Place& where = place(), LocalDate by = due)
{
    return key(assign(control, where, people, by, test::coordinator, moment));
}

TEST(Assignment, goes_to_subjects_of_an_open_control_at_one_of_its_places)
{
    const auto made = assign(open_control(), place(), {{test::author, true}, {test::mate, true}, {test::author, true}}, due, test::coordinator, moment);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->people, (std::vector{test::author, test::mate}));
    EXPECT_EQ(made->state, AssignmentState::offered);
    EXPECT_EQ(made->created_by, test::coordinator);
}

TEST(Assignment, is_refused_for_each_reason_by_its_name)
{
    auto elsewhere = place(), restricted = place();
    elsewhere.id = PlaceId::make(moment);
    restricted.restricted = true;
    EXPECT_EQ(assigning(test::complete_draft(), {{test::author, true}}), control_not_open.key);
    EXPECT_EQ(assigning(open_control(), {}), assignment_nobody.key);
    EXPECT_EQ(assigning(open_control(), {{test::author, true}}, elsewhere), assignment_wrong_place.key);
    EXPECT_EQ(assigning(open_control(), {{test::author, true}}, restricted), restricted_object.key);
    EXPECT_EQ(assigning(open_control(), {{test::author, true}}, place(), local_date(moment).plus_days(-1)), assignment_due_past.key);
    EXPECT_EQ(assigning(open_control(), {{test::reviewer, true}}), not_a_subject.key);
    EXPECT_EQ(assigning(*declare(open_control(), test::author, Conflict::declared, moment), {{test::author, true}}), conflict_of_interest.key);
    EXPECT_EQ(assigning(open_control(), {{test::author, false}}), person_not_cleared.key);
    EXPECT_EQ(assigning(open_control(), {{test::author, true}, {test::mate, false}}), person_not_cleared.key);
    EXPECT_EQ(assigning(open_control(), {{test::author, true}}, place(), local_date(moment)), "fine");
}

struct StepOfAssignment {
    std::string_view name;
    std::function<Result<Assignment>(Assignment)> take;
    std::map<AssignmentState, AssignmentState> leads;
};

class AssignmentMachine : public ::testing::TestWithParam<AssignmentState> {};

TEST_P(AssignmentMachine, allows_the_declared_steps_and_no_other)
{
    using S = AssignmentState;
    const std::vector<StepOfAssignment> steps{
        {"accept", [](Assignment a) { return accept(std::move(a), test::author); }, {{S::offered, S::accepted}, {S::accepted, S::accepted}}},
        {"decline", [](Assignment a) { return decline(std::move(a), test::author); }, {{S::offered, S::declined}, {S::accepted, S::declined}}},
        {"release", [](Assignment a) { return release(std::move(a), "ауырып қалды"); }, {{S::offered, S::released}, {S::accepted, S::released}}},
        {"finish", [](Assignment a) { return finish(std::move(a), test::author); }, {{S::offered, S::done}, {S::accepted, S::done}}}};
    for (const auto& step : steps) {
        auto assignment = offer();
        assignment.people = {test::author};
        assignment.state = GetParam();
        const auto moved = step.take(assignment);
        const auto to = step.leads.find(GetParam());
        if (to == step.leads.end()) {
            ASSERT_FALSE(moved) << step.name;
            EXPECT_TRUE(moved.error().is(assignment_closed)) << step.name;
            EXPECT_EQ(moved.error().params.at("state"), name(GetParam()));
        } else {
            ASSERT_TRUE(moved) << step.name;
            EXPECT_EQ(moved->state, to->second) << step.name;
        }
    }
    auto assignment = offer();
    assignment.state = GetParam();
    const bool is_live = GetParam() == S::offered || GetParam() == S::accepted;
    EXPECT_EQ(key(may_send_visit(assignment, test::author)), is_live ? "fine" : assignment_closed.key);
}

INSTANTIATE_TEST_SUITE_P(In, AssignmentMachine, ::testing::ValuesIn(all_assignment_states), [](const auto& state) { return std::string(name(state.param)); });

TEST(Assignment, of_others_is_nobody_elses)
{
    EXPECT_EQ(key(accept(offer(), test::reviewer)), assignment_not_yours.key);
    EXPECT_EQ(key(decline(offer(), test::reviewer)), assignment_not_yours.key);
    EXPECT_EQ(key(finish(offer(), test::reviewer)), assignment_not_yours.key);
    EXPECT_EQ(key(may_send_visit(offer(), test::reviewer)), assignment_not_yours.key);
}

TEST(Team, goes_on_without_the_one_who_declined_and_closes_with_the_last)
{
    const auto one_left = decline(*accept(offer(), test::author), test::author);
    ASSERT_TRUE(one_left);
    EXPECT_EQ(one_left->state, AssignmentState::accepted);
    EXPECT_EQ(one_left->people, std::vector{test::mate});
    const auto closed = decline(*one_left, test::mate);
    EXPECT_EQ(closed->state, AssignmentState::declined);
    EXPECT_TRUE(closed->has(test::mate)); // its history keeps the name
}

TEST(Assignment, is_released_only_with_a_reason)
{
    EXPECT_EQ(key(release(offer(), "  ")), reason_missing.key);
}

TEST(Assignment, names_are_looked_up_both_ways)
{
    for (const auto one : all_assignment_states) EXPECT_EQ(assignment_state_from(name(one)), one);
    EXPECT_EQ(assignment_state_from("lost"), std::nullopt);
}

} // namespace
} // namespace adal::oversight
