// referral/statistics.hpp: how an authority answers, and what came of it. Honest by construction: every rate has its
// denominator beside it, a claimed fix is counted apart from a checked one, and what cannot be valued is said.
//
// fix rate (field.md I9) = fixed and verified / (referred − duplicate − invalid), by the cohort of what was referred
// to that authority. By value: the sum of the contract of a place is shared equally by its findings in the cohort;
// findings at places without a known sum are left out of it and counted. Thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/money.hpp"
#include "oversight/oversight.hpp"
#include "referral/recommendation.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace adal::referral {

struct AnswerCounts {
    std::int64_t sent = 0;      // recommendations; = waiting + overdue + answered
    std::int64_t waiting = 0;   // and not overdue
    std::int64_t overdue = 0;   // no answer, the term is over
    std::int64_t answered = 0;
    std::int64_t in_time = 0;   // of answered
    std::array<std::int64_t, all_reply_classes.size()> by_class{}; // of answered, in the order of all_reply_classes
    std::int64_t escalated = 0; // letters to the authority above or complaints about it

    // Answered in time of those whose term is over or that were answered; nothing when there is none.
    [[nodiscard]] std::optional<double> in_time_share() const;
};

struct FixCounts {
    std::int64_t referred = 0;          // findings, without duplicates and invalid ones: the denominator
    std::int64_t fixed_verified = 0;
    std::int64_t claimed_unchecked = 0;
    std::int64_t not_fixed = 0;         // a check found it not fixed, or it came back
    std::int64_t refused = 0;
    std::int64_t valued = 0;            // findings at places with a known sum
    Money value{};                      // of these
    Money fixed_value{};

    [[nodiscard]] std::optional<double> share() const;
    [[nodiscard]] std::optional<double> value_share() const;
};

FixCounts count_fixes(const std::vector<FindingId>& referred, const std::map<FindingId, oversight::Standing>& standings);

} // namespace adal::referral
