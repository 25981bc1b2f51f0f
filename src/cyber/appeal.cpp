#include "cyber/appeal.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace adal::cyber {

namespace appeal_rules {

constexpr std::array<std::pair<AppealState, std::string_view>, 3> kStates{{{AppealState::open, "open"}, {AppealState::granted, "granted"}, {AppealState::refused, "refused"}}};

} // namespace appeal_rules

std::string_view name(AppealState state)
{
    for (const auto& [known, name] : appeal_rules::kStates)
        if (known == state) return name;
    check_failed("a known AppealState", __FILE__, __LINE__);
}

std::optional<AppealState> appeal_state_from(std::string_view name)
{
    for (const auto& [state, known] : appeal_rules::kStates)
        if (known == name) return state;
    return std::nullopt;
}

Result<Appeal> after_vote(Appeal appeal, const AppealVote& vote, const std::vector<Review>& reviews)
{
    if (appeal.state != AppealState::open) return fail(appeal_decided);
    const bool has_voted = std::ranges::find(appeal.votes, vote.person, &AppealVote::person) != appeal.votes.end();
    if (has_voted || std::ranges::find(reviews, vote.person, &Review::reviewer) != reviews.end()) return fail(appeal_own_case);
    if (trim(vote.text).empty()) return fail(review_text_missing);
    appeal.votes.push_back(vote);
    const auto granting = std::ranges::count(appeal.votes, true, &AppealVote::grants);
    const auto refusing = std::ssize(appeal.votes) - granting;
    if (granting >= 2) appeal.state = AppealState::granted;
    if (refusing >= 2) appeal.state = AppealState::refused;
    return appeal;
}

} // namespace adal::cyber
