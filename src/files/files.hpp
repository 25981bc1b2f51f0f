// files/files.hpp: photos and documents. Originals are kept byte-identical, content-addressed and private;
// what the public sees is a derivative: re-encoded, without metadata, turned upright.
//
// Strangers' bytes are checked before decoding (magic, size, pixels from the header) and decoded only in a
// sandboxed worker process (seccomp, rlimits; files/worker.*). A photo that cannot be decoded is kept as
// "undecodable evidence": never lost, never shown.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/storage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::files {

inline constexpr std::uint64_t kMaxBytes = 15u << 20;
inline constexpr std::uint64_t kMaxArchiveBytes = 32u << 20; // of what this program packs itself
inline constexpr std::uint64_t kMaxPixels = 50'000'000;

inline constexpr ProblemCode photo_wrong_type{"file.photo_wrong_type", 415};  // params: name
inline constexpr ProblemCode photo_too_large{"file.photo_too_large", 413};    // params: name, limit
inline constexpr ProblemCode photo_too_many_pixels{"file.photo_too_many_pixels", 413}; // params: name, limit
inline constexpr ProblemCode photo_empty{"file.photo_empty", 422};            // params: name
// A picture's first bytes without a picture: no size can be read.
inline constexpr ProblemCode photo_broken{"file.photo_broken", 422};          // params: name
inline constexpr ProblemCode document_wrong_type{"file.document_wrong_type", 415}; // params: name
inline constexpr ProblemCode document_too_large{"file.document_too_large", 413};   // params: name, limit
inline constexpr ProblemCode document_empty{"file.document_empty", 422};           // params: name

// What EXIF says. Claims, never facts: shown to reviewers, never in public.
struct ExifClaims {
    std::optional<double> latitude{}, longitude{};
    std::string taken_at{}; // "YYYY:MM:DD hh:mm:ss" as written by the camera; empty if that is no date
    std::string camera{};   // a stranger's text: escape it like any other
    int orientation = 1;    // 1–8
};

// none: a document, nothing is derived from it.
enum class Derived { ok, undecodable, none };

// Stored by name, append-only.
std::string_view text(Derived state);
std::optional<Derived> parse_derived(std::string_view text);

struct StoredFile {
    FileId id{};
    Hash sha256{};          // of the original bytes
    std::uint64_t size = 0;
    std::string mime{};     // by magic, not by name
    int width = 0, height = 0; // of the upright derivative
    Derived state = Derived::ok;
    ExifClaims exif{};
    Instant stored_at{};
    std::optional<Instant> erased_at{}; // lawfully; the bytes are gone or go within a minute

    [[nodiscard]] bool is_shown() const { return state == Derived::ok && !erased_at; }
};

class Store
{
public:
    // `directory` holds originals/ (private) and derived/ (public). `worker` is the program that decodes
    // (this program with the hidden command `photo-worker`); empty: a fork of this process without exec,
    // for tests of other rooms. Thread-safe: a Store keeps nothing in memory.
    Store(std::string directory, std::string worker);

    // Checks, copies the original into the store (write, fsync, rename, fsync of the directory), makes the
    // derivatives. The same bytes twice give one file on disk and two rows. Row belongs to `tx`; bytes of a
    // rolled-back transaction are collected later by `collect`.
    Result<StoredFile> add_photo(storage::Transaction& tx, const std::string& path, std::string_view name, Instant now) const;
    Result<StoredFile> add_photo_bytes(storage::Transaction& tx, std::string_view bytes, std::string_view name, Instant now) const;
    // A document as it is (PDF, plain UTF-8 text, scan as JPEG, PNG or WebP): kept, never shown inline.
    Result<StoredFile> add_document(storage::Transaction& tx, std::string_view bytes, std::string_view name, Instant now) const;

    // The same in two steps, so that no transaction waits for a decoder: everything but the row, …
    [[nodiscard]] Result<StoredFile> prepare_photo(std::string_view bytes, std::string_view name) const;
    // Of an archive that this program made (WARC): kept, never shown inline. Throws when it is larger than kMaxArchiveBytes.
    [[nodiscard]] StoredFile prepare_archive(std::string_view bytes, std::string_view mime) const;
    // … and the row (new id each time; within an hour of the first step).
    StoredFile record(storage::Transaction& tx, StoredFile prepared, Instant now) const;

    std::optional<StoredFile> find(storage::Snapshot& snapshot, FileId id) const;
    // Those that exist, in the order of `ids`; one round trip.
    std::vector<StoredFile> find_all(storage::Snapshot& snapshot, const std::vector<FileId>& ids) const;
    [[nodiscard]] std::string original_path(const Hash& sha256) const;
    // Only for Derived::ok are there derivatives.
    [[nodiscard]] std::string view_path(const Hash& sha256) const;      // ≤ 1600 px JPEG
    [[nodiscard]] std::string thumbnail_path(const Hash& sha256) const; // ≤ 320 px JPEG
    // Bytes of the public derivative, for commitments.
    [[nodiscard]] std::string read_view(const Hash& sha256) const;
    [[nodiscard]] std::string read_original(const Hash& sha256) const;

    // Marks the file erased and forgets what its EXIF claimed. The bytes go with the next `remove_erased`
    // after the commit, unless another row that is not erased names the same bytes. Whoever calls it has a legal ground and
    // destroys the salts of what was committed (ledger::erase). False: no such file, or erased before.
    static bool erase(storage::Transaction& tx, FileId id, Instant now);

    // Removes files that no row names and that are older than an hour (rolled-back transactions, crashes).
    // Returns how many. Safe beside adding.
    int collect(storage::Database& db, Instant now) const;
    // Removes the bytes of erased files, derivatives too. Returns how many. Safe beside adding.
    int remove_erased(storage::Database& db) const;

private:
    int remove_unnamed(storage::Database& db, std::vector<Hash> hashes, std::optional<Instant> before) const;

    std::string m_directory, m_worker;
};

// The whole of `adal photo-worker`: picture on standard input, answer on standard output. Exit code 0, or
// not 0 when the sandbox cannot be closed.
int run_photo_worker(int argc, char** argv);

} // namespace adal::files
