// referral/digest_store.hpp: who wants the day's deadlines by e-mail, and what an authority is reminded of.
#pragma once

#include "i18n/i18n.hpp"
#include "referral/board_store.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <vector>

namespace adal::referral {

struct Digest {
    PersonId person{};
    std::string address{};
    i18n::Language language = i18n::Language::kk;
};
void save(storage::Transaction& tx, const Digest& digest, Instant now);
void stop_digest(storage::Transaction& tx, PersonId person);
std::optional<Digest> digest_of(storage::Snapshot& snapshot, PersonId person);
std::vector<Digest> all_digests(storage::Snapshot& snapshot);

// A dispatch by e-mail of which replies fall due on that day, and the numbers of those recommendations.
struct DueDispatch {
    DispatchId dispatch{};
    std::vector<int> ordinals{};
};
std::vector<DueDispatch> due_by_email(storage::Snapshot& snapshot, LocalDate due);

} // namespace adal::referral
