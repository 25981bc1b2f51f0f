// ledger/ledger_store.hpp: the SQL of the log. Leaves, subtrees and checkpoints only ever grow;
// triggers of the migration hold that on both engines. Salts are stored encrypted and may be
// destroyed.
#pragma once

#include "base/hash.hpp"
#include "ledger/ledger.hpp"
#include "ledger/tree.hpp"
#include "storage/storage.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adal::ledger {

struct StoredLeaf {
    std::int64_t index = 0;
    std::string eid{};
    std::int64_t t = 0;
    std::string case_id{}; // empty outside a case
    std::int64_t seq = 0;
    std::string bytes{};
    Hash hash{};
};

struct StoredCheckpoint {
    std::uint64_t size = 0;
    Hash root{};
    std::string note{};
    Instant at{};
};

struct Subtree {
    int level = 1; // of tiles: 256^level leaves
    std::uint64_t index = 0;
    Hash hash{};
};

struct SealedSalt {
    std::string eid{};
    std::string label{};
    std::string salt{}; // encrypted
};

Head head(storage::Snapshot& db);
// What look_back_later asks about the case.
void case_back_later(storage::Transaction& tx, std::string_view case_id, Before& before);
// Sent together with the next statement.
void insert_leaf(storage::Transaction& tx, const StoredLeaf& leaf);
std::optional<StoredLeaf> find_leaf(storage::Snapshot& db, std::int64_t index);
std::optional<StoredLeaf> find_leaf_of(storage::Snapshot& db, std::string_view eid);
std::vector<StoredLeaf> list_leaves(storage::Snapshot& db, std::int64_t begin, std::int64_t end);
std::vector<std::int64_t> list_case(storage::Snapshot& db, std::string_view case_id);

std::optional<std::string> find_data_key(storage::Snapshot& db, std::string_view subject);
void save_data_key(storage::Transaction& tx, std::string_view subject, std::string_view wrapped);
void insert_salts(storage::Transaction& tx, std::string_view subject,
                  const std::vector<SealedSalt>& salts);
void save_salt(storage::Transaction& tx, const SealedSalt& salt);
std::optional<SealedSalt> find_salt(storage::Snapshot& db, std::string_view eid,
                                    std::string_view label);
// (eid, label) of the salts kept for the leaves [begin, end).
std::set<std::pair<std::string, std::string>> list_salt_names(storage::Snapshot& db,
                                                              std::int64_t begin, std::int64_t end);
std::vector<SealedSalt> list_salts(storage::Snapshot& db, std::string_view subject);
void remove_salt(storage::Transaction& tx, std::string_view eid, std::string_view label);

std::optional<StoredCheckpoint> newest_checkpoint(storage::Snapshot& db);
std::optional<StoredCheckpoint> find_checkpoint(storage::Snapshot& db, std::uint64_t size);
// The oldest one that covers the first `size` leaves: what is proven against it stays as it is.
std::optional<StoredCheckpoint> first_checkpoint_over(storage::Snapshot& db, std::uint64_t size);
std::vector<StoredCheckpoint> list_checkpoints(storage::Snapshot& db);
// Fails with storage::Error when the size is signed already or does not grow.
void insert_checkpoint(storage::Transaction& tx, const StoredCheckpoint& checkpoint,
                       const std::vector<Subtree>& subtrees);
// Hashes [begin, end) of a tile level: 0 = leaves, else subtrees; fewer when they are not there.
std::vector<Hash> list_hashes(storage::Snapshot& db, int tile_level, std::uint64_t begin,
                              std::uint64_t end);
// Node hashes of the published tree, a tile's width read at a time. Valid while `db` is.
NodeHash nodes_of(storage::Snapshot& db);

} // namespace adal::ledger
