// cyber/feed_key_store.hpp: keys by which programs fetch feeds without a session. A key is 256 bits of chance, shown once; the
// database has its hash.
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::cyber {

struct FeedKey {
    std::string token_hash{}; // hex
    std::string label{};
    PersonId person{};
    Instant made_at{};
    std::optional<Instant> revoked_at{};
};

std::string make_feed_key(storage::Transaction& tx, std::string_view label, PersonId person, Instant now); // the key
bool is_open_feed_key(storage::Snapshot& snapshot, std::string_view token);
std::vector<FeedKey> feed_keys_of(storage::Snapshot& snapshot, PersonId person); // newest first
bool revoke_feed_key(storage::Transaction& tx, std::string_view token_hash, PersonId person, Instant now);

} // namespace adal::cyber
