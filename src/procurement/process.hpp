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

struct Lot {
    std::string id{}, title{}, status{};
    std::optional<CurrencyAmount> value{};
};

struct Bid {
    std::string id{}, status{};
    std::optional<Moment> date{};
    std::vector<PartyRef> tenderers{};
    std::optional<CurrencyAmount> value{};
    std::vector<std::string> lots{};
};

struct Award {
    std::string id{}, status{};
    std::optional<Moment> date{};
    std::vector<PartyRef> suppliers{};
    std::optional<CurrencyAmount> value{};
    std::vector<std::string> lots{};
};

struct Amendment {
    std::optional<Moment> date{};
    std::string description{};
};

struct Contract {
    std::string id{}, award_id{}, status{};
    std::optional<Moment> signed_at{};
    Period period{};
    std::optional<Moment> warranty_until{}; // extension "warrantyPeriod"; OCDS itself has none
    std::optional<CurrencyAmount> value{};
    std::optional<CurrencyAmount> initial_value{}; // before amendments, when the source keeps it
    std::vector<Amendment> amendments{};
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
};

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
