// cyber/leaders.hpp: who found what the authority took, by their pseudonyms (cyber.md §3.3, rule 8). Made so that it does
// not pay to play: only the first report counts, only after the appeal window, and a farm of mirrors is one point to
// whoever was first. Rules only: no storage, no network, no language. Thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace adal::cyber {

// An acceptance counts when it is so old and nobody appeals any more.
inline constexpr std::chrono::hours kAppealWindow{24 * 14};
// Fewer are not shown: a small number next to a name says who reported what.
inline constexpr int kLeastPoints = 5;

// The first report of a resource that the authority took and nobody took back.
struct Credit {
    PersonId person{};
    ResourceId resource{};
    std::string cluster{}; // mirrors of one another share it, and all of a domain; empty: alone
    Instant reported_at{};
};

struct Leader {
    std::string pseudonym{};
    int points = 0;
};

// One point a cluster, to its earliest report. `pseudonyms`: of those who wish to be shown. Of them who has kLeastPoints or more, most points first, equal ones
// by pseudonym. The order of `credits` is of no matter.
std::vector<Leader> leaders(std::vector<Credit> credits, const std::map<PersonId, std::string>& pseudonyms);

} // namespace adal::cyber
