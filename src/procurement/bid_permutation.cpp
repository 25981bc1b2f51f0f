#include "procurement/bid_permutation.hpp"

#include <algorithm>
#include <map>

namespace adal::procurement {

Dice::Dice(std::string_view seed) : m_state(14695981039346656037ULL)
{
    for (const char c : seed) { // FNV-1a
        m_state ^= static_cast<unsigned char>(c);
        m_state *= 1099511628211ULL;
    }
    if (m_state == 0) m_state = 1;
}

std::uint64_t Dice::next()
{
    m_state ^= m_state >> 12;
    m_state ^= m_state << 25;
    m_state ^= m_state >> 27;
    return m_state * 2685821657736338717ULL;
}

std::uint32_t Dice::below(std::uint32_t limit)
{
    return static_cast<std::uint32_t>(((next() >> 32) * limit) >> 32);
}

BidTable::BidTable(const BidGraph& graph, const Market& market) : m_dice(market.key)
{
    for (const auto c : market.contests)
        for (const auto& offer : graph.contests()[c].offers)
            m_firms.push_back(offer.firm);
    std::ranges::sort(m_firms);
    m_firms.erase(std::unique(m_firms.begin(), m_firms.end()), m_firms.end());

    std::vector<double> bids(market.strata, 0);
    m_shares.assign(market.strata * m_firms.size(), 0);
    std::vector<std::map<std::uint32_t, double>> sizes(market.strata);
    std::vector<std::vector<Slot>> slots(market.strata);
    for (std::uint32_t i = 0; i < market.contests.size(); ++i) {
        const Contest& contest = graph.contests()[market.contests[i]];
        auto& bidders = m_contests.emplace_back();
        for (const auto& offer : contest.offers) {
            slots[contest.stratum].push_back({i, static_cast<std::uint32_t>(bidders.size())});
            bidders.push_back(local(offer.firm));
            m_shares[contest.stratum * m_firms.size() + bidders.back()] += 1;
            bids[contest.stratum] += 1;
        }
        if (bidders.size() > 1)
            ++sizes[contest.stratum][static_cast<std::uint32_t>(bidders.size())];
    }
    for (std::uint32_t s = 0; s < market.strata; ++s) {
        for (std::size_t f = 0; f < m_firms.size(); ++f)
            m_shares[s * m_firms.size() + f] /= bids[s];
        auto& list = m_sizes.emplace_back();
        for (const auto& [bidders, count] : sizes[s])
            list.push_back({bidders, count});
        m_first.push_back(static_cast<std::uint32_t>(m_slots.size()));
        m_slots.insert(m_slots.end(), slots[s].begin(), slots[s].end());
        m_slot_stratum.resize(m_slots.size(), s);
    }
    m_first.push_back(static_cast<std::uint32_t>(m_slots.size()));
}

std::uint32_t BidTable::local(std::uint32_t firm) const
{
    return static_cast<std::uint32_t>(std::ranges::lower_bound(m_firms, firm) - m_firms.begin());
}

void BidTable::shuffle()
{
    // Far from the start once, then far enough from the last one.
    swap_some(m_slots.size() * (m_fresh ? 12 : 4));
    m_fresh = false;
}

void BidTable::swap_some(std::size_t attempts)
{
    const auto bids_in = [](const std::vector<std::uint32_t>& contest, std::uint32_t firm) {
        return std::find(contest.begin(), contest.end(), firm) != contest.end();
    };
    for (std::size_t i = 0; i < attempts; ++i) {
        const std::uint32_t a = m_dice.below(static_cast<std::uint32_t>(m_slots.size()));
        const std::uint32_t stratum = m_slot_stratum[a];
        const std::uint32_t b =
            m_first[stratum] + m_dice.below(m_first[stratum + 1] - m_first[stratum]);
        auto& from = m_contests[m_slots[a].contest];
        auto& into = m_contests[m_slots[b].contest];
        if (&from == &into) continue;
        std::uint32_t& one = from[m_slots[a].place];
        std::uint32_t& other = into[m_slots[b].place];
        if (one == other || bids_in(from, other) || bids_in(into, one)) continue;
        std::swap(one, other);
    }
}

} // namespace adal::procurement
