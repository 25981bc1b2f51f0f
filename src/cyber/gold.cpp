#include "cyber/gold.hpp"

#include "base/hash.hpp"

#include <algorithm>
#include <cmath>

namespace adal::cyber {

Result<GoldItem> as_gold(const Resource& resource, const std::vector<Review>& reviews)
{
    const bool is_closed = resource.state == State::rejected || is_listed(resource.state);
    if (!is_closed || reviews.size() < 2) return fail(gold_not_clear);
    const auto& first = reviews.front();
    const bool is_clear = std::ranges::all_of(reviews, [&](const Review& review) {
        return !review.is_arbitration && review.verdict == first.verdict && (review.verdict == Verdict::reject || review.category == first.category);
    });
    if (!is_clear || (first.verdict == Verdict::reject) != (resource.state == State::rejected)) return fail(gold_not_clear);
    return GoldItem{.resource = resource.id, .verdict = first.verdict, .category = first.verdict == Verdict::confirm ? first.category : std::string{}};
}

bool is_right(const GoldItem& item, const Review& answer)
{
    return answer.verdict == item.verdict && (item.verdict == Verdict::reject || answer.category == item.category);
}

bool is_gold_due(int reviews, int answered)
{
    return answered < reviews / kGoldOneIn;
}

std::optional<ResourceId> pick_gold(PersonId person, const std::vector<ResourceId>& candidates)
{
    if (candidates.empty()) return {};
    return std::ranges::min(candidates, {}, [&](ResourceId id) { return sha256(person.str() + id.str()); });
}

Interval wilson(int right, int of)
{
    constexpr double z = 1.959964; // 95 %
    const double n = of, share = right / n;
    const double middle = share + z * z / (2 * n), half = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n)), whole = 1 + z * z / n;
    return {.low = static_cast<int>(std::floor(100 * std::max(0.0, (middle - half) / whole))), .high = static_cast<int>(std::ceil(100 * std::min(1.0, (middle + half) / whole)))};
}

} // namespace adal::cyber
