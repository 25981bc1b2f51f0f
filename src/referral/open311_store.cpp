#include "referral/open311_store.hpp"

namespace adal::referral {

namespace open311_rows {

constexpr std::string_view kSelect =
    "select recommendation_id, dispatch_id, state, request, token, words, tries, next_at from referral_open311 ";

Open311Item item_from(const storage::Row& row)
{
    return {.recommendation = row.get<RecommendationId>(0),
            .dispatch = row.get<DispatchId>(1),
            .state = *open311_state_from(row.text(2)),
            .request = row.get<std::string>(3),
            .token = row.get<std::string>(4),
            .words = row.get<std::string>(5),
            .tries = row.get<int>(6),
            .next_at = row.get<Instant>(7)};
}

std::string with(std::string_view rest)
{
    return std::string{kSelect} + std::string{rest};
}

} // namespace open311_rows

namespace open311_rows {

constexpr std::string_view kNew = "from referral_dispatches d join referral_recommendations r on r.dispatch_id = d.id "
                                  "where d.channel = 'open311' and d.recorded_at >= ?1 and d.sent_at >= d.recorded_at "
                                  "and not exists (select 1 from referral_open311 o where o.recommendation_id = r.id)";

} // namespace open311_rows

bool has_open311_dispatches(storage::Snapshot& snapshot, Instant since)
{
    return snapshot.value<int>("select 1 " + std::string{open311_rows::kNew} + " limit 1", since).has_value();
}

std::int64_t add_open311_items(storage::Transaction& tx, Instant since, Instant now)
{
    return tx.exec("insert into referral_open311 (recommendation_id, dispatch_id, state, request, token, words, tries, next_at) "
                   "select r.id, d.id, 'waiting', '', '', '', 0, ?2 " + std::string{open311_rows::kNew},
                   since, now);
}

std::vector<Open311Item> due_open311_items(storage::Snapshot& snapshot, Instant now, int most)
{
    return snapshot.all(open311_rows::with("where state in ('waiting', 'sent') and next_at <= ?1 order by next_at limit ?2"),
                        open311_rows::item_from, now, most);
}

std::vector<Open311Item> open311_items_of(storage::Snapshot& snapshot, DispatchId dispatch)
{
    return snapshot.all(open311_rows::with("where dispatch_id = ?1 order by recommendation_id"), open311_rows::item_from, dispatch);
}

std::optional<Open311Item> find_open311_item(storage::Snapshot& snapshot, RecommendationId id)
{
    return snapshot.first(open311_rows::with("where recommendation_id = ?1"), open311_rows::item_from, id);
}

void save(storage::Transaction& tx, const Open311Item& item)
{
    tx.exec("update referral_open311 set state = ?2, request = ?3, token = ?4, words = ?5, tries = ?6, next_at = ?7 "
            "where recommendation_id = ?1",
            item.recommendation, name(item.state), item.request, item.token, item.words, item.tries, item.next_at);
}

} // namespace adal::referral
