// referral/statistics_store.hpp: the counts of statistics.hpp, from the records.
#pragma once

#include "referral/statistics.hpp"
#include "storage/storage.hpp"

#include <map>

namespace adal::referral {

struct AuthorityStatistics {
    AnswerCounts answers{};
    FixCounts fixes{};
};
// Of every authority that anything was ever sent to. What was forwarded counts for whom must answer now.
std::map<AuthorityId, AuthorityStatistics> statistics(storage::Snapshot& snapshot, LocalDate today);
AuthorityStatistics statistics_of(storage::Snapshot& snapshot, AuthorityId authority, LocalDate today);

} // namespace adal::referral
