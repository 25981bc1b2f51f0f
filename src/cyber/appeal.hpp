// cyber/appeal.hpp: an owner says that a resource is wrongly listed. Two people decide, none of whom reviewed it; where they
// differ a third does. A granted appeal withdraws the resource at once (cyber.md §3.1, §3.3). Pure; thread-safe.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "cyber/resource.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

enum class AppealState { open, granted, refused };
std::string_view name(AppealState state); // "cyber.appeal_state." + name
std::optional<AppealState> appeal_state_from(std::string_view name);

struct AppealVote {
    PersonId person{};
    bool grants = false;
    std::string text{};
    Instant at{};
};

struct Appeal {
    AppealId id{};
    ResourceId resource{};
    std::string contact{}; // to answer to; for the desk only
    std::string text{};
    Instant at{};
    AppealState state = AppealState::open;
    std::vector<AppealVote> votes{}; // oldest first
};

inline constexpr ProblemCode appeal_not_listed{"cyber.appeal_not_listed", 404};
inline constexpr ProblemCode appeal_contact_missing{"cyber.appeal_contact_missing", 422};
inline constexpr ProblemCode appeal_text_missing{"cyber.appeal_text_missing", 422};
inline constexpr ProblemCode appeal_open{"cyber.appeal_open", 409};         // one of that resource waits already
inline constexpr ProblemCode appeal_decided{"cyber.appeal_decided", 409};
inline constexpr ProblemCode appeal_own_case{"cyber.appeal_own_case", 403}; // reviewed the resource, or has voted

// The appeal after a vote; its state is what two equal votes say.
Result<Appeal> after_vote(Appeal appeal, const AppealVote& vote, const std::vector<Review>& reviews);

} // namespace adal::cyber
