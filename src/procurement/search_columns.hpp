// procurement/search_columns.hpp: the narrow rows of the search in memory, a column per facet, so that a page with all its
// counts costs a few milliseconds over a hundred thousand processes.
//
// A value is a number into a dictionary; words lie in one text. About 250 bytes a process. Filled once, then immutable
// and thread-safe. Pure.
#pragma once

#include "procurement/search.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adal::procurement {

struct SearchRow {
    std::string id{}, ocid{}, flags{}, words{}; // flags: ' R018 R024 '; words: ' word word', folded
    std::int64_t rank = 0;
    std::array<std::string, kFacets> values{}; // that of Facet::flag is not looked at
};

class SearchColumns
{
public:
    // In the order of the lists: rank downwards, then OCID.
    void add(const SearchRow& row);
    [[nodiscard]] std::size_t size() const { return m_ranks.size(); }

    // Of buyers and suppliers at most `most_parties`, and the chosen one; without labels.
    [[nodiscard]] Found counts(const Search& search, std::size_t most_parties) const;
    struct Page {
        std::vector<std::string> ids{};
        std::string next{}; // key of the next page, "" = that was all
    };
    [[nodiscard]] Page page(const Search& search) const;
    [[nodiscard]] std::int64_t total(const Search& search) const;

private:
    struct Column {
        std::vector<std::string> values{};
        std::unordered_map<std::string, std::uint32_t> numbers{};
        std::vector<std::uint32_t> rows{};
        std::uint32_t number_of(const std::string& value); // of a value that may be new
    };
    class Matcher;

    [[nodiscard]] std::string_view ocid_of(std::size_t row) const
    {
        const auto begin = row == 0 ? 0 : m_ocid_ends[row - 1];
        return std::string_view{m_ocids}.substr(begin, m_ocid_ends[row] - begin);
    }
    [[nodiscard]] std::size_t first_after(std::string_view key) const;

    std::array<Column, kFacets> m_columns{};
    std::vector<std::string> m_flag_codes{};
    std::vector<std::uint64_t> m_flags{}; // bit i: m_flag_codes[i] failed
    std::vector<std::int64_t> m_ranks{};
    std::string m_ids{}; // 26 letters each
    std::string m_ocids{}, m_words{};
    std::vector<std::size_t> m_ocid_ends{}, m_word_ends{};
};

} // namespace adal::procurement
