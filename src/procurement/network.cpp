#include "procurement/network.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace adal::procurement {

namespace {

constexpr double kNetworkWidth = 720, kNetworkHeight = 460, kNodeRoom = 30;

} // namespace

NetworkPlan plan_network(std::span<const std::int64_t> weights)
{
    NetworkPlan plan{.width = kNetworkWidth, .height = kNetworkHeight, .centre = {kNetworkWidth / 2, kNetworkHeight / 2}};
    const auto count = std::min(weights.size(), kMostNeighbours);
    const double most = count == 0 ? 1 : static_cast<double>(std::max<std::int64_t>(1, weights.front()));
    for (std::size_t i = 0; i < count; ++i) {
        const double turn = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count) - std::numbers::pi / 2;
        const double closeness = std::sqrt(static_cast<double>(std::max<std::int64_t>(0, weights[i])) / most);
        const double reach = 1 - 0.28 * closeness;
        plan.neighbours.push_back({plan.centre.x + std::cos(turn) * (kNetworkWidth / 2 - kNodeRoom) * reach,
                                   plan.centre.y + std::sin(turn) * (kNetworkHeight / 2 - kNodeRoom) * reach});
    }
    return plan;
}

double tie_width(std::int64_t count, std::int64_t most)
{
    constexpr double kThin = 1.5, kThick = 9;
    if (most <= 0) return kThin;
    const double share = std::clamp(static_cast<double>(count) / static_cast<double>(most), 0.0, 1.0);
    return kThin + (kThick - kThin) * std::sqrt(share);
}

} // namespace adal::procurement
