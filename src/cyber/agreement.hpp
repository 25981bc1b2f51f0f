// cyber/agreement.hpp: do reviewers agree beyond chance, and does the same pair decide too much? Cohen's κ over the first two
// verdicts of each resource (Cohen 1960, Educational and Psychological Measurement 20(1): κ = (p₀ − pₑ) / (1 − pₑ)); a pair
// that decided more than 30 % of a month's resources is a signal to look at, no verdict (cyber.md §3.1). Pure.
#pragma once

#include "base/id.hpp"
#include "cyber/resource.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::cyber {

// The first two verdicts on one resource, by different people.
struct VerdictPair {
    PersonId first{}, second{};
    Verdict first_says = Verdict::reject, second_says = Verdict::reject;
};

struct FrequentPair {
    PersonId a{}, b{};
    int percent = 0;                 // of all pairs of the time
    std::string first{}, second{};   // names, filled by the page
};

struct Agreement {
    std::int64_t pairs = 0;
    std::optional<double> kappa{}; // nothing: fewer than 10 pairs, or everybody always says the same
    std::vector<FrequentPair> frequent{};
};

inline constexpr std::int64_t kFewestPairs = 10;
inline constexpr int kPairPercent = 30;

Agreement agreement_of(const std::vector<VerdictPair>& pairs);

} // namespace adal::cyber
