// oversight/standing_store.hpp: where many findings stand, in few round trips: for rooms that count them.
#pragma once

#include "base/money.hpp"
#include "oversight/finding.hpp"
#include "storage/storage.hpp"

#include <map>
#include <optional>
#include <vector>

namespace adal::oversight {

struct Standing {
    FindingState state = FindingState::reported;
    bool warranty = false;
    PlaceId place{};
    std::optional<Money> contract_sum{}; // of the place, when known
};

// Those that exist.
std::map<FindingId, Standing> standings(storage::Snapshot& snapshot, const std::vector<FindingId>& ids);

} // namespace adal::oversight
