#include "referral/statistics.hpp"

namespace adal::referral {

namespace statistics_rules {

std::optional<double> ratio(std::int64_t part, std::int64_t whole)
{
    if (whole <= 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

bool counts(oversight::FindingState state)
{
    return state != oversight::FindingState::duplicate && state != oversight::FindingState::invalid;
}

void count_state(FixCounts& counts, oversight::FindingState state)
{
    using enum oversight::FindingState;
    ++counts.referred;
    if (state == fixed_verified) ++counts.fixed_verified;
    if (state == fix_claimed) ++counts.claimed_unchecked;
    if (state == not_fixed || state == reopened) ++counts.not_fixed;
    if (state == refused || state == closed_refused) ++counts.refused;
}

// The findings of one place: the sum is shared by all of them, so no tenge is counted twice.
struct PlaceShare {
    std::int64_t findings = 0, fixed = 0;
    Money sum{};
};

} // namespace statistics_rules

std::optional<double> AnswerCounts::in_time_share() const
{
    return statistics_rules::ratio(in_time, answered + overdue);
}

std::optional<double> FixCounts::share() const
{
    return statistics_rules::ratio(fixed_verified, referred);
}

std::optional<double> FixCounts::value_share() const
{
    return statistics_rules::ratio(fixed_value.tiyn, value.tiyn);
}

FixCounts count_fixes(const std::vector<FindingId>& referred, const std::map<FindingId, oversight::Standing>& standings)
{
    FixCounts out;
    std::map<PlaceId, statistics_rules::PlaceShare> places;
    for (const auto& id : referred) {
        const auto standing = standings.find(id);
        if (standing == standings.end() || !statistics_rules::counts(standing->second.state)) continue;
        statistics_rules::count_state(out, standing->second.state);
        if (!standing->second.contract_sum) continue;
        auto& place = places[standing->second.place];
        place.sum = *standing->second.contract_sum;
        ++place.findings;
        place.fixed += standing->second.state == oversight::FindingState::fixed_verified ? 1 : 0;
        ++out.valued;
    }
    for (const auto& [id, place] : places) {
        out.value.tiyn += place.sum.tiyn;
        out.fixed_value.tiyn += place.sum.tiyn * place.fixed / place.findings;
    }
    return out;
}

} // namespace adal::referral
