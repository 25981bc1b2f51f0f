#include "procurement/facts_file.hpp"

#include "procurement/facts_rows.hpp"
#include "procurement/facts_source.hpp"

#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::procurement::columns {

static_assert(std::endian::native == std::endian::little, "the facts file is little-endian");

namespace {

constexpr char kMagic[8] = {'A', 'D', 'A', 'L', 'F', 'A', 'C', 'T'};

struct Broken {
    std::string_view reason{};
};

class Packer {
public:
    std::string out{};

    template <typename T>
    void value(const T& value)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        out.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    // Rows start at a multiple of 8, so that a reader may map them.
    template <typename T>
    void rows(const std::vector<T>& rows)
    {
        value(static_cast<std::uint64_t>(sizeof(T)));
        value(static_cast<std::uint64_t>(rows.size()));
        const std::string_view bytes{reinterpret_cast<const char*>(rows.data()),
                                     rows.size() * sizeof(T)};
        value(quick_hash(bytes));
        out += bytes;
        out.append((8 - out.size() % 8) % 8, '\0');
    }
    void text(std::string_view text) { rows(std::vector<char>(text.begin(), text.end())); }
};

// Bytes one after the other, out of memory or a file.
class Bytes {
public:
    Bytes() = default;
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    virtual ~Bytes() = default;
    [[nodiscard]] std::uint64_t left() const { return m_left; }
    void take(void* to, std::uint64_t count)
    {
        if (count > m_left) throw Broken{"incomplete"};
        m_left -= count;
        if (count > 0) copy(static_cast<char*>(to), static_cast<std::size_t>(count));
    }

protected:
    explicit Bytes(std::uint64_t size) : m_left(size) {}
    virtual void copy(char* to, std::size_t count) = 0;

private:
    std::uint64_t m_left = 0;
};

class MemoryBytes final : public Bytes {
public:
    explicit MemoryBytes(std::string_view bytes) : Bytes(bytes.size()), m_at(bytes.data()) {}

private:
    void copy(char* to, std::size_t count) override
    {
        std::memcpy(to, m_at, count);
        m_at += count;
    }
    const char* m_at;
};

// A table is megabytes: it is read to where it stays. No memory map, see facts_source.hpp.
class FileBytes final : public Bytes {
public:
    FileBytes(int fd, std::uint64_t size) : Bytes(size), m_fd(fd) {}

private:
    void copy(char* to, std::size_t count) override
    {
        while (count > 0) {
            const auto n = ::read(m_fd, to, count);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) throw Broken{"incomplete"};
            to += n, count -= static_cast<std::size_t>(n);
        }
    }
    int m_fd;
};

// A first touch of each 4 KB costs as much as reading it; the kernel may refuse, and nothing is lost.
void prefer_large_pages(void* memory, std::size_t size)
{
    constexpr std::uintptr_t kLarge = std::uintptr_t{2} << 20, kMask = ~(kLarge - 1);
    const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + kLarge - 1) & kMask;
    const auto end = (reinterpret_cast<std::uintptr_t>(memory) + size) & kMask;
    if (end > begin) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

class Unpacker {
public:
    explicit Unpacker(Bytes& bytes) : m_bytes(bytes), m_size(bytes.left()) {}

    template <typename T>
    T value()
    {
        T value;
        m_bytes.take(&value, sizeof value);
        return value;
    }
    template <typename T>
    std::vector<T> rows()
    {
        const auto [size, count, hash] = value<std::array<std::uint64_t, 3>>();
        if (size != sizeof(T)) throw Broken{"other_version"};
        if (count > m_bytes.left() / sizeof(T)) throw Broken{"incomplete"};
        std::vector<T> rows;
        rows.reserve(static_cast<std::size_t>(count));
        prefer_large_pages(rows.data(), rows.capacity() * sizeof(T));
        rows.resize(static_cast<std::size_t>(count));
        m_bytes.take(rows.data(), count * sizeof(T));
        if (quick_hash({reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(T)}) != hash)
            throw Broken{"damaged"};
        char filling[8];
        m_bytes.take(filling, (8 - (m_size - m_bytes.left()) % 8) % 8);
        return rows;
    }
    std::string text()
    {
        const auto bytes = rows<char>();
        return {bytes.begin(), bytes.end()};
    }
    [[nodiscard]] bool at_end() const { return m_bytes.left() == 0; }

private:
    Bytes& m_bytes;
    std::uint64_t m_size;
};

// Throws when a row points outside.
struct Inside {
    const Facts& facts;
    void symbol(Symbol symbol) const
    {
        if (plain(symbol) >= facts.symbols.size()) throw Broken{"damaged"};
    }
    template <typename T>
    void span(Span span, std::vector<T> Tables::*table) const
    {
        if (std::uint64_t{span.begin} + span.count > (facts.*table).size()) throw Broken{"damaged"};
    }
    void text(TextRef text) const
    {
        if (std::uint64_t{text.begin} + text.length > facts.texts.size()) throw Broken{"damaged"};
    }
};

void check(Facts& facts)
{
    Tables::each_table([&](auto table) {
        if constexpr (!std::is_same_v<decltype(table), std::vector<char> Tables::*>)
            for (auto& row : facts.*table)
                visit(row, Inside{facts});
    });
    const bool full = facts.depth == Depth::full;
    if (facts.process_more.size() != (full ? facts.processes.size() : 0) ||
        facts.bid_more.size() != (full ? facts.bids.size() : 0) ||
        facts.award_more.size() != (full ? facts.awards.size() : 0))
        throw Broken{"damaged"};
    for (const auto& process : facts.processes)
        if (process.source >= facts.sources.size()) throw Broken{"damaged"};
}

void pack_sources(Packer& packer, const Facts& facts)
{
    packer.value(static_cast<std::uint64_t>(facts.sources.size()));
    for (const auto& source : facts.sources) {
        packer.text(source.path);
        packer.value(source.size);
        packer.value(source.modified_ns);
        packer.value(source.inode);
    }
}

std::vector<SourceRow> unpack_sources(Unpacker& unpacker)
{
    std::vector<SourceRow> sources;
    for (auto count = unpacker.value<std::uint64_t>(); count > 0; --count) {
        SourceRow row{.path = unpacker.text()};
        row.size = unpacker.value<std::uint64_t>();
        row.modified_ns = unpacker.value<std::int64_t>();
        row.inode = unpacker.value<std::uint64_t>();
        sources.push_back(std::move(row));
    }
    return sources;
}

void pack_notes(Packer& packer, const FactsRead& read)
{
    packer.value(read.counts.rows);
    packer.value(read.counts.skipped);
    packer.value(read.counts.refused);
    packer.value(read.counts.noted);
    packer.value(read.duplicates);
    packer.value(static_cast<std::uint64_t>(read.notes.size()));
    for (const auto& note : read.notes) {
        packer.value(static_cast<std::uint64_t>(note.verdict));
        packer.value(static_cast<std::uint64_t>(note.source));
        packer.value(note.line);
        packer.text(note.ocid);
        packer.text(note.field);
        packer.text(note.reason);
    }
}

void unpack_notes(Unpacker& unpacker, FactsRead& read)
{
    read.counts.rows = unpacker.value<std::uint64_t>();
    read.counts.skipped = unpacker.value<std::uint64_t>();
    read.counts.refused = unpacker.value<std::uint64_t>();
    read.counts.noted = unpacker.value<std::uint64_t>();
    read.duplicates = unpacker.value<std::uint64_t>();
    for (auto count = unpacker.value<std::uint64_t>(); count > 0; --count) {
        RowNote note;
        const auto verdict = unpacker.value<std::uint64_t>();
        const auto source = unpacker.value<std::uint64_t>();
        if (verdict > static_cast<std::uint64_t>(RowVerdict::noted) ||
            source >= read.facts.sources.size())
            throw Broken{"damaged"};
        note.verdict = static_cast<RowVerdict>(verdict);
        note.source = static_cast<std::uint32_t>(source);
        note.line = unpacker.value<std::uint64_t>();
        note.ocid = unpacker.text();
        note.field = unpacker.text();
        note.reason = unpacker.text();
        read.notes.push_back(std::move(note));
    }
}

FactsRead unpack(Bytes& bytes)
{
    Unpacker unpacker{bytes};
    char magic[8];
    for (char& c : magic)
        c = unpacker.value<char>();
    if (std::memcmp(magic, kMagic, sizeof magic) != 0) throw Broken{"unknown_type"};
    if (unpacker.value<std::uint32_t>() != kFactsVersion) throw Broken{"other_version"};
    const auto depth = unpacker.value<std::uint32_t>();
    if (depth > 1) throw Broken{"damaged"};
    FactsRead read;
    read.facts.depth = static_cast<Depth>(depth);
    Tables::each_table([&](auto table) {
        using Rows = std::remove_reference_t<decltype(read.facts.*table)>;
        read.facts.*table = unpacker.rows<typename Rows::value_type>();
    });
    auto texts = unpacker.rows<char>();
    auto begins = unpacker.rows<std::uint32_t>();
    try {
        read.facts.symbols = SymbolTable::restore(std::move(texts), std::move(begins));
    } catch (const std::runtime_error&) {
        throw Broken{"damaged"};
    }
    read.facts.sources = unpack_sources(unpacker);
    unpack_notes(unpacker, read);
    if (!unpacker.at_end()) throw Broken{"trailing"};
    check(read.facts);
    return read;
}

tl::unexpected<Problem> broken(const std::string& path, std::string_view reason)
{
    return fail(bad_facts, {{"file", path}, {"reason", std::string{reason}}});
}

bool write_all(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

std::string facts_to_bytes(const FactsRead& read)
{
    Packer packer;
    for (const char c : kMagic)
        packer.value(c);
    packer.value(kFactsVersion);
    packer.value(static_cast<std::uint32_t>(read.facts.depth));
    Tables::each_table([&](auto table) { packer.rows(read.facts.*table); });
    packer.rows(read.facts.symbols.bytes());
    packer.rows(read.facts.symbols.begins());
    pack_sources(packer, read.facts);
    pack_notes(packer, read);
    return std::move(packer.out);
}

namespace {

Result<FactsRead> unpacked(Bytes& bytes, const std::string& path)
{
    try {
        return unpack(bytes);
    } catch (const Broken& why) {
        return broken(path, why.reason);
    }
}

} // namespace

Result<FactsRead> facts_from(std::string_view bytes, const std::string& path)
{
    MemoryBytes memory{bytes};
    return unpacked(memory, path);
}

Result<Done> save_facts(const FactsRead& read, const std::string& path)
{
    const std::string fresh = path + ".new";
    const int fd =
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600); // names are inside
    if (fd < 0) return broken(path, std::strerror(errno));
    const bool written = write_all(fd, facts_to_bytes(read));
    const bool closed = ::close(fd) == 0;
    if (written && closed && std::rename(fresh.c_str(), path.c_str()) == 0) return done();
    const std::string reason = std::strerror(errno);
    ::unlink(fresh.c_str());
    return broken(path, reason);
}

Result<FactsRead> load_facts(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return broken(path, std::strerror(errno));
    struct stat status {};
    std::uint64_t size = 0;
    if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        size = static_cast<std::uint64_t>(status.st_size);
    FileBytes bytes{fd, size};
    auto facts = unpacked(bytes, path);
    ::close(fd);
    return facts;
}

namespace {

bool are_unchanged(const Facts& facts, const std::vector<std::string>& files)
{
    if (facts.sources.size() != files.size()) return false;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto& kept = facts.sources[i];
        const auto now = stat_source(files[i]);
        if (!now || kept.modified_ns == 0 || kept.path != files[i] || kept.size != now->size ||
            kept.modified_ns != now->modified_ns || kept.inode != now->inode)
            return false;
    }
    return true;
}

} // namespace

Result<KeptFacts> kept_facts(const std::vector<std::string>& files, const std::string& path,
                             ReadOptions options)
{
    options.hash_rows = true;
    std::error_code ignored;
    std::optional<FactsRead> earlier;
    if (files.empty() || std::filesystem::exists(path, ignored)) {
        auto loaded = load_facts(path);
        // Of another version: read anew. Anything else that is there under this name is not ours to
        // replace.
        if (!loaded && (files.empty() || loaded.error().params.at("reason") != "other_version"))
            return pass(loaded);
        if (loaded) earlier = std::move(*loaded);
    }
    const bool deep_enough =
        earlier && (earlier->facts.depth == Depth::full || options.depth == Depth::flags);
    if (earlier && files.empty() && !deep_enough) return broken(path, "other_version");
    if (deep_enough && (files.empty() || are_unchanged(earlier->facts, files)))
        return KeptFacts{std::move(*earlier), true};
    if (earlier && deep_enough) {
        options.depth = earlier->facts.depth;
        options.earlier = &earlier->facts;
    }
    auto read = read_facts(files, options);
    if (!read) return pass(read);
    if (const auto saved = save_facts(*read, path); !saved) return pass(saved);
    return KeptFacts{std::move(*read), false};
}

} // namespace adal::procurement::columns
