// procurement/cardinal/statistics.hpp: the quantile Cardinal uses (Hyndman and Fan's R-8, as in its
// library).
#pragma once

#include <vector>

namespace adal::procurement::cardinal {

// Sorted once, asked several times. NaN for an empty set, and for a set with a value that is not a
// number: such a set has no order.
class Distribution {
public:
    explicit Distribution(std::vector<double> values);
    [[nodiscard]] double quantile(double tau) const;
    [[nodiscard]] double q1() const { return quantile(0.25); }
    [[nodiscard]] double q3() const { return quantile(0.75); }
    // q1 − 1.5 (q3 − q1) and q3 + 1.5 (q3 − q1), each rounded once.
    [[nodiscard]] double lower_fence() const;
    [[nodiscard]] double upper_fence() const;

private:
    std::vector<double> m_values;
    bool m_ordered = true;
};

} // namespace adal::procurement::cardinal
