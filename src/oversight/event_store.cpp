#include "oversight/event_store.hpp"

namespace adal::oversight {

void append(storage::Transaction& tx, const Event& event)
{
    tx.exec_later("insert into oversight_event (entity, entity_id, seq, actor, role, at, action, from_state, to_state, reason, text) "
                  "select ?1, ?2, 1 + count(*), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 from oversight_event where entity = ?1 and entity_id = ?2",
                  name(event.entity), event.id, event.actor, event.role, event.at, event.action, event.from, event.to, event.reason, event.text);
}

std::vector<Event> timeline(storage::Snapshot& snapshot, Entity entity, std::string_view id)
{
    return snapshot.all("select seq, actor, role, at, action, from_state, to_state, reason, text from oversight_event "
                        "where entity = ?1 and entity_id = ?2 order by seq",
                        [&](const storage::Row& row) {
                            return Event{.entity = entity, .id = std::string{id}, .seq = row.get<std::int64_t>(0), .actor = row.get<PersonId>(1), .role = row.get<std::string>(2),
                                         .at = row.get<Instant>(3), .action = row.get<std::string>(4), .from = row.get<std::string>(5), .to = row.get<std::string>(6),
                                         .reason = row.get<std::string>(7), .text = row.get<std::string>(8)};
                        },
                        name(entity), id);
}

} // namespace adal::oversight
