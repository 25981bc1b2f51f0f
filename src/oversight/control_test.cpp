#include "oversight/control.hpp"
#include "oversight/test_records.hpp"

#include <functional>

namespace adal::oversight {
namespace {

using test::complete_draft;
using test::key;
using test::moment;
using test::open_control;
using test::place;

struct Lack {
    std::string_view name;
    const ProblemCode& problem;
    void (*take)(Control&);
};

class DraftWithout : public ::testing::TestWithParam<Lack> {};

TEST_P(DraftWithout, is_not_opened)
{
    auto draft = complete_draft();
    GetParam().take(draft);
    EXPECT_EQ(key(open(draft, {place()}, Hash{}, moment)), GetParam().problem.key);
}

INSTANTIATE_TEST_SUITE_P(
    What, DraftWithout,
    ::testing::Values(Lack{"tasks", control_tasks_missing, [](Control& c) { c.tasks.clear(); }}, Lack{"tasks_with_words", control_tasks_missing, [](Control& c) { c.tasks = {" ", "\n"}; }},
                      Lack{"subjects", control_subjects_missing, [](Control& c) { c.subjects.clear(); }},
                      Lack{"a_declaration", control_declaration_missing, [](Control& c) { c.subjects.front().conflict = Conflict::not_declared; }},
                      Lack{"the_moment_of_a_declaration", control_declaration_missing, [](Control& c) { c.subjects.front().declared_at.reset(); }},
                      Lack{"an_object", control_object_missing, [](Control& c) { c.object.name = " "; }}, Lack{"a_right_bin", control_bin_wrong, [](Control& c) { c.object.bin = "001240000129"; }},
                      Lack{"places", control_places_missing, [](Control& c) { c.places.clear(); }},
                      Lack{"places_we_know", control_places_missing, [](Control& c) { c.places.push_back(PlaceId::make(moment)); }},
                      Lack{"dates", control_dates_missing, [](Control& c) { c.planned_to.reset(); }},
                      Lack{"dates_in_order", control_dates_reversed, [](Control& c) { c.planned_to = c.planned_from->plus_days(-1); }},
                      Lack{"a_checklist", control_checklist_missing, [](Control& c) { c.checklist.clear(); }}),
    [](const auto& chosen) { return std::string(chosen.param.name); });

TEST(Control, complete_is_opened_and_keeps_the_version_of_its_checklist)
{
    const auto opened = open(complete_draft(), {place()}, sha256("road"), moment);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->state, ControlState::open);
    EXPECT_EQ(opened->checklist_hash, sha256("road"));
    EXPECT_EQ(opened->opened_at, moment);
}

TEST(Control, of_a_restricted_object_is_not_opened)
{
    auto restricted = place();
    restricted.restricted = true;
    EXPECT_EQ(key(open(complete_draft(), {restricted}, Hash{}, moment)), restricted_object.key);
}

TEST(Control, whose_subject_declared_a_conflict_is_opened_but_that_subject_is_sent_nowhere)
{
    auto draft = complete_draft();
    draft.subjects.front().conflict = Conflict::declared;
    const auto opened = open(draft, {place()}, Hash{}, moment);
    ASSERT_TRUE(opened);
    EXPECT_EQ(key(may_be_sent(*opened, test::author)), conflict_of_interest.key);
    EXPECT_EQ(key(may_be_sent(*opened, test::mate)), "fine");
    EXPECT_EQ(key(may_be_sent(*opened, test::reviewer)), not_a_subject.key);
    EXPECT_EQ(key(may_be_sent(complete_draft(), test::author)), control_not_open.key);
}

// Each step in each state: what it leads to, or the problem.
struct StepOfControl {
    std::string_view name;
    std::function<Result<Control>(Control)> take;
    std::map<ControlState, ControlState> leads;
    const ProblemCode& otherwise;
};

class ControlMachine : public ::testing::TestWithParam<ControlState> {};

TEST_P(ControlMachine, allows_the_declared_steps_and_no_other)
{
    using S = ControlState;
    const std::vector<StepOfControl> steps{
        {"open", [](Control c) { return open(std::move(c), {place()}, Hash{}, moment); }, {{S::draft, S::open}}, control_not_draft},
        {"complete", [](Control c) { return complete(std::move(c), moment); }, {{S::open, S::completed}}, control_wrong_state},
        {"document", [](Control c) { return mark_documented(std::move(c)); }, {{S::completed, S::documented}}, control_wrong_state},
        {"close", [](Control c) { return close(std::move(c)); }, {{S::documented, S::closed}}, control_wrong_state},
        {"cancel", [](Control c) { return cancel(std::move(c), "объект жабылды"); }, {{S::draft, S::cancelled}, {S::open, S::cancelled}}, control_wrong_state},
        {"add_subject", [](Control c) { return add_subject(std::move(c), {.person = test::reviewer}); }, {{S::draft, S::draft}, {S::open, S::open}}, control_wrong_state},
        {"declare", [](Control c) { return declare(std::move(c), test::mate, Conflict::declared, moment); }, {{S::draft, S::draft}, {S::open, S::open}}, control_wrong_state}};
    for (const auto& step : steps) {
        auto control = complete_draft();
        control.state = GetParam();
        const auto moved = step.take(control);
        const auto to = step.leads.find(GetParam());
        if (to == step.leads.end()) {
            ASSERT_FALSE(moved) << step.name;
            EXPECT_TRUE(moved.error().is(step.otherwise)) << step.name << ": " << moved.error().code->key;
            EXPECT_EQ(moved.error().params.contains("state"), step.otherwise.key == control_wrong_state.key) << step.name;
        } else {
            ASSERT_TRUE(moved) << step.name;
            EXPECT_EQ(moved->state, to->second) << step.name;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(In, ControlMachine, ::testing::ValuesIn(all_control_states), [](const auto& state) { return std::string(name(state.param)); });

TEST(Control, is_cancelled_only_with_a_reason)
{
    EXPECT_EQ(key(cancel(open_control(), " \n")), reason_missing.key);
}

TEST(Subject, is_added_once_and_declares_as_often_as_it_likes)
{
    EXPECT_EQ(key(add_subject(open_control(), {.person = test::author})), already_a_subject.key);
    EXPECT_EQ(key(declare(open_control(), test::reviewer, Conflict::none, moment)), not_a_subject.key);
    EXPECT_EQ(key(declare(open_control(), test::author, Conflict::not_declared, moment)), control_declaration_missing.key);
    const auto declared = declare(open_control(), test::author, Conflict::declared, test::days_later(1));
    ASSERT_TRUE(declared);
    const auto again = declare(*declared, test::author, Conflict::none, test::days_later(2));
    EXPECT_EQ(again->subjects.front().conflict, Conflict::none);
    EXPECT_EQ(again->subjects.front().declared_at, test::days_later(2));
}

TEST(Subject, added_to_an_open_control_must_declare_before_being_sent)
{
    const auto control = add_subject(open_control(), {.person = test::reviewer});
    EXPECT_EQ(key(may_be_sent(*control, test::reviewer)), control_declaration_missing.key);
}

TEST(Bin, is_twelve_digits_with_a_right_check_digit)
{
    EXPECT_TRUE(is_bin("001240000128"));
    EXPECT_TRUE(is_bin("940240000735"));
    EXPECT_TRUE(is_bin("120400000002")); // the second row of weights
    EXPECT_FALSE(is_bin("001240000127"));
    EXPECT_FALSE(is_bin("120400000042")); // no digit is right for these eleven
    EXPECT_FALSE(is_bin("00124000012"));
    EXPECT_FALSE(is_bin("0012400001288"));
    EXPECT_FALSE(is_bin("00124000012a"));
    EXPECT_FALSE(is_bin(""));
}

TEST(Bin, has_at_most_one_right_check_digit)
{
    for (int n = 0; n < 2000; ++n) {
        const auto eleven = std::to_string(10'000'000'000 + n * 7'919);
        int right = 0;
        for (char last = '0'; last <= '9'; ++last) right += is_bin(eleven + last);
        ASSERT_LE(right, 1) << eleven;
    }
}

TEST(Control, names_are_looked_up_both_ways)
{
    for (const auto one : all_control_forms) EXPECT_EQ(control_form_from(name(one)), one);
    for (const auto one : all_control_states) EXPECT_EQ(control_state_from(name(one)), one);
    for (const auto one : all_subject_roles) EXPECT_EQ(subject_role_from(name(one)), one);
    for (const auto one : all_conflicts) EXPECT_EQ(conflict_from(name(one)), one);
    EXPECT_EQ(control_state_from("finished"), std::nullopt);
}

} // namespace
} // namespace adal::oversight
