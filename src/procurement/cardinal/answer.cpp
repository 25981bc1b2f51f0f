// The answer as JSON. Written by hand: a map of 80,000 processes is 9 MB of text.
#include "procurement/cardinal/indicators.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace adal::procurement::cardinal {

namespace {

using Rows = std::vector<std::pair<std::uint32_t, columns::Span>>;

class Writer {
public:
    Writer(const Facts& facts, std::string& out) : m_facts(facts), m_out(out) {}

    void raw(std::string_view text) { m_out += text; }
    // A comma unless it is the first thing in its brackets.
    void next()
    {
        if (m_out.back() != '{' && m_out.back() != '[') m_out += ',';
    }
    void name(Symbol symbol) { text(m_facts.name(symbol)); }
    void ocid(std::uint32_t row) { name(m_facts.processes[row].ocid); }
    void text(std::string_view text)
    {
        m_out += '"';
        std::size_t done = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto c = static_cast<unsigned char>(text[i]);
            if (c >= 0x20 && c != '"' && c != '\\') continue;
            m_out.append(text, done, i - done);
            escape(static_cast<char>(c));
            done = i + 1;
        }
        m_out.append(text, done);
        m_out += '"';
    }
    void number(double value)
    {
        if (!std::isfinite(value)) return raw("null");
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
        const std::string_view shortest{digits, static_cast<std::size_t>(end - digits)};
        raw(shortest);
        if (shortest.find_first_of(".e") == shortest.npos) raw(".0");
    }

private:
    void escape(char c)
    {
        switch (c) {
        case '"':
            return raw("\\\"");
        case '\\':
            return raw("\\\\");
        case '\n':
            return raw("\\n");
        case '\r':
            return raw("\\r");
        case '\t':
            return raw("\\t");
        case '\b':
            return raw("\\b");
        case '\f':
            return raw("\\f");
        default:
            break;
        }
        constexpr char kHex[] = "0123456789abcdef";
        raw("\\u00");
        m_out += kHex[c >> 4 & 15];
        m_out += kHex[c & 15];
    }

    const Facts& m_facts;
    std::string& m_out;
};

void write_value(Writer& w, Code code, double value)
{
    w.next();
    w.raw("\"");
    w.raw(text(code));
    w.raw("\":");
    w.number(value);
}

// Walks several lists that are sorted by the same key, key by key: f(key, code, value).
template <typename Entry, typename Less, typename Begin, typename Each>
void merge_lists(const std::array<std::vector<Entry>, kCodes>& lists, Less less, Begin begin,
                 Each each)
{
    std::array<std::size_t, kCodes> at{};
    for (;;) {
        const Entry* lowest = nullptr;
        for (std::size_t c = 0; c < kCodes; ++c)
            if (at[c] < lists[c].size() && (!lowest || less(lists[c][at[c]], *lowest)))
                lowest = &lists[c][at[c]];
        if (!lowest) return;
        const Entry key = *lowest;
        begin(key);
        for (std::size_t c = 0; c < kCodes; ++c)
            if (at[c] < lists[c].size() && !less(key, lists[c][at[c]]))
                each(static_cast<Code>(c), lists[c][at[c]++].value);
    }
}

bool any(const auto& lists)
{
    return std::ranges::any_of(lists, [](const auto& list) { return !list.empty(); });
}

void write_processes(Writer& w, const Answer& answer)
{
    if (!any(answer.processes)) return;
    w.next();
    w.raw("\"OCID\":{");
    bool open = false;
    merge_lists(
        answer.processes, [](const RowValue& a, const RowValue& b) { return a.row < b.row; },
        [&](const RowValue& key) {
            if (open) w.raw("}");
            open = true;
            w.next();
            w.ocid(key.row);
            w.raw(":{");
        },
        [&](Code code, double value) { write_value(w, code, value); });
    w.raw("}}");
}

void write_tenderers(Writer& w, const Answer& answer, const Facts& facts)
{
    if (!any(answer.tenderers)) return;
    w.next();
    w.raw("\"Tenderer\":{");
    bool open = false;
    merge_lists(
        answer.tenderers,
        [&](const NamedValue& a, const NamedValue& b) {
            return facts.name(a.name) < facts.name(b.name);
        },
        [&](const NamedValue& key) {
            if (open) w.raw("}");
            open = true;
            w.next();
            w.name(key.name);
            w.raw(":{");
        },
        [&](Code code, double value) { write_value(w, code, value); });
    w.raw("}}");
}

void write_group(Writer& w, std::string_view group, const std::vector<NamedValue>& list)
{
    if (list.empty()) return;
    w.next();
    w.text(group);
    w.raw(":{");
    for (const auto& [name, value] : list) {
        w.next();
        w.name(name);
        w.raw(":{");
        write_value(w, Code::R038, value);
        w.raw("}");
    }
    w.raw("}");
}

void write_meta(Writer& w, const Answer& answer)
{
    w.next();
    w.raw("\"Meta\":{");
    for (std::size_t c = 0; c < kCodes; ++c) {
        if (answer.meta[c].empty()) continue;
        w.next();
        w.text(text(static_cast<Code>(c)));
        w.raw(":{");
        for (const auto& [key, value] : answer.meta[c]) {
            w.next();
            w.text(key);
            w.raw(":");
            w.number(std::round(value * 10'000) / 10'000);
        }
        w.raw("}");
    }
    w.raw("}");
}

void write_organisations(Writer& w, std::string_view map, const std::vector<NamedValue>& list)
{
    w.next();
    w.text(map);
    w.raw(":{");
    for (const auto& [name, row] : list) {
        w.next();
        w.ocid(static_cast<std::uint32_t>(row));
        w.raw(":");
        w.name(name);
    }
    w.raw("}");
}

void write_names(Writer& w, std::string_view map, const RowNames& list, const Facts& facts)
{
    w.next();
    w.text(map);
    w.raw(":{");
    std::vector<Symbol> sorted;
    for (const auto& [row, span] : list.rows) {
        w.next();
        w.ocid(row);
        w.raw(":[");
        sorted.assign(list.names.begin() + span.begin, list.names.begin() + span.end());
        std::ranges::sort(sorted, {}, [&](Symbol symbol) { return facts.name(symbol); });
        for (const auto symbol : sorted) {
            w.next();
            w.name(symbol);
        }
        w.raw("]");
    }
    w.raw("}");
}

void write_maps(Writer& w, const Answer& answer, const Facts& facts)
{
    w.raw(",\"Maps\":{");
    write_organisations(w, "ocid_buyer_r038", answer.buyer_r038);
    write_organisations(w, "ocid_procuringentity_r038", answer.entity_r038);
    write_names(w, "ocid_tenderer", answer.tenderer, facts);
    write_names(w, "ocid_tenderer_r024", answer.r024, facts);
    write_names(w, "ocid_tenderer_r028", answer.r028, facts);
    write_names(w, "ocid_tenderer_r030", answer.r030, facts);
    write_names(w, "ocid_tenderer_r035", answer.r035, facts);
    write_names(w, "ocid_tenderer_r058", answer.r058, facts);
    w.raw("}");
}

} // namespace

std::string to_json(const Answer& answer, const Facts& facts, WithMaps maps)
{
    std::string out;
    out.reserve(1 << 20);
    Writer w{facts, out};
    w.raw("{");
    write_processes(w, answer);
    write_group(w, "Buyer", answer.buyers);
    write_group(w, "ProcuringEntity", answer.procuring_entities);
    write_tenderers(w, answer, facts);
    write_meta(w, answer);
    if (maps == WithMaps::yes) write_maps(w, answer, facts);
    w.raw("}\n");
    return out;
}

} // namespace adal::procurement::cardinal
