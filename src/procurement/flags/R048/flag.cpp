// R048: a bidder that never wins, or a winner that sells everything. Method, example and sources:
// README.md in this folder.
#include "procurement/graph_flag.hpp"
#include "procurement/ring.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace adal::procurement {

namespace r048 {

constexpr int kLeastLost = 8;
constexpr double kFalseDiscoveries = 0.05, kMostP = 0.01;
constexpr std::size_t kLeastContracts = 10;
constexpr std::size_t kSmallestPopulation = 20; // firms with so many contracts
constexpr std::size_t kLeastDivisions = 4;      // fewer kinds are no surprise, whatever the set

struct Record {
    int bids = 0, wins = 0;
    double log_luck = 0; // ln of the chance to lose all, if each bidder had an even chance
    std::set<std::string> divisions{}; // of what it won
    [[nodiscard]] double p() const { return wins == 0 ? std::exp(log_luck) : 1; }
};

class OddBidder final : public GraphFlag {
public:
    using GraphFlag::GraphFlag;

    [[nodiscard]] std::string_view code() const override { return "R048"; }

protected:
    void prepare() override
    {
        m_records.assign(graph().firms().size(), {});
        for (const auto& contest : graph().contests())
            if (contest.awarded && !contest.repeat) record(contest);

        std::vector<double> p, kinds;
        for (const auto& firm : m_records) {
            if (firm.bids >= kLeastLost) p.push_back(firm.p());
            if (firm.wins >= static_cast<int>(kLeastContracts))
                kinds.push_back(static_cast<double>(firm.divisions.size()));
        }
        m_tests = p.size();
        m_limit = std::min(kMostP, discovery_limit(p, m_tests, kFalseDiscoveries));
        m_winners = kinds.size();
        if (m_winners < kSmallestPopulation) return;
        std::ranges::sort(kinds);
        const double low = kinds[(kinds.size() - 1) / 4], high = kinds[(kinds.size() - 1) * 3 / 4];
        m_most_kinds = std::max(static_cast<double>(kLeastDivisions), high + 1.5 * (high - low));
    }

    [[nodiscard]] Answer answer(const Process& process,
                                std::span<const Contest> contests) const override
    {
        if (process.status == "cancelled" || process.status == "withdrawn")
            return not_applicable("cancelled");
        for (const auto& contest : contests)
            if (const Offer* winner = contest.winner())
                if (sells_everything(m_records[winner->firm])) return of_winner(process, *winner);
        for (const auto& contest : contests) {
            if (!contest.awarded) continue;
            for (const auto& offer : contest.offers)
                if (never_wins(m_records[offer.firm])) return of_loser(process, offer);
        }
        if (std::ranges::none_of(contests, &Contest::awarded)) return not_applicable("not_awarded");
        if (m_tests == 0 && m_winners < kSmallestPopulation)
            return not_applicable("population_small");
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.population = static_cast<std::int64_t>(m_tests);
        return answer;
    }

private:
    void record(const Contest& contest)
    {
        const std::string& market = graph().markets()[contest.market].key;
        const auto rivals = static_cast<double>(contest.offers.size());
        for (const auto& offer : contest.offers) {
            Record& firm = m_records[offer.firm];
            if (offer.won) {
                ++firm.wins;
                firm.divisions.insert(market.substr(0, 2)); // of ENSTRU
            }
            if (rivals < 2) continue;
            ++firm.bids;
            firm.log_luck += std::log1p(-1 / rivals);
        }
    }

    [[nodiscard]] bool never_wins(const Record& firm) const
    {
        return firm.bids >= kLeastLost && firm.wins == 0 && firm.p() <= m_limit;
    }

    [[nodiscard]] bool sells_everything(const Record& firm) const
    {
        return m_winners >= kSmallestPopulation && firm.wins >= static_cast<int>(kLeastContracts) &&
               static_cast<double>(firm.divisions.size()) > m_most_kinds;
    }

    [[nodiscard]] Answer of_loser(const Process& process, const Offer& offer) const
    {
        const Record& firm = m_records[offer.firm];
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "never";
        answer.value = firm.bids;
        answer.threshold = kLeastLost;
        answer.population = static_cast<std::int64_t>(m_tests);
        answer.facts = {{"firm", graph().firms()[offer.firm].name},
                        {"count", std::int64_t{firm.bids}},
                        {"p", firm.p()}};
        answer.evidence = {bidder_evidence(process, offer.bid)};
        add_elsewhere(answer, process.ocid, offer.firm);
        return answer;
    }

    [[nodiscard]] Answer of_winner(const Process& process, const Offer& offer) const
    {
        const Record& firm = m_records[offer.firm];
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "kinds";
        answer.value = static_cast<double>(firm.divisions.size());
        answer.threshold = m_most_kinds;
        answer.population = static_cast<std::int64_t>(m_winners);
        answer.facts = {{"firm", graph().firms()[offer.firm].name},
                        {"count", std::int64_t{firm.wins}},
                        {"kinds", static_cast<std::int64_t>(firm.divisions.size())},
                        {"threshold", m_most_kinds},
                        {"population", answer.population}};
        answer.evidence = {bidder_evidence(process, offer.bid)};
        add_elsewhere(answer, process.ocid, offer.firm);
        return answer;
    }

    void add_elsewhere(Answer& answer, const std::string& ocid, std::uint32_t firm) const
    {
        std::size_t named = 0;
        for (const auto& contest : graph().contests()) {
            const Offer* offer = contest.of(firm);
            if (!offer || contest.ocid == ocid || !contest.awarded || contest.repeat) continue;
            answer.evidence.push_back(elsewhere(contest, *offer));
            if (++named == kLeastLost) return;
        }
    }

    std::vector<Record> m_records; // by firm
    std::size_t m_tests = 0, m_winners = 0;
    double m_limit = 0, m_most_kinds = 0;
};

} // namespace r048

std::unique_ptr<Flag> make_R048(const Thresholds& thresholds)
{
    return std::make_unique<r048::OddBidder>(thresholds);
}

} // namespace adal::procurement
