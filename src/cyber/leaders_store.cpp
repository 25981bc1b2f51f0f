#include "cyber/leaders_store.hpp"

#include "base/text.hpp"

namespace adal::cyber {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

std::vector<Credit> credits(Snapshot& snapshot, Instant accepted_by)
{
    return snapshot.all("select p.person_id, r.id, case when r.cluster = '' then r.registrable else r.cluster end, p.at from cyber_report p join cyber_resource r on r.id = p.resource_id "
                        "where p.is_first = 1 and p.person_id is not null and r.state not in ('withdrawn', 'refused') "
                        "and exists (select 1 from cyber_event e where e.resource_id = r.id and e.to_state = 'accepted' and e.at <= ?1) "
                        "and not exists (select 1 from cyber_appeal a where a.resource_id = r.id and a.state = 'open')",
                        [](const Row& row) {
                            return Credit{.person = row.get<PersonId>(0), .resource = row.get<ResourceId>(1), .cluster = row.get<std::string>(2), .reported_at = row.get<Instant>(3)};
                        },
                        accepted_by);
}

std::map<PersonId, std::string> pseudonyms(Snapshot& snapshot)
{
    std::map<PersonId, std::string> out;
    for (auto& [person, name] : snapshot.all("select person_id, name from cyber_pseudonym",
                                             [](const Row& row) { return std::pair{row.get<PersonId>(0), row.get<std::string>(1)}; }))
        out.emplace(person, std::move(name));
    return out;
}

std::optional<std::string> pseudonym_of(Snapshot& snapshot, PersonId person)
{
    return snapshot.first("select name from cyber_pseudonym where person_id = ?1", [](const Row& row) { return row.get<std::string>(0); }, person);
}

bool is_taken(Snapshot& snapshot, std::string_view pseudonym, PersonId person)
{
    return snapshot.first("select 1 from cyber_pseudonym where folded = ?1 and person_id <> ?2", [](const Row&) { return true; }, fold(pseudonym), person).has_value();
}

void put_pseudonym(Transaction& tx, PersonId person, std::string_view pseudonym, Instant now)
{
    drop_pseudonym(tx, person);
    tx.exec("insert into cyber_pseudonym (person_id, name, folded, at) values (?1, ?2, ?3, ?4)", person, pseudonym, fold(pseudonym), now);
}

void drop_pseudonym(Transaction& tx, PersonId person)
{
    tx.exec("delete from cyber_pseudonym where person_id = ?1", person);
}

} // namespace adal::cyber
