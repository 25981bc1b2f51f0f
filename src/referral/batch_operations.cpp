// Verified resources to the authority, its registration, its refusals.
#include "ledger/ledger.hpp"
#include "referral/authority_store.hpp"
#include "referral/batch_store.hpp"
#include "referral/calendar_store.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"

#include <algorithm>

namespace adal::referral {

namespace batch_steps {

using storage::Snapshot;
using storage::Transaction;

Result<std::vector<cyber::Resource>> found(Snapshot& snapshot, const std::vector<ResourceId>& ids)
{
    std::vector<cyber::Resource> out;
    for (const auto& id : ids) {
        auto resource = cyber::find_resource(snapshot, id);
        if (!resource) return fail(not_found);
        out.push_back(std::move(*resource));
    }
    return out;
}

Result<BatchItem> item_of(Snapshot& snapshot, const cyber::Resource& resource, Instant now)
{
    const auto basis = cyber::may_refer(resource, cyber::reviews_of(snapshot, resource.id), now);
    if (!basis) return pass(basis);
    return BatchItem{.resource = resource.id, .identity = resource.identity.key, .category = resource.category, .act = basis->act, .article = basis->article};
}

Result<std::int64_t> logged(Transaction& tx, const Batch& batch, Instant now)
{
    ledger::Event event{.type = "referral.sent", .role = "coordinator"};
    event.pub = {{"authority", batch.authority.text()}, {"authority_version", batch.authority_version.text()}, {"batch", batch.id.text()},
                 {"calendar", batch.deadline.calendar_version}, {"channel", name(batch.channel)}, {"count", static_cast<std::int64_t>(batch.items.size())},
                 {"due", iso(batch.deadline.due)}, {"rule", batch.deadline.rule_version}, {"topic", batch.topic}};
    event.commitments = {{.label = "batch", .value = canonical(batch)}, {.label = "number", .value = batch.out_number}};
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    return leaf->index;
}

Deadline counted_from(Transaction& tx, const Law& law, LocalDate start, Instant now)
{
    const auto& rule = law.rules.get_on(rule_batch, start);
    const auto calendar = calendar_on(tx, law, local_date(now));
    keep(tx, rule);
    keep(tx, calendar, now);
    return deadline_of(rule, start, calendar);
}

} // namespace batch_steps

using namespace batch_steps;

Result<Batch> send_batch(Transaction& tx, const Law& law, const NewBatch& wanted, PersonId actor, Instant now)
{
    const auto resources = found(tx, wanted.resources);
    if (!resources) return pass(resources);
    const auto topic = topic_of(*resources);
    if (!topic) return pass(topic);
    if (wanted.out_number.empty()) return fail(batch_number_missing);
    const auto today = local_date(now);
    const auto competent = competent_for(tx, *topic, today);
    const auto authority = std::ranges::find(competent, wanted.authority, &AuthorityVersion::authority);
    if (authority == competent.end()) return fail(batch_not_competent);
    Batch batch{.id = BatchId::make(now), .topic = *topic, .authority = wanted.authority, .authority_version = authority->id, .channel = wanted.channel,
                .out_number = wanted.out_number, .sent_at = now, .sent_by = actor, .deadline = counted_from(tx, law, today, now)};
    for (const auto& resource : *resources) {
        auto item = item_of(tx, resource, now);
        if (!item) return pass(item);
        batch.items.push_back(std::move(*item));
    }
    const auto leaf = logged(tx, batch, now);
    if (!leaf) return pass(leaf);
    batch.leaf = *leaf;
    add(tx, batch);
    for (const auto& resource : *resources)
        if (const auto referred = cyber::mark_referred(tx, resource.id, batch.leaf, actor, now); !referred) return pass(referred);
    return batch;
}

Result<Batch> receive_batch(Transaction& tx, const Law& law, BatchId id, LocalDate received_on, std::string_view in_number, PersonId actor, Instant now)
{
    const auto batch = find_batch(tx, id);
    if (!batch) return fail(not_found);
    auto received = receive(*batch, received_on, in_number, local_date(now));
    if (!received) return pass(received);
    received->deadline = counted_from(tx, law, received_on, now);
    save_receipt(tx, *received);
    for (const auto& item : received->items) {
        const auto resource = cyber::find_resource(tx, item.resource);
        if (resource && resource->state == cyber::State::referred)
            if (const auto accepted = cyber::mark_accepted(tx, item.resource, actor, now); !accepted) return pass(accepted);
    }
    return received;
}

Result<Done> refuse_batch_item(Transaction& tx, BatchId id, ResourceId resource, std::string_view reason, PersonId actor, Instant now)
{
    const auto batch = find_batch(tx, id);
    if (!batch || std::ranges::find(batch->items, resource, &BatchItem::resource) == batch->items.end()) return fail(not_found);
    const auto refused = cyber::mark_refused(tx, resource, reason, actor, now);
    if (!refused) return pass(refused);
    return done();
}

} // namespace adal::referral
