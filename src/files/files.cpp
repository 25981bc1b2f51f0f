#include "files/files.hpp"

#include "base/text.hpp"
#include "files/file_store.hpp"
#include "files/folder.hpp"
#include "files/image_header.hpp"
#include "files/worker.hpp"

#include <algorithm>
#include <stdexcept>

namespace adal::files {
namespace {

constexpr std::string_view kOriginal = ".bin", kView = ".view.jpg", kThumbnail = ".thumbnail.jpg";
constexpr std::string_view kMegabytes = "15", kMegapixels = "50"; // kMaxBytes, kMaxPixels for messages
constexpr std::chrono::hours kOrphanAge{1};
constexpr std::size_t kShownName = 100; // bytes of a file name in a message

Folder originals(const std::string& directory)
{
    return Folder(directory + "/originals");
}
Folder derived(const std::string& directory)
{
    return Folder(directory + "/derived");
}

// The name a stranger gave the file, only ever used to tell them which file is meant.
ProblemParams named(std::string_view name)
{
    auto shown = clean_text(name.substr(0, kShownName));
    return {{"name", shown ? *shown : std::string{}}};
}
ProblemParams limited(std::string_view name, std::string_view limit)
{
    auto params = named(name);
    params.emplace("limit", limit);
    return params;
}

Result<ImageHeader> check_photo(std::string_view bytes, std::string_view name)
{
    if (bytes.empty()) return fail(photo_empty, named(name));
    if (bytes.size() > kMaxBytes) return fail(photo_too_large, limited(name, kMegabytes));
    if (!picture_kind(bytes)) return fail(photo_wrong_type, named(name));
    const auto header = read_image_header(bytes);
    if (!header) return fail(photo_broken, named(name));
    if (header->pixels() > kMaxPixels) return fail(photo_too_many_pixels, limited(name, kMegapixels));
    return *header;
}

// Readable text: UTF-8 without control characters other than tab and line ends.
bool is_plain_text(std::string_view bytes)
{
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || byte == 0x7f;
    };
    return is_utf8(bytes) && std::none_of(bytes.begin(), bytes.end(), is_control);
}

std::optional<std::string_view> document_type(std::string_view bytes)
{
    if (bytes.starts_with("%PDF-")) return "application/pdf";
    if (const auto kind = picture_kind(bytes)) return mime(*kind);
    if (is_plain_text(bytes)) return "text/plain";
    return std::nullopt;
}

} // namespace

std::string_view text(Derived state)
{
    switch (state) {
    case Derived::ok: return "ok";
    case Derived::undecodable: return "undecodable";
    case Derived::none: return "none";
    }
    check_failed("a known Derived", __FILE__, __LINE__);
}

std::optional<Derived> parse_derived(std::string_view text)
{
    for (const auto state : {Derived::ok, Derived::undecodable, Derived::none})
        if (files::text(state) == text) return state;
    return std::nullopt;
}

Store::Store(std::string directory, std::string worker)
    : m_directory(std::move(directory)), m_worker(std::move(worker))
{
}

Result<StoredFile> Store::prepare_photo(std::string_view bytes, std::string_view name) const
{
    const auto header = check_photo(bytes, name);
    if (!header) return pass(header);
    StoredFile out{.sha256 = sha256(bytes), .size = bytes.size(), .mime = std::string(mime(header->kind))};
    originals(m_directory).put(out.sha256, kOriginal, bytes);
    const auto answer = decode_in_worker(m_worker, original_path(out.sha256));
    out.state = answer.state;
    out.exif = answer.exif;
    if (answer.state == Derived::undecodable) return out;
    out.width = answer.width;
    out.height = answer.height;
    derived(m_directory).put(out.sha256, kThumbnail, answer.thumbnail);
    derived(m_directory).put(out.sha256, kView, answer.view);
    return out;
}

StoredFile Store::prepare_archive(std::string_view bytes, std::string_view mime) const
{
    ADAL_CHECK(!bytes.empty() && bytes.size() <= kMaxArchiveBytes);
    StoredFile out{.sha256 = sha256(bytes), .size = bytes.size(), .mime = std::string{mime}, .state = Derived::none};
    originals(m_directory).put(out.sha256, kOriginal, bytes);
    return out;
}

StoredFile Store::record(storage::Transaction& tx, StoredFile prepared, Instant now) const
{
    // `collect` runs inside a write as well, so what is here now stays.
    if (!originals(m_directory).has(prepared.sha256, kOriginal))
        throw std::runtime_error("a prepared file is gone: " + hex(view(prepared.sha256)));
    prepared.id = FileId::make(now);
    prepared.stored_at = now;
    insert_file(tx, prepared);
    return prepared;
}

Result<StoredFile> Store::add_photo_bytes(storage::Transaction& tx, std::string_view bytes, std::string_view name,
                                          Instant now) const
{
    const auto prepared = prepare_photo(bytes, name);
    if (!prepared) return pass(prepared);
    return record(tx, *prepared, now);
}

Result<StoredFile> Store::add_photo(storage::Transaction& tx, const std::string& path, std::string_view name,
                                    Instant now) const
{
    return add_photo_bytes(tx, read_start(path, kMaxBytes), name, now);
}

Result<StoredFile> Store::add_document(storage::Transaction& tx, std::string_view bytes, std::string_view name,
                                       Instant now) const
{
    if (bytes.empty()) return fail(document_empty, named(name));
    if (bytes.size() > kMaxBytes) return fail(document_too_large, limited(name, kMegabytes));
    const auto type = document_type(bytes);
    if (!type) return fail(document_wrong_type, named(name));
    const StoredFile out{.sha256 = sha256(bytes), .size = bytes.size(), .mime = std::string(*type),
                         .state = Derived::none};
    originals(m_directory).put(out.sha256, kOriginal, bytes);
    return record(tx, out, now);
}

std::optional<StoredFile> Store::find(storage::Snapshot& snapshot, FileId id) const
{
    return find_file(snapshot, id);
}

std::vector<StoredFile> Store::find_all(storage::Snapshot& snapshot, const std::vector<FileId>& ids) const
{
    return find_files(snapshot, ids);
}

std::string Store::original_path(const Hash& sha256) const
{
    return originals(m_directory).path(sha256, kOriginal);
}
std::string Store::view_path(const Hash& sha256) const
{
    return derived(m_directory).path(sha256, kView);
}
std::string Store::thumbnail_path(const Hash& sha256) const
{
    return derived(m_directory).path(sha256, kThumbnail);
}
std::string Store::read_view(const Hash& sha256) const
{
    return read_whole(view_path(sha256));
}
std::string Store::read_original(const Hash& sha256) const
{
    return read_whole(original_path(sha256));
}

bool Store::erase(storage::Transaction& tx, FileId id, Instant now)
{
    return mark_erased(tx, id, now);
}

int Store::remove_unnamed(storage::Database& db, std::vector<Hash> hashes, std::optional<Instant> before) const
{
    const auto unnamed = [&](storage::Snapshot& snapshot) {
        std::erase_if(hashes, [&](const Hash& hash) { return is_known(snapshot, hash); });
        return hashes.size();
    };
    if (hashes.empty() || db.read(unnamed) == 0) return 0;
    // Looked at again inside a write: nobody can record one of them meanwhile.
    const auto removed = db.write([&](storage::Transaction& tx) -> Result<int> {
        int count = 0;
        for (const auto& hash : hashes) {
            if (is_known(tx, hash) || (before && !originals(m_directory).is_older(hash, *before))) continue;
            derived(m_directory).remove(hash);
            originals(m_directory).remove(hash);
            ++count;
        }
        return count;
    });
    return *removed;
}

int Store::collect(storage::Database& db, Instant now) const
{
    const auto before = now.plus(-kOrphanAge);
    return remove_unnamed(db, originals(m_directory).old_hashes(before), before);
}

int Store::remove_erased(storage::Database& db) const
{
    auto erased = db.read([](storage::Snapshot& snapshot) { return erased_originals(snapshot); });
    std::erase_if(erased, [&](const Hash& hash) { return !originals(m_directory).has(hash, kOriginal); });
    return remove_unnamed(db, std::move(erased), std::nullopt);
}

} // namespace adal::files
