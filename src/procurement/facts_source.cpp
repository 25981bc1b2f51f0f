#include "procurement/facts_source.hpp"

#include "procurement/json_index.hpp"
#include "procurement/ocds_reader.hpp"
#include "procurement/package_split.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace adal::procurement::columns {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

tl::unexpected<Problem> unreadable_source(const std::string& path, std::string reason)
{
    return fail(unreadable_file, {{"file", path}, {"reason", std::move(reason)}});
}

std::string error_text()
{
    return std::strerror(errno);
}

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) {}
    Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0) ::close(m_fd);
    }
    [[nodiscard]] int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }

private:
    int m_fd;
};

// --- a plain file of lines
// --------------------------------------------------------------------------
class LineFile : public Source {
public:
    LineFile(Descriptor fd, std::uint64_t size, std::uint64_t skip)
        : m_fd(std::move(fd)), m_skip(skip)
    {
        m_total = size;
    }

    bool next(Block& block) override
    {
        const auto number = m_next.fetch_add(1, std::memory_order_relaxed);
        const std::uint64_t from = number * kBlock;
        if (from >= m_total) return false;
        block.number = number;
        block.is_pieces = false;
        block.fault = {};
        const std::uint64_t to = std::min(m_total, from + kBlock);
        read_lines(block, from, to);
        m_done.fetch_add(to - from, std::memory_order_relaxed);
        return true;
    }

private:
    // Lines that begin in [from, to): from the first newline at or behind from-1 to the one behind
    // to-1.
    void read_lines(Block& block, std::uint64_t from, std::uint64_t to)
    {
        const std::uint64_t start = from == 0 ? m_skip : from - 1;
        block.buffer.resize(std::max<std::size_t>(block.buffer.size(), kBlock + kBlock / 4));
        std::size_t have = fill(block, 0, start, to);
        block.begin = block.end = 0;
        block.byte_begin = start;
        if (from != 0) {
            const auto* newline =
                static_cast<const char*>(std::memchr(block.buffer.data(), '\n', have));
            if (!newline) return; // inside one long line, which belongs to an earlier block
            block.begin = block.end = static_cast<std::size_t>(newline - block.buffer.data()) + 1;
            if (start + block.begin >= to) return;
        }
        block.byte_begin = start + block.begin;
        have = extend(block, have, start);
        block.end = have;
    }

    // Reads on until the last line is whole; returns the end of the lines.
    std::size_t extend(Block& block, std::size_t have, std::uint64_t start)
    {
        std::size_t step = 16 * 1024;
        while (have > block.begin && block.buffer[have - 1] != '\n' && start + have < m_total) {
            if (have - block.begin > kLongestLine) throw SourceFailed{"a line of more than 1 GB"};
            if (block.buffer.size() < have + step)
                block.buffer.resize(have + std::max(step, have / 2));
            const auto more = fill(block, have, start + have,
                                   std::min<std::uint64_t>(m_total, start + have + step));
            const auto* newline =
                static_cast<const char*>(std::memchr(block.buffer.data() + have, '\n', more));
            if (newline) return static_cast<std::size_t>(newline - block.buffer.data()) + 1;
            have += more;
            step = std::min<std::size_t>(step * 4, 64 << 20);
        }
        return have;
    }

    // Puts the bytes [from, to) of the file at `at` of the buffer; returns how many.
    std::size_t fill(Block& block, std::size_t at, std::uint64_t from, std::uint64_t to)
    {
        const auto wanted = static_cast<std::size_t>(to - from);
        std::size_t have = 0;
        while (have < wanted) {
            const auto n = ::pread(m_fd.get(), block.buffer.data() + at + have, wanted - have,
                                   static_cast<off_t>(from + have));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) throw SourceFailed{error_text()};
            if (n == 0) throw SourceFailed{"the file became shorter"};
            have += static_cast<std::size_t>(n);
        }
        return have;
    }

    Descriptor m_fd;
    std::uint64_t m_skip; // byte order mark
    std::atomic<std::uint64_t> m_next{0};
};

// --- bytes in a row
// ----------------------------------------------------------------------------------- A file or
// standard input, unpacked when it is gzip (zlib tells by the first bytes; several members are
// one).
class ByteStream {
public:
    explicit ByteStream(Descriptor fd)
    {
        m_fd = fd.get();
        m_file = ::gzdopen(fd.release(), "rb");
        if (!m_file) throw SourceFailed{"no memory"};
        ::gzbuffer(m_file, 256 * 1024);
    }
    ~ByteStream() { ::gzclose_r(m_file); }
    ByteStream(const ByteStream&) = delete;
    ByteStream& operator=(const ByteStream&) = delete;

    // Appends up to `count` bytes; fewer only at the end.
    void read(std::vector<char>& into, std::size_t count)
    {
        const auto before = into.size();
        into.resize(before + count);
        std::size_t have = 0;
        while (have < count && !m_ended) {
            const auto n =
                ::gzread(m_file, into.data() + before + have, static_cast<unsigned>(count - have));
            if (n < 0)
                end_with_error();
            else if (n == 0)
                end();
            else
                have += static_cast<std::size_t>(n);
        }
        into.resize(before + have);
        m_offset += have;
    }
    [[nodiscard]] bool ended() const { return m_ended; }
    // Why it ended too early; "" when it did not.
    [[nodiscard]] std::string_view fault() const { return m_fault; }
    // Stored bytes read so far.
    [[nodiscard]] std::uint64_t position() const
    {
        const auto at = ::gzoffset(m_file);
        return at > 0 ? static_cast<std::uint64_t>(at) : m_offset;
    }

private:
    void end()
    {
        m_ended = true;
        int code = Z_OK;
        ::gzerror(m_file, &code);
        if (code == Z_BUF_ERROR) m_fault = "incomplete";
    }
    void end_with_error()
    {
        m_ended = true;
        int code = Z_OK;
        const char* message = ::gzerror(m_file, &code);
        if (code == Z_ERRNO) throw SourceFailed{error_text()};
        if (code != Z_DATA_ERROR && code != Z_BUF_ERROR) throw SourceFailed{message};
        m_fault = code == Z_BUF_ERROR ? "incomplete" : "damaged";
    }

    gzFile m_file = nullptr;
    int m_fd = -1;
    bool m_ended = false;
    std::string_view m_fault{};
    std::uint64_t m_offset = 0;
};

// --- a stream of lines
// ----------------------------------------------------------------------------------
class LineStream : public Source {
public:
    LineStream(std::unique_ptr<ByteStream> stream, std::vector<char> head, std::size_t skip,
               std::uint64_t total)
        : m_stream(std::move(stream)),
          m_carry(head.begin() + static_cast<std::ptrdiff_t>(skip), head.end()), m_offset(skip)
    {
        m_total = total;
    }

    bool next(Block& block) override
    {
        const std::lock_guard lock{m_mutex};
        block.is_pieces = false;
        block.fault = {};
        block.begin = 0;
        block.buffer.swap(m_carry);
        m_carry.clear();
        std::size_t cut = take_lines(block);
        if (cut == 0 && block.buffer.empty() && (m_stream->fault().empty() || m_told)) return false;
        if (m_stream->ended()) {
            cut = block.buffer.size();
            if (!m_stream->fault().empty()) {
                block.fault = m_stream->fault();
                m_told = true;
            }
        }
        m_carry.assign(block.buffer.begin() + static_cast<std::ptrdiff_t>(cut), block.buffer.end());
        block.end = cut;
        block.byte_begin = m_offset;
        block.number = m_number++;
        m_offset += cut;
        m_done.store(m_stream->position(), std::memory_order_relaxed);
        return true;
    }

private:
    // Reads until there is a whole block of lines; returns where the last whole line ends.
    std::size_t take_lines(Block& block)
    {
        auto& bytes = block.buffer;
        std::size_t searched = 0;
        for (;;) {
            if (bytes.size() >= kBlock || m_stream->ended()) {
                const auto found = std::string_view{bytes.data(), bytes.size()}.find_last_of('\n');
                if (found != std::string_view::npos && found + 1 > searched) return found + 1;
                searched = bytes.size();
                if (m_stream->ended()) return 0;
            }
            if (bytes.size() > kLongestLine) throw SourceFailed{"a line of more than 1 GB"};
            m_stream->read(bytes, std::max(kBlock, bytes.size() / 2));
        }
    }

    std::mutex m_mutex{};
    std::unique_ptr<ByteStream> m_stream;
    std::vector<char> m_carry;
    std::uint64_t m_offset, m_number = 0;
    bool m_told = false;
};

// --- a document
// ----------------------------------------------------------------------------------------- Small:
// one piece. Long: its rows, cut out of the stream by PackageSplit.
class DocumentStream : public Source {
public:
    DocumentStream(std::unique_ptr<ByteStream> stream, std::vector<char> head, std::size_t skip,
                   std::uint64_t total)
        : m_stream(std::move(stream)), m_head(std::move(head)), m_skip(skip), m_split(skip)
    {
        m_total = total;
    }

    bool next(Block& block) override
    {
        const std::lock_guard lock{m_mutex};
        if (m_finished) return false;
        block.is_pieces = true;
        block.pieces.clear();
        block.buffer.clear();
        block.fault = {};
        block.begin = 0;
        block.byte_begin = 0;
        block.number = m_number++;
        if (block.number == 0) m_is_whole = read_whole();
        if (m_is_whole)
            whole(block);
        else
            rows(block);
        block.end = block.buffer.size();
        m_done.store(m_stream->position(), std::memory_order_relaxed);
        return true;
    }

private:
    bool read_whole()
    {
        if (m_head.size() <= kWholeDocument)
            m_stream->read(m_head, kWholeDocument + 1 - m_head.size());
        return m_stream->ended() && m_head.size() <= kWholeDocument + 1;
    }

    void whole(Block& block)
    {
        m_finished = true;
        block.buffer = std::move(m_head);
        block.pieces.push_back({m_skip, block.buffer.size() - m_skip, m_skip, 1, kNoElement});
        block.fault = m_stream->fault();
        block.fault_line = 1;
    }

    void rows(Block& block)
    {
        if (!m_head.empty()) {
            m_split.feed({m_head.data() + m_skip, m_head.size() - m_skip}, block);
            m_head.clear();
            m_head.shrink_to_fit();
        }
        std::vector<char> bytes;
        while (block.buffer.size() < kBlock && !m_stream->ended()) {
            bytes.clear();
            m_stream->read(bytes, kBlock / 4);
            m_split.feed({bytes.data(), bytes.size()}, block);
        }
        if (!m_stream->ended() || !m_stream->fault().empty()) {
            block.fault = m_stream->fault();
            block.fault_line = m_split.line();
            m_finished = m_stream->ended();
            return;
        }
        m_finished = true;
        m_split.finish(block);
    }

    std::mutex m_mutex{};
    std::unique_ptr<ByteStream> m_stream;
    std::vector<char> m_head;
    std::size_t m_skip;
    PackageSplit m_split;
    std::uint64_t m_number = 0;
    bool m_is_whole = false, m_finished = false;
};

// --- which of them
// ----------------------------------------------------------------------------------------
bool is_blank(std::string_view line)
{
    return line.find_first_not_of(" \t\r\n") == line.npos;
}

enum class Shape { lines, document };

// Lines, unless the first line breaks off and the second one could continue it.
class ShapeFinder {
public:
    // Nothing: more bytes are needed.
    std::optional<Shape> find(std::string_view head, bool is_all)
    {
        std::size_t at = 0;
        const auto first = next_line(head, at, is_all);
        if (!first) {
            if (is_all) return Shape::lines;
            return head.size() > kWholeDocument ? std::optional{Shape::document} : std::nullopt;
        }
        JsonIndex index;
        if (index.index(*first) != JsonFault::incomplete || index.broke_in_text())
            return Shape::lines;
        const auto second = next_line(head, at, is_all);
        if (!second) {
            if (is_all) return Shape::lines;
            return head.size() > 2 * kWholeDocument ? std::optional{Shape::document} : std::nullopt;
        }
        const auto begin = first->data();
        const std::string_view both{
            begin, static_cast<std::size_t>(second->data() + second->size() - begin)};
        const auto fault = index.index(both);
        return fault == JsonFault::incomplete || fault == JsonFault::none ? Shape::document
                                                                          : Shape::lines;
    }

private:
    // The next line that is not blank, when it is whole.
    static std::optional<std::string_view> next_line(std::string_view head, std::size_t& at,
                                                     bool is_all)
    {
        while (at < head.size()) {
            const auto newline = head.find('\n', at);
            if (newline == head.npos && !is_all) return std::nullopt;
            const auto line = head.substr(at, newline == head.npos ? head.npos : newline - at);
            at = newline == head.npos ? head.size() : newline + 1;
            if (!is_blank(line)) return line;
        }
        return std::nullopt;
    }
};

std::size_t mark_length(const std::vector<char>& head)
{
    const std::string_view bytes{head.data(), head.size()};
    return bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

Shape shape_of(ByteStream& stream, std::vector<char>& head)
{
    ShapeFinder finder;
    for (std::size_t wanted = 64 * 1024;; wanted *= 4) {
        stream.read(head, wanted);
        const auto skip = mark_length(head);
        const auto shape = finder.find({head.data() + skip, head.size() - skip}, stream.ended());
        if (shape) return *shape;
    }
}

bool is_gzip(int fd)
{
    unsigned char magic[2] = {};
    return ::pread(fd, magic, 2, 0) == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
}

} // namespace

Result<SourceRow> stat_source(const std::string& path)
{
    SourceRow row{.path = path};
    if (path == "-") return row;
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return unreadable_source(path, error_text());
    if (S_ISDIR(status.st_mode)) return unreadable_source(path, std::strerror(EISDIR));
    row.inode = status.st_ino;
    if (!S_ISREG(status.st_mode)) return row;
    row.size = static_cast<std::uint64_t>(status.st_size);
    row.modified_ns = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
    return row;
}

Result<std::unique_ptr<Source>> open_source(const std::string& path, SourceRow& row)
{
    const auto known = stat_source(path);
    if (!known) return pass(known);
    row = *known;
    Descriptor fd{path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (fd.get() < 0) return unreadable_source(path, error_text());
    struct stat status {};
    const bool is_plain = ::fstat(fd.get(), &status) == 0 && S_ISREG(status.st_mode) &&
                          path != "-" && !is_gzip(fd.get());
    try {
        std::vector<char> head;
        auto stream = std::make_unique<ByteStream>(Descriptor{::dup(fd.get())});
        const auto shape = shape_of(*stream, head);
        const auto skip = mark_length(head);
        if (shape == Shape::lines && is_plain)
            return std::make_unique<LineFile>(std::move(fd),
                                              static_cast<std::uint64_t>(status.st_size), skip);
        if (shape == Shape::lines)
            return std::make_unique<LineStream>(std::move(stream), std::move(head), skip, row.size);
        return std::make_unique<DocumentStream>(std::move(stream), std::move(head), skip, row.size);
    } catch (const SourceFailed& failed) {
        return unreadable_source(path, failed.reason);
    }
}

} // namespace adal::procurement::columns
