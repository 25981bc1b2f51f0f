#include "people/person.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace adal::people {
namespace {

template <typename E> using Names = std::initializer_list<std::pair<E, std::string_view>>;

const Names<Role> role_names{{Role::volunteer, "volunteer"},     {Role::reviewer, "reviewer"},
                             {Role::coordinator, "coordinator"}, {Role::lawyer, "lawyer"},
                             {Role::officer, "officer"},         {Role::partner, "partner"},
                             {Role::analyst, "analyst"},         {Role::administrator, "administrator"}};
const Names<State> state_names{{State::invited, "invited"},
                               {State::active, "active"},
                               {State::suspended, "suspended"},
                               {State::left, "left"}};
const Names<ConsentMethod> method_names{{ConsentMethod::paper, "paper"},
                                        {ConsentMethod::in_person, "in_person"},
                                        {ConsentMethod::signature, "signature"}};

template <typename E> std::string_view name_in(const Names<E>& names, E wanted)
{
    for (const auto& [value, text] : names)
        if (value == wanted) return text;
    check_failed("known enumerator", __FILE__, __LINE__);
}

template <typename E> std::optional<E> find_in(const Names<E>& names, std::string_view wanted)
{
    for (const auto& [value, text] : names)
        if (text == wanted) return value;
    return std::nullopt;
}

constexpr int kAdult = 18, kOldest = 110, kYoungest = 7;
constexpr std::size_t kLongestName = 80;

Result<std::string> checked_name(std::string_view field, std::string_view typed, bool is_needed)
{
    const auto text = clean_text(typed);
    if (!text) return fail(bad_field, {{"field", std::string(field)}, {"reason", "not_utf8"}});
    if (text->empty() && is_needed)
        return fail(bad_field, {{"field", std::string(field)}, {"reason", "missing"}});
    if (length_in_letters(*text) > kLongestName)
        return fail(bad_field, {{"field", std::string(field)}, {"reason", "too_long"}});
    return *text;
}

Result<Done> change_state(const Person& person, PersonId by, const Roles& actor)
{
    if (by == person.id) return fail(own_state);
    return may_manage(actor, person);
}

} // namespace

std::string_view name(Role role) { return name_in(role_names, role); }
std::string_view name(State state) { return name_in(state_names, state); }
std::string_view name(ConsentMethod method) { return name_in(method_names, method); }
std::optional<Role> role_from(std::string_view text) { return find_in(role_names, text); }
std::optional<State> state_from(std::string_view text) { return find_in(state_names, text); }
std::optional<ConsentMethod> consent_method_from(std::string_view text)
{
    return find_in(method_names, text);
}

std::string names(const Roles& roles)
{
    std::string out;
    for (const auto role : roles) {
        if (!out.empty()) out += ',';
        out += name(role);
    }
    return out;
}

Roles roles_from(std::string_view text)
{
    Roles roles;
    for (const auto part : split(text, ',')) {
        const auto role = role_from(part);
        ADAL_CHECK(role.has_value());
        roles.insert(*role);
    }
    return roles;
}

bool Person::is_minor(LocalDate today) const
{
    return birth_year && today.year() - *birth_year <= kAdult;
}

bool Person::is_surely_adult(LocalDate today) const
{
    return birth_year && today.year() - *birth_year > kAdult;
}

Result<Done> may_be_assigned(const Person& person, LocalDate today)
{
    if (person.state == State::suspended) return fail(suspended_person);
    if (person.state == State::left) return fail(person_left);
    if (!person.has(Role::volunteer)) return fail(not_a_volunteer);
    if (!person.birth_year) return fail(age_unknown);
    if (person.is_minor(today) && !person.has_valid_consent()) return fail(consent_missing);
    return done();
}

Result<Done> may_take_hazard(const Person& person, LocalDate today)
{
    if (const auto allowed = may_be_assigned(person, today); !allowed) return allowed;
    if (!person.is_surely_adult(today)) return fail(adults_only);
    return done();
}

bool may_give(const Roles& actor, Role role)
{
    if (actor.contains(Role::administrator)) return true;
    const bool is_plain = role == Role::volunteer || role == Role::partner || role == Role::officer;
    return actor.contains(Role::coordinator) && is_plain;
}

Result<Done> may_manage(const Roles& actor, const Person& person)
{
    for (const auto role : person.roles)
        if (!may_give(actor, role))
            return fail(role_beyond_yours, {{"role", std::string(name(role))}});
    return done();
}

Result<Person> change_roles(Person person, const Roles& wanted, PersonId by, const Roles& actor)
{
    if (wanted.empty()) return fail(role_needed);
    if (by == person.id) return fail(own_roles);
    for (const auto role : all_roles) {
        const bool is_changed = person.has(role) != wanted.contains(role);
        if (is_changed && !may_give(actor, role))
            return fail(role_beyond_yours, {{"role", std::string(name(role))}});
    }
    if (wanted.contains(Role::volunteer) && !person.birth_year)
        return fail(bad_field, {{"field", "birth_year"}, {"reason", "missing"}});
    person.roles = wanted;
    return person;
}

Result<Person> activate(Person person)
{
    if (person.state == State::suspended) return fail(suspended_person);
    if (person.state == State::left) return fail(person_left);
    person.state = State::active;
    return person;
}

Result<Person> suspend(Person person, PersonId by, const Roles& actor, Instant now)
{
    if (const auto allowed = change_state(person, by, actor); !allowed) return pass(allowed);
    if (person.state != State::invited && person.state != State::active) return fail(wrong_state);
    person.state = State::suspended;
    person.sessions_from = now;
    return person;
}

Result<Person> resume(Person person, PersonId by, const Roles& actor, Instant now)
{
    if (const auto allowed = change_state(person, by, actor); !allowed) return pass(allowed);
    if (person.state != State::suspended && person.state != State::left) return fail(wrong_state);
    person.state = State::active;
    person.sessions_from = now;
    return person;
}

Result<Person> leave(Person person, PersonId by, const Roles& actor, Instant now)
{
    if (by != person.id)
        if (const auto allowed = may_manage(actor, person); !allowed) return pass(allowed);
    if (person.state == State::left) return fail(wrong_state);
    person.state = State::left;
    person.sessions_from = now;
    return person;
}

Result<Person> record_consent(Person person, GuardianConsent consent, LocalDate today)
{
    if (!person.is_minor(today)) return fail(not_a_minor);
    if (consent.by == person.id) return fail(own_consent);
    auto guardian = checked_name("guardian", consent.guardian, true);
    if (!guardian) return pass(guardian);
    auto relation = checked_name("relation", consent.relation, true);
    if (!relation) return pass(relation);
    if (consent.given_on > today)
        return fail(bad_field, {{"field", "given_on"}, {"reason", "in_the_future"}});
    consent.guardian = std::move(*guardian);
    consent.relation = std::move(*relation);
    consent.withdrawn_at.reset();
    person.consent = std::move(consent);
    return person;
}

Result<Person> withdraw_consent(Person person, Instant now)
{
    if (!person.has_valid_consent()) return fail(no_consent);
    person.consent->withdrawn_at = now;
    return person;
}

Result<Details> check(Details typed, LocalDate today)
{
    auto given = checked_name("given_name", typed.given_name, true);
    if (!given) return pass(given);
    auto family = checked_name("family_name", typed.family_name, true);
    if (!family) return pass(family);
    auto pseudonym = checked_name("pseudonym", typed.pseudonym, false);
    if (!pseudonym) return pass(pseudonym);
    if (typed.roles.empty()) return fail(role_needed);
    if (!typed.birth_year && typed.roles.contains(Role::volunteer))
        return fail(bad_field, {{"field", "birth_year"}, {"reason", "missing"}});
    if (typed.birth_year) {
        const int age = today.year() - *typed.birth_year;
        if (age < kYoungest || age > kOldest)
            return fail(bad_field, {{"field", "birth_year"}, {"reason", "out_of_range"}});
    }
    typed.given_name = std::move(*given);
    typed.family_name = std::move(*family);
    typed.pseudonym = std::move(*pseudonym);
    return typed;
}

std::string make_pseudonym(std::string_view random4)
{
    constexpr std::string_view letters = "АВЕКМНРСТ"; // two bytes each
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(random4[i]));
    };
    ADAL_CHECK(random4.size() == 4);
    const auto letter = letters.substr(2 * (byte(0) % 9), 2);
    const auto number = 1000 + ((byte(1) << 16U) + (byte(2) << 8U) + byte(3)) % 9000;
    return std::string(letter) + "-" + std::to_string(number);
}

} // namespace adal::people
