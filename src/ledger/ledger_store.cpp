#include "ledger/ledger_store.hpp"

#include <map>
#include <memory>
#include <span>
#include <stdexcept>

namespace adal::ledger {
namespace {

constexpr std::string_view kLeafColumns =
    "select idx, eid, t, case_id, seq, bytes, hash from ledger_leaf ";
constexpr std::string_view kHead = "select idx, t from ledger_leaf order by idx desc limit 1";
constexpr std::string_view kDataKey = "select wrapped from ledger_data_key where subject = ?1";
constexpr std::size_t kRowsPerInsert = 200;

Hash hash_at(const storage::Row& row, int column)
{
    const auto hash = hash_from(row.text(column));
    if (!hash) throw storage::Error(storage::ErrorKind::other, "a stored hash is not 32 bytes");
    return *hash;
}

Head head_of(const storage::Row& row)
{
    return {row.integer(0) + 1, row.integer(1)};
}

StoredLeaf read_leaf(const storage::Row& row)
{
    return {.index = row.get<std::int64_t>(0),
            .eid = row.get<std::string>(1),
            .t = row.get<std::int64_t>(2),
            .case_id = row.get<std::optional<std::string>>(3).value_or(""),
            .seq = row.get<std::optional<std::int64_t>>(4).value_or(0),
            .bytes = row.get<std::string>(5),
            .hash = hash_at(row, 6)};
}

StoredCheckpoint read_checkpoint(const storage::Row& row)
{
    return {.size = row.get<std::uint64_t>(0),
            .root = hash_at(row, 1),
            .note = row.get<std::string>(2),
            .at = row.get<Instant>(3)};
}

SealedSalt read_salt(const storage::Row& row)
{
    return {.eid = row.get<std::string>(0),
            .label = row.get<std::string>(1),
            .salt = row.get<std::string>(2)};
}

// "insert … values (?1,?2,…),(…)" for rows of `width` values, in pieces.
void insert_rows(storage::Transaction& tx, std::string_view into, std::size_t width,
                 std::span<const storage::Value> values)
{
    while (!values.empty()) {
        const auto rows = std::min(values.size() / width, kRowsPerInsert);
        std::string sql(into);
        for (std::size_t i = 0; i < rows * width; ++i) {
            sql += i % width != 0 ? "," : i == 0 ? " values (" : "),(";
            sql += "?" + std::to_string(i + 1);
        }
        tx.exec_values_later(sql + ")", values.first(rows * width));
        values = values.subspan(rows * width);
    }
}

} // namespace

Head head(storage::Snapshot& db)
{
    return db.first(kHead, head_of).value_or(Head{});
}

void look_back_later(storage::Transaction& tx, std::string_view case_id, Before& before)
{
    case_back_later(tx, case_id, before);
    tx.each_later(kHead, [&](const storage::Row& row) { before.head = head_of(row); });
}

void case_back_later(storage::Transaction& tx, std::string_view case_id, Before& before)
{
    before = {.case_id = std::string(case_id)};
    if (case_id.empty()) return;
    tx.each_later(
        "select seq, hash from ledger_leaf where case_id = ?1 order by seq desc limit 1",
        [&](const storage::Row& row) {
            before.in_case = CaseHead{row.integer(0), hash_at(row, 1)};
        },
        case_id);
    tx.each_later(
        kDataKey, [&](const storage::Row& row) { before.data_key = row.get<std::string>(0); },
        case_id);
}

void insert_leaf(storage::Transaction& tx, const StoredLeaf& leaf)
{
    const bool in_case = !leaf.case_id.empty();
    tx.exec_later("insert into ledger_leaf (idx, eid, t, case_id, seq, bytes, hash) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            leaf.index, leaf.eid, leaf.t, in_case ? std::optional(leaf.case_id) : std::nullopt,
            in_case ? std::optional(leaf.seq) : std::nullopt, storage::Blob{leaf.bytes},
            storage::Blob{view(leaf.hash)});
}

std::optional<StoredLeaf> find_leaf(storage::Snapshot& db, std::int64_t index)
{
    return db.first(std::string(kLeafColumns) + "where idx = ?1", read_leaf, index);
}

std::optional<StoredLeaf> find_leaf_of(storage::Snapshot& db, std::string_view eid)
{
    return db.first(std::string(kLeafColumns) + "where eid = ?1", read_leaf, eid);
}

std::vector<StoredLeaf> list_leaves(storage::Snapshot& db, std::int64_t begin, std::int64_t end)
{
    return db.all(std::string(kLeafColumns) + "where idx >= ?1 and idx < ?2 order by idx",
                  read_leaf, begin, end);
}

std::vector<std::int64_t> list_case(storage::Snapshot& db, std::string_view case_id)
{
    return db.all(
        "select idx from ledger_leaf where case_id = ?1 order by seq",
        [](const storage::Row& row) { return row.integer(0); }, case_id);
}

std::optional<std::string> find_data_key(storage::Snapshot& db, std::string_view subject)
{
    return db.value<std::string>(kDataKey, subject);
}

void save_data_key(storage::Transaction& tx, std::string_view subject, std::string_view wrapped)
{
    tx.exec_later("insert into ledger_data_key (subject, wrapped) values (?1, ?2) "
            "on conflict (subject) do update set wrapped = excluded.wrapped",
            subject, storage::Blob{wrapped});
}

void insert_salts(storage::Transaction& tx, std::string_view subject,
                  const std::vector<SealedSalt>& salts)
{
    std::vector<storage::Value> values;
    for (const auto& salt : salts)
        values.insert(values.end(), {std::string_view(salt.eid), std::string_view(salt.label),
                                     subject, storage::Blob{salt.salt}});
    insert_rows(tx, "insert into ledger_opening (eid, label, subject, salt)", 4, values);
}

void save_salt(storage::Transaction& tx, const SealedSalt& salt)
{
    tx.exec("update ledger_opening set salt = ?3 where eid = ?1 and label = ?2", salt.eid,
            salt.label, storage::Blob{salt.salt});
}

std::optional<SealedSalt> find_salt(storage::Snapshot& db, std::string_view eid,
                                    std::string_view label)
{
    return db.first("select eid, label, salt from ledger_opening where eid = ?1 and label = ?2",
                    read_salt, eid, label);
}

std::vector<SealedSalt> list_salts(storage::Snapshot& db, std::string_view subject)
{
    return db.all("select eid, label, salt from ledger_opening where subject = ?1", read_salt,
                  subject);
}

std::set<std::pair<std::string, std::string>> list_salt_names(storage::Snapshot& db,
                                                              std::int64_t begin, std::int64_t end)
{
    std::set<std::pair<std::string, std::string>> out;
    db.each(
        "select o.eid, o.label from ledger_opening o join ledger_leaf l on l.eid = o.eid "
        "where l.idx >= ?1 and l.idx < ?2",
        [&](const storage::Row& row) { out.emplace(row.text(0), row.text(1)); }, begin, end);
    return out;
}

void remove_salt(storage::Transaction& tx, std::string_view eid, std::string_view label)
{
    tx.exec("delete from ledger_opening where eid = ?1 and label = ?2", eid, label);
}

std::optional<StoredCheckpoint> newest_checkpoint(storage::Snapshot& db)
{
    return db.first("select size, root, note, at from ledger_checkpoint order by size desc limit 1",
                    read_checkpoint);
}

std::optional<StoredCheckpoint> find_checkpoint(storage::Snapshot& db, std::uint64_t size)
{
    return db.first("select size, root, note, at from ledger_checkpoint where size = ?1",
                    read_checkpoint, size);
}

std::optional<StoredCheckpoint> first_checkpoint_over(storage::Snapshot& db, std::uint64_t size)
{
    return db.first("select size, root, note, at from ledger_checkpoint where size >= ?1 "
                    "order by size limit 1",
                    read_checkpoint, size);
}

std::vector<StoredCheckpoint> list_checkpoints(storage::Snapshot& db)
{
    return db.all("select size, root, note, at from ledger_checkpoint order by size",
                  read_checkpoint);
}

void insert_checkpoint(storage::Transaction& tx, const StoredCheckpoint& checkpoint,
                       const std::vector<Subtree>& subtrees)
{
    tx.exec("insert into ledger_checkpoint (size, root, note, at) values (?1, ?2, ?3, ?4)",
            checkpoint.size, storage::Blob{view(checkpoint.root)}, checkpoint.note, checkpoint.at);
    std::vector<storage::Value> values;
    for (const auto& subtree : subtrees)
        values.insert(values.end(),
                      {std::int64_t{subtree.level}, static_cast<std::int64_t>(subtree.index),
                       storage::Blob{view(subtree.hash)}});
    insert_rows(tx, "insert into ledger_subtree (level, idx, hash)", 3, values);
}

std::vector<Hash> list_hashes(storage::Snapshot& db, int tile_level, std::uint64_t begin,
                              std::uint64_t end)
{
    const auto read = [](const storage::Row& row) { return hash_at(row, 0); };
    if (tile_level == 0)
        return db.all("select hash from ledger_leaf where idx >= ?1 and idx < ?2 order by idx",
                      read, begin, end);
    return db.all(
        "select hash from ledger_subtree where level = ?1 and idx >= ?2 and idx < ?3 order by idx",
        read, tile_level, begin, end);
}

NodeHash nodes_of(storage::Snapshot& db)
{
    using Cache = std::map<std::pair<int, std::uint64_t>, std::vector<Hash>>;
    return [&db, cache = std::make_shared<Cache>()](int level, std::uint64_t index) {
        const int tile_level = level / 8;
        const std::uint64_t first = index << (level % 8);
        const std::size_t count = std::size_t{1} << (level % 8);
        const std::uint64_t tile = first / 256;
        auto& hashes = (*cache)[{tile_level, tile}];
        if (hashes.empty()) hashes = list_hashes(db, tile_level, tile * 256, tile * 256 + 256);
        const auto at = static_cast<std::size_t>(first % 256);
        if (at + count > hashes.size()) throw std::out_of_range("a node of the log is not stored");
        return root_of(std::span(hashes).subspan(at, count));
    };
}

} // namespace adal::ledger
