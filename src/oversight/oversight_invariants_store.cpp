// What must always be true of this room's records; run after tests and by `adal check`.
#include "oversight/oversight.hpp"

#include "oversight/event_store.hpp"

namespace adal::oversight {

namespace {

using storage::Row;
using storage::Snapshot;

void add_rows(Snapshot& snapshot, std::vector<std::string>& broken, std::string_view invariant, std::string_view sql)
{
    snapshot.each(sql, [&](const Row& row) { broken.push_back(std::string{invariant} + " " + std::string{row.text(0)}); });
}

// I4: state = fold(events).
void check_fold(Snapshot& snapshot, std::vector<std::string>& broken, Entity entity, std::string_view sql)
{
    std::vector<std::pair<std::string, std::string>> states;
    snapshot.each(sql, [&](const Row& row) { states.emplace_back(row.text(0), row.text(1)); });
    for (const auto& [id, state] : states)
        if (fold(timeline(snapshot, entity, id)) != state) broken.push_back("oversight.state_is_fold " + id);
}

} // namespace

std::vector<std::string> check_invariants(Snapshot& snapshot)
{
    std::vector<std::string> broken;
    check_fold(snapshot, broken, Entity::control, "select id, state from oversight_control");
    check_fold(snapshot, broken, Entity::assignment, "select id, state from oversight_assignment");
    check_fold(snapshot, broken, Entity::visit, "select id, state from oversight_visit");
    check_fold(snapshot, broken, Entity::finding, "select id, state from oversight_finding");
    add_rows(snapshot, broken, "oversight.author_verified", "select v.id from oversight_verification v join oversight_finding_author a on a.finding_id = v.finding_id and a.person_id = v.verifier");
    add_rows(snapshot, broken, "oversight.author_sealed", "select f.id from oversight_finding f join oversight_finding_author a on a.finding_id = f.id and a.person_id = f.seal_by");
    add_rows(snapshot, broken, "oversight.claimant_checked", "select f.id from oversight_fix f join oversight_fix_check c on c.fix_id = f.id and c.checker = f.claimed_by");
    add_rows(snapshot, broken, "oversight.finding_of_unaccepted_visit",
             "select f.id from oversight_finding f join oversight_visit v on v.id = f.visit_id where v.state not in ('accepted', 'sealed')");
    add_rows(snapshot, broken, "oversight.restricted_controlled",
             "select c.control_id from oversight_control_place c join oversight_place p on p.id = c.place_id join oversight_control k on k.id = c.control_id "
             "where p.restricted = 1 and k.state in ('open', 'completed', 'documented', 'closed')");
    add_rows(snapshot, broken, "oversight.erasure_by_one", "select id from oversight_erasure where decided_by = asked_by");
    add_rows(snapshot, broken, "oversight.erased_but_kept",
             "select e.id from oversight_erasure e join files_file f on f.id = e.file_id where e.state = 'done' and f.erased_at is null");
    return broken;
}

} // namespace adal::oversight
