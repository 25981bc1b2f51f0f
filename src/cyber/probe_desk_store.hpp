// cyber/probe_desk_store.hpp: probes, their reports and what they could look at, in the database.
#pragma once

#include "base/hash.hpp"
#include "cyber/probe_desk.hpp"
#include "storage/storage.hpp"

#include <string_view>
#include <vector>

namespace adal::cyber {

std::optional<Probe> find_probe(storage::Snapshot& snapshot, std::string_view name);
std::vector<Probe> list_probes(storage::Snapshot& snapshot); // by name
void add(storage::Transaction& tx, const Probe& probe);
bool set_retired(storage::Transaction& tx, std::string_view name, Instant now);

bool is_taken(storage::Snapshot& snapshot, const Hash& sha256);
int reports_since(storage::Snapshot& snapshot, std::string_view probe, Instant since);
void add_report(storage::Transaction& tx, const Hash& sha256, std::string_view probe, std::string_view note, Instant now);

// Of the states that a look can move, that the probe has not looked at since; those that were never looked at first.
std::vector<Resource> unlooked(storage::Snapshot& snapshot, std::string_view probe, Instant since, int limit);

} // namespace adal::cyber
