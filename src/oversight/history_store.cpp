#include "oversight/history_store.hpp"

namespace adal::oversight {

std::vector<Event> events_until(storage::Snapshot& snapshot, Entity entity, Instant until)
{
    return snapshot.all("select entity_id, seq, actor, role, at, action, from_state, to_state, reason "
                        "from oversight_event where entity = ?1 and at <= ?2 order by entity_id, seq",
                        [&](const storage::Row& row) {
                            return Event{.entity = entity,
                                         .id = row.get<std::string>(0),
                                         .seq = row.get<std::int64_t>(1),
                                         .actor = row.get<PersonId>(2),
                                         .role = row.get<std::string>(3),
                                         .at = row.get<Instant>(4),
                                         .action = row.get<std::string>(5),
                                         .from = row.get<std::string>(6),
                                         .to = row.get<std::string>(7),
                                         .reason = row.get<std::string>(8)};
                        },
                        name(entity), until);
}

std::map<FindingId, ControlId> controls_of_findings(storage::Snapshot& snapshot)
{
    std::map<FindingId, ControlId> out;
    snapshot.each("select id, control_id from oversight_finding where control_id is not null",
                  [&](const storage::Row& row) { out[row.get<FindingId>(0)] = row.get<ControlId>(1); });
    return out;
}

std::int64_t people_of_accepted_visits(storage::Snapshot& snapshot, Instant until)
{
    return snapshot
        .value<std::int64_t>("select count(distinct p.person_id) from oversight_visit_person p "
                             "join oversight_event e on e.entity = 'visit' and e.entity_id = p.visit_id "
                             "where e.to_state = 'accepted' and e.at <= ?1",
                             until)
        .value_or(0);
}

} // namespace adal::oversight
