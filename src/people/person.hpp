// people/person.hpp: a person of the movement, what may be done with the record, and who may be sent out.
//
// Public pages may show the pseudonym and nothing else of a person. Age: only the year of birth is kept
// (data minimisation), so a person counts as a minor to the end of the year of the 18th birthday: we may
// ask for a consent too many, never for one too few.
// Sources: law "On volunteering" 30.12.2016 No. 42-VI art. 12 (minors), law "On personal data" 21.05.2013
// No. 94-V art. 8 (consent by the legal representative, withdrawal). All functions are pure.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "i18n/i18n.hpp"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace adal::people {

// Append only: stored by name.
enum class Role { volunteer, reviewer, coordinator, lawyer, officer, partner, analyst, administrator };
inline constexpr std::array<Role, 8> all_roles{Role::volunteer, Role::reviewer, Role::coordinator,
                                               Role::lawyer, Role::officer, Role::partner,
                                               Role::analyst, Role::administrator};
using Roles = std::set<Role>;

// invited → active (first sign-in) ⇄ suspended; any → left. A person who left comes back by resume.
enum class State { invited, active, suspended, left };

// How a guardian's consent was given; the paper itself is kept outside this program.
enum class ConsentMethod { paper, in_person, signature };

std::string_view name(Role role);
std::string_view name(State state);
std::string_view name(ConsentMethod method);
std::optional<Role> role_from(std::string_view name);
std::optional<State> state_from(std::string_view name);
std::optional<ConsentMethod> consent_method_from(std::string_view name);
// "coordinator,reviewer": as stored, in the order of all_roles.
std::string names(const Roles& roles);
Roles roles_from(std::string_view names); // unknown names are a broken store: throws CheckFailed

struct GuardianConsent {
    std::string guardian{}; // name of the parent or guardian
    std::string relation{}; // mother, father, guardian…, as told
    ConsentMethod method = ConsentMethod::paper;
    LocalDate given_on{};
    Instant given_at{};     // when it was recorded here
    PersonId by{};          // who recorded it
    std::optional<Instant> withdrawn_at{};
};

struct Person {
    PersonId id{};
    std::string given_name{};
    std::string family_name{};
    std::string pseudonym{}; // "А-1234" or a chosen one; unique; the only public name
    i18n::Language language = i18n::Language::kk;
    Roles roles{};
    std::optional<int> birth_year{};
    std::optional<GuardianConsent> consent{}; // the latest one
    State state = State::invited;
    Instant sessions_from{}; // sessions that began earlier are dead
    Instant created_at{};
    std::int64_t version = 0;

    [[nodiscard]] bool has(Role role) const { return roles.contains(role); }
    [[nodiscard]] std::string full_name() const { return given_name + " " + family_name; }
    // Unknown year of birth: not a minor, but see may_be_assigned.
    [[nodiscard]] bool is_minor(LocalDate today) const;
    [[nodiscard]] bool is_surely_adult(LocalDate today) const;
    [[nodiscard]] bool has_valid_consent() const { return consent && !consent->withdrawn_at; }
};

inline constexpr ProblemCode consent_missing{"people.consent_missing", 409};
inline constexpr ProblemCode suspended_person{"people.suspended", 409};
inline constexpr ProblemCode person_left{"people.left", 409};
inline constexpr ProblemCode not_a_volunteer{"people.not_a_volunteer", 409};
inline constexpr ProblemCode age_unknown{"people.age_unknown", 409};
inline constexpr ProblemCode adults_only{"people.adults_only", 409};
inline constexpr ProblemCode own_roles{"people.own_roles", 403};
inline constexpr ProblemCode own_state{"people.own_state", 403};
inline constexpr ProblemCode own_consent{"people.own_consent", 403};
inline constexpr ProblemCode role_beyond_yours{"people.role_beyond_yours", 403}; // params: role
inline constexpr ProblemCode role_needed{"people.role_needed", 422};
inline constexpr ProblemCode last_administrator{"people.last_administrator", 409};
inline constexpr ProblemCode wrong_state{"people.wrong_state", 409};
inline constexpr ProblemCode not_a_minor{"people.not_a_minor", 409};
inline constexpr ProblemCode no_consent{"people.no_consent", 409};
inline constexpr ProblemCode pseudonym_taken{"people.pseudonym_taken", 409};

// Invariant 7: no minor without a valid consent; nobody of unknown age; nobody suspended or gone.
[[nodiscard]] Result<Done> may_be_assigned(const Person& person, LocalDate today);
// For work with an 18+ hazard (art. 12(2-1): disasters, victims, people under prosecution, heavy or
// dangerous work): surely adult, whatever the guardian says.
[[nodiscard]] Result<Done> may_take_hazard(const Person& person, LocalDate today);

// Who may give and take a role. Four eyes would be worth nothing if a coordinator could make himself a
// second account that verifies, so roles that decide are given by an administrator only. The operator at
// the console (no acting person) counts as an administrator.
[[nodiscard]] bool may_give(const Roles& actor, Role role);
// The acting person may change this record at all: not above his own rank.
[[nodiscard]] Result<Done> may_manage(const Roles& actor, const Person& person);

// Each returns the changed person; version is raised by the store.
[[nodiscard]] Result<Person> change_roles(Person person, const Roles& wanted, PersonId by, const Roles& actor);
[[nodiscard]] Result<Person> activate(Person person);
[[nodiscard]] Result<Person> suspend(Person person, PersonId by, const Roles& actor, Instant now);
[[nodiscard]] Result<Person> resume(Person person, PersonId by, const Roles& actor, Instant now);
[[nodiscard]] Result<Person> leave(Person person, PersonId by, const Roles& actor, Instant now);
[[nodiscard]] Result<Person> record_consent(Person person, GuardianConsent consent, LocalDate today);
[[nodiscard]] Result<Person> withdraw_consent(Person person, Instant now);

// What a form may say about a person; cleaned and checked.
struct Details {
    std::string given_name{};
    std::string family_name{};
    std::string pseudonym{};          // empty: one is made
    i18n::Language language = i18n::Language::kk;
    Roles roles{};
    std::optional<int> birth_year{};  // needed for volunteers
};
// bad_field (field, reason), role_needed.
[[nodiscard]] Result<Details> check(Details typed, LocalDate today);

// "К-4821" from random bytes: one of nine letters that look the same in Cyrillic and on a number plate.
std::string make_pseudonym(std::string_view random4);

} // namespace adal::people
