// procurement/bid_graph.hpp: who bid against whom, in which market.
//
// Firms are the nodes, contests (contest.hpp) the meetings. A market is what was bought (the first nine
// digits of the ENSTRU code, else the whole classification, else the category) in one currency. A
// stratum is the part of a market in which bidders could have met anyway: one year and locality, or
// the whole year, or the whole market where those hold fewer than kLeastStratum contests. Network
// flags compare meetings with what chance gives inside a stratum.
//
// add() every process in any order, settle() once, then read. Numbers of firms, markets and
// contests follow from the texts alone, so nothing depends on the order of rows. Reading is
// thread-safe.
#pragma once

#include "procurement/contest.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adal::procurement {

inline constexpr std::size_t kLeastStratum = 20; // contests

struct Market {
    std::string key{};
    std::uint32_t strata = 0;
    std::vector<std::uint32_t> contests{}; // without repeats
};

class BidGraph {
public:
    explicit BidGraph(const Thresholds& thresholds) : m_thresholds(&thresholds) {}

    // Processes without a contest have no meeting to look at.
    void add(const Process& process);
    void settle();

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

// Names of firms joined with "; ", in alphabetical order.
std::string names_of(const BidGraph& graph, std::span<const std::uint32_t> firms);

} // namespace adal::procurement
