// What a reviewer is given, resources that wait and gold items among them: the same steps with the same refusals for both, so
// that nobody can tell which is which. A gold item's answer goes to a table of its own.
#include "cyber/cyber.hpp"

#include "cyber/gold_store.hpp"
#include "people/people.hpp"

#include <algorithm>

namespace adal::cyber {

namespace gold_steps {

using storage::Snapshot;
using storage::Transaction;

std::vector<Resource> waiting_for(Snapshot& snapshot, PersonId person, int limit, Instant now)
{
    return list_resources(snapshot, {.states = {State::triaged, State::guarded, State::in_review}, .not_of = person, .limit = limit}, now);
}

// Those that could be opened now: given before and not done with, and those that lie beside what waits.
std::vector<GoldTask> tasks_among(Snapshot& snapshot, const Reviewing& who, const std::vector<Resource>& waiting, Instant now)
{
    if (who.knows_answers) return {};
    auto given = gold_tasks_of(snapshot, who.person);
    std::vector<Resource> bringing;
    for (const auto& resource : waiting)
        if (std::ranges::find(given, resource.id, &GoldTask::beside) == given.end()) bringing.push_back(resource);
    std::erase_if(given, [&](const GoldTask& task) {
        if (task.answer) return task.answer->at.plus(kGoldAfterglow) <= now;
        return task.until.plus(kGoldAfterglow) <= now && std::ranges::find(waiting, task.beside, &Resource::id) == waiting.end();
    });
    std::ranges::move(gold_beside(who.person, bringing, open_gold(snapshot, who.person)), std::back_inserter(given));
    return given;
}

Offer offer_of(Snapshot& snapshot, const GoldTask& task, Instant now)
{
    auto resource = *find_resource(snapshot, task.resource);
    Offer out{.shown = in_disguise(resource, task, reported_category(snapshot, task.resource)), .resource = task.resource, .is_claimed = !task.answer && task.until > now};
    if (task.answer) out.shown.state = state_after(out.shown, *task.answer);
    return out;
}

std::optional<GoldTask> task_for(Snapshot& snapshot, const Reviewing& who, ResourceId id, Instant now)
{
    const auto tasks = tasks_among(snapshot, who, waiting_for(snapshot, who.person, kQueueShown, now), now);
    const auto found = std::ranges::find(tasks, id, &GoldTask::id);
    return found == tasks.end() ? std::nullopt : std::optional{*found};
}

Result<Done> may_answer(Snapshot& snapshot, const Resource& shown, const GoldTask& task, Instant now)
{
    const auto person = people::get(snapshot, task.person);
    if (!person) return pass(person);
    Panel panel;
    if (task.answer) panel.reviews.push_back(*task.answer);
    return may_review(shown, panel, task.person, person->is_surely_adult(local_date(now)), severe_reviews_since(snapshot, task.person, now.plus(-std::chrono::hours{24})));
}

Result<Done> answer_task(Transaction& tx, const Rulebook& rules, const GoldTask& task, Review review, Instant now)
{
    const auto offer = offer_of(tx, task, now);
    if (const auto may = may_answer(tx, offer.shown, task, now); !may) return may;
    if (!offer.is_claimed) return fail(not_claimed);
    review.at = now;
    if (const auto whole = is_whole(review, offer.shown, rules.guard); !whole) return whole;
    if (review.capture.is_set()) {
        const auto own = gold_captures_of(tx, task), others = captures_of(tx, task.resource);
        const auto is_it = [&](const Capture& one) { return one.id == review.capture; };
        if (std::ranges::none_of(own, is_it) && std::ranges::none_of(others, is_it)) return fail(not_found);
    }
    if (review.copy.is_set()) {
        const auto copy = find_copy(tx, review.copy);
        if (!copy || copy->resource != task.resource || !copy->is_kept()) return fail(not_found);
    }
    add_answer(tx, task.id, review);
    end_looking(tx, task.person, task.resource, now);
    return done();
}

} // namespace gold_steps

using namespace gold_steps;

std::vector<Resource> queue_of(Snapshot& snapshot, const Reviewing& who, Instant now)
{
    auto out = waiting_for(snapshot, who.person, kQueueShown, now);
    for (const auto& task : tasks_among(snapshot, who, out, now))
        if (!task.answer) out.push_back(offer_of(snapshot, task, now).shown);
    std::ranges::sort(out, [](const Resource& a, const Resource& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
    return out;
}

Result<Offer> offer_to(Snapshot& snapshot, const Reviewing& who, ResourceId id, Instant now)
{
    Offer out{.resource = id};
    if (auto resource = find_resource(snapshot, id)) {
        const auto claim = claim_of(snapshot, id);
        out.is_claimed = claim && claim->person == who.person && claim->until > now;
        out.shown = std::move(*resource);
        out.captures = captures_of(snapshot, id);
    } else {
        const auto task = task_for(snapshot, who, id, now);
        if (!task) return fail(not_found);
        out = offer_of(snapshot, *task, now);
        out.captures = gold_captures_of(snapshot, *task);
    }
    const auto reporters = reporters_of(snapshot, out.resource);
    if (out.resource != id) std::ranges::copy_if(captures_of(snapshot, out.resource), std::back_inserter(out.captures), [&](const Capture& one) { return one.person != who.person; });
    std::erase_if(out.captures, [&](const Capture& one) { return one.person != who.person && std::ranges::find(reporters, one.person) == reporters.end(); });
    // What may be hard to look at is shown to who has claimed it: that time is counted (exposure.hpp).
    if (out.is_claimed) out.copy = newest_copy(snapshot, out.resource);
    else std::erase_if(out.captures, [&](const Capture& one) { return one.person != who.person; });
    if (!is_waiting(out.shown.state)) return fail(not_found);
    return out;
}

Result<Done> claim_offer(Transaction& tx, const Reviewing& who, ResourceId id, Instant now)
{
    if (find_resource(tx, id)) {
        if (const auto claimed = claim_resource(tx, id, who.person, now); !claimed) return pass(claimed);
        return done();
    }
    auto task = task_for(tx, who, id, now);
    if (!task) return fail(not_found);
    if (const auto may = may_answer(tx, offer_of(tx, *task, now).shown, *task, now); !may) return may;
    if (const auto may = may_look(looking_since(tx, who.person, now.plus(-std::chrono::hours{24})), now); !may) return may;
    if (task->until.ms == 0) add(tx, *task);
    hold(tx, task->id, now.plus(kLease));
    begin_looking(tx, who.person, task->resource, {.from = now, .until = now.plus(kLease)});
    return done();
}

Result<Done> add_offer_capture(Transaction& tx, const Reviewing& who, ResourceId id, const files::StoredFile& file, Instant now)
{
    if (find_resource(tx, id)) {
        if (const auto added = add_capture(tx, id, file, who.person, now); !added) return pass(added);
        return done();
    }
    const auto task = task_for(tx, who, id, now);
    if (!task) return fail(not_found);
    if (!offer_of(tx, *task, now).is_claimed) return fail(not_claimed);
    add_gold_capture(tx, {.id = CaptureId::make(now), .resource = id, .file = file.id, .person = who.person, .at = now});
    return done();
}

Result<Done> review_offer(Transaction& tx, const Rulebook& rules, const Reviewing& who, ResourceId id, Review review, Instant now)
{
    if (find_resource(tx, id)) {
        if (const auto reviewed = review_resource(tx, rules, id, std::move(review), false, who.person, now); !reviewed) return pass(reviewed);
        return done();
    }
    const auto task = task_for(tx, who, id, now);
    if (!task) return fail(not_found);
    return answer_task(tx, rules, *task, std::move(review), now);
}

Result<Gold> mark_gold(Transaction& tx, ResourceId id, PersonId person, Instant now)
{
    const auto resource = find_resource(tx, id);
    if (!resource) return fail(not_found);
    auto gold = as_gold(*resource, reviews_of(tx, id));
    if (!gold) return gold;
    gold->marked_by = person;
    gold->at = now;
    put_gold(tx, *gold);
    return gold;
}

} // namespace adal::cyber
