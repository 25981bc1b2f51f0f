#include "procurement/cardinal/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace adal::procurement::cardinal {

Distribution::Distribution(std::vector<double> values) : m_values(std::move(values))
{
    m_ordered = std::ranges::none_of(m_values, [](double v) { return std::isnan(v); });
    if (m_ordered) std::ranges::sort(m_values);
}

double Distribution::quantile(double tau) const
{
    if (m_values.empty() || !m_ordered || !(tau >= 0 && tau <= 1))
        return std::numeric_limits<double>::quiet_NaN();
    const double third = 1.0 / 3.0;
    const double h = (static_cast<double>(m_values.size()) + third) * tau + third;
    const auto whole = static_cast<std::int64_t>(h);
    if (whole <= 0 || tau == 0) return m_values.front();
    if (whole >= static_cast<std::int64_t>(m_values.size()) || tau == 1) return m_values.back();
    const double a = m_values[static_cast<std::size_t>(whole) - 1],
                 b = m_values[static_cast<std::size_t>(whole)];
    return a + (h - static_cast<double>(whole)) * (b - a);
}

double Distribution::lower_fence() const
{
    return std::fma(q3() - q1(), -1.5, q1());
}

double Distribution::upper_fence() const
{
    return std::fma(q3() - q1(), 1.5, q3());
}

} // namespace adal::procurement::cardinal
