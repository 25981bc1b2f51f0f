#include "files/file_store.hpp"

namespace adal::files {
namespace {

constexpr std::string_view kSelectFile = "select id, sha256, size, mime, width, height, state, latitude, longitude, "
                                         "taken_at, camera, orientation, stored_at, erased_at from files_file where id = ?1";

StoredFile make_file(const storage::Row& row)
{
    const auto hash = hash_from(row.text(1));
    const auto state = parse_derived(row.text(6));
    if (!hash || !state) throw storage::Error(storage::ErrorKind::other, "a row of files_file is malformed");
    return {.id = row.get<FileId>(0),
            .sha256 = *hash,
            .size = row.get<std::uint64_t>(2),
            .mime = row.get<std::string>(3),
            .width = row.get<int>(4),
            .height = row.get<int>(5),
            .state = *state,
            .exif = {.latitude = row.get<std::optional<double>>(7),
                     .longitude = row.get<std::optional<double>>(8),
                     .taken_at = row.get<std::string>(9),
                     .camera = row.get<std::string>(10),
                     .orientation = row.get<int>(11)},
            .stored_at = row.get<Instant>(12),
            .erased_at = row.get<std::optional<Instant>>(13)};
}

} // namespace

void insert_file(storage::Transaction& tx, const StoredFile& file)
{
    tx.exec("insert into files_file(id, sha256, size, mime, width, height, state, latitude, longitude, "
            "taken_at, camera, orientation, stored_at) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            file.id, storage::Blob{view(file.sha256)}, file.size, file.mime, file.width, file.height,
            text(file.state), file.exif.latitude, file.exif.longitude, file.exif.taken_at, file.exif.camera,
            file.exif.orientation, file.stored_at);
}

std::optional<StoredFile> find_file(storage::Snapshot& snapshot, FileId id)
{
    return snapshot.first(kSelectFile, make_file, id);
}

std::vector<StoredFile> find_files(storage::Snapshot& snapshot, const std::vector<FileId>& ids)
{
    std::vector<StoredFile> out;
    const auto take = [&](const storage::Row& row) { out.push_back(make_file(row)); };
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) snapshot.each_later(kSelectFile, take, ids[i]);
    if (!ids.empty()) snapshot.each(kSelectFile, take, ids.back());
    return out;
}

bool is_known(storage::Snapshot& snapshot, const Hash& sha256)
{
    return snapshot.value<int>("select 1 from files_file where sha256 = ?1 and erased_at is null limit 1", storage::Blob{view(sha256)})
        .has_value();
}

std::vector<Hash> all_originals(storage::Snapshot& snapshot)
{
    return snapshot.all("select distinct sha256 from files_file where erased_at is null", [](const storage::Row& row) { return hash_from(row.text(0)).value(); });
}

std::vector<Hash> erased_originals(storage::Snapshot& snapshot)
{
    return snapshot.all("select distinct e.sha256 from files_file e where e.erased_at is not null "
                        "and not exists (select 1 from files_file k where k.sha256 = e.sha256 and k.erased_at is null)",
                        [](const storage::Row& row) { return hash_from(row.text(0)).value(); });
}

bool mark_erased(storage::Transaction& tx, FileId id, Instant now)
{
    return tx.exec("update files_file set erased_at = ?2, latitude = null, longitude = null, taken_at = '', camera = '', orientation = 1 "
                   "where id = ?1 and erased_at is null", id, now) == 1;
}

} // namespace adal::files
