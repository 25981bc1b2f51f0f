// procurement/network.hpp: where the neighbours of a party stand in its drawing. The same list gives the same places.
//
// The party is in the middle; neighbours go round it clockwise from the top, closer ones (more purchases together) nearer.
// Pure, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace adal::procurement {

struct NetworkPoint {
    double x = 0, y = 0;
};
struct NetworkPlan {
    double width = 0, height = 0;
    NetworkPoint centre{};
    std::vector<NetworkPoint> neighbours{};
};
// `weights[i]`: purchases shared with neighbour i, greatest first; at most kMostNeighbours are placed.
inline constexpr std::size_t kMostNeighbours = 12;
NetworkPlan plan_network(std::span<const std::int64_t> weights);

// Width of a line for so many purchases: 1.5 to 9.
double tie_width(std::int64_t count, std::int64_t most);

} // namespace adal::procurement
