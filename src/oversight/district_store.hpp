// oversight/district_store.hpp: districts in the database.
#pragma once

#include "oversight/district.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <vector>

namespace adal::oversight {

void save(storage::Transaction& tx, const District& district); // by id
std::optional<District> find_district(storage::Snapshot& snapshot, DistrictId id);
std::vector<District> list_districts(storage::Snapshot& snapshot); // by Kazakh name, with outlines
// Without outlines, for lists and filters.
std::vector<District> list_district_names(storage::Snapshot& snapshot);

} // namespace adal::oversight
