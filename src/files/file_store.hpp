// files/file_store.hpp: rows of stored files.
#pragma once

#include "files/files.hpp"

#include <optional>
#include <vector>

namespace adal::files {

void insert_file(storage::Transaction& tx, const StoredFile& file);
std::optional<StoredFile> find_file(storage::Snapshot& snapshot, FileId id);
std::vector<StoredFile> find_files(storage::Snapshot& snapshot, const std::vector<FileId>& ids);
bool is_known(storage::Snapshot& snapshot, const Hash& sha256);
std::vector<Hash> all_originals(storage::Snapshot& snapshot); // each once

} // namespace adal::files
