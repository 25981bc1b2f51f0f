// procurement/tenderers.hpp: how many suppliers took part. Several flags ask.
#pragma once

#include "procurement/flag.hpp"

#include <optional>
#include <vector>

namespace adal::procurement {

// Not only invited, withdrawn or not opened yet.
bool was_submitted(const Bid& bid);

struct TendererCount {
    std::int64_t count = 0;
    std::vector<Evidence> evidence{};
};

// The larger of what the source counts and what its bids show (a bid that was only invited or withdrawn is
// not one): a source that undercounts must not make a flag. Nothing when it says neither.
std::optional<TendererCount> count_tenderers(const Process& process);

} // namespace adal::procurement
