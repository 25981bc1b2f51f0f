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

namespace adal::files {

inline constexpr std::uint64_t kMaxBytes = 15u << 20;
inline constexpr std::uint64_t kMaxPixels = 50'000'000;

inline constexpr ProblemCode photo_wrong_type{"file.photo_wrong_type", 415};  // params: name
inline constexpr ProblemCode photo_too_large{"file.photo_too_large", 413};    // params: name, limit
inline constexpr ProblemCode photo_too_many_pixels{"file.photo_too_many_pixels", 413}; // params: name, limit
inline constexpr ProblemCode photo_empty{"file.photo_empty", 422};            // params: name

// What EXIF says. Claims, never facts: shown to reviewers, never in public.
struct ExifClaims {
    std::optional<double> latitude{}, longitude{};
    std::string taken_at{}; // as written by the camera
    std::string camera{};
    int orientation = 1;
};

enum class Derived { ok, undecodable };

struct StoredFile {
    FileId id{};
    Hash sha256{};          // of the original bytes
    std::uint64_t size = 0;
    std::string mime{};     // by magic, not by name
    int width = 0, height = 0; // of the upright derivative
    Derived state = Derived::ok;
    ExifClaims exif{};
    Instant stored_at{};
};

class Store
{
public:
    // `directory` holds originals/ (private) and derived/ (public). `worker` is the program that decodes
    // (this program with the hidden command `photo-worker`).
    Store(std::string directory, std::string worker);

    // Checks, copies the original into the store (write, fsync, rename, fsync of the directory), makes the
    // derivatives. The same bytes twice give one file on disk and two rows. Row belongs to `tx`; bytes of a
    // rolled-back transaction are collected later by `collect`.
    Result<StoredFile> add_photo(storage::Transaction& tx, const std::string& path, std::string_view name, Instant now);
    Result<StoredFile> add_photo_bytes(storage::Transaction& tx, std::string_view bytes, std::string_view name, Instant now);
    // A document as it is (PDF, reply letters): kept, never shown inline.
    Result<StoredFile> add_document(storage::Transaction& tx, std::string_view bytes, std::string_view name, Instant now);

    std::optional<StoredFile> find(storage::Snapshot& snapshot, FileId id) const;
    [[nodiscard]] std::string original_path(const Hash& sha256) const;
    [[nodiscard]] std::string view_path(const Hash& sha256) const;      // ≤ 1600 px JPEG
    [[nodiscard]] std::string thumbnail_path(const Hash& sha256) const; // ≤ 320 px JPEG
    // Bytes of the public derivative, for commitments.
    [[nodiscard]] std::string read_view(const Hash& sha256) const;
    [[nodiscard]] std::string read_original(const Hash& sha256) const;

private:
    std::string m_directory, m_worker;
};

} // namespace adal::files
