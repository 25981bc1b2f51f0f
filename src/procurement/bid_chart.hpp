// procurement/bid_chart.hpp: the bids of one lot beside the estimate and the floor, as a drawing needs them.
// Pure, thread-safe.
#pragma once

#include "procurement/process.hpp"
#include "procurement/thresholds.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::procurement {

enum class BidStanding { won, valid, out };

struct ChartBid {
    const Bid* bid = nullptr;
    std::size_t number = 0; // from 1, as on the drawing and in the table
    BidStanding standing = BidStanding::valid;
    std::optional<double> share{}; // of the estimate
};
struct BidChart {
    const Lot* lot = nullptr; // nullptr: the whole purchase
    std::optional<CurrencyAmount> estimate{};
    std::vector<CurrencyAmount> floors{}; // below which the law forbids to bid; several when it depends on what the source leaves out
    std::vector<ChartBid> bids{}; // lowest first; without a price last
    std::int64_t most = 0; // hundredths: the right end of the scale; 0: nothing to draw
    [[nodiscard]] const std::string& currency() const;
};
// One per lot that has bids; one for the whole when there are no lots. `process` must outlive the result.
std::vector<BidChart> bid_charts(const Process& process, const Thresholds& thresholds);

} // namespace adal::procurement
