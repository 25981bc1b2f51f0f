#include "procurement/flags/R016/price_window.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <span>

namespace adal::procurement::r016 {

namespace {

constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;
constexpr std::int64_t kHalfYearMs = 183 * kDayMs; // where prices cannot be brought to one day
constexpr std::int64_t kYearMs = 365 * kDayMs;     // where the index says how prices grew

// How many of each rank are there, and which is the k-th: Fenwick, "A new data structure for cumulative frequency
// tables", Software: Practice and Experience 24 (1994).
class RankCounts
{
public:
    explicit RankCounts(std::size_t ranks) : m_tree(std::bit_ceil(ranks + 1), 0) {}
    void add(std::size_t rank, std::int32_t by)
    {
        for (std::size_t i = rank + 1; i < m_tree.size(); i += i & (~i + 1)) m_tree[i] += by;
    }
    // Rank of the k-th smallest, k from 0; there are more than k.
    [[nodiscard]] std::size_t kth(std::int32_t k) const
    {
        std::size_t at = 0;
        for (std::size_t step = m_tree.size() / 2; step > 0; step /= 2)
            if (at + step < m_tree.size() && m_tree[at + step] <= k) k -= m_tree[at += step];
        return at;
    }

private:
    std::vector<std::int32_t> m_tree;
};

struct Entry {
    Instant at{};
    double value = 0;
    std::uint32_t buyer = 0;
    std::size_t rank = 0;
};

class Window
{
public:
    explicit Window(std::span<Entry> entries) : m_entries(entries), m_counts(entries.size())
    {
        for (const auto& entry : entries) m_sorted.push_back(entry.value);
        std::ranges::sort(m_sorted);
        for (auto& entry : entries)
            entry.rank = static_cast<std::size_t>(std::ranges::lower_bound(m_sorted, entry.value) - m_sorted.begin());
    }
    // Moments do not go back from call to call.
    AroundDay around(Instant at, std::int64_t span)
    {
        for (; m_end < m_entries.size() && m_entries[m_end].at.ms <= at.ms + span; ++m_end) count(m_entries[m_end], 1);
        for (; m_begin < m_end && m_entries[m_begin].at.ms < at.ms - span; ++m_begin) count(m_entries[m_begin], -1);
        return {.at = at,
                .prices = static_cast<std::uint32_t>(m_end - m_begin),
                .buyers = static_cast<std::uint32_t>(m_buyers.size()),
                .first = quantile(0.25),
                .median = quantile(0.5),
                .third = quantile(0.75)};
    }

private:
    void count(const Entry& entry, std::int32_t by)
    {
        m_counts.add(entry.rank, by);
        if ((m_buyers[entry.buyer] += by) == 0) m_buyers.erase(entry.buyer);
    }
    [[nodiscard]] double quantile(double share) const
    {
        const auto last = static_cast<std::int32_t>(m_end - m_begin) - 1;
        const double place = share * last;
        const auto below = static_cast<std::int32_t>(place);
        const double low = m_sorted[m_counts.kth(below)], high = m_sorted[m_counts.kth(std::min(below + 1, last))];
        return low + (place - below) * (high - low);
    }

    std::span<const Entry> m_entries; // in order of time
    std::vector<double> m_sorted{};
    RankCounts m_counts;
    std::map<std::uint32_t, std::int32_t> m_buyers{};
    std::size_t m_begin = 0, m_end = 0;
};

} // namespace

std::vector<AroundDay> around_days(std::vector<Price> prices)
{
    std::ranges::stable_sort(prices, {}, [](const Price& price) { return price.at.ms; });
    std::vector<Entry> as_they_are, brought;
    for (const auto& price : prices) {
        as_they_are.push_back({price.at, price.log, price.buyer});
        if (price.level) brought.push_back({price.at, price.log - *price.level, price.buyer});
    }
    Window short_window{as_they_are}, long_window{brought};
    std::vector<AroundDay> days;
    for (std::size_t i = 0; i < prices.size(); ++i) {
        if (i > 0 && prices[i].at == prices[i - 1].at) continue;
        const auto level = prices[i].level;
        auto day = level ? long_window.around(prices[i].at, kYearMs) : short_window.around(prices[i].at, kHalfYearMs);
        for (double* quartile : {&day.first, &day.median, &day.third}) *quartile += level.value_or(0);
        day.indexed = level.has_value();
        days.push_back(day);
    }
    return days;
}

} // namespace adal::procurement::r016
