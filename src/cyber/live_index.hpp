// cyber/live_index.hpp: an index that is asked while a newer one takes its place.
#pragma once

#include "cyber/match_index.hpp"

#include <atomic>
#include <mutex>

namespace adal::cyber {

// Thread-safe: now() never waits, and what it gave stays whole as long as it is held.
class LiveIndex
{
public:
    static Result<std::shared_ptr<LiveIndex>> open(std::string path);

    [[nodiscard]] std::shared_ptr<const MatchIndex> now() const { return m_now.load(); }

    // Takes the file when it is another one than before. It is written beside and renamed over (write_whole_file):
    // bytes changed in place would change under those who read. true: it was. A
    // broken file is a problem, and the index in use stays.
    Result<bool> refresh();

private:
    explicit LiveIndex(std::string path) : m_path{std::move(path)} {}

    struct Stamp {
        std::uint64_t inode = 0, size = 0, nanoseconds = 0;
        bool operator==(const Stamp&) const = default;
    };
    [[nodiscard]] Stamp stamp() const;

    std::string m_path;
    std::mutex m_refreshing{}; // holds m_seen
    Stamp m_seen{};
    std::atomic<std::shared_ptr<const MatchIndex>> m_now{};
};

// params: file, reason (of the operating system)
inline constexpr ProblemCode unwritable_file{"cyber.unwritable_file", 500};

// An index or a model: written beside `path` and renamed over it, durably; readers see the old file or the new one.
Result<Done> write_whole_file(const std::string& path, std::string_view bytes);

} // namespace adal::cyber
