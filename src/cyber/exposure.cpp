#include "cyber/exposure.hpp"

#include <algorithm>

namespace adal::cyber {

namespace exposure_rules {

constexpr std::chrono::hours kDay{24}, kHour{1};

std::chrono::milliseconds looked_today(const std::vector<Looking>& spans, Instant now)
{
    return looked(spans, now.plus(-kDay), now);
}

} // namespace exposure_rules

std::chrono::milliseconds looked(std::vector<Looking> spans, Instant since, Instant now)
{
    std::ranges::sort(spans, {}, &Looking::from);
    std::int64_t sum = 0;
    auto counted = since; // everything before it is in the sum already
    for (const auto& span : spans) {
        const auto from = std::max(span.from, counted), until = std::min(span.until, now);
        if (until <= from) continue;
        sum += until.ms - from.ms;
        counted = until;
    }
    return std::chrono::milliseconds{sum};
}

Result<Done> may_look(const std::vector<Looking>& spans, Instant now)
{
    using namespace exposure_rules;
    if (looked_today(spans, now) >= kLookingADay) return fail(exposure_day);
    if (looked(spans, now.plus(-kHour), now) >= kLookingAnHour) return fail(exposure_pause);
    return done();
}

int minutes_left(const std::vector<Looking>& spans, Instant now)
{
    const auto left = kLookingADay - exposure_rules::looked_today(spans, now);
    return static_cast<int>(std::max<std::int64_t>(0, std::chrono::floor<std::chrono::minutes>(left).count()));
}

} // namespace adal::cyber
