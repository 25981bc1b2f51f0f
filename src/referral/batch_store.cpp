#include "referral/batch_store.hpp"

#include "referral/authority_store.hpp"
#include "referral/column_store.hpp"
#include "referral/competence_store.hpp"
#include "referral/referral.hpp"

#include <algorithm>

namespace adal::referral {

namespace batch_rows {

constexpr std::string_view kSelect = "select id, topic, authority_id, authority_version_id, channel, out_number, sent_at, sent_by, rule_version, calendar_version, start_on, due_on, received_on, in_number, leaf "
                                     "from referral_batches ";

Batch batch_from(const storage::Row& row)
{
    Batch out{.id = row.get<BatchId>(0), .topic = row.get<std::string>(1), .authority = row.get<AuthorityId>(2), .authority_version = row.get<AuthorityVersionId>(3),
              .channel = *channel_from(row.text(4)), .out_number = row.get<std::string>(5), .sent_at = row.get<Instant>(6), .sent_by = row.get<PersonId>(7)};
    out.deadline = {.rule_version = row.get<std::string>(8), .calendar_version = row.get<std::string>(9), .start = *parse_date(row.text(10)), .due = *parse_date(row.text(11))};
    if (!row.is_null(12)) out.received_on = parse_date(row.text(12));
    out.in_number = row.get<std::string>(13);
    out.leaf = row.integer(14);
    return out;
}

void add_items(storage::Snapshot& snapshot, Batch& batch)
{
    batch.items = snapshot.all("select resource_id, identity, category, act, article from referral_batch_items where batch_id = ?1 order by ordinal",
                               [](const storage::Row& row) {
                                   return BatchItem{.resource = row.get<ResourceId>(0), .identity = row.get<std::string>(1), .category = row.get<std::string>(2), .act = row.get<std::string>(3),
                                                    .article = row.get<std::string>(4)};
                               },
                               batch.id);
}

} // namespace batch_rows

void add(storage::Transaction& tx, const Batch& b)
{
    tx.exec("insert into referral_batches (id, topic, authority_id, authority_version_id, channel, out_number, sent_at, sent_by, rule_version, calendar_version, start_on, due_on, in_number, leaf) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, '', ?13)",
            b.id, b.topic, b.authority, b.authority_version, name(b.channel), b.out_number, b.sent_at, b.sent_by, b.deadline.rule_version, b.deadline.calendar_version, iso(b.deadline.start),
            iso(b.deadline.due), b.leaf);
    std::int64_t ordinal = 0;
    for (const auto& item : b.items)
        tx.exec("insert into referral_batch_items (batch_id, ordinal, resource_id, identity, category, act, article) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", b.id, ++ordinal, item.resource,
                item.identity, item.category, item.act, item.article);
}

void save_receipt(storage::Transaction& tx, const Batch& b)
{
    tx.exec("update referral_batches set received_on = ?2, in_number = ?3, rule_version = ?4, calendar_version = ?5, start_on = ?6, due_on = ?7 where id = ?1", b.id, iso(*b.received_on), b.in_number,
            b.deadline.rule_version, b.deadline.calendar_version, iso(b.deadline.start), iso(b.deadline.due));
}

std::optional<Batch> find_batch(storage::Snapshot& snapshot, BatchId id)
{
    auto batch = snapshot.first(std::string{batch_rows::kSelect} + "where id = ?1", batch_rows::batch_from, id);
    if (batch) batch_rows::add_items(snapshot, *batch);
    return batch;
}

std::vector<Batch> list_batches(storage::Snapshot& snapshot, int limit)
{
    auto batches = snapshot.all(std::string{batch_rows::kSelect} + "order by sent_at desc, id desc limit ?1", batch_rows::batch_from, limit);
    for (auto& batch : batches) batch_rows::add_items(snapshot, batch);
    return batches;
}

std::vector<AuthorityVersion> competent_for(storage::Snapshot& snapshot, std::string_view topic, LocalDate day)
{
    std::vector<AuthorityVersion> out;
    for (const auto& competence : list_competences(snapshot)) {
        if (competence.topic != topic || competence.valid_from > day || (competence.valid_to && *competence.valid_to < day)) continue;
        if (std::ranges::find(out, competence.authority, &AuthorityVersion::authority) != out.end()) continue;
        if (auto version = authority_on(snapshot, competence.authority, day)) out.push_back(std::move(*version));
    }
    return out;
}

} // namespace adal::referral
