#include "procurement/tenderers.hpp"

#include <algorithm>
#include <set>

namespace adal::procurement {

bool was_submitted(const Bid& bid)
{
    return bid.status != "invited" && bid.status != "withdrawn" && bid.status != "pending";
}

namespace {

// A joint bid of several suppliers is one offer: its tenderers count as one.
std::string key_of(const Bid& bid)
{
    std::set<std::string> names;
    for (const auto& tenderer : bid.tenderers)
        names.insert(tenderer.id.empty() ? tenderer.name : tenderer.id);
    std::string key;
    for (const auto& name : names) key += name + "\n";
    return key;
}

} // namespace

std::optional<TendererCount> count_tenderers(const Process& process)
{
    TendererCount found;
    std::set<std::string> bidders;
    for (std::size_t i = 0; i < process.bids.size(); ++i) {
        if (!was_submitted(process.bids[i])) continue;
        const std::string key = key_of(process.bids[i]);
        if (key.empty() || !bidders.insert(key).second) continue;
        if (found.evidence.size() < 3)
            found.evidence.push_back({process.ocid,
                                      "/bids/details/" + std::to_string(i) + "/tenderers/0/name",
                                      process.bids[i].tenderers.front().name});
    }
    if (!process.tenderers && bidders.empty()) return std::nullopt;
    found.count = std::max(process.tenderers.value_or(0), static_cast<std::int64_t>(bidders.size()));
    if (process.tenderers)
        found.evidence.insert(found.evidence.begin(),
                              {process.ocid, "/tender/numberOfTenderers",
                               std::to_string(*process.tenderers)});
    return found;
}

} // namespace adal::procurement
