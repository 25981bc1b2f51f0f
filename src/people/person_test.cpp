#include "people/person.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace adal::people {
namespace {

const Instant moment{1'790'000'000'000}; // September 2026
const LocalDate today = local_date(moment);
const Roles administrator{Role::administrator}, coordinator{Role::coordinator};

Person volunteer(int age)
{
    return {.id = PersonId::make(moment),
            .given_name = "Аружан",
            .family_name = "Серікқызы",
            .pseudonym = "А-1234",
            .roles = {Role::volunteer},
            .birth_year = today.year() - age,
            .state = State::active,
            .version = 1};
}

GuardianConsent consent()
{
    return {.guardian = "Серік Ахметов",
            .relation = "әкесі",
            .given_on = today,
            .given_at = moment,
            .by = PersonId::make(moment)};
}

Details details()
{
    return {.given_name = "Аружан", .family_name = "Серікқызы", .roles = {Role::volunteer}, .birth_year = 2000};
}

TEST(Person, NamesOfEnumeratorsReadBack)
{
    for (const auto role : all_roles) EXPECT_EQ(role_from(name(role)), role);
    for (const auto state : {State::invited, State::active, State::suspended, State::left})
        EXPECT_EQ(state_from(name(state)), state);
    for (const auto method : {ConsentMethod::paper, ConsentMethod::in_person, ConsentMethod::signature})
        EXPECT_EQ(consent_method_from(name(method)), method);
    EXPECT_FALSE(role_from("king"));
    EXPECT_EQ(names({Role::reviewer, Role::volunteer}), "volunteer,reviewer");
    EXPECT_EQ(roles_from("volunteer,reviewer"), (Roles{Role::volunteer, Role::reviewer}));
    EXPECT_THROW(roles_from("volunteer,king"), CheckFailed);
}

TEST(Person, CountsAsMinorToTheEndOfTheYearOfTheEighteenthBirthday)
{
    EXPECT_TRUE(volunteer(17).is_minor(today));
    EXPECT_TRUE(volunteer(18).is_minor(today));
    EXPECT_FALSE(volunteer(19).is_minor(today));
    EXPECT_TRUE(volunteer(19).is_surely_adult(today));
}

TEST(Person, AMinorWithoutConsentIsNotAssigned)
{
    auto minor = volunteer(16);
    EXPECT_TRUE(may_be_assigned(minor, today).error().is(consent_missing));
    minor = *record_consent(minor, consent(), today);
    EXPECT_TRUE(may_be_assigned(minor, today));
    minor = *withdraw_consent(minor, moment);
    EXPECT_TRUE(may_be_assigned(minor, today).error().is(consent_missing));
}

TEST(Person, AMinorWithConsentIsStillKeptFromHazards)
{
    const auto minor = *record_consent(volunteer(16), consent(), today);
    EXPECT_TRUE(may_take_hazard(minor, today).error().is(adults_only));
    EXPECT_TRUE(may_take_hazard(volunteer(30), today));
}

TEST(Person, SomebodyOfUnknownAgeSuspendedOrGoneIsNotAssigned)
{
    auto person = volunteer(30);
    person.birth_year.reset();
    EXPECT_TRUE(may_be_assigned(person, today).error().is(age_unknown));
    person = volunteer(30);
    person.state = State::suspended;
    EXPECT_TRUE(may_be_assigned(person, today).error().is(suspended_person));
    person.state = State::left;
    EXPECT_TRUE(may_be_assigned(person, today).error().is(person_left));
    person = volunteer(30);
    person.roles = {Role::reviewer};
    EXPECT_TRUE(may_be_assigned(person, today).error().is(not_a_volunteer));
}

TEST(Person, NobodyChangesOwnRolesOrState)
{
    auto person = volunteer(30);
    person.roles = administrator;
    EXPECT_TRUE(change_roles(person, {Role::lawyer}, person.id, administrator).error().is(own_roles));
    EXPECT_TRUE(suspend(person, person.id, administrator, moment).error().is(own_state));
    EXPECT_TRUE(resume(person, person.id, administrator, moment).error().is(own_state));
}

TEST(Person, ACoordinatorGivesNoRoleThatDecides)
{
    const auto other = PersonId::make(moment);
    for (const auto role : {Role::reviewer, Role::coordinator, Role::lawyer, Role::analyst, Role::administrator})
        EXPECT_TRUE(change_roles(volunteer(30), {Role::volunteer, role}, other, coordinator)
                        .error()
                        .is(role_beyond_yours));
    EXPECT_TRUE(change_roles(volunteer(30), {Role::volunteer, Role::partner}, other, coordinator));
    EXPECT_TRUE(change_roles(volunteer(30), {Role::reviewer}, other, administrator));
    auto reviewer = volunteer(30);
    reviewer.roles = {Role::reviewer};
    EXPECT_TRUE(suspend(reviewer, other, coordinator, moment).error().is(role_beyond_yours));
}

TEST(Person, StatesGoOnlyTheDrawnWays)
{
    const auto other = PersonId::make(moment);
    const auto suspended = suspend(volunteer(30), other, coordinator, moment);
    ASSERT_TRUE(suspended);
    EXPECT_EQ(suspended->sessions_from, moment);
    EXPECT_TRUE(suspend(*suspended, other, coordinator, moment).error().is(wrong_state));
    EXPECT_TRUE(activate(*suspended).error().is(suspended_person));
    EXPECT_EQ(resume(*suspended, other, coordinator, moment)->state, State::active);
    EXPECT_TRUE(resume(volunteer(30), other, coordinator, moment).error().is(wrong_state));
    const auto gone = leave(volunteer(30), volunteer(30).id, {}, moment);
    ASSERT_FALSE(gone); // somebody without any role may not send others away
    const auto self = volunteer(30);
    EXPECT_EQ(leave(self, self.id, {}, moment)->state, State::left);
}

TEST(Person, ConsentIsForMinorsAndRecordedBySomebodyElse)
{
    EXPECT_TRUE(record_consent(volunteer(30), consent(), today).error().is(not_a_minor));
    const auto minor = volunteer(15);
    auto own = consent();
    own.by = minor.id;
    EXPECT_TRUE(record_consent(minor, own, today).error().is(people::own_consent));
    auto tomorrow = consent();
    tomorrow.given_on = today.plus_days(1);
    EXPECT_TRUE(record_consent(minor, tomorrow, today).error().is(bad_field));
    EXPECT_TRUE(withdraw_consent(minor, moment).error().is(no_consent));
}

TEST(Details, AreCheckedAndCleaned)
{
    auto typed = details();
    typed.given_name = "  Аружан ";
    EXPECT_EQ(check(typed, today)->given_name, "Аружан");
    typed.given_name = " ";
    EXPECT_EQ(check(typed, today).error().params.at("field"), "given_name");
    typed = details();
    typed.birth_year.reset();
    EXPECT_EQ(check(typed, today).error().params.at("field"), "birth_year");
    typed.roles = {Role::lawyer};
    EXPECT_TRUE(check(typed, today));
    typed.roles.clear();
    EXPECT_TRUE(check(typed, today).error().is(role_needed));
    typed = details();
    typed.birth_year = 2099;
    EXPECT_EQ(check(typed, today).error().params.at("reason"), "out_of_range");
    typed = details();
    typed.family_name = "\xff";
    EXPECT_EQ(check(typed, today).error().params.at("reason"), "not_utf8");
}

TEST(Pseudonym, IsALetterAndFourDigits)
{
    EXPECT_EQ(make_pseudonym(std::string_view{"\0\0\0\0", 4}), "А-1000");
    rc::check("always the same shape", [](std::array<char, 4> bytes) {
        const auto made = make_pseudonym({bytes.data(), 4});
        RC_ASSERT(made.size() == 7U);
        const int number = std::stoi(made.substr(3));
        RC_ASSERT(number >= 1000 && number <= 9999);
    });
}

// Invariant 7 as a property: whatever is done to a record, assignable means adult or consented.
TEST(Person, WhoeverMayBeAssignedIsAdultOrHasConsent)
{
    rc::check("invariant 7", [] {
        auto person = volunteer(*rc::gen::inRange(8, 40));
        const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
        const auto other = PersonId::make(moment);
        for (const int step : steps) {
            const auto next = step == 0   ? record_consent(person, consent(), today)
                              : step == 1 ? withdraw_consent(person, moment)
                              : step == 2 ? suspend(person, other, coordinator, moment)
                              : step == 3 ? resume(person, other, coordinator, moment)
                                          : leave(person, person.id, {}, moment);
            if (next) person = *next;
        }
        if (may_be_assigned(person, today)) {
            RC_ASSERT(person.is_surely_adult(today) || person.has_valid_consent());
            RC_ASSERT(person.state == State::active);
        }
    });
}

} // namespace
} // namespace adal::people
