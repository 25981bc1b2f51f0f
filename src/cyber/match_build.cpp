#include "cyber/match_index.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cyber/match_file.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <tuple>

namespace adal::cyber {

namespace match_build {

constexpr std::uint8_t kHasPaths = 3;
constexpr std::size_t kToldOfAList = 1000;
constexpr std::size_t kMostSets = 0x7FFF;

std::uint64_t random_seed()
{
    std::uint64_t seed = 0;
    std::memcpy(&seed, random_bytes(sizeof seed).data(), sizeof seed);
    return seed;
}

json::object about(const ListAbout& list)
{
    return {{"name", list.name}, {"sha256", list.sha256}, {"lines", list.lines}, {"entries", list.entries}, {"refused", list.refused}};
}

std::string about_text(const std::vector<ListAbout>& lists, const std::vector<std::vector<Hit>>& sets)
{
    json::array all_lists, all_sets;
    for (const auto& list : lists)
        all_lists.push_back(about(list));
    for (const auto& set : sets) {
        json::array hits;
        for (const auto& hit : set)
            hits.push_back(json::array{hit.list, static_cast<int>(hit.scope)});
        all_sets.push_back(std::move(hits));
    }
    return to_text(json::object{{"lists", std::move(all_lists)}, {"hit_sets", std::move(all_sets)}});
}

// Hosts whose addresses a platform's names are asked about under.
std::vector<std::string> hosts_of(const ListEntry& entry)
{
    switch (entry.kind) {
    case Kind::telegram: return {"t.me", "telegram.me", "telegram.dog"};
    case Kind::instagram: return {"instagram.com", "instagr.am"};
    case Kind::tiktok: return {"tiktok.com"};
    case Kind::vk: return {"vk.com", "vk.ru", "vkontakte.ru"};
    case Kind::youtube: return {"youtube.com", "youtu.be", "youtube-nocookie.com"};
    case Kind::olx: return {"olx.kz"};
    case Kind::whatsapp: return {"wa.me", "whatsapp.com"};
    case Kind::url: break;
    default: return {};
    }
    const auto url = parse_url("http://" + entry.key.substr(4));
    if (!url) return {};
    return {std::string{url->host()}}; // a "www." that was folded asks about the name above it, too
}

// Numbers the different sets of hits, from 1.
class HitSets
{
public:
    // 0 for no hits; nothing when there are too many sets.
    std::optional<std::uint16_t> number_of(const std::vector<std::uint32_t>& set)
    {
        if (set.empty()) return std::uint16_t{0};
        const auto known = m_numbers.find(set);
        if (known != m_numbers.end()) return known->second;
        if (m_sets.size() == kMostSets) return std::nullopt;
        auto& hits = m_sets.emplace_back();
        for (const auto hit : set)
            hits.push_back({.list = static_cast<std::uint16_t>(hit), .scope = static_cast<Scope>(hit >> 16)});
        return m_numbers.emplace(set, static_cast<std::uint16_t>(m_sets.size())).first->second;
    }
    [[nodiscard]] const std::vector<std::vector<Hit>>& all() const { return m_sets; }

private:
    std::map<std::vector<std::uint32_t>, std::uint16_t> m_numbers{};
    std::vector<std::vector<Hit>> m_sets{};
};

// Puts the prints, in ascending order, into buckets; what does not fit goes into the next.
class Filler
{
public:
    explicit Filler(std::vector<MatchIndex::Bucket>& buckets) : m_buckets{buckets} {}
    void put(std::uint64_t print, std::uint16_t tag, std::size_t home)
    {
        auto at = home;
        while (m_buckets[at].used == 6) {
            m_buckets[at].spilled = 1;
            at = at + 1 == m_buckets.size() ? 0 : at + 1;
        }
        auto& bucket = m_buckets[at];
        bucket.prints[bucket.used] = print;
        bucket.tags[bucket.used++] = tag;
    }

private:
    std::vector<MatchIndex::Bucket>& m_buckets;
};

} // namespace match_build

MatchIndexBuilder::MatchIndexBuilder(const SuffixList& suffixes, std::vector<std::string> own) : m_suffixes{suffixes}, m_own{std::move(own)}, m_seed{match_build::random_seed()} {}

void MatchIndexBuilder::add(const ListEntry& entry, std::uint16_t list)
{
    m_items.push_back({.print = keyed_hash(entry.key, m_seed), .list = list, .scope = static_cast<std::uint8_t>(entry.scope)});
    if (entry.scope != Scope::path) return;
    for (const auto& host : match_build::hosts_of(entry))
        m_items.push_back({.print = keyed_hash(host, m_seed), .list = 0, .scope = match_build::kHasPaths});
}

void MatchIndexBuilder::add_list(const std::string& name, std::string_view text)
{
    ADAL_CHECK(m_lists.size() < match_build::kMostSets);
    ListAbout about{.name = name, .sha256 = hex(view(sha256(text)))};
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto read = read_list_line(text.substr(at, end - at), m_suffixes, m_own);
        at = end + 1;
        ++about.lines;
        about.entries += read.entries.size();
        for (const auto& entry : read.entries)
            add(entry, static_cast<std::uint16_t>(m_lists.size()));
        if (!read.refused.empty() && ++about.refused <= match_build::kToldOfAList) m_refused.push_back({.list = m_lists.size(), .line = about.lines, .reason = read.refused});
    }
    m_lists.push_back(std::move(about));
}

Result<std::string> MatchIndexBuilder::file() const
{
    using namespace match_build;
    auto items = m_items;
    std::ranges::sort(items, [](const Item& a, const Item& b) { return std::tie(a.print, a.scope, a.list) < std::tie(b.print, b.scope, b.list); });
    std::uint64_t distinct = 0;
    for (std::size_t i = 0; i < items.size(); ++i)
        distinct += i == 0 || items[i].print != items[i - 1].print;
    std::vector<MatchIndex::Bucket> buckets(distinct * 10 / 42 + 2); // 4.2 of 6 places taken: 15.2 bytes an entry
    HitSets sets;
    Filler filler{buckets};
    std::vector<std::uint32_t> set;
    for (std::size_t i = 0; i < items.size();) {
        const auto print = items[i].print;
        bool has_paths = false;
        set.clear();
        for (; i < items.size() && items[i].print == print; ++i) {
            const auto hit = static_cast<std::uint32_t>(items[i].scope) << 16 | items[i].list;
            if (items[i].scope == kHasPaths) has_paths = true;
            else if (set.empty() || set.back() != hit) set.push_back(hit);
        }
        const auto number = sets.number_of(set);
        if (!number) return fail(bad_match_index, {{"file", m_lists.front().name}, {"reason", "too_many"}});
        filler.put(print, static_cast<std::uint16_t>(*number | (has_paths ? MatchIndex::kHasPaths : 0)), scaled(print, buckets.size()));
    }
    const auto about = about_text(m_lists, sets.all());
    MatchFileHeader header{.magic = {}, .version = MatchFileHeader::kVersion, .header_bytes = sizeof header, .seed = m_seed, .entries = distinct, .buckets = buckets.size(), .about_bytes = about.size(), .zero = {}};
    std::memcpy(header.magic, MatchFileHeader::kMagic, sizeof header.magic);
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
    bytes.reserve(bytes.size() + buckets.size() * sizeof(MatchIndex::Bucket) + about.size() + kMatchFileChecksum);
    bytes.append(reinterpret_cast<const char*>(buckets.data()), buckets.size() * sizeof(MatchIndex::Bucket));
    bytes += about;
    bytes += view(sha256(bytes));
    return bytes;
}

Result<MatchIndex> MatchIndexBuilder::index() const
{
    auto made = file();
    if (!made) return pass(made);
    const auto owner = std::make_shared<const std::string>(std::move(*made));
    return MatchIndex::over(owner, *owner, "memory");
}

} // namespace adal::cyber
