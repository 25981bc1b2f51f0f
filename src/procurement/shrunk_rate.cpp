#include "procurement/shrunk_rate.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <vector>

namespace adal::procurement {

namespace shrunk {

// How alike the cases of one member are: 0 when all members have one rate, 1 when each has only hits or none.
constexpr double kLeastLikeness = 1e-4, kMostLikeness = 0.5;

} // namespace shrunk

void ShrunkRates::add(const std::string& group, const std::string& member, bool hit)
{
    auto& count = m_groups[group].counts[member];
    ++count.cases;
    if (hit) ++count.hits;
}

void ShrunkRates::fit(Group& group) const
{
    double hits = 0, cases = 0, squares = 0, members = 0;
    for (const auto& [name, count] : group.counts) {
        if (count.cases < m_settings.least_cases) continue;
        const auto n = static_cast<double>(count.cases);
        hits += static_cast<double>(count.hits);
        cases += n;
        squares += n * n;
        ++members;
    }
    group.members = static_cast<std::int64_t>(members);
    if (members < 2) return;
    // Half a hit and half a miss more: a group without hits has a small mean, not none.
    const double mean = (hits + 0.5) / (cases + 1);
    double spread = 0;
    for (const auto& [name, count] : group.counts) {
        if (count.cases < m_settings.least_cases) continue;
        const auto n = static_cast<double>(count.cases);
        const double off = static_cast<double>(count.hits) / n - mean;
        spread += n * off * off;
    }
    const double chance = mean * (1 - mean);
    const double likeness = (spread - chance * (members - 1)) / (chance * (cases - squares / cases - (members - 1)));
    const double strength = 1 / std::clamp(likeness, shrunk::kLeastLikeness, shrunk::kMostLikeness) - 1;
    group.a = mean * strength;
    group.b = (1 - mean) * strength;
}

void ShrunkRates::settle()
{
    for (auto& [name, group] : m_groups) {
        fit(group);
        std::vector<double> means;
        for (const auto& [member, count] : group.counts)
            if (count.cases >= m_settings.least_cases)
                means.push_back((group.a + static_cast<double>(count.hits)) / (group.a + group.b + static_cast<double>(count.cases)));
        if (means.empty()) continue;
        std::ranges::sort(means);
        group.typical = (means[(means.size() - 1) / 2] + means[means.size() / 2]) / 2;
    }
}

std::optional<ShrunkRate> ShrunkRates::find(const std::string& group_name, const std::string& member) const
{
    const auto group = m_groups.find(group_name);
    if (group == m_groups.end() || group->second.members < m_settings.least_members) return std::nullopt;
    const auto found = group->second.counts.find(member);
    if (found == group->second.counts.end() || found->second.cases < m_settings.least_cases) return std::nullopt;
    const auto hits = static_cast<double>(found->second.hits), cases = static_cast<double>(found->second.cases);
    const double a = group->second.a + hits, b = group->second.b + cases - hits;
    ShrunkRate rate{.hits = found->second.hits, .cases = found->second.cases, .rate = hits / cases, .shrunk = a / (a + b), .typical = group->second.typical};
    rate.limit = std::min(m_settings.times * rate.typical, 1.0);
    rate.probability = rate.limit < 1 ? boost::math::ibetac(a, b, rate.limit) : 0;
    rate.members = group->second.members;
    return rate;
}

} // namespace adal::procurement
