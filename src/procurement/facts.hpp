// procurement/facts.hpp: what the screening engine keeps of contracting processes: tables of
// fixed-size rows
// ("columns"), with texts as symbols. Red flags run over these tables and never see JSON, so a
// changed threshold runs again without reading the source.
//
//   processes ─┬─ bids ── tenderers (symbols)          full depth only, same index: process_more,
//   bid_more,
//              ├─ awards ─┬─ suppliers (symbols)       award_more; and the tables parties, lots,
//              items, │          └─ codes (symbols)           contracts, amendments, payments,
//              acts, plan_versions └─ …
//
// A row names its rows in another table by a Span. Order is the order of the source: bids of a
// process are bids[p.bids.begin + i] for "/bids/details/<i>". Two depths: `flags` is what OCDS
// Cardinal's indicators look at, `full` adds what only the Kazakh flags need; tables that were not
// read are empty (Facts::depth tells).
//
// Truth to the source: a field of the wrong JSON type is absent (kAbsent, a missing bit), never
// guessed. Identifiers written as JSON numbers carry kWasNumber. Sums are the double nearest to the
// number as written; hundredths() gives whole hundredths. Moments are microseconds since 1970 UTC
// with the precision of the source. Values; immutable after reading; thread-safe to read. Stored by
// facts_file.hpp: new fields go to the end.
#pragma once

#include "procurement/symbols.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement::columns {

enum class Depth : std::uint8_t { flags, full };

struct Span {
    std::uint32_t begin = 0, count = 0;
    [[nodiscard]] std::uint32_t end() const { return begin + count; }
};

// A piece of Facts::texts; free texts are not interned.
struct TextRef {
    std::uint32_t begin = 0, length = 0;
};

// --- moments and sums ---------------------------------------------------------------------------
enum class MomentKind : std::uint8_t {
    none,         // absent or not a date
    exact,        // RFC 3339 with zone
    zone_assumed, // no zone: read as Asia/Almaty
    day           // a date alone: the first moment of that day in Asia/Almaty
};

inline constexpr std::int64_t kNoMoment = std::numeric_limits<std::int64_t>::min();

// A Moment may be kNoMoment; the kind says why and how sure.
struct When {
    std::int64_t us = kNoMoment;
    MomentKind kind = MomentKind::none;
    [[nodiscard]] bool known() const { return kind != MomentKind::none; }
};

inline double no_sum()
{
    return std::numeric_limits<double>::quiet_NaN();
}

enum class SumKind : std::uint8_t {
    none,
    number,
    text // a number written as a text; rules that take the source literally leave it out
};

struct Sum {
    double amount = no_sum();
    Symbol currency = kAbsent;
    SumKind kind = SumKind::none;
    [[nodiscard]] bool known() const { return kind != SumKind::none; }
};

// Whole hundredths, rounded half away from zero. Requires |amount| < 9e13; else the nearest that
// fits.
inline std::int64_t hundredths(double amount)
{
    if (!(std::abs(amount) < 9e16))
        return amount < 0 ? -9'000'000'000'000'000'000 : 9'000'000'000'000'000'000;
    return std::llround(amount * 100);
}

// --- rows at depth `flags`
// ------------------------------------------------------------------------
enum class TenderStatus : std::uint8_t {
    none,
    planning,
    planned,
    active,
    cancelled,
    unsuccessful,
    complete,
    withdrawn,
    other
};
enum class Method : std::uint8_t { none, open, selective, limited, direct, other };
enum class BidStatus : std::uint8_t {
    none,
    invited,
    pending,
    valid,
    disqualified,
    withdrawn,
    other
};
enum class AwardStatus : std::uint8_t { none, pending, active, cancelled, unsuccessful, other };

// Submitted: any status given but invited and withdrawn.
constexpr bool is_submitted(BidStatus status)
{
    return status != BidStatus::none && status != BidStatus::invited &&
           status != BidStatus::withdrawn;
}

inline constexpr std::uint32_t kNoElement = 0xFFFF'FFFFU;

struct ProcessRow {
    // where it stands in the source
    std::uint64_t byte_begin = 0; // of the JSON object, in the (uncompressed) source
    std::uint32_t byte_length = 0;
    std::uint32_t line = 0;             // from 1
    std::uint32_t element = kNoElement; // of /releases or /records when the row came in a package
    std::uint32_t source = 0;           // index of Facts::sources
    std::uint64_t content = 0;          // quick_hash of those bytes; 0 when not asked for

    Symbol ocid = kAbsent;
    Symbol buyer = kAbsent;            // /buyer/id
    Symbol procuring_entity = kAbsent; // /tender/procuringEntity/id
    Symbol method_text = kAbsent;      // /tender/procurementMethod
    Symbol method_details = kAbsent;   // /tender/procurementMethodDetails
    std::int32_t tenderers = -1;       // /tender/numberOfTenderers, when a whole number

    std::int64_t start_us = kNoMoment, end_us = kNoMoment; // /tender/tenderPeriod
    MomentKind start_kind = MomentKind::none, end_kind = MomentKind::none;
    TenderStatus tender_status = TenderStatus::none;
    Method method = Method::none;
    std::uint8_t bits = 0;
    std::uint8_t unused[3] = {};

    Span bids{}, awards{};

    enum Bit : std::uint8_t {
        has_tender = 1,           // /tender is an object
        has_bid_list = 2,         // /bids/details is an array
        has_award_list = 4,       // /awards is an array
        has_contracts = 8,        // /contracts is an array that is not empty
        tenderers_is_number = 16, // …written as a JSON number
    };
    [[nodiscard]] bool has(Bit bit) const { return (bits & bit) != 0; }
};

struct BidRow {
    double amount = no_sum();
    Symbol currency = kAbsent;
    Span tenderers{}; // of Facts::tenderers: ids only
    BidStatus status = BidStatus::none;
    SumKind sum_kind = SumKind::none;
    std::uint8_t bits = 0;
    std::uint8_t unused = 0;

    enum Bit : std::uint8_t {
        tenderer_list = 1, // /tenderers is an array
        one_tenderer = 2,  // …of exactly one element
        late_as_text = 4,  // /date comes after /tender/tenderPeriod/endDate when compared as texts
    };
    [[nodiscard]] bool has(Bit bit) const { return (bits & bit) != 0; }
};

struct AwardRow {
    Span suppliers{}; // of Facts::suppliers: ids only
    Span codes{};     // of Facts::codes: items[].classification.id
    AwardStatus status = AwardStatus::none;
    std::uint8_t bits = 0;
    std::uint8_t unused[2] = {};

    enum Bit : std::uint8_t {
        supplier_list = 1, // /suppliers is an array
        one_supplier = 2,  // …of exactly one element
    };
    [[nodiscard]] bool has(Bit bit) const { return (bits & bit) != 0; }
};

// --- rows at depth `full`
// -------------------------------------------------------------------------
enum class Category : std::uint8_t { none, goods, works, services, other };

// Contacts are kept as quick_hash of their normal form, to be compared and never shown; 0: absent.
using ContactHash = std::uint64_t;

// Who is meant, as the place that refers to them writes it.
struct PartyRefRow {
    Symbol id = kAbsent, name = kAbsent;
};

struct ProcessMore {
    TextRef title{}, description{};  // /tender
    Symbol release_id = kAbsent;     // /id
    Symbol status_text = kAbsent;    // /tender/status
    Symbol category_text = kAbsent;  // /tender/mainProcurementCategory
    Symbol rationale = kAbsent;      // /tender/procurementMethodRationale
    Symbol financial_year = kAbsent; // /tender/x_finYear
    Symbol locality = kAbsent;       // of the buyer's address
    Symbol kato = kAbsent;           // region code of the buyer's address
    Symbol currency = kAbsent;       // of value
    double value = no_sum();         // /tender/value/amount
    double budget = no_sum();        // /planning/budget/amount/amount
    Symbol budget_currency = kAbsent;
    Symbol budget_id = kAbsent;            // /planning/budget/id
    std::int64_t released_us = kNoMoment;  // /date
    std::int64_t published_us = kNoMoment; // /tender/x_datePublished, else /tender/datePublished
    std::int64_t enquiry_start_us = kNoMoment, enquiry_end_us = kNoMoment;
    std::int64_t award_start_us = kNoMoment, award_end_us = kNoMoment; // /tender/awardPeriod
    Span parties{}, lots{}, items{}, contracts{}, plan_versions{};
    Category category = Category::none;
    SumKind value_kind = SumKind::none, budget_kind = SumKind::none;
    MomentKind released_kind = MomentKind::none, published_kind = MomentKind::none;
    MomentKind enquiry_start_kind = MomentKind::none, enquiry_end_kind = MomentKind::none;
    MomentKind award_end_kind = MomentKind::none;
    Symbol buyer_name = kAbsent, entity_name = kAbsent; // of the references, not of /parties
    Symbol street = kAbsent;                            // of the buyer's address
    MomentKind award_start_kind = MomentKind::none;
    std::uint8_t unused[3] = {};
};

struct PartyRow {
    Symbol id = kAbsent, name = kAbsent;
    Symbol scheme = kAbsent, identifier = kAbsent; // /identifier
    Symbol locality = kAbsent, region = kAbsent, postal_code = kAbsent;
    Symbol kind = kAbsent; // /x_kopf: legal form
    ContactHash phone = 0, email = 0, address = 0, account = 0, contact_name = 0, head = 0;
    std::uint32_t roles = 0;
    std::uint32_t unused = 0;
    enum Role : std::uint32_t {
        buyer = 1,
        procuring_entity = 2,
        tenderer = 4,
        supplier = 8,
        other = 16
    };
};

struct LotRow {
    Symbol id = kAbsent, number = kAbsent, status = kAbsent;
    Symbol plan_root = kAbsent, kato = kAbsent;
    Symbol currency = kAbsent;
    double value = no_sum();
    TextRef title{}, description{};
    std::int32_t attempt = -1; // /x_attempt
    SumKind value_kind = SumKind::none;
    std::uint8_t unused[3] = {};
};

struct ItemRow {
    Symbol id = kAbsent, code = kAbsent, scheme = kAbsent; // /classification
    Symbol unit = kAbsent, currency = kAbsent, lot = kAbsent;
    double quantity = no_sum(), unit_value = no_sum();
    TextRef description{};
};

struct BidMore {
    Symbol id = kAbsent, status_text = kAbsent;
    Span lots{};                        // of Facts::related_lots
    ContactHash author = 0, editor = 0; // /x_author, /x_editor: who filed and changed it
    ContactHash account = 0;            // /x_account
    std::int64_t date_us = kNoMoment;
    Symbol reject_reason = kAbsent; // /x_rejectReason
    MomentKind date_kind = MomentKind::none;
    std::uint8_t unused[3] = {};
    Span items{}; // of Facts::items
    Span who{};   // of Facts::party_refs: tenderers with their names, one per element
};

struct AwardMore {
    Symbol id = kAbsent, currency = kAbsent;
    double value = no_sum();
    std::int64_t date_us = kNoMoment;
    Span lots{}, items{};
    SumKind value_kind = SumKind::none;
    MomentKind date_kind = MomentKind::none;
    std::uint8_t unused[2] = {};
    Symbol status_text = kAbsent;
    Span who{}; // of Facts::party_refs: suppliers
};

struct ContractRow {
    Symbol id = kAbsent, award_id = kAbsent, status = kAbsent;
    Symbol currency = kAbsent, initial_currency = kAbsent;
    Symbol rationale = kAbsent; // /x_justification
    double value = no_sum(), initial_value = no_sum();
    std::int64_t signed_us = kNoMoment, start_us = kNoMoment, end_us = kNoMoment;
    Span amendments{}, items{}, payments{}, acts{}, suppliers{}; // suppliers: of Facts::suppliers
    SumKind value_kind = SumKind::none, initial_kind = SumKind::none;
    MomentKind signed_kind = MomentKind::none, start_kind = MomentKind::none,
               end_kind = MomentKind::none;
    MomentKind warranty_kind = MomentKind::none;
    std::uint8_t initial_seen = 0;    // 1: the source has one
    std::uint8_t initial_is_ocds = 0; // 1: it is called "initialValue", not "x_initialValue"
    std::int64_t warranty_us = kNoMoment; // end of /warrantyPeriod
    Span who{};                           // of Facts::party_refs: suppliers
};

struct AmendmentRow {
    Symbol id = kAbsent, currency = kAbsent;
    double value = no_sum(); // /x_value: sum after it
    std::int64_t date_us = kNoMoment;
    TextRef description{}, rationale{};
    Span items{};          // /x_items: unit prices after it
    SumKind value_kind = SumKind::none;
    MomentKind date_kind = MomentKind::none;
    std::uint8_t unused[6] = {};
};

struct PaymentRow { // /implementation/transactions
    Symbol id = kAbsent, currency = kAbsent;
    double value = no_sum();
    std::int64_t date_us = kNoMoment;
    MomentKind date_kind = MomentKind::none;
    std::uint8_t unused[7] = {};
};

struct ActRow { // /x_acts
    Symbol id = kAbsent, currency = kAbsent;
    double value = no_sum();
    std::int64_t approved_us = kNoMoment, revoked_us = kNoMoment;
    MomentKind approved_kind = MomentKind::none, revoked_kind = MomentKind::none;
    std::uint8_t unused[6] = {};
};

struct PlanVersionRow { // /planning/x_versions
    Symbol id = kAbsent, method = kAbsent;
    double price = no_sum(), amount = no_sum();
    std::int64_t date_us = kNoMoment;
    MomentKind date_kind = MomentKind::none;
    std::uint8_t unused[7] = {};
};

// --- the whole
// ------------------------------------------------------------------------------------
struct Tables {
    std::vector<ProcessRow> processes{};
    std::vector<BidRow> bids{};
    std::vector<AwardRow> awards{};
    std::vector<Symbol> tenderers{}, suppliers{}, codes{};
    // depth full
    std::vector<ProcessMore> process_more{}; // as processes
    std::vector<BidMore> bid_more{};         // as bids
    std::vector<AwardMore> award_more{};     // as awards
    std::vector<PartyRow> parties{};
    std::vector<LotRow> lots{};
    std::vector<ItemRow> items{};
    std::vector<ContractRow> contracts{};
    std::vector<AmendmentRow> amendments{};
    std::vector<PaymentRow> payments{};
    std::vector<ActRow> acts{};
    std::vector<PlanVersionRow> plan_versions{};
    std::vector<Symbol> related_lots{};
    std::vector<PartyRefRow> party_refs{};
    std::vector<char> texts{};

    // No row has padding: equal tables are equal bytes.
    [[nodiscard]] std::string_view text(TextRef ref) const
    {
        return {texts.data() + ref.begin, ref.length};
    }

    // f(&Tables::table) for every table, so that merging and storing cannot forget one. A row's
    // spans point only into tables that come later in this order.
    template <typename F>
    static void each_table(F&& f)
    {
        f(&Tables::processes), f(&Tables::process_more), f(&Tables::bids), f(&Tables::bid_more);
        f(&Tables::awards), f(&Tables::award_more), f(&Tables::contracts), f(&Tables::amendments);
        f(&Tables::parties), f(&Tables::lots), f(&Tables::payments), f(&Tables::acts);
        f(&Tables::plan_versions), f(&Tables::items), f(&Tables::tenderers), f(&Tables::suppliers);
        f(&Tables::codes), f(&Tables::related_lots), f(&Tables::party_refs), f(&Tables::texts);
    }
};

struct SourceRow {
    std::string path{};           // "-" for standard input
    std::uint64_t size = 0;       // bytes as stored
    std::int64_t modified_ns = 0; // 0 for standard input
    std::uint64_t inode = 0;
};

// No two processes have the same ocid: of rows with the same ocid the last one is here, at its own
// place. Rows of those left out may still lie in the other tables, so walk from processes.
struct Facts : Tables {
    Depth depth = Depth::flags;
    SymbolTable symbols{};
    std::vector<SourceRow> sources{};

    [[nodiscard]] std::string_view name(Symbol symbol) const { return symbols.text(symbol); }
    using Tables::text;
};

// "/releases/3/bids/details/0" for a row of a package, "/bids/details/0" else; `inside` begins with
// '/'.
std::string pointer(const ProcessRow& process, std::string_view inside);

// RFC 3339, also without zone, and a date alone (see MomentKind). none for anything else.
When read_when(std::string_view text);

} // namespace adal::procurement::columns
