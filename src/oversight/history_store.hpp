// oversight/history_store.hpp: what happened up to a moment, in one query each, for figures that recompute.
#pragma once

#include "oversight/event.hpp"
#include "storage/storage.hpp"

#include <map>
#include <vector>

namespace adal::oversight {

// Events of one kind of record, by record and in their order; without the texts.
std::vector<Event> events_until(storage::Snapshot& snapshot, Entity entity, Instant until);
std::map<FindingId, ControlId> controls_of_findings(storage::Snapshot& snapshot);
// How many different people made the visits that were accepted by then.
std::int64_t people_of_accepted_visits(storage::Snapshot& snapshot, Instant until);

} // namespace adal::oversight
