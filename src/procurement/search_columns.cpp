#include "procurement/search_columns.hpp"

#include "base/result.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>

namespace adal::procurement {

namespace {

constexpr std::uint32_t kNoSuchValue = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kIdLength = 26, kMostFlagCodes = 64;

std::size_t place_of(Facet facet)
{
    return static_cast<std::size_t>(facet);
}

} // namespace

std::uint32_t SearchColumns::Column::number_of(const std::string& value)
{
    const auto [at, is_new] = numbers.emplace(value, static_cast<std::uint32_t>(values.size()));
    if (is_new) values.push_back(value);
    return at->second;
}

void SearchColumns::add(const SearchRow& row)
{
    for (const auto facet : all_facets) {
        if (facet == Facet::flag) continue;
        auto& column = m_columns[place_of(facet)];
        column.rows.push_back(column.number_of(row.values[place_of(facet)]));
    }
    std::uint64_t mask = 0;
    for (const auto code : split(row.flags, ' ')) {
        if (code.empty()) continue;
        auto at = std::ranges::find(m_flag_codes, code) - m_flag_codes.begin();
        if (at == std::ssize(m_flag_codes)) m_flag_codes.emplace_back(code);
        ADAL_CHECK(m_flag_codes.size() <= kMostFlagCodes);
        mask |= std::uint64_t{1} << at;
    }
    ADAL_CHECK(row.id.size() == kIdLength);
    m_flags.push_back(mask);
    m_ranks.push_back(row.rank);
    m_ids += row.id;
    m_ocids += row.ocid;
    m_ocid_ends.push_back(m_ocids.size());
    m_words += row.words;
    m_word_ends.push_back(m_words.size());
}

// What a search asks, in the numbers of these columns.
class SearchColumns::Matcher
{
public:
    Matcher(const SearchColumns& columns, const Search& search) : m_columns(columns)
    {
        for (const auto facet : all_facets) {
            const auto& wanted = search.value(facet);
            if (wanted.empty()) continue;
            m_asked.push_back(facet);
            if (facet == Facet::flag) m_flag_mask = mask_of(wanted);
            else m_numbers[place_of(facet)] = number_of(facet, wanted);
            m_any_works = m_any_works || (facet == Facet::works && wanted == kAnyValue);
        }
        std::size_t count = 0;
        for (const auto& word : query_words(search.words)) {
            if (word.exact.empty() || ++count > kMostWords) continue;
            std::vector<char> hits(columns.size(), 0);
            mark_rows(" " + (word.prefix.empty() ? word.exact.front() : word.prefix), hits);
            if (word.exact.size() > 1) mark_rows(" " + word.exact[1], hits);
            if (m_hits.empty()) m_hits = std::move(hits);
            else std::ranges::transform(m_hits, hits, m_hits.begin(), [](char a, char b) { return static_cast<char>(a & b); });
        }
    }

    // How many of the asked facets refuse the row (counted up to two), and the last that does.
    struct Verdict {
        int refused = 0;
        Facet only = Facet::district;
    };
    [[nodiscard]] Verdict facets(std::size_t row) const
    {
        Verdict verdict;
        for (const auto facet : m_asked) {
            if (passes(facet, row)) continue;
            verdict.only = facet;
            if (++verdict.refused == 2) break;
        }
        return verdict;
    }
    [[nodiscard]] bool words(std::size_t row) const { return m_hits.empty() || m_hits[row] != 0; }
    [[nodiscard]] bool matches(std::size_t row) const { return facets(row).refused == 0 && words(row); }

private:
    static constexpr std::size_t kMostWords = 4;

    // One pass over the words of all rows: a needle begins with the space every row's words begin with, and has no other,
    // so it is never found across two rows.
    void mark_rows(const std::string& needle, std::vector<char>& hits) const
    {
        const auto& all = m_columns.m_words;
        const auto& ends = m_columns.m_word_ends;
        std::size_t row = 0;
        for (std::size_t at = 0; at < all.size();) {
            const auto* found = static_cast<const char*>(::memmem(all.data() + at, all.size() - at, needle.data(), needle.size()));
            if (!found) return;
            const auto place = static_cast<std::size_t>(found - all.data());
            while (ends[row] <= place) ++row;
            hits[row] = 1;
            at = ends[row];
        }
    }
    [[nodiscard]] std::uint64_t mask_of(const std::string& wanted) const
    {
        if (wanted == kAnyValue) return ~std::uint64_t{0};
        const auto at = std::ranges::find(m_columns.m_flag_codes, wanted) - m_columns.m_flag_codes.begin();
        return at == std::ssize(m_columns.m_flag_codes) ? 0 : std::uint64_t{1} << at;
    }
    [[nodiscard]] std::uint32_t number_of(Facet facet, const std::string& wanted) const
    {
        const auto& numbers = m_columns.m_columns[place_of(facet)].numbers;
        const bool is_any = facet == Facet::works && wanted == kAnyValue;
        const auto found = numbers.find(is_any ? std::string{} : wanted); // any works: everything but ""
        return found == numbers.end() ? kNoSuchValue : found->second;
    }
    [[nodiscard]] bool passes(Facet facet, std::size_t row) const
    {
        if (facet == Facet::flag) return (m_columns.m_flags[row] & m_flag_mask) != 0;
        const bool same = m_columns.m_columns[place_of(facet)].rows[row] == m_numbers[place_of(facet)];
        return facet == Facet::works && m_any_works ? !same : same;
    }

    const SearchColumns& m_columns;
    std::vector<Facet> m_asked{};
    std::array<std::uint32_t, kFacets> m_numbers{};
    std::uint64_t m_flag_mask = 0;
    bool m_any_works = false;
    std::vector<char> m_hits{}; // rows that have every word; empty: no word was asked for
};

Found SearchColumns::counts(const Search& search, std::size_t most_parties) const
{
    const Matcher matcher{*this, search};
    std::array<std::vector<std::int64_t>, kFacets> tally;
    for (const auto facet : all_facets) tally[place_of(facet)].resize(facet == Facet::flag ? kMostFlagCodes + 1 : m_columns[place_of(facet)].values.size());
    Found found;
    for (std::size_t row = 0; row < size(); ++row) {
        const auto verdict = matcher.facets(row);
        if (verdict.refused > 1 || !matcher.words(row)) continue;
        if (verdict.refused == 0) ++found.total;
        for (const auto facet : all_facets) {
            if (verdict.refused == 1 && facet != verdict.only) continue;
            auto& counts = tally[place_of(facet)];
            if (facet != Facet::flag) ++counts[m_columns[place_of(facet)].rows[row]];
            else if (m_flags[row] != 0) {
                ++counts[kMostFlagCodes];
                for (auto rest = m_flags[row]; rest != 0; rest &= rest - 1) ++counts[static_cast<std::size_t>(std::countr_zero(rest))];
            }
        }
    }
    for (const auto facet : all_facets) {
        auto& list = found.of(facet);
        const auto& counts = tally[place_of(facet)];
        const auto& values = facet == Facet::flag ? m_flag_codes : m_columns[place_of(facet)].values;
        std::int64_t any = facet == Facet::flag ? counts[kMostFlagCodes] : 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (counts[i] == 0 || values[i].empty()) continue;
            if (facet == Facet::works) any += counts[i];
            list.push_back({.value = values[i], .count = counts[i]});
        }
        if (any > 0) list.push_back({.value = std::string{kAnyValue}, .count = any});
        std::ranges::sort(list, [](const auto& a, const auto& b) { return std::pair{-a.count, std::string_view{a.value}} < std::pair{-b.count, std::string_view{b.value}}; });
        const auto& wanted = search.value(facet);
        const auto chosen = std::ranges::find(list, wanted, &FacetCount::value);
        const FacetCount kept = chosen == list.end() ? FacetCount{.value = wanted} : *chosen;
        if ((facet == Facet::buyer || facet == Facet::supplier) && list.size() > most_parties) list.resize(most_parties);
        if (!wanted.empty() && std::ranges::find(list, wanted, &FacetCount::value) == list.end()) list.push_back(kept);
    }
    return found;
}

// "rank.ocid" of the last row shown; anything else begins at the beginning.
std::size_t SearchColumns::first_after(std::string_view key) const
{
    const auto dot = key.find('.');
    std::int64_t rank = 0;
    if (dot == std::string_view::npos) return 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + dot, rank);
    if (error != std::errc{} || end != key.data() + dot) return 0;
    const auto ocid = key.substr(dot + 1);
    std::size_t low = 0, high = size();
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const bool is_before = m_ranks[middle] > rank || (m_ranks[middle] == rank && ocid_of(middle) <= ocid);
        (is_before ? low : high) = is_before ? middle + 1 : middle;
    }
    return low;
}

SearchColumns::Page SearchColumns::page(const Search& search) const
{
    const Matcher matcher{*this, search};
    Page page;
    std::size_t last = 0;
    for (auto row = first_after(search.after); row < size(); ++row) {
        if (!matcher.matches(row)) continue;
        if (std::ssize(page.ids) == search.most) {
            page.next = std::to_string(m_ranks[last]) + "." + std::string{ocid_of(last)};
            break;
        }
        page.ids.push_back(m_ids.substr(row * kIdLength, kIdLength));
        last = row;
    }
    return page;
}

std::int64_t SearchColumns::total(const Search& search) const
{
    const Matcher matcher{*this, search};
    std::int64_t count = 0;
    for (std::size_t row = 0; row < size(); ++row) count += matcher.matches(row) ? 1 : 0;
    return count;
}

} // namespace adal::procurement
