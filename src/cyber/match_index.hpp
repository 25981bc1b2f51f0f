// cyber/match_index.hpp: is this address on one of our lists, and on which, for lists of millions.
//
// Names and addresses are kept as 64-bit fingerprints in buckets of one cache line (docs/formats/match-index.md):
// 15 bytes an entry, one memory access a question. Fingerprints are seeded at random for each index, so that nobody
// can prepare an address that is taken for a listed one; by accident that happens once in 2^64 / entries questions.
// An index does not change after it is made; any number of threads may ask it.
#pragma once

#include "cyber/list_entry.hpp"
#include "cyber/match_hash.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace adal::cyber {

// params: file, reason
inline constexpr ProblemCode bad_match_index{"cyber.match_index", 422};

struct ListAbout {
    std::string name{}, sha256{};
    std::uint64_t lines = 0, entries = 0, refused = 0;
};

struct RefusedLine {
    std::size_t list = 0; // in ListAbout order
    std::uint64_t line = 0;
    std::string_view reason{}; // key below "reason."
};

struct Hit {
    std::uint16_t list = 0;
    Scope scope = Scope::domain;
    bool operator==(const Hit&) const = default;
};

// What one address matched. The most specific first; `key` is the name or identity that was listed.
struct Match {
    std::string key{};
    std::vector<Hit> hits{};
};

class MatchIndex
{
public:
    struct Bucket {
        std::uint64_t prints[6];
        std::uint16_t tags[6];
        std::uint16_t used, spilled; // spilled: the next bucket holds entries of this one, too
    };
    static_assert(sizeof(Bucket) == 64);

    // Maps the file and checks every byte of it; a file that is cut, changed or of another version is refused.
    static Result<MatchIndex> open(const std::string& path);

    [[nodiscard]] const std::vector<ListAbout>& lists() const { return m_lists; }
    [[nodiscard]] std::uint64_t entries() const { return m_entries; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes.size(); }

    // One address; for many use Matcher.
    [[nodiscard]] std::vector<Match> match(std::string_view written, const SuffixList& suffixes) const;

private:
    friend class Matcher;
    friend class MatchIndexBuilder;

    // Bit 15 of a tag: addresses below this name are listed, too. The rest: which set of hits, 0 for none.
    static constexpr std::uint16_t kHasPaths = 0x8000;

    static Result<MatchIndex> over(std::shared_ptr<const void> owner, std::string_view bytes, const std::string& name);
    [[nodiscard]] std::uint64_t print(std::string_view key) const;
    [[nodiscard]] const Bucket* bucket(std::uint64_t print) const { return m_buckets + scaled(print, m_bucket_count); }
    [[nodiscard]] std::uint16_t tag(std::uint64_t print) const; // 0: not there

    std::shared_ptr<const void> m_owner{}; // of the bytes
    std::string_view m_bytes{};
    const Bucket* m_buckets = nullptr;
    std::uint64_t m_bucket_count = 0, m_entries = 0, m_seed = 0;
    std::vector<ListAbout> m_lists{};
    std::vector<std::vector<Hit>> m_hit_sets{};
};

// Collects lists, then makes the index of them.
class MatchIndexBuilder
{
public:
    explicit MatchIndexBuilder(const SuffixList& suffixes, std::vector<std::string> own = {});

    // At most 32767 lists. Lines that are refused are counted; the first thousand of a list are kept to be told.
    void add_list(const std::string& name, std::string_view text);
    [[nodiscard]] const std::vector<RefusedLine>& refused() const { return m_refused; }
    [[nodiscard]] const std::vector<ListAbout>& lists() const { return m_lists; }

    // The bytes of the file. Problem when the lists overlap in more than 32767 different ways.
    [[nodiscard]] Result<std::string> file() const;
    [[nodiscard]] Result<MatchIndex> index() const; // of those bytes, in memory

private:
    struct Item {
        std::uint64_t print;
        std::uint16_t list;
        std::uint8_t scope; // 3: only says that addresses below the name are listed
    };

    void add(const ListEntry& entry, std::uint16_t list);

    const SuffixList& m_suffixes;
    std::vector<std::string> m_own;
    std::uint64_t m_seed;
    std::vector<ListAbout> m_lists{};
    std::vector<RefusedLine> m_refused{};
    std::vector<Item> m_items{};
};

// Asks about many addresses: works in batches, so that memory answers for all of a batch at once. One per thread.
class Matcher
{
public:
    Matcher(const MatchIndex& index, const SuffixList& suffixes) : m_index{index}, m_suffixes{suffixes} {}

    static constexpr std::size_t kBatch = 32;

    // `found[i]` is about `written[i]`; empty when it is on no list. Both as long as each other, at most kBatch.
    void match(std::span<const std::string_view> written, std::span<std::vector<Match>> found);

private:
    struct Question {
        std::uint64_t print;
        std::uint32_t address, from; // the name is host.substr(from)
    };

    void ask_about(std::uint32_t address, std::string_view written);
    void ask_host(std::uint32_t address);
    void ask_name(std::uint32_t address, std::uint32_t from);
    void answer(const Question& question, std::vector<Match>& found);
    void answer_paths(std::uint32_t address, std::string_view written, std::vector<Match>& found);

    const MatchIndex& m_index;
    const SuffixList& m_suffixes;
    std::vector<Question> m_questions{};
    std::string_view m_hosts[kBatch]{};
    Url m_urls[kBatch]{};           // of those that are not plain
    Identity m_identities[kBatch]{}; // of those without an address: "@name"
    bool m_asks_paths[kBatch]{};
};

} // namespace adal::cyber
