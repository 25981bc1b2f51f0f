// procurement/screening_store.hpp: screening of everything stored in two steps, so that the one writer is not held
// while flags are computed: read and judge from a snapshot, then save what was found.
#pragma once

#include "procurement/procurement.hpp"

#include <string>
#include <vector>

namespace adal::procurement {

struct StoredScreening {
    std::vector<ProcessId> ids{};
    std::vector<Process> processes{};
    std::vector<Screened> screened{}; // of processes[i]
    std::string rule_version{};
};
StoredScreening screen_stored(storage::Snapshot& snapshot);
// Replaces the answers of before. A process that came after the reading stays unscreened until the next time.
ScreenReport save_screening(storage::Transaction& tx, const StoredScreening& screening, Instant now);

} // namespace adal::procurement
