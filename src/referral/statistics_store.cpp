#include "referral/statistics_store.hpp"

#include "referral/column_store.hpp"

#include <algorithm>

namespace adal::referral {

namespace statistics_rows {

using Counts = std::map<AuthorityId, AuthorityStatistics>;

// `only` unset: all authorities.
void count_answers(storage::Snapshot& snapshot, AuthorityId only, LocalDate today, Counts& out)
{
    snapshot.each("select coalesce(r.holder_id, r.authority_id) as whose, p.class, count(*), "
                  "sum(case when r.state = 'waiting' and r.due_on >= ?1 then 1 else 0 end), "
                  "sum(case when r.state = 'waiting' and r.due_on < ?1 then 1 else 0 end), "
                  "sum(case when r.state = 'answered' and r.answered_on <= r.due_on then 1 else 0 end) "
                  "from referral_recommendations r left join referral_replies p on p.recommendation_id = r.id and "
                  "p.class <> 'none' where r.state <> 'unsent' and (?2 is null or coalesce(r.holder_id, r.authority_id) = ?2) "
                  "group by whose, p.class",
                  [&](const storage::Row& row) {
                      auto& answers = out[row.get<AuthorityId>(0)].answers;
                      answers.sent += row.integer(2);
                      answers.waiting += row.integer(3);
                      answers.overdue += row.integer(4);
                      answers.in_time += row.integer(5);
                      if (row.is_null(1)) return;
                      answers.answered += row.integer(2);
                      const auto reply_class = stored(reply_class_from(row.text(1)));
                      const auto at = std::ranges::find(all_reply_classes, reply_class) - all_reply_classes.begin();
                      answers.by_class.at(static_cast<std::size_t>(at)) += row.integer(2);
                  },
                  iso(today), only);
}

// Letters above it: counted for whom the recommendation was with.
void count_escalations(storage::Snapshot& snapshot, AuthorityId only, Counts& out)
{
    snapshot.each("select coalesce(r.holder_id, r.authority_id) as whose, count(*) from referral_steps t "
                  "join referral_recommendations r on r.id = t.recommendation_id "
                  "where t.kind in ('escalation', 'appeal') and (?1 is null or coalesce(r.holder_id, r.authority_id) = ?1) "
                  "group by whose",
                  [&](const storage::Row& row) { out[row.get<AuthorityId>(0)].answers.escalated += row.integer(1); }, only);
}

void count_findings(storage::Snapshot& snapshot, AuthorityId only, Counts& out)
{
    std::map<AuthorityId, std::vector<FindingId>> referred;
    std::vector<FindingId> all;
    snapshot.each("select distinct coalesce(r.holder_id, r.authority_id) as whose, f.finding_id "
                  "from referral_recommendations r join referral_recommendation_findings f on f.recommendation_id = r.id "
                  "where r.state <> 'unsent' and (?1 is null or coalesce(r.holder_id, r.authority_id) = ?1)",
                  [&](const storage::Row& row) {
                      referred[row.get<AuthorityId>(0)].push_back(row.get<FindingId>(1));
                      all.push_back(row.get<FindingId>(1));
                  },
                  only);
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const auto standings = oversight::standings(snapshot, all);
    for (const auto& [authority, findings] : referred) out[authority].fixes = count_fixes(findings, standings);
}

Counts count(storage::Snapshot& snapshot, AuthorityId only, LocalDate today)
{
    Counts out;
    count_answers(snapshot, only, today, out);
    count_escalations(snapshot, only, out);
    count_findings(snapshot, only, out);
    return out;
}

} // namespace statistics_rows

std::map<AuthorityId, AuthorityStatistics> statistics(storage::Snapshot& snapshot, LocalDate today)
{
    return statistics_rows::count(snapshot, {}, today);
}

AuthorityStatistics statistics_of(storage::Snapshot& snapshot, AuthorityId authority, LocalDate today)
{
    auto all = statistics_rows::count(snapshot, authority, today);
    return all[authority];
}

} // namespace adal::referral
