// procurement/facts_reuse.hpp: rows of earlier facts for texts that did not change.
#pragma once

#include "procurement/facts_extract.hpp"

#include <unordered_map>

namespace adal::procurement::columns {

// Shared by all threads; immutable.
class EarlierRows {
public:
    explicit EarlierRows(const Facts& facts);
    // The row of facts().processes with these bytes, or kNoElement.
    [[nodiscard]] std::uint32_t find(std::uint64_t content, std::size_t length) const;
    [[nodiscard]] const Facts& facts() const { return m_facts; }

private:
    const Facts& m_facts;
    std::unordered_map<std::uint64_t, std::uint32_t> m_rows{};
};

// Copies processes of earlier facts into parts; one per thread.
class RowCopier {
public:
    RowCopier(const EarlierRows& earlier, SymbolTable& symbols);
    // True when the row was known and copied.
    bool copy(std::string_view json, const RowPlace& place, FactsPart& part);

private:
    struct Move;
    const EarlierRows& m_earlier;
    SymbolTable& m_symbols;
    std::vector<Symbol> m_map; // earlier symbol → of this thread; kAbsent: not asked yet
};

} // namespace adal::procurement::columns
