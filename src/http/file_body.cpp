#include "http/file_body.hpp"

#include "http/finish.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::http {
namespace {

std::string ensure_etag(Reply& reply, const struct stat& status)
{
    for (const auto& [name, value] : reply.headers)
        if (name == "ETag") return value;
    auto etag = fmt::format("\"{:x}-{:x}-{:x}\"", status.st_size, status.st_ino,
                            status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec);
    reply.headers.emplace_back("ETag", etag);
    return etag;
}

} // namespace

bool FileSource::open(Reply& reply, const Request& request)
{
    close();
    m_descriptor = ::open(std::get<FileBody>(reply.body).path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status {};
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        close();
        return false;
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    m_offset = 0;
    m_left = size;
    if (reply.status != 200) return true;
    const auto etag = ensure_etag(reply, status);
    reply.headers.emplace_back("Accept-Ranges", "bytes");
    if (const auto known = request.header("if-none-match"); !known.empty() && matches_etag(known, etag)) {
        reply.status = 304;
        m_left = 0;
        return true;
    }
    const auto if_range = request.header("if-range");
    if (!if_range.empty() && if_range != etag) return true;
    ByteRange range;
    switch (read_range(request.header("range"), size, range)) {
    case RangeAnswer::whole: break;
    case RangeAnswer::unsatisfiable:
        reply.status = 416;
        reply.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
        m_left = 0;
        break;
    case RangeAnswer::part:
        reply.status = 206;
        reply.headers.emplace_back("Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.last, size));
        m_offset = range.first;
        m_left = range.last - range.first + 1;
        break;
    }
    return true;
}

void FileSource::close()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
    m_descriptor = -1;
    m_left = 0;
}

bool FileSource::read(std::string& out)
{
    out.resize(std::min<std::uint64_t>(m_left, 128 << 10));
    if (out.empty()) return true;
    const auto got = ::pread(m_descriptor, out.data(), out.size(), static_cast<off_t>(m_offset));
    if (got < 0 && errno == EINTR) return read(out);
    if (got <= 0) return false;
    out.resize(static_cast<std::size_t>(got));
    m_offset += out.size();
    m_left -= out.size();
    return true;
}

} // namespace adal::http
