// files/folder.hpp: a folder of files named by the SHA-256 of an original. A file is whole or absent, also
// after a power cut. Thread-safe; several processes may use the same folder. Throws std::runtime_error.
#pragma once

#include "base/hash.hpp"
#include "base/time.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace adal::files {

class Folder
{
public:
    // `suffix` distinguishes files of one hash, e.g. ".view.jpg".
    explicit Folder(std::string root) : m_root(std::move(root)) {}

    [[nodiscard]] std::string path(const Hash& sha256, std::string_view suffix) const;
    [[nodiscard]] bool has(const Hash& sha256, std::string_view suffix) const;
    // Durable when it returns. An existing file is only made young again (see `old_hashes`).
    void put(const Hash& sha256, std::string_view suffix, std::string_view bytes) const;
    // Everything of that hash goes.
    void remove(const Hash& sha256) const;

    // Hashes all of whose files were last put before `before`; leftovers of interrupted writes that old are
    // removed on the way.
    [[nodiscard]] std::vector<Hash> old_hashes(Instant before) const;
    [[nodiscard]] bool is_older(const Hash& sha256, Instant before) const;

private:
    [[nodiscard]] std::string shelf(const Hash& sha256) const;
    std::string m_root;
};

std::string read_whole(const std::string& path);
// At most `limit` + 1 bytes: enough to see that there are too many.
std::string read_start(const std::string& path, std::size_t limit);

} // namespace adal::files
