// procurement/price_index.hpp: what a sum of one day is on another, by the index of consumer prices.
//
// Data of the national statistics (data/procurement/price-index.json): growth of prices over each year, December to
// December; inside a year prices are taken to grow evenly. Each year says whether somebody compared it with the
// publication. Immutable, thread-safe.
#pragma once

#include "base/time.hpp"

#include <map>
#include <optional>
#include <string_view>

namespace adal::procurement {

class PriceIndex
{
public:
    explicit PriceIndex(std::string_view json); // throws when malformed
    static const PriceIndex& standard();        // the embedded file

    // Logarithm of the level of prices; 0 at the beginning of the first year. Nothing outside of the years known.
    [[nodiscard]] std::optional<double> level(LocalDate day) const;
    [[nodiscard]] bool verified(int year) const; // false for a year that is not known

private:
    struct Year {
        double before = 0, growth = 0; // logarithms
        bool verified = false;
    };
    std::map<int, Year> m_years;
};

} // namespace adal::procurement
