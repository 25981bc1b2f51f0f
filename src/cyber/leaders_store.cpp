#include "cyber/leaders_store.hpp"

namespace adal::cyber {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

std::vector<Credit> credits(Snapshot& snapshot, Instant accepted_by)
{
    return snapshot.all("select p.person_id, r.id, case when r.cluster = '' and r.kind = 'url' and r.is_guarded = 0 then r.registrable else r.cluster end, p.at "
                        "from cyber_report p join cyber_resource r on r.id = p.resource_id "
                        "where p.is_first = 1 and p.person_id is not null and r.state not in ('withdrawn', 'refused') "
                        "and exists (select 1 from cyber_event e where e.resource_id = r.id and e.to_state = 'accepted' and e.at <= ?1) "
                        "and not exists (select 1 from cyber_appeal a where a.resource_id = r.id and a.state = 'open')",
                        [](const Row& row) {
                            return Credit{.person = row.get<PersonId>(0), .resource = row.get<ResourceId>(1), .cluster = row.get<std::string>(2), .reported_at = row.get<Instant>(3)};
                        },
                        accepted_by);
}

std::vector<PersonId> on_board(Snapshot& snapshot)
{
    return snapshot.all("select person_id from cyber_leader order by person_id", [](const Row& row) { return row.get<PersonId>(0); });
}

bool is_on_board(Snapshot& snapshot, PersonId person)
{
    return snapshot.value<std::string>("select person_id from cyber_leader where person_id = ?1", person).has_value();
}

void put_on_board(Transaction& tx, PersonId person, Instant now)
{
    if (!is_on_board(tx, person)) tx.exec("insert into cyber_leader (person_id, at) values (?1, ?2)", person, now);
}

void take_off_board(Transaction& tx, PersonId person)
{
    tx.exec("delete from cyber_leader where person_id = ?1", person);
}

} // namespace adal::cyber
