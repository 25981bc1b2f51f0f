// R053: two firms keep bidding together and the same one always wins. Method, example and sources:
// README.md in this folder.
#include "procurement/graph_flag.hpp"
#include "procurement/ring.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace adal::procurement {

namespace r053 {

constexpr int kLeastJoint = 5;             // contests of the pair, all won by the same firm
constexpr std::size_t kLeastContests = 30; // of a market
constexpr int kPermutations = 999;
constexpr double kMostP = 0.001; // that chance lets them meet so often
constexpr double kFalseDiscoveries = 0.05;
constexpr double kMostLuck = 0.01; // that the winner wins so often as everywhere else
constexpr std::size_t kElsewhere = 5;

struct Pair {
    std::uint32_t market = 0, winner = 0, loser = 0;
    Meetings meetings{};
    double luck = 1;
    std::vector<std::uint32_t> contests{}; // awarded, of both, without repeats
};

class ConstantWinner final : public GraphFlag {
public:
    using GraphFlag::GraphFlag;

    [[nodiscard]] std::string_view code() const override { return "R053"; }

protected:
    void prepare() override
    {
        std::vector<Pair> candidates;
        for (std::uint32_t m = 0; m < graph().markets().size(); ++m)
            if (graph().markets()[m].contests.size() >= kLeastContests) collect(m, candidates);
        std::vector<double> p;
        for (const auto& pair : candidates)
            p.push_back(pair.meetings.p);
        const double limit =
            std::min(kMostP, discovery_limit(p, candidates.size(), kFalseDiscoveries));
        for (auto& pair : candidates)
            if (pair.meetings.p <= limit && pair.luck < kMostLuck)
                m_pairs.push_back(std::move(pair));
        for (std::size_t i = 0; i < m_pairs.size(); ++i)
            for (const auto c : m_pairs[i].contests)
                m_pair_of.emplace(c, i);
    }

    [[nodiscard]] Answer answer(const Process& process,
                                std::span<const Contest> contests) const override
    {
        if (std::ranges::all_of(contests, [](const Contest& c) { return c.offers.size() < 2; }))
            return not_applicable("one_bidder");
        const auto population = graph().markets()[contests.front().market].contests.size();
        if (population < kLeastContests) return not_applicable("population_small");
        for (const auto& contest : contests) {
            const auto at = m_pair_of.find(static_cast<std::uint32_t>(graph().number_of(contest)));
            if (at != m_pair_of.end()) return of_pair(process, contest, m_pairs[at->second]);
        }
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.threshold = kLeastJoint;
        answer.population = static_cast<std::int64_t>(population);
        return answer;
    }

private:
    // Pairs of a market of which one wins every contest of both, at least kLeastJoint times.
    void collect(std::uint32_t market, std::vector<Pair>& candidates) const
    {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> joint;
        for (const auto c : graph().markets()[market].contests) {
            const auto& offers = graph().contests()[c].offers;
            if (!graph().contests()[c].winner()) continue;
            for (std::size_t i = 0; i < offers.size(); ++i)
                for (std::size_t j = i + 1; j < offers.size(); ++j)
                    joint[{offers[i].firm, offers[j].firm}].push_back(c);
        }
        std::vector<Pair> found;
        std::vector<FirmPair> asked;
        for (auto& [firms, contests] : joint) {
            if (contests.size() < kLeastJoint) continue;
            const std::uint32_t winner = graph().contests()[contests.front()].winner()->firm;
            if (winner != firms.first && winner != firms.second) continue;
            if (!std::ranges::all_of(contests, [&](std::uint32_t c) {
                    return graph().contests()[c].winner()->firm == winner;
                }))
                continue;
            Pair pair{.market = market,
                      .winner = winner,
                      .loser = winner == firms.first ? firms.second : firms.first};
            pair.luck = luck_of(market, winner, contests);
            pair.contests = std::move(contests);
            found.push_back(std::move(pair));
            asked.push_back({firms.first, firms.second});
        }
        if (found.empty()) return;
        const auto met = meetings(graph(), market, asked, kPermutations);
        for (std::size_t i = 0; i < found.size(); ++i) {
            found[i].meetings = met[i];
            candidates.push_back(std::move(found[i]));
        }
    }

    // The chance to win all of these, with the rate at which the firm wins its other contests of
    // the market, drawn towards an even chance by two imagined contests.
    [[nodiscard]] double luck_of(std::uint32_t market, std::uint32_t winner,
                                 const std::vector<std::uint32_t>& contests) const
    {
        double even = 0;
        for (const auto c : contests)
            even += 1.0 / static_cast<double>(graph().contests()[c].offers.size());
        even /= static_cast<double>(contests.size());
        double bids = 2, wins = 2 * even;
        for (const auto c : graph().markets()[market].contests) {
            const Contest& contest = graph().contests()[c];
            if (contest.offers.size() < 2 || !contest.winner() || !contest.of(winner)) continue;
            if (std::ranges::binary_search(contests, c)) continue;
            bids += 1;
            wins += contest.winner()->firm == winner;
        }
        return std::pow(wins / bids, static_cast<double>(contests.size()));
    }

    [[nodiscard]] Answer of_pair(const Process& process, const Contest& contest,
                                 const Pair& pair) const
    {
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "pair";
        answer.value = static_cast<double>(pair.contests.size());
        answer.threshold = kLeastJoint;
        answer.population =
            static_cast<std::int64_t>(graph().markets()[pair.market].contests.size());
        answer.facts = {{"winner", graph().firms()[pair.winner].name},
                        {"loser", graph().firms()[pair.loser].name},
                        {"count", static_cast<std::int64_t>(pair.contests.size())},
                        {"expected", std::ceil(pair.meetings.expected * 10) / 10},
                        {"p", pair.meetings.p},
                        {"luck", pair.luck},
                        {"population", answer.population}};
        answer.evidence = {bidder_evidence(process, contest.of(pair.winner)->bid),
                           bidder_evidence(process, contest.of(pair.loser)->bid)};
        std::size_t named = 0;
        for (const auto c : pair.contests) {
            const Contest& other = graph().contests()[c];
            if (other.ocid == contest.ocid || named == kElsewhere) continue;
            answer.evidence.push_back(elsewhere(other, *other.of(pair.loser)));
            ++named;
        }
        return answer;
    }

    std::vector<Pair> m_pairs;
    std::map<std::uint32_t, std::size_t> m_pair_of; // by contest
};

} // namespace r053

std::unique_ptr<Flag> make_R053(const Thresholds& thresholds)
{
    return std::make_unique<r053::ConstantWinner>(thresholds);
}

} // namespace adal::procurement
