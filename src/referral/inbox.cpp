#include "referral/inbox.hpp"

namespace adal::referral {

bool is_open(const Inbox& inbox, Instant now)
{
    return !inbox.revoked_at && now < inbox.expires_at;
}

Result<Done> may_reply(const Inbox& inbox, const Recommendation& recommendation, const std::string& text, bool one_waits)
{
    if (recommendation.answerable() != inbox.authority || recommendation.state == RecommendationState::unsent)
        return fail(inbox_not_addressed);
    if (recommendation.state == RecommendationState::answered) return fail(reply_second);
    if (one_waits) return fail(inbox_already_waiting);
    if (text.empty()) return fail(inbox_text_missing);
    return done();
}

} // namespace adal::referral
