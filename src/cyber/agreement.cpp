#include "cyber/agreement.hpp"

#include <map>
#include <utility>

namespace adal::cyber {

Agreement agreement_of(const std::vector<VerdictPair>& pairs)
{
    Agreement out{.pairs = std::ssize(pairs)};
    if (out.pairs < kFewestPairs) return out;
    std::map<std::pair<PersonId, PersonId>, std::int64_t> together;
    double same = 0, first_confirms = 0, second_confirms = 0;
    for (const auto& pair : pairs) {
        ++together[std::minmax(pair.first, pair.second)];
        same += pair.first_says == pair.second_says ? 1 : 0;
        first_confirms += pair.first_says == Verdict::confirm ? 1 : 0;
        second_confirms += pair.second_says == Verdict::confirm ? 1 : 0;
    }
    const auto n = static_cast<double>(pairs.size());
    const double observed = same / n;
    const double by_chance = (first_confirms / n) * (second_confirms / n) + (1 - first_confirms / n) * (1 - second_confirms / n);
    if (by_chance < 1) out.kappa = (observed - by_chance) / (1 - by_chance);
    for (const auto& [people, count] : together)
        if (100 * count > kPairPercent * out.pairs) out.frequent.push_back({.a = people.first, .b = people.second, .percent = static_cast<int>(100 * count / out.pairs)});
    return out;
}

} // namespace adal::cyber
