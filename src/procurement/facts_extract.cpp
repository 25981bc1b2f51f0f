// Rows, records, packages, and what the flags of depth `flags` look at. Full depth:
// facts_extract_full.cpp.
#include "procurement/facts_extract.hpp"

#include "base/text.hpp"

#include <array>

namespace adal::procurement::columns {

namespace {

constexpr int kDeepestPackage = 4;

// Remembers how long every table is, to take back what a row wrote.
class Lengths {
public:
    explicit Lengths(Tables& tables)
    {
        std::size_t i = 0;
        Tables::each_table([&](auto table) { m_lengths.at(i++) = (tables.*table).size(); });
    }
    void restore(Tables& tables) const
    {
        std::size_t i = 0;
        Tables::each_table([&](auto table) { (tables.*table).resize(m_lengths.at(i++)); });
    }

private:
    std::array<std::size_t, 32> m_lengths{};
};

TenderStatus tender_status(std::string_view text)
{
    if (is(text, "active")) return TenderStatus::active;
    if (is(text, "complete")) return TenderStatus::complete;
    if (is(text, "cancelled")) return TenderStatus::cancelled;
    if (is(text, "unsuccessful")) return TenderStatus::unsuccessful;
    if (is(text, "withdrawn")) return TenderStatus::withdrawn;
    if (is(text, "planned")) return TenderStatus::planned;
    if (is(text, "planning")) return TenderStatus::planning;
    return TenderStatus::other;
}

Method method_of(std::string_view text)
{
    if (is(text, "open")) return Method::open;
    if (is(text, "limited")) return Method::limited;
    if (is(text, "direct")) return Method::direct;
    if (is(text, "selective")) return Method::selective;
    return Method::other;
}

BidStatus bid_status(std::string_view text)
{
    if (is(text, "valid")) return BidStatus::valid;
    if (is(text, "disqualified")) return BidStatus::disqualified;
    if (is(text, "withdrawn")) return BidStatus::withdrawn;
    if (is(text, "pending")) return BidStatus::pending;
    if (is(text, "invited")) return BidStatus::invited;
    return BidStatus::other;
}

AwardStatus award_status(std::string_view text)
{
    if (is(text, "active")) return AwardStatus::active;
    if (is(text, "cancelled")) return AwardStatus::cancelled;
    if (is(text, "unsuccessful")) return AwardStatus::unsuccessful;
    if (is(text, "pending")) return AwardStatus::pending;
    return AwardStatus::other;
}

// A count is a whole number without sign, point or exponent.
std::int32_t whole_number(std::string_view token)
{
    if (token.empty() || token.size() > 9) return -1;
    std::int32_t value = 0;
    for (const char c : token) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::uint32_t length(const auto& table)
{
    return static_cast<std::uint32_t>(table.size());
}

} // namespace

std::string_view text(RowVerdict verdict)
{
    switch (verdict) {
    case RowVerdict::skipped:
        return "skipped";
    case RowVerdict::refused:
        return "refused";
    case RowVerdict::duplicate:
        return "duplicate";
    case RowVerdict::noted:
        return "noted";
    }
    return "noted";
}

RowCounts& RowCounts::operator+=(const RowCounts& other)
{
    rows += other.rows;
    skipped += other.skipped;
    refused += other.refused;
    noted += other.noted;
    return *this;
}

Extractor::Extractor(Depth depth, SymbolTable& symbols, bool hash_rows)
    : m_depth(depth), m_hash_rows(hash_rows), m_symbols(symbols)
{
}

// --- from text to rows
// ----------------------------------------------------------------------------
void Extractor::note(RowVerdict verdict, const RowPlace& place, std::string_view reason,
                     std::string field, std::string ocid)
{
    if (verdict == RowVerdict::refused) ++m_counts->refused;
    if (verdict == RowVerdict::skipped) ++m_counts->skipped;
    if (verdict == RowVerdict::noted) ++m_counts->noted;
    m_notes->push_back({verdict, place.source, place.line, std::move(ocid), std::move(field),
                        std::string{reason}});
}

void Extractor::read(std::string_view json, const RowPlace& place, FactsPart& part)
{
    m_part = &part;
    m_tables = &part.tables;
    m_notes = &part.notes;
    m_counts = &part.counts;
    m_json = json;
    m_repeated = m_is_reduced = false;
    if (const auto fault = m_index.index(json); fault != JsonFault::none) {
        if (fault == JsonFault::empty) return; // a blank line is no row
        ++part.counts.rows;
        return note(RowVerdict::refused, place, columns::text(fault));
    }
    const Lengths before{part.tables};
    const auto notes_before = part.notes.size();
    const auto counts_before = part.counts;
    value(m_index.root(), place, 0);
    if (!m_repeated) return;
    before.restore(part.tables); // a few ocids stay behind, unused
    part.notes.resize(notes_before);
    part.counts = counts_before;
    read_reduced(place);
}

// A member came twice: once more, over a copy in which each member stands once. Rare, so simple.
void Extractor::read_reduced(const RowPlace& place)
{
    m_reduced = without_repeated_keys(m_index.root());
    m_is_reduced = true;
    if (m_reduced_index.index(m_reduced) != JsonFault::none) {
        ++m_counts->rows;
        return note(RowVerdict::refused, place, "syntax");
    }
    value(m_reduced_index.root(), place, 0);
}

void Extractor::once(std::uint64_t& seen, unsigned member)
{
    m_repeated = m_repeated || (seen >> member & 1);
    seen |= std::uint64_t{1} << member;
}

Extractor::Release Extractor::parts_of(Node object)
{
    Release found;
    const auto keep = [&](Release::Part part, Node value) {
        once(found.seen, part);
        found.node[part] = value;
    };
    object.each_member([&](std::string_view key, Node value) {
        switch (key.size()) {
        case 2:
            if (is(key, "id")) keep(Release::id, value);
            break;
        case 3:
            if (is(key, "url")) keep(Release::url, value);
            break;
        case 4:
            if (is(key, "ocid"))
                keep(Release::ocid, value);
            else if (is(key, "bids"))
                keep(Release::bids, value);
            else if (is(key, "date"))
                keep(Release::date, value);
            break;
        case 5:
            if (is(key, "buyer")) keep(Release::buyer, value);
            break;
        case 6:
            if (is(key, "tender"))
                keep(Release::tender, value);
            else if (is(key, "awards"))
                keep(Release::awards, value);
            break;
        case 7:
            if (is(key, "parties"))
                keep(Release::parties, value);
            else if (is(key, "records"))
                keep(Release::records, value);
            break;
        case 8:
            if (is(key, "planning"))
                keep(Release::planning, value);
            else if (is(key, "releases"))
                keep(Release::releases, value);
            break;
        case 9:
            if (is(key, "contracts")) keep(Release::contracts, value);
            break;
        case 15:
            if (is(key, "compiledRelease")) keep(Release::compiled, value);
            break;
        default:
            break;
        }
    });
    return found;
}

void Extractor::value(Node node, const RowPlace& place, int depth)
{
    if (depth > kDeepestPackage) {
        ++m_counts->rows;
        return note(RowVerdict::refused, place, "too_deep");
    }
    if (node.is_array()) return elements(node, place, depth);
    if (!node.is_object()) {
        ++m_counts->rows;
        return note(RowVerdict::refused, place, "not_an_object");
    }
    const Release parts = parts_of(node);
    const bool is_package = !parts.has(Release::ocid);
    if (is_package && parts.has(Release::records) && parts.node[Release::records].is_array())
        return elements(parts.node[Release::records], place, depth);
    if (parts.has(Release::compiled) && parts.node[Release::compiled].is_object())
        return value(parts.node[Release::compiled], place, depth + 1);
    if (parts.has(Release::releases) && parts.node[Release::releases].is_array()) {
        if (is_package) return elements(parts.node[Release::releases], place, depth);
        if (!parts.has_facts()) return record(parts.node[Release::releases], place, depth);
    }
    release(node, place, parts);
}

void Extractor::elements(Node list, const RowPlace& place, int depth)
{
    RowPlace here = place;
    std::uint32_t number = 0;
    list.each_element([&](Node element) {
        here.element = number++;
        value(element, here, depth + 1);
    });
}

// A record without a compiled release: the last of its releases stands for it, if it is there at
// all.
void Extractor::record(Node releases, const RowPlace& place, int depth)
{
    Node last{};
    bool found = false;
    releases.each_element([&](Node element) {
        if (!element.is_object()) return;
        last = element;
        found = true;
    });
    if (found) return value(last, place, depth + 1);
    ++m_counts->rows;
    note(RowVerdict::skipped, place, "nothing_bought");
}

void Extractor::release(Node node, const RowPlace& place, const Release& parts)
{
    ++m_counts->rows;
    if (!parts.has(Release::ocid)) {
        if (parts.has(Release::url)) return note(RowVerdict::skipped, place, "linked_releases");
        return note(RowVerdict::refused, place, "missing", "/ocid");
    }
    const Node ocid = parts.node[Release::ocid];
    if (!ocid.is_text()) return note(RowVerdict::refused, place, "wrong_type", "/ocid");
    m_ocid = text_of(ocid);
    if (!parts.has_facts()) return note(RowVerdict::skipped, place, "nothing_bought", "", m_ocid);
    ProcessRow process;
    process.ocid = m_part->add_ocid(m_ocid);

    const auto json = m_is_reduced ? m_json : node.json();
    process.byte_begin = place.byte_begin + static_cast<std::uint64_t>(json.data() - m_json.data());
    process.byte_length = static_cast<std::uint32_t>(json.size());
    process.line = place.line;
    process.element = place.element;
    process.source = place.source;
    if (m_hash_rows) process.content = quick_hash(json);
    m_row_place = &place;
    rows_of(parts, process);
    m_tables->processes.push_back(process);
}

void Extractor::rows_of(const Release& parts, ProcessRow& process)
{
    m_bid_dates.clear();
    m_has_end_date = false;
    process.bids.begin = length(m_tables->bids);
    process.awards.begin = length(m_tables->awards);
    if (parts.has(Release::tender) && parts.node[Release::tender].is_object())
        tender(parts.node[Release::tender], process);
    if (parts.has(Release::buyer)) process.buyer = id_of(parts.node[Release::buyer]);
    if (parts.has(Release::bids)) bids(parts.node[Release::bids], process);
    if (parts.has(Release::awards)) awards(parts.node[Release::awards], process);
    if (parts.has(Release::contracts) && parts.node[Release::contracts].is_array())
        process.bits |= ProcessRow::has_contracts;
    mark_late_bids();
    if (m_depth == Depth::full) more_of(parts, process);
}

// --- tender
// -----------------------------------------------------------------------------------------
void Extractor::tender(Node node, ProcessRow& process)
{
    process.bits |= ProcessRow::has_tender;
    std::uint64_t seen = 0;
    node.each_member([&](std::string_view key, Node value) {
        switch (key.size()) {
        case 6:
            if (!is(key, "status")) return;
            once(seen, 0);
            if (value.is_text()) process.tender_status = columns::tender_status(text_of(value));
            return;
        case 12:
            if (!is(key, "tenderPeriod")) return;
            once(seen, 1);
            return tender_period(value, process);
        case 15:
            if (!is(key, "procuringEntity")) return;
            once(seen, 2);
            process.procuring_entity = id_of(value);
            return;
        case 17:
            if (is(key, "procurementMethod")) {
                once(seen, 3);
                if (!value.is_text()) return;
                process.method_text = text_symbol(value);
                process.method = method_of(m_symbols.text(process.method_text));
            } else if (is(key, "numberOfTenderers")) {
                once(seen, 4);
                process.tenderers = whole_number(value.is_text() ? text_of(value) : value.token());
                if (value.is_number()) process.bits |= ProcessRow::tenderers_is_number;
            }
            return;
        case 24:
            if (!is(key, "procurementMethodDetails")) return;
            once(seen, 5);
            process.method_details = text_symbol(value);
            return;
        default:
            return;
        }
    });
}

void Extractor::tender_period(Node node, ProcessRow& process)
{
    if (!node.is_object()) return;
    std::uint64_t seen = 0;
    node.each_member([&](std::string_view key, Node value) {
        if (is(key, "startDate")) {
            once(seen, 0);
            const auto start = when(value);
            process.start_us = start.us;
            process.start_kind = start.kind;
        } else if (is(key, "endDate")) {
            once(seen, 1);
            const auto end = when(value);
            process.end_us = end.us;
            process.end_kind = end.kind;
            m_has_end_date = value.is_text();
            m_end_date = value;
        }
    });
}

// --- bids
// -------------------------------------------------------------------------------------------
void Extractor::bids(Node node, ProcessRow& process)
{
    if (!node.is_object()) return;
    std::uint64_t seen = 0;
    node.each_member([&](std::string_view key, Node value) {
        if (!is(key, "details")) return;
        once(seen, 0);
        if (!value.is_array()) return;
        process.bits |= ProcessRow::has_bid_list;
        value.each_element([&](Node element) { bid(element); });
        process.bids.count = length(m_tables->bids) - process.bids.begin;
    });
}

void Extractor::bid(Node node)
{
    BidRow row;
    BidMore more;
    row.tenderers.begin = length(m_tables->tenderers);
    std::uint64_t seen = 0;
    if (node.is_object())
        node.each_member([&](std::string_view key, Node value) {
            if (is(key, "status")) {
                once(seen, 0);
                if (value.is_text()) row.status = bid_status(text_of(value));
                if (m_depth == Depth::full) more.status_text = text_symbol(value);
            } else if (is(key, "tenderers")) {
                once(seen, 1);
                std::uint32_t elements = 0;
                row.tenderers = ids(value, m_tables->tenderers, elements);
                if (m_depth == Depth::full) more.who = who(value);
                if (!value.is_array()) return;
                row.bits |= BidRow::tenderer_list;
                if (elements == 1) row.bits |= BidRow::one_tenderer;
            } else if (is(key, "value")) {
                once(seen, 2);
                const auto price = sum(value);
                row.amount = price.amount;
                row.currency = price.currency;
                row.sum_kind = price.kind;
            } else if (is(key, "date")) {
                once(seen, 3);
                if (value.is_text()) m_bid_dates.push_back({length(m_tables->bids), value});
                if (m_depth == Depth::full) bid_more(key, value, more, seen);
            } else if (m_depth == Depth::full) {
                bid_more(key, value, more, seen);
            }
        });
    m_tables->bids.push_back(row);
    if (m_depth == Depth::full) m_tables->bid_more.push_back(more);
}

void Extractor::mark_late_bids()
{
    if (!m_has_end_date) return;
    std::string scratch;
    const auto end = m_end_date.text(scratch);
    for (const auto& [bid, date] : m_bid_dates)
        if (text_of(date) > end) m_tables->bids[bid].bits |= BidRow::late_as_text;
}

// --- awards
// -----------------------------------------------------------------------------------------
void Extractor::awards(Node node, ProcessRow& process)
{
    if (!node.is_array()) return;
    process.bits |= ProcessRow::has_award_list;
    node.each_element([&](Node element) { award(element); });
    process.awards.count = length(m_tables->awards) - process.awards.begin;
}

void Extractor::award(Node node)
{
    AwardRow row;
    AwardMore more;
    row.suppliers.begin = length(m_tables->suppliers);
    row.codes.begin = length(m_tables->codes);
    std::uint64_t seen = 0;
    if (node.is_object())
        node.each_member([&](std::string_view key, Node value) {
            if (is(key, "status")) {
                once(seen, 0);
                if (value.is_text()) row.status = award_status(text_of(value));
                if (m_depth == Depth::full) more.status_text = text_symbol(value);
            } else if (is(key, "suppliers")) {
                once(seen, 1);
                std::uint32_t elements = 0;
                row.suppliers = ids(value, m_tables->suppliers, elements);
                if (m_depth == Depth::full) more.who = who(value);
                if (!value.is_array()) return;
                row.bits |= AwardRow::supplier_list;
                if (elements == 1) row.bits |= AwardRow::one_supplier;
            } else if (is(key, "items")) {
                once(seen, 2);
                row.codes = codes(value);
                if (m_depth == Depth::full) more.items = items(value);
            } else if (m_depth == Depth::full) {
                award_more(key, value, more, seen);
            }
        });
    m_tables->awards.push_back(row);
    if (m_depth == Depth::full) m_tables->award_more.push_back(more);
}

Span Extractor::codes(Node list)
{
    Span span{length(m_tables->codes), 0};
    if (!list.is_array()) return span;
    list.each_element([&](Node item) {
        if (!item.is_object()) return;
        std::uint64_t seen = 0;
        Symbol code = kAbsent;
        item.each_member([&](std::string_view key, Node value) {
            if (!is(key, "classification")) return;
            once(seen, 0);
            code = id_of(value);
        });
        if (code != kAbsent) m_tables->codes.push_back(code);
    });
    span.count = length(m_tables->codes) - span.begin;
    return span;
}

// --- values
// -----------------------------------------------------------------------------------------
Symbol Extractor::text_symbol(Node node)
{
    return node.is_text() ? m_symbols.intern(text_of(node)) : kAbsent;
}

Symbol Extractor::id_symbol(Node node)
{
    if (node.is_text()) return m_symbols.intern(text_of(node));
    return node.is_number() ? m_symbols.intern(node.token()) | kWasNumber : kAbsent;
}

Symbol Extractor::id_of(Node object)
{
    Symbol id = kAbsent;
    if (!object.is_object()) return id;
    std::uint64_t seen = 0;
    object.each_member([&](std::string_view key, Node value) {
        if (!is(key, "id")) return;
        once(seen, 0);
        id = id_symbol(value);
    });
    return id;
}

// A file has one or two currencies: the last one is nearly always the right one.
Symbol Extractor::currency(Node node)
{
    if (!node.is_text()) return kAbsent;
    const auto text = text_of(node);
    if (m_last_currency_symbol == kAbsent || text != m_last_currency) {
        m_last_currency = text;
        m_last_currency_symbol = m_symbols.intern(text);
    }
    return m_last_currency_symbol;
}

double Extractor::number(Node node)
{
    if (node.is_number()) return parse_double(node.token());
    if (!node.is_text()) return no_sum();
    const auto text = adal::trim(text_of(node));
    // The index holds only JSON numbers to be numbers; a text may be anything.
    const bool plausible = !text.empty() && text.find_first_not_of("0123456789.-+eE") == text.npos;
    return plausible ? parse_double(text) : no_sum();
}

Sum Extractor::sum(Node object)
{
    Sum found;
    if (!object.is_object()) return found;
    std::uint64_t seen = 0;
    object.each_member([&](std::string_view key, Node value) {
        if (is(key, "amount")) {
            once(seen, 0);
            found.amount = number(value);
            if (std::isnan(found.amount)) {
                if (!value.is_null() && !(value.is_text() && value.raw_text().empty()))
                    strange("not_a_number", "amount");
            } else {
                found.kind = value.is_number() ? SumKind::number : SumKind::text;
                if (value.is_text()) strange("number_as_text", "amount");
            }
        } else if (is(key, "currency")) {
            once(seen, 1);
            found.currency = currency(value);
        }
    });
    return found;
}

When Extractor::when(Node node)
{
    return node.is_text() ? read_when(text_of(node)) : When{};
}

Span Extractor::ids(Node list, std::vector<Symbol>& table, std::uint32_t& elements)
{
    Span span{length(table), 0};
    const auto add = [&](Node element) {
        ++elements;
        if (const auto id = id_of(element); id != kAbsent) table.push_back(id);
    };
    if (list.is_array())
        list.each_element(add);
    else if (list.is_object())
        add(list); // some publishers write one as itself
    span.count = length(table) - span.begin;
    return span;
}

// A row that is used, but not as it stands.
void Extractor::strange(std::string_view reason, std::string field)
{
    note(RowVerdict::noted, *m_row_place, reason, std::move(field), m_ocid);
}

} // namespace adal::procurement::columns
