#include "oversight/standing_store.hpp"

namespace adal::oversight {

namespace standing_rows {

FindingState known_state(std::string_view stored)
{
    const auto state = finding_state_from(stored);
    if (!state) throw storage::Error(storage::ErrorKind::other, "a stored state of a finding is unknown");
    return *state;
}

} // namespace standing_rows

std::map<FindingId, Standing> standings(storage::Snapshot& snapshot, const std::vector<FindingId>& ids)
{
    constexpr std::string_view sql = "select f.id, f.state, f.warranty, f.place_id, p.contract_sum "
                                     "from oversight_finding f join oversight_place p on p.id = f.place_id "
                                     "where f.id = ?1";
    std::map<FindingId, Standing> out;
    const auto take = [&](const storage::Row& row) {
        out[row.get<FindingId>(0)] = {.state = standing_rows::known_state(row.text(1)),
                                      .warranty = row.get<bool>(2),
                                      .place = row.get<PlaceId>(3),
                                      .contract_sum = row.get<std::optional<Money>>(4)};
    };
    for (std::size_t at = 0; at + 1 < ids.size(); ++at) snapshot.each_later(sql, take, ids[at]);
    if (!ids.empty()) snapshot.each(sql, take, ids.back());
    return out;
}

} // namespace adal::oversight
