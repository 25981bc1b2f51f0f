// R023: the loser's sum is a fixed multiple of the winner's, again and again, or in every line.
// Method, example and sources: README.md in this folder.
#include "procurement/graph_flag.hpp"
#include "procurement/ring.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace adal::procurement {

namespace r023 {

constexpr double kSame = 0.002; // ratios in a window of this width (± 0.1 %) are one multiple
constexpr double kNeighbourhood = 0.05; // window in which chance is measured
constexpr std::size_t kLeastTimes = 3;
constexpr std::size_t kLeastLines = 3;
constexpr std::size_t kSmallestPopulation = 20; // ratios of other pairs in the market
constexpr double kFalseDiscoveries = 0.05, kMostP = 0.001;

struct Point {
    double log_ratio = 0;
    std::uint32_t contest = 0;
};

struct Multiple {
    std::uint32_t winner = 0, loser = 0;
    double ratio = 1, p = 1;
    std::size_t compared = 0;
    std::vector<std::uint32_t> contests{};
};

class FixedMultiple final : public GraphFlag {
public:
    using GraphFlag::GraphFlag;

    [[nodiscard]] std::string_view code() const override { return "R023"; }

protected:
    void prepare() override
    {
        std::vector<Multiple> found;
        std::size_t tests = 0;
        for (const auto& market : graph().markets())
            search(market, found, tests);
        std::vector<double> p;
        for (const auto& one : found)
            p.push_back(one.p);
        const double limit = std::min(kMostP, discovery_limit(p, tests, kFalseDiscoveries));
        for (auto& one : found)
            if (one.p <= limit) m_multiples.push_back(std::move(one));
        for (std::size_t i = 0; i < m_multiples.size(); ++i)
            for (const auto c : m_multiples[i].contests)
                m_multiple_of.emplace(c, i);
    }

    [[nodiscard]] Answer answer(const Process& process,
                                std::span<const Contest> contests) const override
    {
        for (const auto& contest : contests) {
            const auto at =
                m_multiple_of.find(static_cast<std::uint32_t>(graph().number_of(contest)));
            if (at != m_multiple_of.end())
                return of_multiple(process, contest, m_multiples[at->second]);
        }
        for (const auto& contest : contests)
            if (auto lines = of_lines(process, contest)) return std::move(*lines);
        if (std::ranges::none_of(contests, [](const Contest& contest) {
                return std::ranges::count_if(contest.offers,
                                             [](const Offer& o) { return o.amount > 0; }) > 1;
            }))
            return not_applicable("one_bidder");
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.threshold = kLeastTimes;
        return answer;
    }

private:
    using Pairs = std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Point>>;

    // Ratios of losers to winners where neither price is one that everybody knows.
    [[nodiscard]] Pairs ratios_of(const Market& market) const
    {
        Pairs pairs;
        for (const auto c : market.contests) {
            const Contest& contest = graph().contests()[c];
            const Offer* winner = contest.winner();
            if (!winner || winner->amount <= 0 || winner->known_price) continue;
            for (const auto& offer : contest.offers) {
                if (offer.amount <= 0 || offer.known_price || offer.firm == winner->firm) continue;
                const double ratio = std::log(static_cast<double>(offer.amount) /
                                              static_cast<double>(winner->amount));
                if (std::abs(ratio) > kSame) // equal sums: R028
                    pairs[{winner->firm, offer.firm}].push_back({ratio, c});
            }
        }
        return pairs;
    }

    void search(const Market& market, std::vector<Multiple>& found, std::size_t& tests) const
    {
        const Pairs pairs = ratios_of(market);
        std::vector<double> all;
        for (const auto& [firms, points] : pairs)
            for (const auto& point : points)
                all.push_back(point.log_ratio);
        std::ranges::sort(all);
        for (const auto& [firms, points] : pairs) {
            if (points.size() < kLeastTimes) continue;
            if (all.size() < points.size() + kSmallestPopulation) continue;
            ++tests;
            if (auto one = densest(points, all); one.contests.size() >= kLeastTimes) {
                one.winner = firms.first;
                one.loser = firms.second;
                found.push_back(std::move(one));
            }
        }
    }

    // The window of width kSame with the most ratios of the pair, and the chance of so many: any of
    // them starts the window, the others fall into it with the density of the market around it.
    [[nodiscard]] static Multiple densest(std::vector<Point> points, const std::vector<double>& all)
    {
        std::ranges::sort(points, [](const Point& a, const Point& b) {
            return std::pair{a.log_ratio, a.contest} < std::pair{b.log_ratio, b.contest};
        });
        std::size_t from = 0, best_from = 0, best = 0;
        for (std::size_t to = 0; to < points.size(); ++to) {
            while (points[to].log_ratio - points[from].log_ratio > kSame)
                ++from;
            if (to - from + 1 > best) best = to - from + 1, best_from = from;
        }
        Multiple out{.compared = points.size()};
        if (best < kLeastTimes) return out;
        const double centre = points[best_from + best / 2].log_ratio;
        const auto around = [centre](double ratio) {
            return std::abs(ratio - centre) <= kNeighbourhood / 2;
        };
        const auto near = static_cast<double>(std::ranges::count_if(all, around));
        const double density = (near + 1) / static_cast<double>(all.size() + 1);
        const double hit = std::min(1.0, density * kSame / kNeighbourhood);
        const auto n = static_cast<double>(points.size()), k = static_cast<double>(best);
        const double ways = std::lgamma(n) - std::lgamma(k) - std::lgamma(n - k + 1);
        out.p = std::min(1.0, n * std::exp(ways + (k - 1) * std::log(hit)));
        out.ratio = std::exp(centre);
        for (std::size_t i = best_from; i < best_from + best; ++i)
            out.contests.push_back(points[i].contest);
        return out;
    }

    [[nodiscard]] Answer of_multiple(const Process& process, const Contest& contest,
                                     const Multiple& one) const
    {
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "again";
        answer.value = static_cast<double>(one.contests.size());
        answer.threshold = kLeastTimes;
        answer.population = static_cast<std::int64_t>(one.compared);
        answer.facts = {{"winner", graph().firms()[one.winner].name},
                        {"loser", graph().firms()[one.loser].name},
                        {"share", Share{one.ratio}},
                        {"count", static_cast<std::int64_t>(one.contests.size())},
                        {"compared", static_cast<std::int64_t>(one.compared)},
                        {"p", one.p}};
        answer.evidence = {bid_evidence(process, contest.of(one.winner)->bid),
                           bid_evidence(process, contest.of(one.loser)->bid)};
        for (const auto c : one.contests) {
            const Contest& other = graph().contests()[c];
            if (other.ocid != contest.ocid)
                answer.evidence.push_back(elsewhere(other, *other.of(one.loser)));
        }
        return answer;
    }

    // The price of a unit in each line of a bid, by the item it is for.
    static std::map<std::string, double> lines_of(const std::vector<Item>& items)
    {
        std::map<std::string, double> lines;
        for (const auto& item : items)
            if (item.unit_value && item.unit_value->hundredths > 0 && !item.id.empty())
                lines[item.id] = static_cast<double>(item.unit_value->hundredths);
        return lines;
    }

    // The one multiple of all lines of `b` over those of `a`; nothing when there is none.
    static std::optional<double> multiple_of(const std::map<std::string, double>& a,
                                             const std::map<std::string, double>& b)
    {
        double low = 0, high = 0;
        std::size_t lines = 0;
        for (const auto& [id, price] : a) {
            const auto other = b.find(id);
            if (other == b.end()) continue;
            const double ratio = std::log(other->second / price);
            low = lines == 0 ? ratio : std::min(low, ratio);
            high = lines == 0 ? ratio : std::max(high, ratio);
            ++lines;
        }
        if (lines < kLeastLines || high - low > kSame) return std::nullopt;
        return std::exp((low + high) / 2);
    }

    // Two bids whose lines all differ by one multiple, unless both only scale the plan's prices.
    [[nodiscard]] static std::optional<Answer> of_lines(const Process& process,
                                                        const Contest& contest)
    {
        const auto planned = lines_of(process.items);
        for (std::size_t i = 0; i < contest.offers.size(); ++i)
            for (std::size_t j = i + 1; j < contest.offers.size(); ++j) {
                const auto a = lines_of(process.bids[contest.offers[i].bid].items);
                const auto b = lines_of(process.bids[contest.offers[j].bid].items);
                const auto multiple = multiple_of(a, b);
                if (!multiple || multiple_of(planned, a)) continue;
                Answer answer;
                answer.outcome = Outcome::fail;
                answer.sentence = "lines";
                answer.value = static_cast<double>(std::min(a.size(), b.size()));
                answer.threshold = kLeastLines;
                answer.facts = {{"lines", static_cast<std::int64_t>(std::min(a.size(), b.size()))},
                                {"share", Share{*multiple}}};
                for (const auto bid : {contest.offers[i].bid, contest.offers[j].bid}) {
                    answer.evidence.push_back(bid_evidence(process, bid));
                    answer.evidence.push_back(bidder_evidence(process, bid));
                }
                return answer;
            }
        return std::nullopt;
    }

    std::vector<Multiple> m_multiples;
    std::map<std::uint32_t, std::size_t> m_multiple_of; // by contest
};

} // namespace r023

std::unique_ptr<Flag> make_R023(const Thresholds& thresholds)
{
    return std::make_unique<r023::FixedMultiple>(thresholds);
}

} // namespace adal::procurement
