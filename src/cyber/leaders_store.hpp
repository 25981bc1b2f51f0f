// cyber/leaders_store.hpp: credited reports and who wishes to be shown, in the database.
#pragma once

#include "cyber/leaders.hpp"
#include "storage/storage.hpp"

#include <vector>

namespace adal::cyber {

// First reports by people of what an authority took by `accepted_by`; not what was refused or withdrawn since, nor what
// an owner appeals against now.
std::vector<Credit> credits(storage::Snapshot& snapshot, Instant accepted_by);

std::vector<PersonId> on_board(storage::Snapshot& snapshot); // who wishes to be shown
bool is_on_board(storage::Snapshot& snapshot, PersonId person);
void put_on_board(storage::Transaction& tx, PersonId person, Instant now);
void take_off_board(storage::Transaction& tx, PersonId person);

} // namespace adal::cyber
