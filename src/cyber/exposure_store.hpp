// cyber/exposure_store.hpp: when somebody looked at a resource, in the database.
#pragma once

#include "base/id.hpp"
#include "cyber/exposure.hpp"
#include "storage/storage.hpp"

#include <vector>

namespace adal::cyber {

// Taking it again ends the span before.
void begin_looking(storage::Transaction& tx, PersonId person, ResourceId resource, Looking span);
void end_looking(storage::Transaction& tx, PersonId person, ResourceId resource, Instant now);
std::vector<Looking> looking_since(storage::Snapshot& snapshot, PersonId person, Instant since); // those that ended later
// What is older than the limits ask for is nobody's business. Returns how many.
std::int64_t forget_looking(storage::Transaction& tx, Instant before);

} // namespace adal::cyber
