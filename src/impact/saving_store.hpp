// impact/saving_store.hpp: savings and frozen figures in the database.
#pragma once

#include "impact/figures.hpp"
#include "impact/saving.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace adal::impact {

void add(storage::Transaction& tx, const Saving& saving);
// Changes the row whose version is saving.version - 1; stale_form otherwise.
Result<Done> save(storage::Transaction& tx, const Saving& saving);
std::optional<Saving> read_saving(storage::Snapshot& snapshot, SavingId id);
std::vector<Saving> all_savings(storage::Snapshot& snapshot); // newest first
// The live saving on an object in a family (invariant 6), if there is one.
std::optional<SavingId> live_saving(storage::Snapshot& snapshot, std::string_view object_key,
                                    std::string_view family);

void add(storage::Transaction& tx, const FrozenFigure& frozen);
std::vector<FrozenFigure> read_frozen(storage::Snapshot& snapshot); // newest first

} // namespace adal::impact
