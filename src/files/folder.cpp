#include "files/folder.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::files {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnfinished = ".new-";

[[noreturn]] void cannot(const std::string& what)
{
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

void flush_folder(const std::string& path)
{
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (!good) cannot(path);
}

// Private to the service; its name survives a power cut.
void make_folder(const std::string& path)
{
    if (::mkdir(path.c_str(), 0700) == 0) flush_folder(fs::path(path).parent_path().string());
    else if (errno != EEXIST) cannot(path);
}

void write_new(const std::string& path, std::string_view bytes)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) cannot(path);
    bool good = true;
    while (good && !bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        good = n > 0;
        if (good) bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    good = good && ::fsync(file) == 0;
    const int error = errno;
    ::close(file);
    if (good) return;
    ::unlink(path.c_str());
    errno = error;
    cannot(path);
}

Instant changed_at(const fs::path& path)
{
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return {};
    return {static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1'000'000};
}

std::optional<Hash> hash_of_name(const fs::path& path)
{
    const auto bytes = unhex(path.filename().string().substr(0, 64));
    if (!bytes) return std::nullopt;
    return hash_from(*bytes);
}

} // namespace

std::string Folder::shelf(const Hash& sha256) const
{
    return m_root + "/" + hex(view(sha256).substr(0, 1));
}

std::string Folder::path(const Hash& sha256, std::string_view suffix) const
{
    return shelf(sha256) + "/" + hex(view(sha256)) + std::string(suffix);
}

bool Folder::has(const Hash& sha256, std::string_view suffix) const
{
    return fs::exists(path(sha256, suffix));
}

void Folder::put(const Hash& sha256, std::string_view suffix, std::string_view bytes) const
{
    const auto target = path(sha256, suffix);
    // Young again, so that `collect` does not take it before its new row is written.
    if (::utimensat(AT_FDCWD, target.c_str(), nullptr, 0) == 0) return;
    if (errno != ENOENT) cannot(target);
    fs::create_directories(fs::path(m_root).parent_path());
    make_folder(m_root);
    make_folder(shelf(sha256));
    const auto unfinished = shelf(sha256) + "/" + std::string(kUnfinished) + hex(random_bytes(8));
    write_new(unfinished, bytes);
    if (::rename(unfinished.c_str(), target.c_str()) != 0) cannot(target);
    flush_folder(shelf(sha256));
}

void Folder::remove(const Hash& sha256) const
{
    if (!fs::exists(shelf(sha256))) return;
    const auto name = hex(view(sha256));
    for (const auto& entry : fs::directory_iterator(shelf(sha256)))
        if (entry.path().filename().string().starts_with(name)) fs::remove(entry.path());
}

std::vector<Hash> Folder::old_hashes(Instant before) const
{
    std::map<Hash, bool> found; // → all old
    if (!fs::exists(m_root)) return {};
    for (const auto& entry : fs::recursive_directory_iterator(m_root)) {
        if (!entry.is_regular_file()) continue;
        const bool old = changed_at(entry.path()) < before;
        if (entry.path().filename().string().starts_with(kUnfinished)) {
            if (old) fs::remove(entry.path());
        } else if (const auto hash = hash_of_name(entry.path())) {
            found.try_emplace(*hash, true).first->second &= old;
        }
    }
    std::vector<Hash> out;
    for (const auto& [hash, old] : found)
        if (old) out.push_back(hash);
    return out;
}

bool Folder::is_older(const Hash& sha256, Instant before) const
{
    const auto name = hex(view(sha256));
    for (const auto& entry : fs::directory_iterator(shelf(sha256)))
        if (entry.path().filename().string().starts_with(name) && changed_at(entry.path()) >= before) return false;
    return true;
}

std::string read_whole(const std::string& path)
{
    return read_start(path, std::string{}.max_size() - 1);
}

std::string read_start(const std::string& path, std::size_t limit)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::string out(std::min<std::uintmax_t>(fs::file_size(path), limit + 1), '\0');
    in.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (in.gcount() != static_cast<std::streamsize>(out.size())) throw std::runtime_error("cannot read " + path);
    return out;
}

} // namespace adal::files
