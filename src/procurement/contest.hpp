// procurement/contest.hpp: who answered a call, with what, and who won.
//
// A contest is one call that firms answered: a process, or one lot of a process whose bids name lots. Of a process with
// competition and at least one bid; who bid in a call that was cancelled later met there all the same. Pure;
// thread-safe.
#pragma once

#include "procurement/flag.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace adal::procurement {

inline constexpr double kSamePrice = 0.001; // of the estimate

struct Offer {
    std::uint32_t firm = 0;  // of Contests::firms, of BidGraph::firms()
    std::uint32_t bid = 0;   // /bids/details/<bid>
    std::int64_t amount = 0; // hundredths, in the currency of the market; 0 when not known
    // At the estimate or at a floor that the law may set here: honest bidders meet there, so that
    // equal or close bids say nothing.
    bool known_price = false;
    bool disqualified = false;
    bool won = false;
};

struct Contest {
    std::string ocid{}, lot{}; // lot: empty when the bids name at most one
    std::string buyer{};       // id, else name
    std::uint32_t market = 0, stratum = 0;
    LocalDate day{};           // of the deadline, else of the start, the award or the release
    std::int64_t estimate = 0; // hundredths; 0 when not known
    bool repeat = false;  // same buyer, market, day and bidders as an earlier one: no second proof
    bool awarded = false; // the winner is among the bidders
    std::vector<Offer> offers{}; // by firm, one each: the last valid bid

    [[nodiscard]] const Offer* winner() const; // nullptr: none, or several
    [[nodiscard]] const Offer* of(std::uint32_t firm) const;
};

struct Firm {
    std::string key{}; // id, else folded name; of a joint bid all of them
    std::string name{};
};

struct Contests {
    std::vector<Contest> contests{}; // in the order of the lots' ids; market and stratum are not known here
    std::vector<Firm> firms{};       // in the order of their keys
};
// Empty when why_no_contest() has a reason.
Contests contests_in(const Process& process, const Thresholds& thresholds);

// As a reason for not_applicable(); empty when there is one.
std::string why_no_contest(const Process& process, const Thresholds& thresholds);
// Why no winner was chosen by competition among several: as above, and what was called off, bought from a catalogue,
// not awarded or had one bid.
std::string why_not_decided(const Process& process, const Thresholds& thresholds);

// In what the bids are counted: of the estimate, else of the first bid with a price; may be empty.
std::string bidding_currency(const Process& process);

// "/bids/details/2/value" and the like, with the sum as written.
Evidence bid_evidence(const Process& process, std::uint32_t bid);

} // namespace adal::procurement
