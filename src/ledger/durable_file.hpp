// ledger/durable_file.hpp: files that are whole or absent, also after a power cut: written beside,
// flushed, renamed, and the folder flushed. A failed flush is fatal (throws): it must never be
// tried again, the kernel may have dropped the pages. Not thread-safe per object; the free
// functions are.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adal::ledger {

// Nothing when there is no such file; throws std::system_error when it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& file);
void sync_folder(const std::filesystem::path& folder);
// One small file at once.
void write_durably(const std::filesystem::path& file, std::string_view bytes);
// Mode 0600; throws when the file exists.
void create_secret_file(const std::filesystem::path& file, std::string_view bytes);

// Many files: each is written beside its place by add(), and commit() flushes them all and puts
// them there. Without commit() they vanish.
class DurableBatch {
public:
    DurableBatch() = default;
    DurableBatch(const DurableBatch&) = delete;
    DurableBatch& operator=(const DurableBatch&) = delete;
    ~DurableBatch();
    void add(const std::filesystem::path& file, std::string_view bytes);
    void commit();

private:
    std::vector<std::pair<std::filesystem::path, std::filesystem::path>> m_files; // beside, place
    std::set<std::filesystem::path> m_folders;                                    // to be flushed
    std::set<std::filesystem::path> m_known; // folders that are there
    void ensure_folder(const std::filesystem::path& folder);
};

} // namespace adal::ledger
