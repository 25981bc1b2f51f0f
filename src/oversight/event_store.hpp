// oversight/event_store.hpp: the append-only event log of this room.
#pragma once

#include "oversight/event.hpp"
#include "storage/storage.hpp"

#include <string>
#include <vector>

namespace adal::oversight {

// Gives the event its seq.
void append(storage::Transaction& tx, const Event& event);
std::vector<Event> timeline(storage::Snapshot& snapshot, Entity entity, std::string_view id); // oldest first

} // namespace adal::oversight
