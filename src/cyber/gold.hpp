// cyber/gold.hpp: resources whose answer is known, mixed unseen among a reviewer's own: does somebody look, or only click?
// (cyber.md §3.3, rule 7: 5 % blind gold items.) An answer never moves a resource and is no decision. Rules only: no
// storage, no language. Thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "cyber/resource.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::cyber {

struct GoldItem {
    ResourceId resource{};
    Verdict verdict = Verdict::reject;
    std::string category{}; // of a confirmation
};

inline constexpr ProblemCode gold_not_clear{"cyber.gold_not_clear", 409};

// Only what is closed and was clear: at least two said the same, nobody the contrary, no arbitration, not withdrawn.
Result<GoldItem> as_gold(const Resource& resource, const std::vector<Review>& reviews);
bool is_right(const GoldItem& item, const Review& answer);

inline constexpr int kGoldOneIn = 20;
// `reviews`: all that the person wrote; `answered`: gold items among what they were given.
bool is_gold_due(int reviews, int answered);
// Always the same for the same person and items, another for another person. Nothing: none left.
std::optional<ResourceId> pick_gold(PersonId person, const std::vector<ResourceId>& candidates);

// Shares of a hundred between which the true share lies in 95 of 100 cases: Wilson, JASA 22 (1927) 209–212. of > 0.
struct Interval {
    int low = 0, high = 100;
};
Interval wilson(int right, int of);

} // namespace adal::cyber
