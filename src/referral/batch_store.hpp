// referral/batch_store.hpp: batches in the database.
#pragma once

#include "referral/batch.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <vector>

namespace adal::referral {

void add(storage::Transaction& tx, const Batch& batch);
void save_receipt(storage::Transaction& tx, const Batch& batch); // received_on, in_number, deadline
std::optional<Batch> find_batch(storage::Snapshot& snapshot, BatchId id);
std::vector<Batch> list_batches(storage::Snapshot& snapshot, int limit); // newest first, with their items
// Authorities that a competence for the topic names on that day.
std::vector<AuthorityVersion> competent_for(storage::Snapshot& snapshot, std::string_view topic, LocalDate day);

} // namespace adal::referral
