// people/person_store.hpp: the tables people, people_consents and people_events. Checks nothing: the
// rules are in person.hpp, the operations in people.hpp.
#pragma once

#include "people/people.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::people {

// Lives no longer than its snapshot.
class PersonReader
{
public:
    explicit PersonReader(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}

    std::optional<Person> find(PersonId id);
    std::vector<Person> list(const Filter& filter);
    std::vector<Person> assignable_candidates(); // volunteers, invited or active
    std::map<PersonId, std::string> names_of(const std::vector<PersonId>& ids, bool is_public);
    std::vector<Event> events(PersonId id);
    Counts counts();
    std::int64_t administrators_besides(PersonId id); // invited or active
    bool is_pseudonym_taken(std::string_view pseudonym);
    std::vector<Person> all();

private:
    storage::Snapshot& m_snapshot;
};

class PersonStore : public PersonReader
{
public:
    explicit PersonStore(storage::Transaction& tx) : PersonReader(tx), m_tx(tx) {}

    void add(const Person& person);
    // Raises the version; false when `person.version` is not the stored one any more.
    bool save(const Person& person);
    void add_consent(PersonId id, const GuardianConsent& consent);
    void withdraw_consents(PersonId id, PersonId by, Instant now);
    void add_event(PersonId id, PersonId by, std::string_view kind, std::string_view detail, Instant now);

private:
    storage::Transaction& m_tx;
};

} // namespace adal::people
