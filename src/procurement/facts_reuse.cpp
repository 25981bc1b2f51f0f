#include "procurement/facts_reuse.hpp"

#include "procurement/facts_rows.hpp"

namespace adal::procurement::columns {

EarlierRows::EarlierRows(const Facts& facts) : m_facts(facts)
{
    m_rows.reserve(facts.processes.size());
    // Rows of a package share its bytes only when it was read as one text; then the text is read
    // again.
    for (std::uint32_t i = 0; i < facts.processes.size(); ++i)
        m_rows.emplace(facts.processes[i].content, i);
}

std::uint32_t EarlierRows::find(std::uint64_t content, std::size_t length) const
{
    const auto found = m_rows.find(content);
    if (found == m_rows.end()) return kNoElement;
    return m_facts.processes[found->second].byte_length == length ? found->second : kNoElement;
}

RowCopier::RowCopier(const EarlierRows& earlier, SymbolTable& symbols)
    : m_earlier(earlier), m_symbols(symbols), m_map(earlier.facts().symbols.size(), kAbsent)
{
}

// Copies what a span names and everything below it, depth first; the span then names the copies.
struct RowCopier::Move {
    RowCopier& self;
    Tables& to;

    void symbol(Symbol& symbol) const
    {
        if (plain(symbol) <= kEmpty) return;
        auto& known = self.m_map[plain(symbol)];
        if (known == kAbsent)
            known = self.m_symbols.intern(self.m_earlier.facts().symbols.text(symbol));
        symbol = known | (symbol & kWasNumber);
    }
    template <typename T>
    void span(Span& span, std::vector<T> Tables::*table) const
    {
        const auto& from = self.m_earlier.facts().*table;
        std::vector<T> rows(from.begin() + span.begin, from.begin() + span.end());
        for (auto& row : rows)
            visit(row, *this);
        auto& into = to.*table;
        more(span, table);
        span.begin = static_cast<std::uint32_t>(into.size());
        into.insert(into.end(), rows.begin(), rows.end());
    }
    void text(TextRef& text) const
    {
        const auto bytes = self.m_earlier.facts().text(text);
        text.begin = static_cast<std::uint32_t>(to.texts.size());
        to.texts.insert(to.texts.end(), bytes.begin(), bytes.end());
    }

private:
    // bid_more and award_more have no span of their own: they go along with bids and awards.
    template <typename T>
    void more(const Span& span, std::vector<T> Tables::*) const
    {
        if (self.m_earlier.facts().depth != Depth::full) return;
        if constexpr (std::is_same_v<T, BidRow>) beside(span, &Tables::bid_more);
        if constexpr (std::is_same_v<T, AwardRow>) beside(span, &Tables::award_more);
    }
    template <typename T>
    void beside(const Span& span, std::vector<T> Tables::*table) const
    {
        const auto& from = self.m_earlier.facts().*table;
        for (auto i = span.begin; i < span.end(); ++i) {
            auto row = from[i];
            visit(row, *this);
            (to.*table).push_back(row);
        }
    }
};

bool RowCopier::copy(std::string_view json, const RowPlace& place, FactsPart& part)
{
    const auto content = quick_hash(json);
    const auto found = m_earlier.find(content, json.size());
    if (found == kNoElement) return false;
    const auto& facts = m_earlier.facts();
    ProcessRow process = facts.processes[found];
    const auto ocid = facts.name(process.ocid);
    process.ocid = kAbsent;
    visit(process, Move{*this, part.tables});
    process.ocid = part.add_ocid(ocid);
    process.byte_begin = place.byte_begin;
    process.line = place.line;
    process.element = place.element;
    process.source = place.source;
    part.tables.processes.push_back(process);
    if (facts.depth == Depth::full) {
        ProcessMore more = facts.process_more[found];
        visit(more, Move{*this, part.tables});
        part.tables.process_more.push_back(more);
    }
    ++part.counts.rows;
    ++part.reused;
    return true;
}

} // namespace adal::procurement::columns
