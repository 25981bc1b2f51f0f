// cyber/leaders.hpp: who found what the authority took, by the name they chose (cyber.md §3.3, rule 8). Made so that it does
// not pay to play: only the first report counts, only after the appeal window, and a farm of mirrors is one point to
// whoever was first. Rules only: no storage, no network, no language. Thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
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

// One point a cluster, to its earliest report. Those with a pseudonym and kLeastPoints or more, most points first, equal ones
// by pseudonym. The order of `credits` is of no matter.
std::vector<Leader> leaders(std::vector<Credit> credits, const std::map<PersonId, std::string>& pseudonyms);

inline constexpr ProblemCode pseudonym_bad{"cyber.pseudonym_bad", 422};
inline constexpr ProblemCode pseudonym_taken{"cyber.pseudonym_taken", 409};

// As it is shown: 2 to 30 letters, at most 4 digits, spaces and hyphens between them. A name must not carry an
// address or a number: the board would be a place to advertise. Nothing: refused.
std::optional<std::string> as_pseudonym(std::string_view typed);

} // namespace adal::cyber
