// oversight/erasure_store.hpp: rows of oversight_erasure.
#pragma once

#include "oversight/erasure.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <vector>

namespace adal::oversight {

void add(storage::Transaction& tx, const Erasure& erasure);
void save(storage::Transaction& tx, const Erasure& erasure);
std::optional<Erasure> find_erasure(storage::Snapshot& snapshot, ErasureId id);
// Of every finding of the same visit, because they share photos; oldest first.
std::vector<Erasure> erasures_of(storage::Snapshot& snapshot, VisitId visit);
// Those that wait, oldest first, then the newest decided ones; at most `limit` of each.
std::vector<Erasure> list_erasures(storage::Snapshot& snapshot, int limit);

} // namespace adal::oversight
