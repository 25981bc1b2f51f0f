// referral/feed_store.hpp: personal secret addresses of the calendar of deadlines. Whoever has the address reads the
// calendar, so it can be renewed and stopped; only its hash is stored.
#pragma once

#include "base/id.hpp"
#include "i18n/i18n.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace adal::referral {

struct Feed {
    PersonId person{};
    i18n::Language language = i18n::Language::kk;
    Instant made_at{};
};

// A fresh secret (43 letters of base64url); an earlier address of the person is dead from now on.
std::string make_feed(storage::Transaction& tx, PersonId person, i18n::Language language, Instant now);
void stop_feed(storage::Transaction& tx, PersonId person);
std::optional<Feed> feed_of(storage::Snapshot& snapshot, PersonId person);
std::optional<Feed> find_feed(storage::Snapshot& snapshot, std::string_view secret);

} // namespace adal::referral
