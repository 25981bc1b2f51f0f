// R024: the losers' bids lie close together and the winner's well below them. Method, example and
// sources: README.md in this folder.
#include "procurement/graph_flag.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adal::procurement {

namespace r024 {

constexpr std::size_t kLeastLosers = 3; // with two, their spread says nothing
constexpr double kMostVariation = 0.05; // coefficient of variation of the losers' bids
constexpr double kLeastGap = 1;         // in standard deviations of the losers' bids
constexpr std::size_t kSmallestPopulation = 20;

struct Spread {
    double variation = 0, gap = 0;
    const Offer* winner = nullptr;
    const Offer* second = nullptr;
    std::size_t losers = 0;
};

class CloseLosers final : public GraphFlag {
public:
    using GraphFlag::GraphFlag;

    [[nodiscard]] std::string_view code() const override { return "R024"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

protected:
    void prepare() override
    {
        for (const auto& contest : graph().contests())
            if (const auto spread = spread_of(contest); spread.losers > 0)
                m_variations.push_back(spread.variation);
        if (m_variations.size() < kSmallestPopulation) return;
        std::ranges::sort(m_variations);
        m_threshold = std::min(kMostVariation, m_variations[m_variations.size() / 2] / 2);
    }

    [[nodiscard]] Answer answer(const Process& process,
                                std::span<const Contest> contests) const override
    {
        if (process.status == "cancelled" || process.status == "withdrawn")
            return not_applicable("cancelled");
        const Contest* shown = nullptr;
        Spread spread;
        for (const auto& contest : contests) {
            const Spread one = spread_of(contest);
            if (one.losers == 0 || (shown && !is_close(one))) continue;
            shown = &contest;
            spread = one;
            if (is_close(one)) break;
        }
        if (!shown) return not_applicable("bids_few");
        if (m_variations.size() < kSmallestPopulation) return not_applicable("population_small");
        return of_spread(process, spread);
    }

private:
    [[nodiscard]] bool is_close(const Spread& spread) const
    {
        return spread.variation <= m_threshold && spread.gap > kLeastGap;
    }

    // losers 0: not enough bids with sums of their own.
    static Spread spread_of(const Contest& contest)
    {
        Spread spread;
        spread.winner = contest.winner();
        if (!spread.winner || spread.winner->amount <= 0) return {};
        if (spread.winner->known_price) return {};
        std::vector<double> losers;
        for (const auto& offer : contest.offers) {
            if (&offer == spread.winner || offer.disqualified || offer.amount <= 0) continue;
            if (offer.known_price) continue;
            if (offer.amount <= spread.winner->amount) return {};
            losers.push_back(static_cast<double>(offer.amount));
            if (!spread.second || offer.amount < spread.second->amount) spread.second = &offer;
        }
        if (losers.size() < kLeastLosers) return {};
        const double mean =
            std::accumulate(losers.begin(), losers.end(), 0.0) / static_cast<double>(losers.size());
        double squares = 0;
        for (const double bid : losers)
            squares += (bid - mean) * (bid - mean);
        const double deviation = std::sqrt(squares / static_cast<double>(losers.size() - 1));
        if (deviation <= 0) return {}; // identical: R028
        spread.losers = losers.size();
        spread.variation = deviation / mean;
        spread.gap = static_cast<double>(spread.second->amount - spread.winner->amount) / deviation;
        return spread;
    }

    [[nodiscard]] Answer of_spread(const Process& process, const Spread& spread) const
    {
        Answer answer;
        answer.outcome = is_close(spread) ? Outcome::fail : Outcome::pass;
        answer.sentence = "close";
        answer.value = spread.variation;
        answer.threshold = m_threshold;
        answer.population = static_cast<std::int64_t>(m_variations.size());
        answer.facts = {{"variation", Share{spread.variation}},
                        {"threshold", Share{m_threshold}},
                        {"gap", spread.gap},
                        {"losers", static_cast<std::int64_t>(spread.losers)},
                        {"population", answer.population}};
        answer.evidence = {bid_evidence(process, spread.winner->bid),
                           bid_evidence(process, spread.second->bid)};
        return answer;
    }

    std::vector<double> m_variations;
    double m_threshold = 0; // half the median of the set, but at most kMostVariation
};

} // namespace r024

std::unique_ptr<Flag> make_R024(const Thresholds& thresholds)
{
    return std::make_unique<r024::CloseLosers>(thresholds);
}

} // namespace adal::procurement
