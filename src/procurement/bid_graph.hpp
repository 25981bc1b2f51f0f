// procurement/bid_graph.hpp: who bid against whom, in which market.
//
// A contest is one call that firms answered: a process, or one lot of a process whose bids name
// lots. Firms are the nodes, contests the meetings. A market is what was bought (the first nine
// digits of the ENSTRU code, else the whole classification, else the category) in one currency. A
// stratum is the part of a market in which bidders could have met anyway: one year and locality, or
// the whole year, or the whole market where those hold fewer than kLeastStratum contests. Network
// flags compare meetings with what chance gives inside a stratum.
//
// add() every process in any order, settle() once, then read. Numbers of firms, markets and
// contests follow from the texts alone, so nothing depends on the order of rows. Reading is
// thread-safe.
#pragma once

#include "procurement/flag.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

inline constexpr std::size_t kLeastStratum = 20; // contests
inline constexpr double kSamePrice = 0.001;      // of the estimate

struct Offer {
    std::uint32_t firm = 0;  // of BidGraph::firms()
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

struct Market {
    std::string key{};
    std::uint32_t strata = 0;
    std::vector<std::uint32_t> contests{}; // without repeats
};

class BidGraph {
public:
    explicit BidGraph(const Thresholds& thresholds) : m_thresholds(&thresholds) {}

    // Takes processes with competition and at least one bid; the others have no meeting to look at.
    // Who bid in a call that was cancelled later met there all the same.
    void add(const Process& process);
    void settle();

    // Why a process has no contest here, as a reason for not_applicable(); empty when it has one.
    [[nodiscard]] std::string why_not(const Process& process) const;

    [[nodiscard]] const std::vector<Contest>& contests() const { return m_contests; }
    [[nodiscard]] std::span<const Contest> contests_of(std::string_view ocid) const;
    [[nodiscard]] const std::vector<Firm>& firms() const { return m_firms; }
    [[nodiscard]] const std::vector<Market>& markets() const { return m_markets; }
    [[nodiscard]] std::size_t number_of(const Contest& contest) const
    {
        return static_cast<std::size_t>(&contest - m_contests.data());
    }

private:
    void number_firms();
    void number_markets();
    void number_strata(Market& market);
    void mark_repeats();

    const Thresholds* m_thresholds;
    std::vector<Contest> m_contests;
    std::vector<std::string> m_market_of, m_place_of; // as m_contests, while adding
    std::vector<Firm> m_firms;
    std::map<std::string, std::uint32_t> m_firm_numbers;
    std::vector<Market> m_markets;
};

// The market of a process: "421120.100|KZT", "works|KZT".
std::string market_key(const Process& process);

// "/bids/details/2/value" and the like, with the sum as written.
Evidence bid_evidence(const Process& process, std::uint32_t bid);

// Names of firms joined with "; ", in alphabetical order.
std::string names_of(const BidGraph& graph, std::span<const std::uint32_t> firms);

} // namespace adal::procurement
