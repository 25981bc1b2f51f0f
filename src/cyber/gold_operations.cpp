#include "cyber/cyber.hpp"

namespace adal::cyber {

namespace gold_steps {

// As it stood when it waited: nothing says that it is closed.
Resource disguised(Resource resource)
{
    resource.state = resource.is_guarded ? State::guarded : State::triaged;
    resource.alive_at.reset();
    return resource;
}

} // namespace gold_steps

std::optional<Resource> gold_for(storage::Snapshot& snapshot, PersonId person)
{
    const auto count = gold_count(snapshot, person);
    if (!is_gold_due(count.reviews, count.answered)) return {};
    const auto picked = pick_gold(person, gold_candidates(snapshot, person));
    if (!picked) return {};
    auto resource = find_resource(snapshot, *picked);
    if (!resource) return {};
    return gold_steps::disguised(std::move(*resource));
}

std::optional<Resource> as_gold_for(storage::Snapshot& snapshot, const Resource& resource, PersonId person, Instant now)
{
    if (!find_gold(snapshot, resource.id)) return {};
    // Taken once, it stays what it is until the review, whatever else becomes a gold item meanwhile.
    const auto claim = claim_of(snapshot, resource.id);
    const bool is_taken = claim && claim->person == person && claim->until > now;
    if (!is_taken) {
        const auto due = gold_for(snapshot, person);
        if (!due || due->id != resource.id) return {};
    }
    return gold_steps::disguised(resource);
}

Result<GoldItem> mark_gold(storage::Transaction& tx, ResourceId id, PersonId person, Instant now)
{
    const auto resource = find_resource(tx, id);
    if (!resource) return fail(not_found);
    auto item = as_gold(*resource, reviews_of(tx, id));
    if (!item) return item;
    if (!find_gold(tx, id)) add(tx, *item, person, now);
    return item;
}

} // namespace adal::cyber
