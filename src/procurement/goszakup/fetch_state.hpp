// procurement/goszakup/fetch_state.hpp: how far a fetch has come, on disk after every page.
//
// FOLDER/fetch-state.json. What a list has brought is in FOLDER/NAME.part; only the first `bytes` of it count, the rest is
// of a page that was being written when the program ended. A finished list is FOLDER/NAME.jsonl. Not thread-safe.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace adal::procurement::goszakup {

struct ListState {
    std::string name{};  // of the file: "TrdBuy-20260724T101500"
    std::string root{};  // "TrdBuy"; "" for the journal
    std::string after{}; // cursor: the last id, or the next page of the journal
    std::int64_t bytes = 0, rows = 0, pages = 0;
    bool is_done = false;
};

struct Changed { // an object that the journal names
    std::string root{}, id{};
};

struct FetchState {
    std::string base{};
    std::string since{}; // "2026-07-01"
    std::string started{};
    std::vector<ListState> lists{};
    std::vector<Changed> changed{};
    std::int64_t next_changed = 0, deleted = 0;
    bool is_done = false;
};

// params: file, since (of the unfinished one)
inline constexpr ProblemCode fetch_unfinished{"procurement.fetch_unfinished", 409};
inline constexpr ProblemCode bad_fetch_state{"procurement.bad_fetch_state", 422}; // params: file
inline constexpr ProblemCode fetch_running{"procurement.fetch_running", 409};     // params: folder

std::filesystem::path state_file(const std::filesystem::path& folder);
// The state on disk; a fresh one when there is none or the last fetch was finished.
Result<FetchState> open_state(const std::filesystem::path& folder, const std::string& base, const std::string& since, Instant now);
void save_state(const std::filesystem::path& folder, const FetchState& state);

// Appends a line to NAME.part after cutting off what does not count, and flushes it; the caller then saves the state.
void append_line(const std::filesystem::path& folder, ListState& list, std::string_view line);
// Of a list that the saved state calls done: NAME.part becomes NAME.jsonl (the journal: NAME.ndjson), an empty one goes
// away. Nothing when it was done before.
void publish_list(const std::filesystem::path& folder, const ListState& list);

// Held while a fetch works in the folder (made with mode 0700: the answers hold numbers of persons).
class FolderLock {
public:
    static Result<FolderLock> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept : m_file(std::exchange(other.m_file, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int file) : m_file(file) {}
    int m_file;
};

} // namespace adal::procurement::goszakup
