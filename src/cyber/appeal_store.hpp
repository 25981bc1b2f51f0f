// cyber/appeal_store.hpp: appeals and votes in the database.
#pragma once

#include "cyber/appeal.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <vector>

namespace adal::cyber {

void add(storage::Transaction& tx, const Appeal& appeal);
void add_vote(storage::Transaction& tx, const Appeal& after, const AppealVote& vote);
std::optional<Appeal> find_appeal(storage::Snapshot& snapshot, AppealId id);
std::vector<Appeal> appeals_of(storage::Snapshot& snapshot, ResourceId resource); // oldest first
std::vector<Appeal> open_appeals(storage::Snapshot& snapshot, int limit);         // oldest first

} // namespace adal::cyber
