// referral/open311_store.hpp: rows of referral_open311.
#pragma once

#include "referral/open311.hpp"
#include "storage/storage.hpp"

#include <vector>

namespace adal::referral {

// One item for each recommendation of a dispatch by Open311 that was recorded on the day it was sent and has none yet.
// Returns how many.
std::int64_t add_open311_items(storage::Transaction& tx, Instant since, Instant now);
// There is something for add_open311_items.
bool has_open311_dispatches(storage::Snapshot& snapshot, Instant since);
std::vector<Open311Item> due_open311_items(storage::Snapshot& snapshot, Instant now, int most);
std::vector<Open311Item> open311_items_of(storage::Snapshot& snapshot, DispatchId dispatch); // by recommendation
std::optional<Open311Item> find_open311_item(storage::Snapshot& snapshot, RecommendationId id);
void save(storage::Transaction& tx, const Open311Item& item);

} // namespace adal::referral
