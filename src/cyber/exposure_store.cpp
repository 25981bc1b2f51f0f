#include "cyber/exposure_store.hpp"

namespace adal::cyber {

void begin_looking(storage::Transaction& tx, PersonId person, ResourceId resource, Looking span)
{
    end_looking(tx, person, resource, span.from);
    tx.exec("insert into cyber_looking (person_id, resource_id, from_at, until_at) values (?1, ?2, ?3, ?4)", person, resource, span.from, span.until);
}

void end_looking(storage::Transaction& tx, PersonId person, ResourceId resource, Instant now)
{
    tx.exec("update cyber_looking set until_at = ?3 where person_id = ?1 and resource_id = ?2 and until_at > ?3", person, resource, now);
}

std::vector<Looking> looking_since(storage::Snapshot& snapshot, PersonId person, Instant since)
{
    return snapshot.all("select from_at, until_at from cyber_looking where person_id = ?1 and until_at > ?2",
                        [](const storage::Row& row) { return Looking{.from = row.get<Instant>(0), .until = row.get<Instant>(1)}; }, person, since);
}

std::int64_t forget_looking(storage::Transaction& tx, Instant before)
{
    return tx.exec("delete from cyber_looking where until_at < ?1", before);
}

} // namespace adal::cyber
