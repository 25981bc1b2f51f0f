// procurement/cardinal/statistics.hpp: the quantile Cardinal uses (Hyndman and Fan's R-8, as in its
// library).
#pragma once

#include <vector>

namespace adal::procurement::cardinal {

// Asked a few times, so that values are only put in order around the places asked for. NaN for an empty set, and for a set with a value that is not a
// number: such a set has no order.
class Distribution {
public:
    explicit Distribution(std::vector<double> values);
    [[nodiscard]] double quantile(double tau);
    [[nodiscard]] double q1() { return quantile(0.25); }
    [[nodiscard]] double q3() { return quantile(0.75); }
    // q1 − 1.5 (q3 − q1) and q3 + 1.5 (q3 − q1), each rounded once.
    [[nodiscard]] double lower_fence();
    [[nodiscard]] double upper_fence();

private:
    std::vector<double> m_values;
    bool m_ordered = true;
};

} // namespace adal::procurement::cardinal
