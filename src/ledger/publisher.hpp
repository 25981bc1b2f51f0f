// ledger/publisher.hpp: turns committed leaves into tiles and a signed checkpoint (integrity.md
// §1.10).
//
// One round: read the new leaves and hash each again from its bytes; write bundles and tiles
// (beside, flush, rename, flush the folder); read them back and rebuild the root through them;
// sign; insert the checkpoint (one root per size: the primary key signs once); HIGHWATER; the file
// `checkpoint`. A crash after any step is repaired by the next round, which writes the same bytes
// again.
//
// Start: the database must be at least as far as HIGHWATER and the published checkpoint say. If it
// is not, it came from an old backup, and signing would show the world two histories: the publisher
// refuses.
//
// Thread-safe: publish() and check() may be called while the thread runs; rounds exclude each
// other.
#pragma once

#include "base/result.hpp"
#include "ledger/note.hpp"
#include "ledger/tile_edge.hpp"
#include "storage/storage.hpp"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace adal::ledger {

inline constexpr ProblemCode database_behind{"ledger.database_behind",
                                             503};                       // params: size, published
inline constexpr ProblemCode two_roots{"ledger.two_roots", 503};         // params: size
inline constexpr ProblemCode leaf_damaged{"ledger.leaf_damaged", 503};   // params: index
inline constexpr ProblemCode tiles_damaged{"ledger.tiles_damaged", 503}; // params: tile
inline constexpr ProblemCode published_damaged{"ledger.published_damaged",
                                               503}; // params: file, reason

enum class PublishStep { tiles_written, read_back, signed_note, stored, high_water, published };

struct PublisherOptions {
    std::chrono::milliseconds interval{1000}; // at most one checkpoint per interval
    std::chrono::hours keep_partials{24};     // partial tiles stay this long after the full one
    std::function<void(PublishStep)> after{}; // watches the steps; may throw to end the round there
};

class Publisher {
public:
    Publisher(storage::Database& database, std::filesystem::path folder, SigningKey key,
              PublisherOptions options = {});
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;
    ~Publisher(); // stops

    // What must hold before anything is signed; publish() checks it first by itself. Also brings
    // HIGHWATER and the published file up to the database.
    Result<Done> check();
    // One round. The new checkpoint, or nothing when there is nothing new.
    Result<std::optional<Checkpoint>> publish(Instant now);
    // Removes partial tiles that a full tile replaced long enough ago; returns how many files.
    std::size_t prune(Instant now);

    // A thread that publishes after each commit, at most once per interval. What an exception
    // stopped (a full disk, a lost server) is tried again; a problem ends the thread, because none
    // of them heals by itself. Both are told, each once.
    void start(std::function<void(const std::string& reason)> tell);
    void stop();

private:
    struct Round;
    Result<Done> load();
    Result<Round> write_tiles(std::int64_t size);
    Result<Done> read_back(const Round& round);
    void announce(std::uint64_t size, const Hash& root, const std::string& note);
    Result<Done> compare_with_world(std::uint64_t size, const Hash& root);
    Result<std::optional<Checkpoint>> publish_locked(Instant now);
    void run(const std::stop_token& stop, const std::function<void(const std::string&)>& tell);
    void passed(PublishStep step) const;

    storage::Database& m_database;
    std::filesystem::path m_folder;
    SigningKey m_key;
    PublisherOptions m_options;
    std::mutex m_round{};             // held during a round
    std::optional<TileEdge> m_edge{}; // at the newest checkpoint; nothing before the first check
    std::jthread m_thread{};
};

// Called after a leaf is committed; wakes the publishers of this process. Cheap, never throws.
void wake_publisher();

} // namespace adal::ledger
