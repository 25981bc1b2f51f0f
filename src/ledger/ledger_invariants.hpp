// ledger/ledger_invariants.hpp: what must always be true of the stored log; run by tests and by
// `adal check`.
#pragma once

#include "storage/storage.hpp"

#include <string>
#include <vector>

namespace adal::ledger {

// One technical line per breach, none when all is well:
//  I2 indices are gap-free, one leaf per event, columns say what the bytes say;
//  I3 checkpoints only grow, and every one has the root its leaves give;
//  every case is an unbroken chain, time never runs backwards;
//  a commitment without a kept salt is named by a redaction leaf.
// The published files are verify_log's part.
std::vector<std::string> check_invariants(storage::Snapshot& db);

} // namespace adal::ledger
