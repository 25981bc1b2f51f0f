#include "cyber/match_index.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "cyber/match_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace adal::cyber {

namespace match_file {

// A file in memory, unmapped when the last index over it goes.
class Mapping
{
public:
    Mapping(void* at, std::size_t size) : m_at{at}, m_size{size} {}
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() { ::munmap(m_at, m_size); }
    [[nodiscard]] std::string_view bytes() const { return {static_cast<const char*>(m_at), m_size}; }

private:
    void* m_at;
    std::size_t m_size;
};

Result<std::shared_ptr<const Mapping>> mapped(const std::string& path)
{
    const auto refused = [&](const char* reason) { return fail(bad_match_index, {{"file", path}, {"reason", reason}}); };
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return refused(std::strerror(errno));
    struct stat about {};
    const bool known = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
    const auto size = known ? static_cast<std::size_t>(about.st_size) : 0;
    void* at = known ? ::mmap(nullptr, size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0) : MAP_FAILED;
    ::close(file);
    if (at == MAP_FAILED) return refused("damaged");
    ::madvise(at, size, MADV_HUGEPAGE);
    return std::make_shared<const Mapping>(at, size);
}

bool checksum_holds(std::string_view bytes)
{
    const auto body = bytes.substr(0, bytes.size() - kMatchFileChecksum);
    return bytes.substr(body.size()) == view(sha256(body));
}

std::vector<std::vector<Hit>> hit_sets_of(const json::value& about)
{
    std::vector<std::vector<Hit>> sets(1);
    const auto* all = array_at(about, "hit_sets");
    if (all == nullptr) return sets;
    for (const auto& one : *all) {
        auto& set = sets.emplace_back();
        for (const auto& hit : one.as_array())
            set.push_back({.list = static_cast<std::uint16_t>(hit.as_array().at(0).as_int64()), .scope = static_cast<Scope>(hit.as_array().at(1).as_int64())});
    }
    return sets;
}

std::vector<ListAbout> lists_of(const json::value& about)
{
    std::vector<ListAbout> lists;
    const auto* all = array_at(about, "lists");
    if (all == nullptr) return lists;
    for (const auto& one : *all)
        lists.push_back({.name = std::string{text_at(one, "name").value_or("")}, .sha256 = std::string{text_at(one, "sha256").value_or("")}, .lines = static_cast<std::uint64_t>(int_at(one, "lines").value_or(0)), .entries = static_cast<std::uint64_t>(int_at(one, "entries").value_or(0)), .refused = static_cast<std::uint64_t>(int_at(one, "refused").value_or(0))});
    return lists;
}

} // namespace match_file

Result<MatchIndex> MatchIndex::open(const std::string& path)
{
    const auto file = match_file::mapped(path);
    if (!file) return pass(file);
    return over(*file, (*file)->bytes(), path);
}

Result<MatchIndex> MatchIndex::over(std::shared_ptr<const void> owner, std::string_view bytes, const std::string& name)
{
    using namespace match_file;
    const auto refused = [&](const char* reason) { return fail(bad_match_index, {{"file", name}, {"reason", reason}}); };
    MatchFileHeader header{};
    if (bytes.size() < sizeof header + kMatchFileChecksum) return refused("damaged");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (std::memcmp(header.magic, MatchFileHeader::kMagic, sizeof header.magic) != 0) return refused("cyber.not_an_index");
    if (header.version != MatchFileHeader::kVersion || header.header_bytes != sizeof header) return refused("other_version");
    const auto room = bytes.size() - sizeof header - kMatchFileChecksum;
    const bool fits = header.buckets > 0 && header.buckets <= room / sizeof(Bucket) && header.about_bytes == room - header.buckets * sizeof(Bucket);
    if (!fits || !checksum_holds(bytes)) return refused("damaged");
    const auto about = parse_json(bytes.substr(sizeof header + header.buckets * sizeof(Bucket), header.about_bytes));
    if (!about) return refused("damaged");
    MatchIndex index;
    index.m_owner = std::move(owner);
    index.m_bytes = bytes;
    index.m_buckets = reinterpret_cast<const Bucket*>(bytes.data() + sizeof header);
    index.m_bucket_count = header.buckets;
    index.m_entries = header.entries;
    index.m_seed = header.seed;
    index.m_lists = lists_of(*about);
    index.m_hit_sets = hit_sets_of(*about);
    return index;
}

std::uint64_t MatchIndex::print(std::string_view key) const
{
    return keyed_hash(key, m_seed);
}

std::uint16_t MatchIndex::tag(std::uint64_t print) const
{
    for (const auto* at = bucket(print);; at = at + 1 == m_buckets + m_bucket_count ? m_buckets : at + 1) {
        for (std::size_t i = 0; i < at->used; ++i)
            if (at->prints[i] == print) return at->tags[i];
        if (at->spilled == 0) return 0;
    }
}

std::vector<Match> MatchIndex::match(std::string_view written, const SuffixList& suffixes) const
{
    std::vector<Match> found;
    Matcher{*this, suffixes}.match({&written, 1}, {&found, 1});
    return found;
}

} // namespace adal::cyber
