// cyber/leaders_store.hpp: credited reports and chosen names, in the database.
#pragma once

#include "cyber/leaders.hpp"
#include "storage/storage.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

// First reports by people of what an authority took by `accepted_by`; not what was refused or withdrawn since, nor what
// an owner appeals against now.
std::vector<Credit> credits(storage::Snapshot& snapshot, Instant accepted_by);

std::map<PersonId, std::string> pseudonyms(storage::Snapshot& snapshot);
std::optional<std::string> pseudonym_of(storage::Snapshot& snapshot, PersonId person);
// Whether somebody else has a name that folds to the same.
bool is_taken(storage::Snapshot& snapshot, std::string_view pseudonym, PersonId person);
void put_pseudonym(storage::Transaction& tx, PersonId person, std::string_view pseudonym, Instant now);
void drop_pseudonym(storage::Transaction& tx, PersonId person);

} // namespace adal::cyber
