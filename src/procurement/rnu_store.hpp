// procurement/rnu_store.hpp: rows of the register of unscrupulous suppliers.
#pragma once

#include "procurement/rnu.hpp"
#include "storage/storage.hpp"

#include <cstdint>
#include <vector>

namespace adal::procurement {

struct RegisterReport {
    std::int64_t added = 0, changed = 0, unchanged = 0;
};
// An entry that is known by its id is replaced; others stay, because a register is fetched in parts and an entry that
// left it still held on the days it names. Of two with one id the later counts. The same again changes nothing. Flags
// use it at the next screening.
RegisterReport import_register(storage::Transaction& tx, const std::vector<RegisterEntry>& entries, Instant now);

Register stored_register(storage::Snapshot& snapshot);

} // namespace adal::procurement
