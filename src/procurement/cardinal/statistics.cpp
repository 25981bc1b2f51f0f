#include "procurement/cardinal/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace adal::procurement::cardinal {

Distribution::Distribution(std::vector<double> values) : m_values(std::move(values))
{
    m_ordered = std::ranges::none_of(m_values, [](double v) { return std::isnan(v); });
}

double Distribution::quantile(double tau)
{
    if (m_values.empty() || !m_ordered || !(tau >= 0 && tau <= 1))
        return std::numeric_limits<double>::quiet_NaN();
    const double third = 1.0 / 3.0;
    const double h = (static_cast<double>(m_values.size()) + third) * tau + third;
    const auto whole = static_cast<std::int64_t>(h);
    if (whole <= 0 || tau == 0) return *std::ranges::min_element(m_values);
    if (whole >= static_cast<std::int64_t>(m_values.size()) || tau == 1)
        return *std::ranges::max_element(m_values);
    const auto above = m_values.begin() + whole;
    std::ranges::nth_element(m_values, above);
    const double a = *std::max_element(m_values.begin(), above), b = *above;
    return a + (h - static_cast<double>(whole)) * (b - a);
}

double Distribution::lower_fence()
{
    const double first = q1();
    return std::fma(q3() - first, -1.5, first);
}

double Distribution::upper_fence()
{
    const double third = q3();
    return std::fma(third - q1(), 1.5, third);
}

} // namespace adal::procurement::cardinal
