// procurement/bid_permutation.hpp: a market as two margins, and markets that chance could have made
// of them.
//
// Firms and contests have local numbers. shuffle() exchanges bidders between contests of one
// stratum at random (a Markov chain over swaps), which keeps every firm's number of bids and every
// contest's number of bidders. Seeded by the key of the market. Not thread-safe.
#pragma once

#include "procurement/bid_graph.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace adal::procurement {

// xorshift64*: small, fast, the same on every machine.
class Dice {
public:
    explicit Dice(std::string_view seed);
    std::uint64_t next();
    std::uint32_t below(std::uint32_t limit); // limit > 0

private:
    std::uint64_t m_state;
};

class BidTable {
public:
    BidTable(const BidGraph& graph, const Market& market);

    [[nodiscard]] std::size_t firm_count() const { return m_firms.size(); }
    [[nodiscard]] std::uint32_t firm(std::uint32_t local) const { return m_firms[local]; }
    [[nodiscard]] std::uint32_t local(std::uint32_t firm) const; // must be of this market
    [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& contests() const
    {
        return m_contests;
    }
    // Share of a firm in the bids of a stratum.
    [[nodiscard]] double share(std::uint32_t stratum, std::uint32_t local) const
    {
        return m_shares[stratum * m_firms.size() + local];
    }
    struct Size {
        std::uint32_t bidders = 0;
        double contests = 0;
    };
    // Contests of a stratum by number of bidders (two and more).
    [[nodiscard]] const std::vector<Size>& sizes(std::uint32_t stratum) const
    {
        return m_sizes[stratum];
    }
    [[nodiscard]] std::uint32_t strata() const
    {
        return static_cast<std::uint32_t>(m_sizes.size());
    }

    void shuffle();

private:
    struct Slot {
        std::uint32_t contest = 0, place = 0;
    };
    void swap_some(std::size_t attempts);

    std::vector<std::uint32_t> m_firms;
    std::vector<std::vector<std::uint32_t>> m_contests;
    std::vector<double> m_shares;
    std::vector<std::vector<Size>> m_sizes;
    std::vector<Slot> m_slots;                 // by stratum
    std::vector<std::uint32_t> m_slot_stratum; // as m_slots
    std::vector<std::uint32_t> m_first;        // of each stratum in m_slots, and the end
    Dice m_dice;
    bool m_fresh = true;
};

} // namespace adal::procurement
