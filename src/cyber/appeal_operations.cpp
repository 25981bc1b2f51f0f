// An owner's appeal and the votes on it.
#include "cyber/cyber.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace adal::cyber {

namespace appeal_steps {

constexpr std::size_t kLongestText = 4000, kLongestContact = 200;

Result<std::string> cleaned(std::string_view text, std::string_view field, std::size_t longest, const ProblemCode& missing)
{
    auto clean = clean_text(text);
    if (!clean) return fail(bad_field, {{"field", std::string{field}}, {"reason", "bad_text"}});
    if (clean->empty()) return fail(missing);
    if (clean->size() > longest) return fail(bad_field, {{"field", std::string{field}}, {"reason", "too_long"}});
    return std::move(*clean);
}

} // namespace appeal_steps

Result<Appeal> file_appeal(storage::Transaction& tx, const Rulebook& rules, std::string_view address, std::string_view contact, std::string_view text, Instant now)
{
    const auto how = appeal_steps::cleaned(contact, "contact", appeal_steps::kLongestContact, appeal_contact_missing);
    if (!how) return pass(how);
    const auto why = appeal_steps::cleaned(text, "text", appeal_steps::kLongestText, appeal_text_missing);
    if (!why) return pass(why);
    const auto resource = find_resource(tx, read_link(address, rules.suffixes).identity.key);
    if (!resource || !is_listed(resource->state)) return fail(appeal_not_listed);
    const auto earlier = appeals_of(tx, resource->id);
    if (std::ranges::find(earlier, AppealState::open, &Appeal::state) != earlier.end()) return fail(appeal_open);
    Appeal appeal{.id = AppealId::make(now), .resource = resource->id, .contact = *how, .text = *why, .at = now};
    add(tx, appeal);
    return appeal;
}

Result<Appeal> vote_on_appeal(storage::Transaction& tx, AppealId id, bool grants, std::string_view text, PersonId person, Instant now)
{
    auto appeal = find_appeal(tx, id);
    if (!appeal) return fail(not_found);
    const auto why = appeal_steps::cleaned(text, "text", appeal_steps::kLongestText, review_text_missing);
    if (!why) return pass(why);
    const AppealVote vote{.person = person, .grants = grants, .text = *why, .at = now};
    const auto reviews = reviews_of(tx, appeal->resource);
    auto after = after_vote(std::move(*appeal), vote, reviews);
    if (!after) return pass(after);
    add_vote(tx, *after, vote);
    if (after->state == AppealState::granted)
        if (const auto withdrawn = withdraw_resource(tx, after->resource, *why, person, now); !withdrawn) return pass(withdrawn);
    return after;
}

} // namespace adal::cyber
