#include "cyber/appeal_store.hpp"

namespace adal::cyber {

namespace appeal_rows {

std::vector<Appeal> with_votes(storage::Snapshot& snapshot, std::vector<Appeal> appeals)
{
    for (auto& appeal : appeals)
        appeal.votes = snapshot.all("select person_id, grants, text, at from cyber_appeal_vote where appeal_id = ?1 order by at, person_id",
                                    [](const storage::Row& row) {
                                        return AppealVote{.person = row.get<PersonId>(0), .grants = row.get<bool>(1), .text = row.get<std::string>(2), .at = row.get<Instant>(3)};
                                    },
                                    appeal.id);
    return appeals;
}

Appeal appeal_from(const storage::Row& row)
{
    return {.id = row.get<AppealId>(0), .resource = row.get<ResourceId>(1), .contact = row.get<std::string>(2), .text = row.get<std::string>(3), .at = row.get<Instant>(4),
            .state = *appeal_state_from(row.text(5))};
}

} // namespace appeal_rows

void add(storage::Transaction& tx, const Appeal& appeal)
{
    tx.exec("insert into cyber_appeal (id, resource_id, contact, text, at, state) values (?1, ?2, ?3, ?4, ?5, ?6)", appeal.id, appeal.resource, appeal.contact, appeal.text, appeal.at, name(appeal.state));
}

void add_vote(storage::Transaction& tx, const Appeal& after, const AppealVote& vote)
{
    tx.exec("insert into cyber_appeal_vote (appeal_id, person_id, grants, text, at) values (?1, ?2, ?3, ?4, ?5)", after.id, vote.person, vote.grants, vote.text, vote.at);
    tx.exec("update cyber_appeal set state = ?2 where id = ?1", after.id, name(after.state));
}

std::optional<Appeal> find_appeal(storage::Snapshot& snapshot, AppealId id)
{
    auto found = appeal_rows::with_votes(snapshot, snapshot.all("select id, resource_id, contact, text, at, state from cyber_appeal where id = ?1", appeal_rows::appeal_from, id));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<Appeal> appeals_of(storage::Snapshot& snapshot, ResourceId resource)
{
    return appeal_rows::with_votes(snapshot, snapshot.all("select id, resource_id, contact, text, at, state from cyber_appeal where resource_id = ?1 order by at, id", appeal_rows::appeal_from, resource));
}

std::vector<Appeal> open_appeals(storage::Snapshot& snapshot, int limit)
{
    return appeal_rows::with_votes(snapshot, snapshot.all("select id, resource_id, contact, text, at, state from cyber_appeal where state = 'open' order by at, id limit ?1", appeal_rows::appeal_from, limit));
}

} // namespace adal::cyber
