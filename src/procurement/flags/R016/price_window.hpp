// procurement/flags/R016/price_window.hpp: what was paid for one thing around each day.
//
// A purchase is compared with all others of a year or half a year around it. The windows of all days of a group come
// from one pass over its prices in order of time: a tree over the ranks of the prices in the window gives their
// quartiles in O(log n), where sorting each window anew would make a large group quadratic. Pure.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace adal::procurement::r016 {

struct Price {
    Instant at{};
    double log = 0;                // of the price
    std::optional<double> level{}; // logarithm of prices in general on that day, where the index knows it
    std::uint32_t buyer = 0;       // number
};

// Of the logarithms of prices in the window around `at`, as of that day; interpolated as quantile() does.
struct AroundDay {
    Instant at{};
    std::uint32_t prices = 0, buyers = 0;
    double first = 0, median = 0, third = 0;
    bool indexed = false;
};

// For each moment that has a price, in order of time. Where the index knows the moment: prices that the index brings to
// it, a year before and after; else all prices as they are, half a year before and after. The order of `prices` does
// not matter.
std::vector<AroundDay> around_days(std::vector<Price> prices);

} // namespace adal::procurement::r016
