// oversight/happened_store.hpp: writes what happened into the event log of this room.
#pragma once

#include "oversight/event.hpp"
#include "storage/storage.hpp"

#include <string>
#include <string_view>

namespace adal::oversight {

// Who acts in an operation: the person, and the role that the operation gives him.
struct Acting {
    PersonId person{};
    std::string_view role{}; // "volunteer" "reviewer" "coordinator" "lawyer" "system"
    Instant at{};
};

// from empty: the beginning. Reason is a code; text is for the office only.
void happened(storage::Transaction& tx, Entity entity, std::string_view id, const Acting& who, std::string_view action, std::string_view from, std::string_view to,
              std::string_view reason = "", std::string_view text = "");

} // namespace adal::oversight
