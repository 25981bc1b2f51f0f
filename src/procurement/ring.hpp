// procurement/ring.hpp: groups of firms that keep meeting each other and hardly anybody else.
//
// What is looked for: a set S of 3 to 8 firms of one market and contests "closed on S": at least a
// certain number of S bid there (three or more) and at most a certain number of others (none or
// one). Rivals meet too, so the count C of such contests is compared with the count E that the same
// firms would give by chance if each kept the number of its bids in each stratum (year and place)
// of the market and each contest its number of bidders. The score is the Poisson log-likelihood
// ratio C·ln(C/E) − C + E less the logarithm of the number of sets of that size (large sets are
// many and would win by their number); S and the two numbers are those that make it largest. A ring
// once found takes in the other kinds of contests (a member less, an outsider) of which chance
// explains at most a tenth.
//
// Looking for the largest is paid for: the whole search is repeated on permuted markets, in which
// bidders were exchanged inside strata (both margins kept), and p is the chance that a market
// without rings shows such a score anywhere (Monte Carlo; beyond the resolution of the permutations
// an exponential tail fitted to the highest twentieth part of them: Knijnenburg and others 2009).
// Over markets the false discovery rate is held by Benjamini and Hochberg. The generator of a
// market is seeded by the market's key alone, so the same set gives the same rings in any order of
// rows. Pure, thread-safe.
//
// A ring found is a sign, not a cartel: the same few firms may be all there are (strata keep small
// places apart, but not every niche).
#pragma once

#include "procurement/bid_graph.hpp"

#include <cstdint>
#include <vector>

namespace adal::procurement {

struct RingSettings {
    std::size_t least_contests = 30; // of a market, else it is too small to say what chance gives
    int least_joint = 3;             // contests closed on the ring
    int permutations = 199;
    double false_discoveries = 0.05; // over the markets of the set
    double most_p = 0.001;           // of one ring, whatever the number of markets
};

struct Ring {
    std::vector<std::uint32_t> members{}; // of BidGraph::firms(), ascending
    std::uint32_t market = 0;
    std::vector<std::uint32_t> joint{}; // of BidGraph::contests(), repeats too
    int count = 0;                      // of joint without repeats
    double expected = 0;                // by chance
    double score = 0, p = 1;
    std::vector<int> wins{}; // as members, in joint contests without repeats
    int awarded = 0;         // joint contests without repeats with a winner
};

// Rings of all markets, strongest first inside a market. A contest is of at most one ring.
std::vector<Ring> find_rings(const BidGraph& graph, const RingSettings& settings = {});

// How often two firms would meet by chance (same model), and how often permuted markets let them
// meet at least `observed` times: (1 + hits) / (1 + permutations).
struct Meetings {
    int observed = 0;
    double expected = 0;
    double p = 1;
};
struct FirmPair {
    std::uint32_t a = 0, b = 0;
};
// As `pairs`; repeats are not counted.
std::vector<Meetings> meetings(const BidGraph& graph, std::uint32_t market,
                               const std::vector<FirmPair>& pairs, int permutations);

// Benjamini and Hochberg: up to which p one may speak of a discovery; 0 when none may. `tests` may
// exceed p.size(): the tests that are left out have p = 1.
double discovery_limit(std::vector<double> p, std::size_t tests, double rate);

} // namespace adal::procurement
