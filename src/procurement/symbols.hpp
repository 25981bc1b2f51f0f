// procurement/symbols.hpp: texts as numbers. Identifiers repeat (a bidder bids a thousand times),
// so columns hold a Symbol of 4 bytes and the text stands once.
//
// The numbers follow the order of first appearance and nothing else, so that the same input gives
// the same numbers whatever the number of threads. Not thread-safe; one table per thread, merged
// afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::columns {

// 0: the source has no text there. 1: the source has the empty text "".
using Symbol = std::uint32_t;
inline constexpr Symbol kAbsent = 0;
inline constexpr Symbol kEmpty = 1;
// Set on a symbol whose source was a JSON number; the rest is the symbol of the number as written.
inline constexpr Symbol kWasNumber = 0x8000'0000U;
inline constexpr Symbol plain(Symbol symbol)
{
    return symbol & ~kWasNumber;
}
// The symbol if the source was a text, else kAbsent: for rules that take identifiers literally.
inline constexpr Symbol only_text(Symbol symbol)
{
    return (symbol & kWasNumber) ? kAbsent : symbol;
}

// A hash for tables and for telling unchanged rows; not for secrets. Same value on every machine.
std::uint64_t quick_hash(std::string_view bytes);

class SymbolTable {
public:
    SymbolTable();

    // The symbol of the text, new if need be. Throws std::length_error at 2^31 texts or 4 GB.
    Symbol intern(std::string_view text);
    // kAbsent if the text is not there.
    [[nodiscard]] Symbol find(std::string_view text) const;
    // "" for kAbsent; kWasNumber is ignored.
    [[nodiscard]] std::string_view text(Symbol symbol) const
    {
        const auto at = plain(symbol);
        return {m_bytes.data() + m_begins[at], m_begins[at + 1] - m_begins[at]};
    }
    // Symbols are 0 … size()-1.
    [[nodiscard]] std::uint32_t size() const
    {
        return static_cast<std::uint32_t>(m_begins.size() - 1);
    }

    // For the facts file. `restore` throws std::runtime_error when the parts do not fit each other.
    [[nodiscard]] const std::vector<char>& bytes() const { return m_bytes; }
    [[nodiscard]] const std::vector<std::uint32_t>& begins() const { return m_begins; }
    static SymbolTable restore(std::vector<char> bytes, std::vector<std::uint32_t> begins);

private:
    struct Slot {
        std::uint32_t hash = 0;
        Symbol symbol = kAbsent; // kAbsent: free
    };
    Symbol add(std::string_view text, std::uint32_t hash, std::size_t slot);
    void place_all(std::size_t slots);
    [[nodiscard]] bool same(Symbol symbol, std::string_view text) const
    {
        const auto known = this->text(symbol);
        return known == text;
    }

    std::vector<char> m_bytes{};
    std::vector<std::uint32_t> m_begins{}; // one more than texts
    std::vector<Slot> m_slots{};           // a power of two; empty after restore() until needed
};

} // namespace adal::procurement::columns
