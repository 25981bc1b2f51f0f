// procurement/process.hpp: the facts of one contracting process that this room works on.
//
// A process is what one OCID names (OCDS 1.1: tender → bids → awards → contracts). Amounts are whole
// hundredths of the currency they were published in and are never converted: a rupee is not a tenge.
// Moments are UTC; a date without a time or a time without a zone is read as Asia/Almaty and says so.
// Facts keep the order of the source, so that "/bids/details/2" points to bids[2]. Values, immutable by
// convention; thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/json.hpp"
#include "base/money.hpp"
#include "base/time.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

struct CurrencyAmount {
    std::int64_t hundredths = 0;
    std::string currency{}; // ISO 4217, upper case; empty when the source does not say
    auto operator<=>(const CurrencyAmount&) const = default;

    // The tenge sum; nothing for any other currency.
    [[nodiscard]] std::optional<Money> tenge() const;
};

// "773315 INR", "104228291.83 KZT": machine form for exports and evidence.
std::string plain(const CurrencyAmount& amount);

// Reads a JSON number as written ("104228291.83", "1.5e6"). More than two decimals are rounded half away
// from zero. Nothing when it is not a number or does not fit.
std::optional<std::int64_t> parse_hundredths(std::string_view number);

enum class Precision { exact, zone_assumed, day }; // how the source wrote the moment

struct Moment {
    Instant at{};
    Precision precision = Precision::exact;
    auto operator<=>(const Moment&) const = default;
};

// RFC 3339; "2024-03-01T00:00:00" and "2024-03-01 00:00:00.5" (no zone); "2024-03-01". Nothing otherwise.
std::optional<Moment> parse_moment(std::string_view text);

struct Period {
    std::optional<Moment> start{}, end{};
};

struct PartyRef {
    std::string id{}, name{};
};

// A contact, an account or a person, to be compared with others and never shown; 0: absent.
using ContactHash = std::uint64_t;
// quick_hash of the folded text; of a telephone: of its digits, "+7 727 …" and "8 727 …" are one.
ContactHash contact_hash(std::string_view text);
ContactHash phone_hash(std::string_view text);

struct Party {
    std::string id{}, name{};
    std::string scheme{}, identifier{};            // /identifier: "KZ-BIN", twelve digits
    std::string legal_form{}, locality{}, region{}; // region: code of the territory (KATO)
    std::vector<std::string> roles{};              // OCDS code list: buyer, tenderer, supplier, …
    ContactHash phone = 0, email = 0, address = 0, account = 0, contact_name = 0, head = 0;
};

// Goods, works or services of one kind. The price of a unit is in the currency of its own sum.
struct Item {
    std::string id{}, scheme{}, code{}; // "ENSTRU", "421120.100.000000"
    std::string description{}, unit{}, lot{};
    std::optional<double> quantity{};
    std::optional<CurrencyAmount> unit_value{};
};

struct Lot {
    std::string id{}, title{}, status{};
    std::optional<CurrencyAmount> value{};
    std::string description{};
    std::string number{};                 // "83685322-ОИ4"
    std::string plan_root{}, kato{};      // first version of the plan row; territory of delivery
    std::optional<std::int64_t> attempt{}; // 1: bought for the first time
};

struct Bid {
    std::string id{}, status{};
    std::optional<Moment> date{};
    std::vector<PartyRef> tenderers{};
    std::optional<CurrencyAmount> value{};
    std::vector<std::string> lots{};
    std::vector<Item> items{};
    ContactHash author = 0, editor = 0, account = 0; // who filed it, who changed it last
    std::string reject_reason{};
};

struct Award {
    std::string id{}, status{};
    std::optional<Moment> date{};
    std::vector<PartyRef> suppliers{};
    std::optional<CurrencyAmount> value{};
    std::vector<std::string> lots{};
    std::vector<Item> items{};
};

struct Amendment {
    std::optional<Moment> date{};
    std::string description{};
    std::string id{}, rationale{};
    std::optional<CurrencyAmount> value{}; // of the contract, after it
    std::vector<Item> items{};             // with the prices of a unit after it
};

struct Payment {
    std::string id{};
    std::optional<Moment> date{};
    std::optional<CurrencyAmount> value{};
};

struct Act { // of acceptance
    std::string id{};
    std::optional<Moment> approved{}, revoked{};
    std::optional<CurrencyAmount> value{};
};

struct Contract {
    std::string id{}, award_id{}, status{};
    std::optional<Moment> signed_at{};
    Period period{};
    std::optional<Moment> warranty_until{}; // extension "warrantyPeriod"; OCDS itself has none
    std::optional<CurrencyAmount> value{};
    std::optional<CurrencyAmount> initial_value{}; // before amendments, when the source keeps it
    std::vector<Amendment> amendments{};
    std::vector<PartyRef> suppliers{}; // when the contract itself names them
    std::vector<Item> items{};
    std::vector<Payment> payments{};
    std::vector<Act> acts{};
    std::string rationale{}; // why without competition
    std::string initial_key{}; // how the source calls initial_value: "initialValue", "x_initialValue"
};

// A row of the annual plan as it stood once. Sums are hundredths in the currency of the budget.
struct PlanVersion {
    std::string id{}, method{};
    std::optional<std::int64_t> price{}, amount{}; // of a unit, of the row
    std::optional<Moment> date{};
};

struct Process {
    std::string ocid{}, release_id{};
    std::optional<Moment> released{};
    std::string title{}, description{}, status{};
    PartyRef buyer{}, procuring_entity{};
    std::string locality{}; // address of the buyer, as text
    std::string method{};         // OCDS code list: open, selective, limited, direct; may be empty
    std::string method_details{}; // the national name of the method
    std::string category{};       // goods, works, services; may be empty
    std::vector<std::string> classifications{}; // of tender items, "ENSTRU:421120.100.000000"
    std::optional<CurrencyAmount> estimate{};   // tender value
    Period tender_period{};
    std::optional<std::int64_t> tenderers{}; // as the source counts them
    std::vector<Lot> lots{};
    std::vector<Bid> bids{};
    std::vector<Award> awards{};
    std::vector<Contract> contracts{};
    std::string content_hash{}; // hex SHA-256 of the release as it stood in the file
    std::vector<Party> parties{};
    std::vector<Item> items{}; // of the tender
    Period enquiry_period{}, award_period{};
    std::optional<Moment> published{}; // the announcement
    std::string rationale{};           // why this method
    std::string financial_year{}, kato{}; // kato: territory of the buyer
    std::string budget_id{};
    std::optional<CurrencyAmount> budget{}; // planned sum
    std::vector<PlanVersion> plan_versions{};
};

// The party of this id; nullptr when the source does not describe it.
const Party* party_of(const Process& process, std::string_view id);

// What the first contract in force says, or the first active award when there is no contract.
struct Deal {
    PartyRef supplier{}; // several suppliers: the first; names joined with "; "
    std::optional<CurrencyAmount> value{};
    std::optional<Moment> signed_at{}, ends{}, warranty_until{};
};
Deal deal_of(const Process& process);

// Indices of awards that are in force (status "active", or no status).
std::vector<std::size_t> active_awards(const Process& process);

// Round trip for storage; the reader refuses what the writer would not have written (throws).
json::object to_json(const Process& process);
Process process_from(const json::value& facts);

} // namespace adal::procurement
