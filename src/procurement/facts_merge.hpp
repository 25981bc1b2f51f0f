// procurement/facts_merge.hpp: parts read by several threads into one Facts, in the order of the
// source.
//
// Symbols of the whole get their numbers in the order of first appearance in the source: every text
// of the parts before is known when a part comes, so the new ones of this part follow in its own
// order, whoever read it.
#pragma once

#include "procurement/facts_extract.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adal::procurement::columns {

// Texts that a thread's table got while it read a part.
struct NewTexts {
    std::vector<char> bytes{};
    std::vector<std::uint32_t> ends{};
    static NewTexts since(const SymbolTable& table, std::uint32_t first);
};

class Merger {
public:
    // `threads` of them will send parts. Keeps at most `most_notes` notes of each verdict; counts
    // all.
    Merger(Depth depth, unsigned threads, std::size_t most_notes);

    // Call in the order of the source. Throws std::length_error when a table is full.
    void add(unsigned thread, FactsPart&& part, const NewTexts& texts);
    // The next source begins: lines count from 1 again.
    void begin_source() { m_line = 0; }
    // Room for `factor` times what is there, when that is known to come.
    void reserve_for(double factor);

    // Leaves only the last process of each ocid, notes the others, and hands all out. Once.
    void finish();

    Facts facts{};
    std::vector<RowNote> notes{};
    RowCounts counts{};
    std::uint64_t duplicates = 0;
    std::uint64_t reused = 0;

private:
    void keep(std::vector<RowNote>&& more);
    void keep(RowNote&& note);

    std::vector<std::vector<Symbol>> m_maps{}; // per thread: its symbol → ours
    std::size_t m_most_notes;
    std::size_t m_kept[4] = {};
    std::uint64_t m_line = 0;
};

} // namespace adal::procurement::columns
