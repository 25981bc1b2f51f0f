#include "procurement/score.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

double share_of(Weighed weighed)
{
    if (weighed.applicable == 0) return 0;
    return static_cast<double>(weighed.failed) / static_cast<double>(weighed.applicable);
}

double score_of(Weighed weighed)
{
    return static_cast<double>(weighed.failed) / static_cast<double>(weighed.applicable + kWeightOfSilence);
}

Weighed together(std::span<const Weighed> all)
{
    Weighed sum;
    for (const auto& one : all) {
        sum.failed += one.failed;
        sum.applicable += one.applicable;
    }
    return sum;
}

std::int64_t rank(Weighed weighed)
{
    constexpr std::int64_t kMostWeight = 999;
    return std::llround(score_of(weighed) * 1e6) * 1000 + std::min(weighed.failed, kMostWeight);
}

EntityScore entity_score(std::span<const Weighed> of_entity, double share_of_set)
{
    const auto count = static_cast<double>(of_entity.size());
    const double share = share_of(together(of_entity));
    constexpr double kPrior = kProcessesOfSilence;
    return {static_cast<std::int64_t>(of_entity.size()), share, (count * share + kPrior * share_of_set) / (count + kPrior)};
}

} // namespace adal::procurement
