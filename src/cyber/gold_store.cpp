#include "cyber/gold_store.hpp"

#include "cyber/resource_json.hpp"

#include <map>

namespace adal::cyber {

namespace gold_rows {

using storage::Row;
using storage::Snapshot;
using storage::Transaction;

Gold gold_from(const Row& row)
{
    return {.resource = row.get<ResourceId>(0), .verdict = *verdict_from(row.text(1)), .category = row.get<std::string>(2), .marked_by = row.get<PersonId>(3), .at = row.get<Instant>(4)};
}

GoldTask task_from(const Row& row)
{
    GoldTask out{.id = row.get<ResourceId>(0), .resource = row.get<ResourceId>(1), .person = row.get<PersonId>(2), .beside = row.get<ResourceId>(3), .state = *state_from(row.text(4)),
                 .reported_at = row.get<Instant>(5), .until = row.get<Instant>(6)};
    if (!row.is_null(7))
        out.answer = Review{.resource = out.id, .reviewer = out.person, .verdict = *verdict_from(row.text(7)), .category = row.get<std::string>(8), .at = row.get<Instant>(9)};
    return out;
}

} // namespace gold_rows

using namespace gold_rows;

void put_gold(Transaction& tx, const Gold& gold)
{
    const auto again = tx.exec("update cyber_gold set verdict = ?2, category = ?3, marked_by = ?4, at = ?5, retired_at = null where resource_id = ?1", gold.resource, name(gold.verdict),
                               gold.category, gold.marked_by, gold.at);
    if (again == 0)
        tx.exec("insert into cyber_gold (resource_id, verdict, category, marked_by, at) values (?1, ?2, ?3, ?4, ?5)", gold.resource, name(gold.verdict), gold.category, gold.marked_by, gold.at);
}

void retire_gold(Transaction& tx, ResourceId resource, Instant now)
{
    tx.exec("update cyber_gold set retired_at = ?2 where resource_id = ?1 and retired_at is null", resource, now);
}

std::optional<Gold> gold_of(Snapshot& snapshot, ResourceId resource)
{
    return snapshot.first("select resource_id, verdict, category, marked_by, at from cyber_gold where resource_id = ?1 and retired_at is null", gold_from, resource);
}

std::int64_t count_gold(Snapshot& snapshot)
{
    return snapshot.value<std::int64_t>("select count(*) from cyber_gold where retired_at is null").value_or(0);
}

std::vector<OpenGold> open_gold(Snapshot& snapshot, PersonId person)
{
    std::vector<OpenGold> out;
    snapshot.each("select g.resource_id, g.verdict, g.category, g.marked_by, g.at, r.state, r.is_guarded from cyber_gold g join cyber_resource r on r.id = g.resource_id "
                  "where g.retired_at is null and g.marked_by <> ?1 "
                  "and not exists (select 1 from cyber_gold_task t where t.resource_id = r.id and t.person_id = ?1) "
                  "and not exists (select 1 from cyber_report p where p.resource_id = r.id and (p.person_id = ?1 or "
                  "exists (select 1 from cyber_unwanted u where u.person_id = ?1 and u.category in (p.category, r.category)))) "
                  "and not exists (select 1 from cyber_review v where v.resource_id = r.id and v.reviewer = ?1) "
                  "and not exists (select 1 from cyber_claim c where c.resource_id = r.id and c.person_id = ?1) "
                  "and not exists (select 1 from cyber_capture c where c.resource_id = r.id and c.person_id = ?1) "
                  "and not exists (select 1 from cyber_check c where c.resource_id = r.id and c.person_id = ?1) "
                  "and not exists (select 1 from cyber_looking l where l.resource_id = r.id and l.person_id = ?1) "
                  "and not exists (select 1 from cyber_event e where e.resource_id = r.id and e.person_id = ?1) "
                  "and not exists (select 1 from cyber_appeal a join cyber_appeal_vote v on v.appeal_id = a.id where a.resource_id = r.id and v.person_id = ?1) "
                  "order by g.resource_id",
                  [&](const Row& row) {
                      if (const auto gold = gold_from(row); still_holds(gold, *state_from(row.text(5)))) out.push_back({.resource = gold.resource, .is_guarded = row.get<bool>(6)});
                  },
                  person);
    return out;
}

std::string reported_category(Snapshot& snapshot, ResourceId resource)
{
    return snapshot.value<std::string>("select category from cyber_report where resource_id = ?1 order by is_first desc, at, id limit 1", resource).value_or("");
}

void add(Transaction& tx, const GoldTask& task)
{
    tx.exec("insert into cyber_gold_task (id, resource_id, person_id, beside_id, state, reported_at, until_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", task.id, task.resource, task.person,
            task.beside, name(task.state), task.reported_at, task.until);
}

void hold(Transaction& tx, ResourceId task, Instant until)
{
    tx.exec("update cyber_gold_task set until_at = ?2 where id = ?1", task, until);
}

std::vector<GoldTask> gold_tasks_of(Snapshot& snapshot, PersonId person)
{
    return snapshot.all("select t.id, t.resource_id, t.person_id, t.beside_id, t.state, t.reported_at, t.until_at, a.verdict, a.category, a.at from cyber_gold_task t "
                        "left join cyber_gold_answer a on a.task_id = t.id where t.person_id = ?1 order by t.id",
                        task_from, person);
}

void add_answer(Transaction& tx, ResourceId task, const Review& answer)
{
    tx.exec("insert into cyber_gold_answer (task_id, verdict, category, scope, answers, text, capture_id, no_capture, categories_version, at, copy_id) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            task, name(answer.verdict), answer.category, text(answer.scope), answers_text(answer.answers), answer.text,
            answer.capture.is_set() ? std::optional{answer.capture} : std::nullopt, answer.no_capture, categories_version(), answer.at,
            answer.copy.is_set() ? std::optional{answer.copy} : std::nullopt);
}

void add_gold_capture(Transaction& tx, const Capture& capture)
{
    tx.exec("insert into cyber_gold_capture (id, task_id, file_id, at) values (?1, ?2, ?3, ?4)", capture.id, capture.resource, capture.file, capture.at);
}

std::vector<Capture> gold_captures_of(Snapshot& snapshot, const GoldTask& task)
{
    return snapshot.all("select id, file_id, at from cyber_gold_capture where task_id = ?1 order by at, id",
                        [&](const Row& row) {
                            return Capture{.id = row.get<CaptureId>(0), .resource = task.id, .file = row.get<FileId>(1), .person = task.person, .at = row.get<Instant>(2)};
                        },
                        task.id);
}

std::vector<GoldScore> gold_scores(Snapshot& snapshot, Instant since)
{
    std::map<PersonId, GoldScore> by_person;
    snapshot.each("select g.resource_id, g.verdict, g.category, g.marked_by, g.at, r.state, t.person_id, a.verdict, a.category from cyber_gold_answer a join cyber_gold_task t on t.id = a.task_id "
                  "join cyber_gold g on g.resource_id = t.resource_id join cyber_resource r on r.id = g.resource_id where a.at >= ?1 and g.retired_at is null",
                  [&](const Row& row) {
                      const auto gold = gold_from(row);
                      if (!still_holds(gold, *state_from(row.text(5)))) return;
                      auto& score = by_person[row.get<PersonId>(6)];
                      score.person = row.get<PersonId>(6);
                      ++score.answered;
                      if (is_right(gold, {.verdict = *verdict_from(row.text(7)), .category = row.get<std::string>(8)})) ++score.right;
                  },
                  since);
    std::vector<GoldScore> out;
    for (const auto& [person, score] : by_person) out.push_back(score);
    return out;
}

} // namespace adal::cyber
