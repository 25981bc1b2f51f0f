// people/people.hpp: the face of the room: persons, roles, consents. Other rooms keep a PersonId and ask
// here for the rest. No personal data of this room ever enters the public log.
//
// `by` is the acting person; an unset PersonId is the operator at the console (`adal user …`, demo), who
// counts as an administrator. Every change leaves an event that the person's page shows.
#pragma once

#include "http/router.hpp"
#include "people/person.hpp"
#include "storage/storage.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::people {

// --- reading ---------------------------------------------------------------------------------------
std::optional<Person> find(storage::Snapshot& snapshot, PersonId id);
Result<Person> get(storage::Snapshot& snapshot, PersonId id); // not_found
// With which roles this person acts now: none unless active; the console acts as an administrator.
Roles acting_roles(storage::Snapshot& snapshot, PersonId by);

struct Filter {
    std::optional<Role> role{};
    std::optional<State> state{};
    std::string search{}; // folded, either keyboard; every word must be there
    PersonId after{};     // keyset: the last person of the page before
    int limit = 50;
};
// In the order of the family name.
std::vector<Person> list(storage::Snapshot& snapshot, const Filter& filter);

// Pseudonyms of many at once, for public lists.
std::map<PersonId, std::string> pseudonyms(storage::Snapshot& snapshot, const std::vector<PersonId>& ids);
// Full names of many at once, for office pages only.
std::map<PersonId, std::string> full_names(storage::Snapshot& snapshot, const std::vector<PersonId>& ids);

// Volunteers who may be sent out today (for a coordinator's choice), in the order of the family name.
std::vector<Person> assignable(storage::Snapshot& snapshot, Instant now);

struct Counts {
    std::int64_t registered_volunteers = 0; // role volunteer, invited or active: registered, not "active in period"
    std::int64_t people = 0;                // everybody invited or active
};
Counts counts(storage::Snapshot& snapshot);

// The rule of person.hpp for a stored person; not_found for a stranger.
Result<Done> may_be_assigned(storage::Snapshot& snapshot, PersonId id, Instant now);
Result<Done> may_take_hazard(storage::Snapshot& snapshot, PersonId id, Instant now);

struct Event {
    Instant at{};
    PersonId by{};
    std::string kind{};   // "created" "roles" "suspended" … key of people.event.<kind>
    std::string detail{}; // role names, a reason; never shown in public
};
std::vector<Event> events(storage::Snapshot& snapshot, PersonId id);
void record_event(storage::Transaction& tx, PersonId id, PersonId by, std::string_view kind,
                  std::string_view detail, Instant now);

// --- changing --------------------------------------------------------------------------------------
Result<Person> create(storage::Transaction& tx, const Details& details, PersonId by, Instant now);
// version: what the form was made from; stale_form when the record moved on. 0: no check (console).
Result<Person> change_roles(storage::Transaction& tx, PersonId id, const Roles& wanted, PersonId by,
                            std::int64_t version, Instant now);
Result<Person> activate(storage::Transaction& tx, PersonId id, Instant now); // first sign-in; no-op when active
Result<Person> set_language(storage::Transaction& tx, PersonId id, i18n::Language language);
// Sessions that began before are dead from this moment, open assignments are released.
Result<Person> suspend(storage::Transaction& tx, PersonId id, PersonId by, std::string_view reason, Instant now);
Result<Person> resume(storage::Transaction& tx, PersonId id, PersonId by, Instant now);
Result<Person> leave(storage::Transaction& tx, PersonId id, PersonId by, std::string_view reason, Instant now);
Result<Person> record_consent(storage::Transaction& tx, PersonId id, const GuardianConsent& consent, Instant now);
Result<Person> withdraw_consent(storage::Transaction& tx, PersonId id, PersonId by, std::string_view reason,
                                Instant now);

// --- meeting the other rooms (app wires this once, before serving) ---------------------------------
// Called inside the transaction of a withdrawal, a suspension or a leave (invariant 7: assignments are
// released at once). oversight gives the function; without one nothing is to be released.
using ReleaseAssignments = std::function<Result<Done>(storage::Transaction&, PersonId, Instant)>;
void set_release_assignments(ReleaseAssignments release);

// Pages /people, /people/{id} and their forms. Needs manage_people.
void add_people_routes(http::Router& router);

// Invariant 7 and the shape of the records over the whole store; a line per violation, for `adal check`.
std::vector<std::string> violations(storage::Snapshot& snapshot);

} // namespace adal::people
