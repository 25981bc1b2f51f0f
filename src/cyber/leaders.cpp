#include "cyber/leaders.hpp"

#include <algorithm>
#include <set>

namespace adal::cyber {

std::vector<Leader> leaders(std::vector<Credit> credits, const std::map<PersonId, std::string>& pseudonyms)
{
    std::ranges::sort(credits, [](const Credit& a, const Credit& b) { return std::pair{a.reported_at, a.resource} < std::pair{b.reported_at, b.resource}; });
    std::set<std::string> counted;
    std::map<PersonId, int> points;
    for (const auto& credit : credits)
        if (counted.insert(credit.cluster.empty() ? credit.resource.str() : credit.cluster).second) ++points[credit.person];
    std::vector<Leader> out;
    for (const auto& [person, count] : points)
        if (const auto chosen = pseudonyms.find(person); chosen != pseudonyms.end() && count >= kLeastPoints) out.push_back({.pseudonym = chosen->second, .points = count});
    std::ranges::sort(out, [](const Leader& a, const Leader& b) { return a.points != b.points ? a.points > b.points : a.pseudonym < b.pseudonym; });
    return out;
}

} // namespace adal::cyber
