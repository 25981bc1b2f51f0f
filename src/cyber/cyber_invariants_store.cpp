// What must always be true of this room's records; run after tests and by `adal check`.
#include "cyber/cyber.hpp"

namespace adal::cyber {

std::vector<std::string> check_invariants(storage::Snapshot& snapshot)
{
    std::vector<std::string> broken;
    const auto add = [&](std::string_view invariant, std::string_view sql) {
        snapshot.each(sql, [&](const storage::Row& row) { broken.push_back(std::string{invariant} + " " + std::string{row.text(0)}); });
    };
    add("cyber.referred_without_two",
        "select e.resource_id from cyber_event e where e.to_state = 'referred' and "
        "(select count(distinct v.reviewer) from cyber_review v where v.resource_id = e.resource_id and v.verdict = 'confirm' and v.at <= e.at) < 2");
    add("cyber.reporter_reviewed", "select v.id from cyber_review v join cyber_report p on p.resource_id = v.resource_id and p.person_id = v.reviewer and p.at <= v.at");
    add("cyber.state_is_last_event",
        "select r.id from cyber_resource r where r.state <> (select e.to_state from cyber_event e where e.resource_id = r.id order by e.seq desc limit 1)");
    add("cyber.referred_uncleared",
        "select r.id from cyber_resource r join cyber_event e on e.resource_id = r.id and e.to_state = 'referred' where r.is_guarded = 1 and "
        "(r.cleared_by_coordinator is null or r.cleared_by_lawyer is null or r.cleared_by_coordinator = r.cleared_by_lawyer)");
    add("cyber.referred_dead",
        "select e.resource_id from cyber_event e where e.to_state = 'referred' and not exists (select 1 from cyber_check c "
        "where c.resource_id = e.resource_id and c.seen = 'alive' and c.at <= e.at and c.at >= e.at - 86400000)");
    add("cyber.appeal_by_reviewer",
        "select v.appeal_id from cyber_appeal_vote v join cyber_appeal a on a.id = v.appeal_id join cyber_review r on r.resource_id = a.resource_id and r.reviewer = v.person_id");
    add("cyber.granted_but_listed",
        "select a.id from cyber_appeal a where a.state = 'granted' and not exists (select 1 from cyber_event e where e.resource_id = a.resource_id and e.to_state = 'withdrawn' and e.at >= a.at)");
    add("cyber.gold_known_before",
        "select t.id from cyber_gold_task t where exists (select 1 from cyber_review v where v.resource_id = t.resource_id and v.reviewer = t.person_id)");
    add("cyber.gold_without_two",
        "select g.resource_id from cyber_gold g where (select count(distinct v.reviewer) from cyber_review v where v.resource_id = g.resource_id and v.verdict = g.verdict and v.at <= g.at) < 2");
    add("cyber.copy_not_sealed", "select c.id from cyber_page_copy c where (c.file_id is null) <> (c.leaf is null)");
    add("cyber.copy_of_another", "select v.id from cyber_review v join cyber_page_copy c on c.id = v.copy_id where c.resource_id <> v.resource_id");
    return broken;
}

} // namespace adal::cyber
