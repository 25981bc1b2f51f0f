// procurement/facts_extract.hpp: one checked JSON value of a stranger into rows of the tables. Used
// by facts_read only; one Extractor per thread.
//
// Takes a release, a compiled release, a record (its compiled release, else its last embedded
// release), and packages and lists of these. A repeated member means its last value, as serde_json
// and most readers have it.
#pragma once

#include "procurement/facts.hpp"
#include "procurement/json_index.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::columns {

enum class RowVerdict : std::uint8_t { skipped, refused, duplicate, noted };
std::string_view text(RowVerdict verdict);

// `reason` is a key below `reason.`.
struct RowNote {
    RowVerdict verdict = RowVerdict::noted;
    std::uint32_t source = 0;
    std::uint64_t line = 0;
    std::string ocid{};
    std::string field{}; // JSON pointer, "" for the whole row
    std::string reason{};
};

// Where the bytes stand.
struct RowPlace {
    std::uint64_t byte_begin = 0; // of the first byte handed to read()
    std::uint32_t line = 0;
    std::uint32_t element = kNoElement;
    std::uint32_t source = 0;
};

struct RowCounts {
    std::uint64_t rows = 0, skipped = 0, refused = 0, noted = 0;
    RowCounts& operator+=(const RowCounts& other);
};

// What one thread read from one block of the source. Symbols are of the thread's table; `ocid` of a
// process is an index of `ocids`, since nearly every one is new and would only fill that table.
struct FactsPart {
    Tables tables{};
    std::vector<char> ocid_bytes{};
    std::vector<std::uint32_t> ocid_ends{};
    std::vector<RowNote> notes{};
    RowCounts counts{};
    std::uint64_t lines = 0;
    std::uint64_t reused = 0; // rows copied from earlier facts

    Symbol add_ocid(std::string_view ocid)
    {
        ocid_bytes.insert(ocid_bytes.end(), ocid.begin(), ocid.end());
        ocid_ends.push_back(static_cast<std::uint32_t>(ocid_bytes.size()));
        return static_cast<Symbol>(ocid_ends.size() - 1);
    }
    [[nodiscard]] std::string_view ocid(Symbol index) const
    {
        const auto begin = index == 0 ? 0 : ocid_ends[index - 1];
        return {ocid_bytes.data() + begin, ocid_ends[index] - begin};
    }
};

class Extractor {
public:
    Extractor(Depth depth, SymbolTable& symbols, bool hash_rows = true);

    // Reads all rows of one JSON text; notes what it could not use. A blank text is no row.
    void read(std::string_view json, const RowPlace& place, FactsPart& part);

private:
    // The members of an object that decide what it is.
    struct Release {
        enum Part : unsigned {
            ocid,
            tender,
            bids,
            awards,
            contracts,
            buyer,
            parties,
            planning,
            date,
            id,
            compiled,
            releases,
            records,
            url,
            count
        };
        std::array<Node, count> node{};
        std::uint64_t seen = 0;
        [[nodiscard]] bool has(Part part) const { return seen >> part & 1; }
        [[nodiscard]] bool has_facts() const
        {
            return has(tender) || has(bids) || (has(awards) && node[awards].is_array()) ||
                   (has(contracts) && node[contracts].is_array());
        }
    };
    void value(Node node, const RowPlace& place, int depth);
    void elements(Node list, const RowPlace& place, int depth);
    void record(Node releases, const RowPlace& place, int depth);
    void release(Node node, const RowPlace& place, const Release& parts);
    void read_reduced(const RowPlace& place);
    Release parts_of(Node object);
    void rows_of(const Release& parts, ProcessRow& process);
    void note(RowVerdict verdict, const RowPlace& place, std::string_view reason,
              std::string field = {}, std::string ocid = {});
    void strange(std::string_view reason, std::string field);

    // depth flags
    void tender(Node node, ProcessRow& process);
    void tender_period(Node node, ProcessRow& process);
    void bids(Node node, ProcessRow& process);
    void bid(Node node);
    void mark_late_bids();
    void awards(Node node, ProcessRow& process);
    void award(Node node);
    Span codes(Node items);

    // depth full
    void more_of(const Release& parts, const ProcessRow& process);
    void tender_more(Node node, ProcessMore& more);
    void planning(Node node, ProcessMore& more);
    void parties(Node node, ProcessMore& more, Symbol buyer);
    PartyRow party(Node node, std::optional<Node>& street);
    Span lots(Node node);
    Span items(Node node);
    ItemRow item(Node node);
    void bid_more(std::string_view key, Node value, BidMore& more, std::uint64_t& seen);
    void award_more(std::string_view key, Node value, AwardMore& more, std::uint64_t& seen);
    Span contracts(Node node);
    ContractRow contract(Node node);
    void contract_member(std::string_view key, Node value, ContractRow& row, std::uint64_t& seen);
    Span payments(Node implementation);
    Span acts(Node node);
    Span amendments(Node node);
    AmendmentRow amendment(Node node);
    Span related_lots(Node node);
    Span who(Node list); // PartyRefRows
    Symbol first_id(Node node);
    PartyRefRow party_ref(Node node);

    // values
    std::string_view text_of(Node node) { return node.text(m_scratch); }
    Symbol text_symbol(Node node); // kAbsent unless a text
    Symbol id_symbol(Node node);   // text, or number with kWasNumber
    Symbol id_of(Node object);     // its /id
    Symbol currency(Node node);
    Sum sum(Node object);
    When when(Node node);
    double number(Node node);
    std::int32_t count(Node node);
    TextRef free_text(Node node);
    ContactHash contact(Node node, bool digits_only = false);
    Span ids(Node list, std::vector<Symbol>& table, std::uint32_t& elements);
    // Marks a known member of an object as met; a second time makes the row be read again.
    void once(std::uint64_t& seen, unsigned member);

    Depth m_depth;
    bool m_hash_rows;
    SymbolTable& m_symbols;
    FactsPart* m_part = nullptr;
    Tables* m_tables = nullptr; // of m_part
    std::vector<RowNote>* m_notes = nullptr;
    RowCounts* m_counts = nullptr;
    std::string_view m_json{}; // as handed to read()
    JsonIndex m_index{};
    JsonIndex m_reduced_index{};
    std::string m_scratch{}, m_reduced{};
    bool m_repeated = false, m_is_reduced = false;
    std::string m_last_currency{};
    Symbol m_last_currency_symbol = kAbsent;
    const RowPlace* m_row_place = nullptr; // of the release being read
    std::string m_ocid{};
    Node m_end_date{};
    bool m_has_end_date = false;
    struct BidDate {
        std::uint32_t bid;
        Node date;
    };
    std::vector<BidDate> m_bid_dates{};
};

// The double nearest to a JSON number; NaN when it is out of range.
double parse_double(std::string_view token);

} // namespace adal::procurement::columns
