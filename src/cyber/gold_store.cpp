#include "cyber/gold_store.hpp"

namespace adal::cyber {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

void add(Transaction& tx, const GoldItem& item, PersonId by, Instant now)
{
    tx.exec("insert into cyber_gold (resource_id, verdict, category, marked_by, at) values (?1, ?2, ?3, ?4, ?5)", item.resource, name(item.verdict), item.category, by, now);
}

void drop_gold(Transaction& tx, ResourceId id)
{
    tx.exec("delete from cyber_gold where resource_id = ?1", id);
}

std::optional<GoldItem> find_gold(Snapshot& snapshot, ResourceId id)
{
    return snapshot.first("select g.resource_id, g.verdict, g.category from cyber_gold g join cyber_resource r on r.id = g.resource_id where g.resource_id = ?1 and r.state <> 'withdrawn'",
                          [](const Row& row) {
                              return GoldItem{.resource = row.get<ResourceId>(0), .verdict = verdict_from(row.get<std::string>(1)).value_or(Verdict::reject), .category = row.get<std::string>(2)};
                          },
                          id);
}

std::vector<ResourceId> gold_candidates(Snapshot& snapshot, PersonId person)
{
    return snapshot.all("select g.resource_id from cyber_gold g join cyber_resource r on r.id = g.resource_id where r.state <> 'withdrawn' "
                        "and not exists (select 1 from cyber_report p where p.resource_id = g.resource_id and p.person_id = ?1) "
                        "and not exists (select 1 from cyber_review v where v.resource_id = g.resource_id and v.reviewer = ?1) "
                        "and not exists (select 1 from cyber_gold_answer a where a.resource_id = g.resource_id and a.person_id = ?1) "
                        "and not exists (select 1 from cyber_unwanted u where u.person_id = ?1 and u.category = r.category) order by g.resource_id",
                        [](const Row& row) { return row.get<ResourceId>(0); }, person);
}

GoldCount gold_count(Snapshot& snapshot, PersonId person)
{
    return {.reviews = static_cast<int>(snapshot.value<std::int64_t>("select count(*) from cyber_review where reviewer = ?1 and is_arbitration = 0", person).value_or(0)),
            .answered = static_cast<int>(snapshot.value<std::int64_t>("select count(*) from cyber_gold_answer where person_id = ?1", person).value_or(0))};
}

void add_gold_answer(Transaction& tx, const Review& answer, bool is_right)
{
    tx.exec("insert into cyber_gold_answer (resource_id, person_id, verdict, category, is_right, at) values (?1, ?2, ?3, ?4, ?5, ?6)", answer.resource, answer.reviewer,
            name(answer.verdict), answer.category, is_right ? 1 : 0, answer.at);
}

std::vector<GoldRecord> gold_records(Snapshot& snapshot)
{
    return snapshot.all("select person_id, count(*), coalesce(sum(case when is_right = 1 then 1 else 0 end), 0) from cyber_gold_answer group by person_id order by person_id",
                        [](const Row& row) {
                            return GoldRecord{.person = row.get<PersonId>(0), .answered = static_cast<int>(row.get<std::int64_t>(1)), .right = static_cast<int>(row.get<std::int64_t>(2))};
                        });
}

} // namespace adal::cyber
