// cyber/exposure.hpp: how long one person may look at what harms (cyber.md §3.4): 90 minutes a day, and after 50 minutes of
// an hour a pause. Beside it stands kSevereADay of resource.hpp. Rules only: no storage, no language. Thread-safe.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <chrono>
#include <vector>

namespace adal::cyber {

inline constexpr std::chrono::minutes kLookingADay{90}, kLookingAnHour{50};

// From taking a resource to the review or to the end of the lease. Spans of one person may overlap.
struct Looking {
    Instant from{}, until{};
};

// How long of [since, now] at least one span covers.
std::chrono::milliseconds looked(std::vector<Looking> spans, Instant since, Instant now);

inline constexpr ProblemCode exposure_day{"cyber.exposure_day", 429};
inline constexpr ProblemCode exposure_pause{"cyber.exposure_pause", 429};

// Asked when somebody takes a resource, never when they send a review: what is written is not lost. `spans`: of the last 24 hours.
Result<Done> may_look(const std::vector<Looking>& spans, Instant now);
// Whole minutes of today that are left.
int minutes_left(const std::vector<Looking>& spans, Instant now);

} // namespace adal::cyber
