#include "procurement/facts_merge.hpp"

#include "procurement/facts_rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace adal::procurement::columns {

std::string pointer(const ProcessRow& process, std::string_view inside)
{
    std::string out;
    if (process.element != kNoElement) out = "/" + std::to_string(process.element);
    return out.append(inside);
}

NewTexts NewTexts::since(const SymbolTable& table, std::uint32_t first)
{
    NewTexts texts;
    const auto& begins = table.begins();
    texts.bytes.assign(table.bytes().begin() + begins[first], table.bytes().end());
    for (auto symbol = first; symbol < table.size(); ++symbol)
        texts.ends.push_back(begins[symbol + 1] - begins[first]);
    return texts;
}

Merger::Merger(Depth depth, unsigned threads, std::size_t most_notes)
    : m_maps(threads, {kAbsent, kEmpty}), m_most_notes(most_notes)
{
    facts.depth = depth;
}

namespace {

// Turns a row of a part into a row of the whole. Tables are appended in the order of
// Tables::each_table, so the tables a span points into still have the length at which this part
// begins there.
struct Shift {
    const std::vector<Symbol>& symbols;
    const Tables& whole;

    void symbol(Symbol& symbol) const { symbol = symbols[plain(symbol)] | (symbol & kWasNumber); }
    template <typename T>
    void span(Span& span, std::vector<T> Tables::*table) const
    {
        span.begin += static_cast<std::uint32_t>((whole.*table).size());
    }
    void text(TextRef& text) const { text.begin += static_cast<std::uint32_t>(whole.texts.size()); }
};

} // namespace

void Merger::add(unsigned thread, FactsPart&& part, const NewTexts& texts)
{
    auto& map = m_maps[thread];
    std::uint32_t begin = 0;
    for (const auto end : texts.ends) {
        map.push_back(facts.symbols.intern({texts.bytes.data() + begin, end - begin}));
        begin = end;
    }
    for (auto& process : part.tables.processes) {
        process.line += static_cast<std::uint32_t>(m_line);
        const auto ocid = facts.symbols.intern(part.ocid(process.ocid));
        process.ocid = kAbsent; // maps to itself below
        visit(process, Shift{map, facts});
        process.ocid = ocid;
    }
    Tables::each_table([&](auto table) {
        auto& from = part.tables.*table;
        auto& to = facts.*table;
        if (to.size() + from.size() > 0xFFFF'FF00U) throw std::length_error("too many rows");
        if constexpr (!std::is_same_v<decltype(table), std::vector<ProcessRow> Tables::*>)
            for (auto& row : from)
                visit(row, Shift{map, facts});
        to.insert(to.end(), from.begin(), from.end());
    });
    for (auto& note : part.notes)
        note.line += m_line;
    keep(std::move(part.notes));
    counts += part.counts;
    reused += part.reused;
    m_line += part.lines;
}

void Merger::keep(RowNote&& note)
{
    if (m_kept[static_cast<std::size_t>(note.verdict)]++ < m_most_notes)
        notes.push_back(std::move(note));
}

void Merger::keep(std::vector<RowNote>&& more)
{
    for (auto& note : more)
        keep(std::move(note));
}

void Merger::reserve_for(double factor)
{
    Tables::each_table([&](auto table) {
        auto& rows = facts.*table;
        rows.reserve(static_cast<std::size_t>(static_cast<double>(rows.size()) * factor) + 16);
    });
}

void Merger::finish()
{
    auto& rows = facts.processes;
    std::vector<std::uint32_t> last(facts.symbols.size(), kNoElement);
    std::vector<bool> gone;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        auto& known = last[rows[i].ocid];
        if (known != kNoElement) {
            gone.resize(rows.size());
            gone[known] = true;
            ++duplicates;
            keep({RowVerdict::duplicate, rows[i].source, rows[i].line,
                  std::string{facts.name(rows[i].ocid)}, "", "later_row_wins"});
        }
        known = i;
    }
    if (gone.empty()) return;
    std::uint32_t to = 0;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        if (gone[i]) continue;
        rows[to] = rows[i];
        if (facts.depth == Depth::full) facts.process_more[to] = facts.process_more[i];
        ++to;
    }
    rows.resize(to);
    if (facts.depth == Depth::full) facts.process_more.resize(to);
}

} // namespace adal::procurement::columns
