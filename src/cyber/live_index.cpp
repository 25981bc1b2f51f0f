#include "cyber/live_index.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::cyber {

Result<std::shared_ptr<LiveIndex>> LiveIndex::open(std::string path)
{
    std::shared_ptr<LiveIndex> live{new LiveIndex{std::move(path)}};
    const auto read = live->refresh();
    if (!read) return pass(read);
    return live;
}

LiveIndex::Stamp LiveIndex::stamp() const
{
    struct stat about {};
    if (::stat(m_path.c_str(), &about) != 0) return {};
    return {.inode = about.st_ino, .size = static_cast<std::uint64_t>(about.st_size), .nanoseconds = static_cast<std::uint64_t>(about.st_mtim.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(about.st_mtim.tv_nsec)};
}

Result<bool> LiveIndex::refresh()
{
    const std::scoped_lock lock{m_refreshing};
    const auto seen = stamp();
    if (m_now.load() && seen == m_seen) return false;
    auto read = MatchIndex::open(m_path);
    if (!read) return pass(read);
    m_seen = seen;
    m_now.store(std::make_shared<const MatchIndex>(std::move(*read)));
    return true;
}

namespace index_file {

bool write_all(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0;
}

} // namespace index_file

Result<Done> write_whole_file(const std::string& path, std::string_view bytes)
{
    const auto beside = path + ".new-" + std::to_string(::getpid());
    const auto refused = [&] { return fail(unwritable_file, {{"file", path}, {"reason", std::strerror(errno)}}); };
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return refused();
    const bool written = index_file::write_all(file, bytes);
    const bool closed = ::close(file) == 0;
    if (!written || !closed || ::rename(beside.c_str(), path.c_str()) != 0) {
        auto problem = refused();
        ::unlink(beside.c_str());
        return problem;
    }
    return done();
}

} // namespace adal::cyber
