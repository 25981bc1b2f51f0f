#include "oversight/standing_store.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace adal::oversight {

namespace standing_rows {

FindingState known_state(std::string_view stored)
{
    const auto state = finding_state_from(stored);
    if (!state) throw storage::Error(storage::ErrorKind::other, "a stored state of a finding is unknown");
    return *state;
}

} // namespace standing_rows

namespace standing_rows {

constexpr std::size_t kChunk = 64;
using Chunk = std::array<FindingId, kChunk>;

std::string asked()
{
    std::string sql = "select f.id, f.state, f.warranty, f.place_id, p.contract_sum "
                      "from oversight_finding f join oversight_place p on p.id = f.place_id where f.id in (";
    for (std::size_t n = 1; n <= kChunk; ++n) sql += (n == 1 ? "?" : ", ?") + std::to_string(n);
    return sql + ")";
}

template <typename F, std::size_t... N>
void each_of(storage::Snapshot& snapshot, const std::string& sql, F take, const Chunk& ids, std::index_sequence<N...>)
{
    snapshot.each(sql, take, ids[N]...);
}

} // namespace standing_rows

std::map<FindingId, Standing> standings(storage::Snapshot& snapshot, const std::vector<FindingId>& ids)
{
    using standing_rows::kChunk;
    const auto sql = standing_rows::asked();
    std::map<FindingId, Standing> out;
    const auto take = [&](const storage::Row& row) {
        out[row.get<FindingId>(0)] = {.state = standing_rows::known_state(row.text(1)),
                                      .warranty = row.get<bool>(2),
                                      .place = row.get<PlaceId>(3),
                                      .contract_sum = row.get<std::optional<Money>>(4)};
    };
    // The last chunk is filled up with its own last id: one prepared statement serves all.
    for (std::size_t at = 0; at < ids.size(); at += kChunk) {
        standing_rows::Chunk chunk;
        for (std::size_t n = 0; n < kChunk; ++n) chunk[n] = ids[std::min(at + n, ids.size() - 1)];
        standing_rows::each_of(snapshot, sql, take, chunk, std::make_index_sequence<kChunk>{});
    }
    return out;
}

} // namespace adal::oversight
