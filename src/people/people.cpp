#include "people/people.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "people/person_store.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace adal::people {
namespace {

ReleaseAssignments& release_function()
{
    static ReleaseAssignments release;
    return release;
}

Result<Done> release_assignments(storage::Transaction& tx, PersonId id, Instant now)
{
    const auto& release = release_function();
    return release ? release(tx, id, now) : done();
}

Result<Person> saved(PersonStore& store, Person person)
{
    if (!store.save(person)) return fail(stale_form);
    ++person.version;
    return person;
}

// Somebody must be left who can give roles.
Result<Done> keeps_an_administrator(PersonReader& reader, const Person& before, const Person& after)
{
    const auto counts = [](const Person& p) {
        return p.has(Role::administrator) && (p.state == State::active || p.state == State::invited);
    };
    if (counts(before) && !counts(after) && reader.administrators_besides(before.id) == 0)
        return fail(last_administrator);
    return done();
}

// The common path of suspend, resume and leave.
Result<Person> move_state(storage::Transaction& tx, const Person& before, const Result<Person>& after,
                          PersonId by, std::string_view kind, std::string_view reason, Instant now)
{
    if (!after) return after;
    PersonStore store{tx};
    if (const auto kept = keeps_an_administrator(store, before, *after); !kept) return pass(kept);
    auto person = saved(store, *after);
    if (!person) return person;
    store.add_event(person->id, by, kind, clean_text(reason).value_or(""), now);
    if (person->state == State::suspended || person->state == State::left)
        if (const auto released = release_assignments(tx, person->id, now); !released)
            return pass(released);
    return person;
}

std::string free_pseudonym(PersonReader& reader)
{
    for (int i = 0; i < 1000; ++i) {
        auto candidate = make_pseudonym(random_bytes(4));
        if (!reader.is_pseudonym_taken(candidate)) return candidate;
    }
    check_failed("a free pseudonym", __FILE__, __LINE__);
}

} // namespace

std::optional<Person> find(storage::Snapshot& snapshot, PersonId id)
{
    return PersonReader{snapshot}.find(id);
}

Roles acting_roles(storage::Snapshot& snapshot, PersonId by)
{
    if (!by.is_set()) return {Role::administrator};
    const auto actor = find(snapshot, by);
    if (!actor || actor->state != State::active) return {};
    return actor->roles;
}

Result<Person> get(storage::Snapshot& snapshot, PersonId id)
{
    auto person = find(snapshot, id);
    if (!person) return fail(not_found);
    return std::move(*person);
}

std::vector<Person> list(storage::Snapshot& snapshot, const Filter& filter)
{
    return PersonReader{snapshot}.list(filter);
}

std::map<PersonId, std::string> pseudonyms(storage::Snapshot& snapshot, const std::vector<PersonId>& ids)
{
    return PersonReader{snapshot}.names_of(ids, true);
}

std::map<PersonId, std::string> full_names(storage::Snapshot& snapshot, const std::vector<PersonId>& ids)
{
    return PersonReader{snapshot}.names_of(ids, false);
}

std::vector<Person> assignable(storage::Snapshot& snapshot, Instant now)
{
    auto people = PersonReader{snapshot}.assignable_candidates();
    const auto today = local_date(now);
    std::erase_if(people, [&](const Person& p) { return !may_be_assigned(p, today); });
    return people;
}

Counts counts(storage::Snapshot& snapshot) { return PersonReader{snapshot}.counts(); }

Result<Done> may_be_assigned(storage::Snapshot& snapshot, PersonId id, Instant now)
{
    const auto person = get(snapshot, id);
    if (!person) return pass(person);
    return may_be_assigned(*person, local_date(now));
}

Result<Done> may_take_hazard(storage::Snapshot& snapshot, PersonId id, Instant now)
{
    const auto person = get(snapshot, id);
    if (!person) return pass(person);
    return may_take_hazard(*person, local_date(now));
}

std::vector<Event> events(storage::Snapshot& snapshot, PersonId id)
{
    return PersonReader{snapshot}.events(id);
}

void record_event(storage::Transaction& tx, PersonId id, PersonId by, std::string_view kind,
                  std::string_view detail, Instant now)
{
    PersonStore{tx}.add_event(id, by, kind, detail, now);
}

Result<Person> create(storage::Transaction& tx, const Details& details, PersonId by, Instant now)
{
    PersonStore store{tx};
    auto checked = check(details, local_date(now));
    if (!checked) return pass(checked);
    const auto actor = acting_roles(tx, by);
    for (const auto role : checked->roles)
        if (!may_give(actor, role))
            return fail(role_beyond_yours, {{"role", std::string(name(role))}});
    if (checked->pseudonym.empty()) checked->pseudonym = free_pseudonym(store);
    else if (store.is_pseudonym_taken(checked->pseudonym)) return fail(pseudonym_taken);

    const Person person{.id = PersonId::make(now),
                        .given_name = checked->given_name,
                        .family_name = checked->family_name,
                        .pseudonym = checked->pseudonym,
                        .language = checked->language,
                        .roles = checked->roles,
                        .birth_year = checked->birth_year,
                        .state = State::invited,
                        .created_at = now,
                        .version = 1};
    store.add(person);
    store.add_event(person.id, by, "created", names(person.roles), now);
    return person;
}

Result<Person> change_roles(storage::Transaction& tx, PersonId id, const Roles& wanted, PersonId by,
                            std::int64_t version, Instant now)
{
    const auto before = get(tx, id);
    if (!before) return before;
    if (version != 0 && version != before->version) return fail(stale_form);
    const auto after = change_roles(*before, wanted, by, acting_roles(tx, by));
    if (!after || after->roles == before->roles) return after;

    PersonStore store{tx};
    if (const auto kept = keeps_an_administrator(store, *before, *after); !kept) return pass(kept);
    auto person = saved(store, *after);
    if (!person) return person;
    store.add_event(id, by, "roles", names(before->roles) + " > " + names(wanted), now);
    if (before->has(Role::volunteer) && !person->has(Role::volunteer))
        if (const auto released = release_assignments(tx, id, now); !released) return pass(released);
    return person;
}

Result<Person> activate(storage::Transaction& tx, PersonId id, Instant now)
{
    const auto before = get(tx, id);
    if (!before) return before;
    const auto after = activate(*before);
    if (!after || before->state == State::active) return after;
    PersonStore store{tx};
    auto person = saved(store, *after);
    if (person) store.add_event(id, id, "activated", "", now);
    return person;
}

Result<Person> set_language(storage::Transaction& tx, PersonId id, i18n::Language language)
{
    auto person = get(tx, id);
    if (!person || person->language == language) return person;
    person->language = language;
    PersonStore store{tx};
    return saved(store, *person);
}

Result<Person> suspend(storage::Transaction& tx, PersonId id, PersonId by, std::string_view reason, Instant now)
{
    const auto before = get(tx, id);
    if (!before) return before;
    const auto after = suspend(*before, by, acting_roles(tx, by), now);
    return move_state(tx, *before, after, by, "suspended", reason, now);
}

Result<Person> resume(storage::Transaction& tx, PersonId id, PersonId by, Instant now)
{
    const auto before = get(tx, id);
    if (!before) return before;
    const auto after = resume(*before, by, acting_roles(tx, by), now);
    return move_state(tx, *before, after, by, "resumed", "", now);
}

Result<Person> leave(storage::Transaction& tx, PersonId id, PersonId by, std::string_view reason, Instant now)
{
    const auto before = get(tx, id);
    if (!before) return before;
    const auto after = leave(*before, by, acting_roles(tx, by), now);
    return move_state(tx, *before, after, by, "left", reason, now);
}

Result<Person> record_consent(storage::Transaction& tx, PersonId id, const GuardianConsent& consent, Instant now)
{
    const auto before = get(tx, id);
    if (!before) return before;
    auto dated = consent;
    dated.given_at = now;
    auto after = record_consent(*before, dated, local_date(now));
    if (!after) return after;
    PersonStore store{tx};
    auto person = saved(store, *after);
    if (!person) return person;
    store.withdraw_consents(id, consent.by, now); // a new paper replaces the old one
    store.add_consent(id, *person->consent);
    store.add_event(id, consent.by, "consent_recorded", person->consent->relation, now);
    return person;
}

Result<Person> withdraw_consent(storage::Transaction& tx, PersonId id, PersonId by, std::string_view reason,
                                Instant now)
{
    const auto before = get(tx, id);
    if (!before) return before;
    const auto after = withdraw_consent(*before, now);
    if (!after) return after;
    PersonStore store{tx};
    auto person = saved(store, *after);
    if (!person) return person;
    store.withdraw_consents(id, by, now);
    store.add_event(id, by, "consent_withdrawn", clean_text(reason).value_or(""), now);
    if (person->is_minor(local_date(now)))
        if (const auto released = release_assignments(tx, id, now); !released) return pass(released);
    return person;
}

void set_release_assignments(ReleaseAssignments release) { release_function() = std::move(release); }

std::vector<std::string> violations(storage::Snapshot& snapshot)
{
    std::vector<std::string> out;
    PersonReader reader{snapshot};
    for (const auto& person : reader.all()) {
        const auto say = [&](std::string_view what) {
            out.push_back(fmt::format("person {}: {}", person.id.text(), what));
        };
        if (person.has(Role::volunteer) && !person.birth_year) say("volunteer without year of birth");
        if (person.pseudonym.empty()) say("no pseudonym");
        if (fold(person.pseudonym) == fold(person.full_name())) say("pseudonym is the name");
        const auto happened = reader.events(person.id);
        const auto is_making = [](const Event& event) { return event.kind == "created"; };
        if (std::none_of(happened.begin(), happened.end(), is_making)) say("no record of its making");
    }
    return out;
}

} // namespace adal::people
