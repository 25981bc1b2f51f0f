#include "procurement/ring.hpp"

#include "procurement/bid_permutation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>
#include <unordered_map>

namespace adal::procurement {

namespace {

constexpr std::size_t kFewestMembers = 3, kMostMembers = 8; // members
constexpr std::size_t kMostOutsiders = 1;
constexpr int kLeastSeed = 3;        // meetings of three firms worth a look
constexpr double kChanceShare = 0.1; // of contests said to be of a ring
constexpr int kHopeless = 10;        // permutations that show more: no need to go on

// ln of the number of sets of `size` firms among `firms`.
double log_choices(std::size_t firms, std::size_t size)
{
    const auto n = static_cast<double>(firms), k = static_cast<double>(size);
    return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

using RingMembers = std::vector<std::uint32_t>; // local numbers, ascending
// By number of members present, then of outsiders.
using Counts = std::array<std::array<double, kMostOutsiders + 1>, kMostMembers + 1>;

struct RingCandidate {
    RingMembers members{};
    Counts cells{}; // 1: contests with so many members and outsiders count
    int count = 0;
    double expected = 0, score = 0;

    [[nodiscard]] bool has(std::size_t present, std::size_t outsiders) const
    {
        return present <= kMostMembers && outsiders <= kMostOutsiders &&
               cells[present][outsiders] > 0;
    }
};

class RingSearch {
public:
    RingSearch(const BidTable& table, int least_joint)
        : m_table(table), m_least_joint(least_joint), m_taken(table.contests().size(), false),
          m_seen(table.contests().size(), 0), m_contests_of(table.firm_count())
    {
    }

    // The best set of the market as the table stands now; score 0 when there is none.
    RingCandidate best()
    {
        list_contests();
        RingCandidate best;
        std::set<RingMembers> tried;
        for (const auto& seed : seeds())
            for (const auto& start : {grown(seed), seed}) {
                if (!tried.insert(start).second) continue;
                auto candidate = climb(start, tried);
                const bool better = candidate.score > best.score ||
                                    (candidate.score == best.score && candidate.score > 0 &&
                                     candidate.members < best.members);
                if (better) best = std::move(candidate);
            }
        return best;
    }

    // A ring once found also bids without a member or beside an outsider: takes in the kinds of
    // contests of which chance explains at most kChanceShare.
    void widen(RingCandidate& ring)
    {
        const Counts counts = observed(ring.members);
        const Counts chances = expected(ring.members);
        for (std::size_t present = kFewestMembers; present <= ring.members.size(); ++present)
            for (std::size_t outsiders = 0; outsiders <= kMostOutsiders; ++outsiders) {
                const double count = counts[present][outsiders];
                const double chance = chances[present][outsiders];
                if (ring.has(present, outsiders) || count == 0 || chance > kChanceShare * count)
                    continue;
                ring.cells[present][outsiders] = 1;
                ring.count += static_cast<int>(count);
                ring.expected += chance;
            }
    }

    // Its contests belong to a ring already and prove nothing more.
    void take(const RingCandidate& ring)
    {
        for (const auto c : closed_on(ring))
            m_taken[c] = true;
    }

    std::vector<std::uint32_t> closed_on(const RingCandidate& ring)
    {
        std::vector<std::uint32_t> closed;
        for (std::uint32_t c = 0; c < m_taken.size(); ++c) {
            const auto& bidders = m_table.contests()[c];
            const auto present = std::ranges::count_if(bidders, [&](std::uint32_t f) {
                return std::ranges::binary_search(ring.members, f);
            });
            const auto members = static_cast<std::size_t>(present);
            if (!m_taken[c] && ring.has(members, bidders.size() - members)) closed.push_back(c);
        }
        return closed;
    }

private:
    void list_contests()
    {
        for (auto& list : m_contests_of)
            list.clear();
        for (std::uint32_t c = 0; c < m_taken.size(); ++c) {
            const auto& bidders = m_table.contests()[c];
            if (m_taken[c] || bidders.size() < kFewestMembers ||
                bidders.size() > kMostMembers + kMostOutsiders)
                continue;
            for (const auto firm : bidders)
                m_contests_of[firm].push_back(c);
        }
    }

    // Three firms that met at least kLeastSeed times, in the order of their numbers.
    std::vector<RingMembers> seeds() const
    {
        std::vector<std::uint64_t> triples;
        for (std::uint32_t c = 0; c < m_taken.size(); ++c) {
            RingMembers b = m_table.contests()[c];
            if (m_taken[c] || b.size() < kFewestMembers || b.size() > kMostMembers + kMostOutsiders)
                continue;
            std::ranges::sort(b);
            for (std::size_t i = 0; i < b.size(); ++i)
                for (std::size_t j = i + 1; j < b.size(); ++j)
                    for (std::size_t k = j + 1; k < b.size(); ++k)
                        triples.push_back((std::uint64_t{b[i]} << 42) |
                                          (std::uint64_t{b[j]} << 21) | b[k]);
        }
        std::ranges::sort(triples);
        std::vector<RingMembers> out;
        for (std::size_t i = 0; i < triples.size();) {
            std::size_t end = i;
            while (end < triples.size() && triples[end] == triples[i])
                ++end;
            constexpr std::uint64_t mask = (1U << 21) - 1;
            if (end - i >= kLeastSeed)
                out.push_back({static_cast<std::uint32_t>(triples[i] >> 42),
                               static_cast<std::uint32_t>((triples[i] >> 21) & mask),
                               static_cast<std::uint32_t>(triples[i] & mask)});
            i = end;
        }
        return out;
    }

    // How many of `members` bid in each contest where any did; to be cleared by forget().
    void count_present(const RingMembers& members)
    {
        for (const auto firm : members)
            for (const auto c : m_contests_of[firm])
                if (m_seen[c]++ == 0) m_touched.push_back(c);
    }
    void forget()
    {
        for (const auto c : m_touched)
            m_seen[c] = 0;
        m_touched.clear();
    }

    // With those who are there in half of the meetings of the three.
    RingMembers grown(const RingMembers& seed)
    {
        count_present(seed);
        std::unordered_map<std::uint32_t, int> together;
        int meetings = 0;
        for (const auto c : m_touched) {
            if (m_seen[c] < kFewestMembers) continue;
            ++meetings;
            for (const auto firm : m_table.contests()[c])
                ++together[firm];
        }
        forget();
        std::vector<std::pair<int, std::uint32_t>> often;
        for (const auto& [firm, times] : together)
            if (2 * times >= meetings) often.emplace_back(-times, firm);
        std::ranges::sort(often);
        if (often.size() > kMostMembers) often.resize(kMostMembers);
        RingMembers out;
        for (const auto& [times, firm] : often)
            out.push_back(firm);
        std::ranges::sort(out);
        return out;
    }

    // Adds or drops one firm as long as the score rises.
    RingCandidate climb(const RingMembers& start, std::set<RingMembers>& tried)
    {
        RingCandidate best = judge(start);
        if (best.score <= 0) return best;
        for (bool moved = true; moved;) {
            moved = false;
            for (const auto& next : neighbours(best.members)) {
                auto candidate = judge(next);
                if (candidate.score > best.score) {
                    best = std::move(candidate);
                    moved = true;
                }
            }
            tried.insert(best.members);
        }
        return best;
    }

    std::vector<RingMembers> neighbours(const RingMembers& members)
    {
        std::vector<RingMembers> out;
        if (members.size() > kFewestMembers)
            for (std::size_t i = 0; i < members.size(); ++i) {
                out.push_back(members);
                out.back().erase(out.back().begin() + static_cast<std::ptrdiff_t>(i));
            }
        if (members.size() >= kMostMembers) return out;
        std::set<std::uint32_t> company;
        count_present(members);
        for (const auto c : m_touched)
            if (m_seen[c] >= kFewestMembers)
                for (const auto firm : m_table.contests()[c])
                    if (!std::ranges::binary_search(members, firm)) company.insert(firm);
        forget();
        for (const auto firm : company) {
            out.push_back(members);
            out.back().insert(std::ranges::upper_bound(out.back(), firm), firm);
        }
        return out;
    }

    RingCandidate judge(const RingMembers& members)
    {
        RingCandidate best{.members = members};
        const Counts counts = observed(members);
        if (total(counts, kFewestMembers, kMostOutsiders) < m_least_joint) return best;
        const Counts chances = expected(members);
        const double choices = log_choices(m_table.firm_count(), members.size());
        for (std::size_t outsiders = 0; outsiders <= kMostOutsiders; ++outsiders)
            for (std::size_t present = kFewestMembers; present <= members.size(); ++present) {
                const double count = total(counts, present, outsiders);
                const double chance = total(chances, present, outsiders);
                if (count < m_least_joint || count <= chance || chance <= 0) continue;
                const double score = count * std::log(count / chance) - count + chance - choices;
                if (score <= best.score) continue;
                best.score = score;
                best.count = static_cast<int>(count);
                best.expected = chance;
                best.cells = cells_from(present, outsiders);
            }
        return best;
    }

    static Counts cells_from(std::size_t least_present, std::size_t most_outsiders)
    {
        Counts cells{};
        for (std::size_t present = least_present; present <= kMostMembers; ++present)
            for (std::size_t outsiders = 0; outsiders <= most_outsiders; ++outsiders)
                cells[present][outsiders] = 1;
        return cells;
    }

    static double total(const Counts& counts, std::size_t least_present, std::size_t most_outsiders)
    {
        double sum = 0;
        for (std::size_t present = least_present; present <= kMostMembers; ++present)
            for (std::size_t outsiders = 0; outsiders <= most_outsiders; ++outsiders)
                sum += counts[present][outsiders];
        return sum;
    }

    Counts observed(const RingMembers& members)
    {
        Counts counts{};
        count_present(members);
        for (const auto c : m_touched) {
            const std::size_t present = m_seen[c];
            const std::size_t outsiders = m_table.contests()[c].size() - present;
            if (present >= kFewestMembers && outsiders <= kMostOutsiders)
                counts[present][outsiders] += 1;
        }
        forget();
        return counts;
    }

    // k bidders drawn by their shares: `present` of the members in any of k! / (k − present)!
    // orders, the others from outside.
    Counts expected(const RingMembers& members) const
    {
        Counts counts{};
        for (std::uint32_t s = 0; s < m_table.strata(); ++s) {
            std::array<double, kMostMembers + 1> products{1}; // elementary symmetric polynomials
            double inside = 0;
            for (const auto firm : members) {
                const double share = m_table.share(s, firm);
                inside += share;
                for (std::size_t m = members.size(); m > 0; --m)
                    products[m] += products[m - 1] * share;
            }
            for (const auto& size : m_table.sizes(s))
                for (std::size_t outsiders = 0; outsiders <= kMostOutsiders; ++outsiders) {
                    if (size.bidders < kFewestMembers + outsiders) continue;
                    const std::size_t present = size.bidders - outsiders;
                    if (present > members.size()) continue;
                    double orders = 1;
                    for (std::size_t i = 0; i < present; ++i)
                        orders *= static_cast<double>(size.bidders - i);
                    counts[present][outsiders] += size.contests * orders * products[present] *
                                                  (outsiders == 0 ? 1 : 1 - inside);
                }
        }
        return counts;
    }

    const BidTable& m_table;
    const int m_least_joint;
    std::vector<bool> m_taken;
    std::vector<std::uint8_t> m_seen;
    std::vector<std::uint32_t> m_touched;
    std::vector<std::vector<std::uint32_t>> m_contests_of;
};

// The best scores of markets without rings.
class NullScores {
public:
    explicit NullScores(std::vector<double> scores) : m_scores(std::move(scores))
    {
        std::ranges::sort(m_scores, std::greater{});
    }

    [[nodiscard]] double p(double score) const
    {
        const auto n = static_cast<double>(m_scores.size());
        const auto reached = static_cast<double>(
            std::ranges::count_if(m_scores, [&](double s) { return s >= score; }));
        const double counted = (reached + 1) / (n + 1);
        return reached > 0 ? counted : std::min(counted, beyond(score));
    }

private:
    // An exponential tail through the twentieth part of the scores that is highest. A Poisson
    // log-likelihood ratio falls off like exp(−score) or faster, so a width below 1 is an accident
    // of the sample.
    [[nodiscard]] double beyond(double score) const
    {
        std::size_t tail = 0;
        while (tail < m_scores.size() / 20 && m_scores[tail] > 0)
            ++tail;
        if (tail == 0) return std::exp(-score);
        const double start = m_scores[tail - 1];
        const double mean =
            std::accumulate(m_scores.begin(), m_scores.begin() + static_cast<std::ptrdiff_t>(tail),
                            0.0) /
            static_cast<double>(tail);
        const double width = std::max(1.0, mean - start);
        return static_cast<double>(tail) / static_cast<double>(m_scores.size()) *
               std::exp(-(score - start) / width);
    }

    std::vector<double> m_scores; // highest first
};

NullScores null_scores(BidTable table, int least_joint, int permutations, double observed)
{
    std::vector<double> scores;
    int reached = 0;
    while (static_cast<int>(scores.size()) < permutations && reached < kHopeless) {
        table.shuffle();
        RingSearch search{table, least_joint};
        scores.push_back(search.best().score);
        if (scores.back() >= observed) ++reached;
    }
    return NullScores{std::move(scores)};
}

struct MarketSearch {
    std::uint32_t market = 0;
    std::vector<RingCandidate> candidates{}; // strongest first, with their contests (local numbers)
    std::vector<std::vector<std::uint32_t>> contests{};
    std::vector<double> p{};
};

MarketSearch search_market(const BidGraph& graph, std::uint32_t number,
                           const RingSettings& settings)
{
    MarketSearch found{.market = number};
    const BidTable table{graph, graph.markets()[number]};
    RingSearch search{table, settings.least_joint};
    RingCandidate candidate = search.best();
    if (candidate.score <= 0) return found;
    const auto null =
        null_scores(table, settings.least_joint, settings.permutations, candidate.score);
    while (candidate.score > 0) {
        const double p = null.p(candidate.score);
        if (p > settings.most_p) break;
        search.widen(candidate);
        found.contests.push_back(search.closed_on(candidate));
        search.take(candidate);
        found.p.push_back(p);
        found.candidates.push_back(std::move(candidate));
        candidate = search.best();
    }
    return found;
}

// Contests without repeats are known by the search; a repeat goes with a ring that its bidders are
// closed on.
void add_repeats(const BidGraph& graph, const RingCandidate& found, Ring& ring,
                 std::set<std::uint32_t>& used)
{
    for (std::uint32_t c = 0; c < graph.contests().size(); ++c) {
        const Contest& contest = graph.contests()[c];
        if (!contest.repeat || contest.market != ring.market || used.contains(c)) continue;
        const auto present =
            static_cast<std::size_t>(std::ranges::count_if(contest.offers, [&](const Offer& offer) {
                return std::ranges::binary_search(ring.members, offer.firm);
            }));
        if (!found.has(present, contest.offers.size() - present)) continue;
        ring.joint.push_back(c);
        used.insert(c);
    }
    std::ranges::sort(ring.joint);
}

Ring make_ring(const BidGraph& graph, const BidTable& table, const MarketSearch& found,
               std::size_t i)
{
    const RingCandidate& candidate = found.candidates[i];
    Ring ring{.market = found.market,
              .count = candidate.count,
              .expected = candidate.expected,
              .score = candidate.score,
              .p = found.p[i]};
    for (const auto firm : candidate.members)
        ring.members.push_back(table.firm(firm));
    ring.wins.assign(ring.members.size(), 0);
    for (const auto c : found.contests[i]) {
        ring.joint.push_back(graph.markets()[found.market].contests[c]);
        const Contest& contest = graph.contests()[ring.joint.back()];
        const Offer* winner = contest.winner();
        if (!winner) continue;
        ++ring.awarded;
        const auto at = std::ranges::lower_bound(ring.members, winner->firm);
        if (at != ring.members.end() && *at == winner->firm)
            ++ring.wins[static_cast<std::size_t>(at - ring.members.begin())];
    }
    return ring;
}

} // namespace

double discovery_limit(std::vector<double> p, std::size_t tests, double rate)
{
    std::ranges::sort(p);
    double limit = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double step = rate * static_cast<double>(i + 1) / static_cast<double>(tests);
        if (p[i] <= step) limit = step;
    }
    return limit;
}

std::vector<Ring> find_rings(const BidGraph& graph, const RingSettings& settings)
{
    std::vector<MarketSearch> searched;
    std::size_t tests = 0;
    for (std::uint32_t m = 0; m < graph.markets().size(); ++m) {
        if (graph.markets()[m].contests.size() < settings.least_contests) continue;
        ++tests;
        auto found = search_market(graph, m, settings);
        if (!found.candidates.empty()) searched.push_back(std::move(found));
    }
    std::vector<double> best;
    for (const auto& found : searched)
        best.push_back(found.p.front());
    const double limit = discovery_limit(best, tests, settings.false_discoveries);

    std::vector<Ring> rings;
    for (const auto& found : searched) {
        const BidTable table{graph, graph.markets()[found.market]};
        std::set<std::uint32_t> used;
        for (std::size_t i = 0; i < found.candidates.size(); ++i) {
            if (found.p[i] > limit) continue;
            rings.push_back(make_ring(graph, table, found, i));
            add_repeats(graph, found.candidates[i], rings.back(), used);
        }
    }
    return rings;
}

namespace {

int joint_contests(const BidTable& table, std::uint32_t a, std::uint32_t b)
{
    int joint = 0;
    for (const auto& bidders : table.contests())
        if (std::ranges::find(bidders, a) != bidders.end() &&
            std::ranges::find(bidders, b) != bidders.end())
            ++joint;
    return joint;
}

double expected_meetings(const BidTable& table, std::uint32_t a, std::uint32_t b)
{
    double expected = 0;
    for (std::uint32_t s = 0; s < table.strata(); ++s)
        for (const auto& size : table.sizes(s))
            expected += size.contests * size.bidders * (size.bidders - 1) * table.share(s, a) *
                        table.share(s, b);
    return expected;
}

} // namespace

std::vector<Meetings> meetings(const BidGraph& graph, std::uint32_t market,
                               const std::vector<FirmPair>& pairs, int permutations)
{
    BidTable table{graph, graph.markets()[market]};
    std::vector<FirmPair> local;
    std::vector<Meetings> out;
    for (const auto& pair : pairs) {
        local.push_back({table.local(pair.a), table.local(pair.b)});
        out.push_back({.observed = joint_contests(table, local.back().a, local.back().b),
                       .expected = expected_meetings(table, local.back().a, local.back().b)});
    }
    std::vector<int> reached(pairs.size(), 0);
    for (int i = 0; i < permutations; ++i) {
        table.shuffle();
        for (std::size_t j = 0; j < local.size(); ++j)
            if (joint_contests(table, local[j].a, local[j].b) >= out[j].observed) ++reached[j];
    }
    for (std::size_t j = 0; j < local.size(); ++j)
        out[j].p = (reached[j] + 1.0) / (permutations + 1.0);
    return out;
}

} // namespace adal::procurement
