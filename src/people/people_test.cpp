#include "people/people.hpp"

#include "support/support.hpp"

#include <gtest/gtest.h>

namespace adal::people {
namespace {

const Instant moment{1'790'000'000'000};

class PeopleStore : public test::BothEngines
{
protected:
    Result<Person> add(const Details& details, PersonId by = {})
    {
        return db().write([&](storage::Transaction& tx) { return create(tx, details, by, moment); });
    }
    PersonId add_active(const std::string& given, const Roles& roles, int birth_year = 1990)
    {
        const auto person = add(
            {.given_name = given, .family_name = "Тестов", .roles = roles, .birth_year = birth_year});
        db().write([&](storage::Transaction& tx) { return activate(tx, person->id, moment); }).value();
        return person->id;
    }
    std::vector<std::string> given_names(const Filter& filter)
    {
        return db().read([&](storage::Snapshot& snapshot) {
            std::vector<std::string> out;
            for (const auto& person : list(snapshot, filter)) out.push_back(person.given_name);
            return out;
        });
    }
    template <typename F> auto write(F&& f) { return db().write(std::forward<F>(f)); }
    Person read(PersonId id)
    {
        return db().read([&](storage::Snapshot& snapshot) { return *find(snapshot, id); });
    }
};
ADAL_BOTH_ENGINES(PeopleStore);

TEST_P(PeopleStore, KeepsAPersonAsWritten)
{
    const auto made = add({.given_name = "Әсел",
                           .family_name = "Өмірқызы",
                           .pseudonym = "Қыран",
                           .language = i18n::Language::ru,
                           .roles = {Role::volunteer, Role::analyst},
                           .birth_year = 1999});
    ASSERT_TRUE(made);
    const auto person = read(made->id);
    EXPECT_EQ(person.full_name(), "Әсел Өмірқызы");
    EXPECT_EQ(person.pseudonym, "Қыран");
    EXPECT_EQ(person.language, i18n::Language::ru);
    EXPECT_EQ(person.roles, (Roles{Role::volunteer, Role::analyst}));
    EXPECT_EQ(person.birth_year, 1999);
    EXPECT_EQ(person.state, State::invited);
    EXPECT_FALSE(person.consent);
}

TEST_P(PeopleStore, PseudonymsAreUniqueHoweverTheyAreWritten)
{
    ASSERT_TRUE(add({.given_name = "А", .family_name = "Б", .pseudonym = "Қыран", .roles = {Role::partner}}));
    EXPECT_TRUE(add({.given_name = "В", .family_name = "Г", .pseudonym = "кыран", .roles = {Role::partner}})
                    .error()
                    .is(pseudonym_taken));
}

TEST_P(PeopleStore, FindsByPartsOfFoldedNames)
{
    add_active("Әсел", {Role::volunteer});
    add_active("Гүлнұр", {Role::reviewer});
    EXPECT_EQ(given_names({.search = "асел"}), std::vector<std::string>{"Әсел"});
    EXPECT_EQ(given_names({.search = "гулн тест"}), std::vector<std::string>{"Гүлнұр"});
    EXPECT_EQ(given_names({.role = Role::reviewer}), std::vector<std::string>{"Гүлнұр"});
    EXPECT_TRUE(given_names({.state = State::suspended}).empty());
    EXPECT_TRUE(given_names({.search = "жоқ"}).empty());
}

TEST_P(PeopleStore, ListsPageByPage)
{
    for (const auto* name : {"Б", "А", "Г", "В"}) add_active(name, {Role::volunteer});
    EXPECT_EQ(given_names({.limit = 2}), (std::vector<std::string>{"А", "Б"}));
    const auto last = db().read([](storage::Snapshot& s) { return list(s, {.limit = 2}).back().id; });
    EXPECT_EQ(given_names({.after = last, .limit = 5}), (std::vector<std::string>{"В", "Г"}));
}

TEST_P(PeopleStore, NamesOfManyAtOnce)
{
    std::vector<PersonId> ids;
    for (int i = 0; i < 11; ++i) ids.push_back(add_active("Адам" + std::to_string(i), {Role::volunteer}));
    db().read([&](storage::Snapshot& snapshot) {
        EXPECT_EQ(pseudonyms(snapshot, ids).size(), 11U);
        EXPECT_EQ(full_names(snapshot, ids).at(ids[10]), "Адам10 Тестов");
        EXPECT_TRUE(pseudonyms(snapshot, {}).empty());
        return 0;
    });
}

TEST_P(PeopleStore, AStaleFormChangesNothing)
{
    const auto id = add_active("А", {Role::volunteer});
    const auto version = read(id).version;
    ASSERT_TRUE(write([&](storage::Transaction& tx) {
        return change_roles(tx, id, {Role::reviewer}, {}, version, moment);
    }));
    const auto second = write([&](storage::Transaction& tx) {
        return change_roles(tx, id, {Role::lawyer}, {}, version, moment);
    });
    EXPECT_TRUE(second.error().is(stale_form));
    EXPECT_EQ(read(id).roles, Roles{Role::reviewer});
}

TEST_P(PeopleStore, TheLastAdministratorStays)
{
    const auto first = add_active("А", {Role::administrator});
    const auto drop = [&](PersonId id) {
        return write([&](storage::Transaction& tx) { return suspend(tx, id, {}, "", moment); });
    };
    EXPECT_TRUE(drop(first).error().is(last_administrator));
    const auto second = add_active("Б", {Role::administrator});
    EXPECT_TRUE(drop(first));
    EXPECT_TRUE(write([&](storage::Transaction& tx) {
                    return change_roles(tx, second, {Role::lawyer}, {}, 0, moment);
                }).error().is(last_administrator));
}

TEST_P(PeopleStore, ASuspendedCoordinatorHasNoSay)
{
    const auto boss = add_active("А", {Role::coordinator});
    const auto id = add_active("Б", {Role::volunteer});
    write([&](storage::Transaction& tx) { return suspend(tx, boss, {}, "", moment); }).value();
    EXPECT_TRUE(write([&](storage::Transaction& tx) { return suspend(tx, id, boss, "", moment); })
                    .error()
                    .is(role_beyond_yours));
    EXPECT_TRUE(add({.given_name = "В", .family_name = "Г", .roles = {Role::volunteer}, .birth_year = 1990}, boss)
                    .error()
                    .is(role_beyond_yours));
}

TEST_P(PeopleStore, AWithdrawnConsentReleasesAssignmentsAtOnce)
{
    const auto boss = add_active("А", {Role::coordinator});
    const auto minor = add_active("Б", {Role::volunteer}, local_date(moment).year() - 15);
    std::vector<PersonId> released;
    set_release_assignments([&](storage::Transaction&, PersonId id, Instant) {
        released.push_back(id);
        return done();
    });
    const auto allowed = [&] {
        return db().read([&](storage::Snapshot& s) { return may_be_assigned(s, minor, moment); });
    };
    EXPECT_TRUE(allowed().error().is(consent_missing));
    const GuardianConsent consent{
        .guardian = "Ана", .relation = "анасы", .given_on = local_date(moment), .by = boss};
    ASSERT_TRUE(write([&](storage::Transaction& tx) { return record_consent(tx, minor, consent, moment); }));
    EXPECT_TRUE(allowed());
    EXPECT_EQ(read(minor).consent->relation, "анасы");
    EXPECT_TRUE(released.empty());
    ASSERT_TRUE(write([&](storage::Transaction& tx) { return withdraw_consent(tx, minor, boss, "", moment); }));
    EXPECT_TRUE(allowed().error().is(consent_missing));
    EXPECT_EQ(released, std::vector<PersonId>{minor});
    set_release_assignments({});
}

TEST_P(PeopleStore, ARefusedReleaseUndoesTheSuspension)
{
    const auto id = add_active("А", {Role::volunteer});
    set_release_assignments([](storage::Transaction&, PersonId, Instant) -> Result<Done> { return fail(not_found); });
    EXPECT_FALSE(write([&](storage::Transaction& tx) { return suspend(tx, id, {}, "", moment); }));
    set_release_assignments({});
    EXPECT_EQ(read(id).state, State::active);
}

TEST_P(PeopleStore, EveryChangeLeavesAnEventAndNoInvariantIsBroken)
{
    const auto id = add_active("А", {Role::volunteer});
    write([&](storage::Transaction& tx) { return suspend(tx, id, {}, "себеп", moment.plus(std::chrono::seconds{1})); }).value();
    write([&](storage::Transaction& tx) { return resume(tx, id, {}, moment.plus(std::chrono::seconds{2})); }).value();
    db().read([&](storage::Snapshot& snapshot) {
        const auto happened = events(snapshot, id);
        EXPECT_EQ(happened.size(), 4U);
        EXPECT_EQ(happened.at(2).kind, "suspended");
        EXPECT_EQ(happened.at(2).detail, "себеп");
        EXPECT_TRUE(violations(snapshot).empty());
        EXPECT_EQ(counts(snapshot).registered_volunteers, 1);
        EXPECT_EQ(assignable(snapshot, moment).size(), 1U);
        return 0;
    });
}

TEST_P(PeopleStore, AStrangerIsNotFound)
{
    const auto stranger = PersonId::make(moment);
    EXPECT_TRUE(db().read([&](storage::Snapshot& s) { return get(s, stranger); }).error().is(not_found));
    EXPECT_TRUE(db().read([&](storage::Snapshot& s) { return may_be_assigned(s, stranger, moment); }).error().is(not_found));
}

} // namespace
} // namespace adal::people
