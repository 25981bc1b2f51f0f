// files/file_store.hpp: rows of stored files.
#pragma once

#include "files/files.hpp"

#include <optional>
#include <vector>

namespace adal::files {

void insert_file(storage::Transaction& tx, const StoredFile& file);
std::optional<StoredFile> find_file(storage::Snapshot& snapshot, FileId id);
std::vector<StoredFile> find_files(storage::Snapshot& snapshot, const std::vector<FileId>& ids);
// A row that is not erased names it.
bool is_known(storage::Snapshot& snapshot, const Hash& sha256);
std::vector<Hash> all_originals(storage::Snapshot& snapshot);    // each once; those whose bytes must be there
std::vector<Hash> erased_originals(storage::Snapshot& snapshot); // each once; those whose bytes must not be there
bool mark_erased(storage::Transaction& tx, FileId id, Instant now);

} // namespace adal::files
