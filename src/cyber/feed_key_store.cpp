#include "cyber/feed_key_store.hpp"

#include "base/hash.hpp"

namespace adal::cyber {

std::string make_feed_key(storage::Transaction& tx, std::string_view label, PersonId person, Instant now)
{
    constexpr std::size_t kSecretBytes = 32;
    auto token = base64url(random_bytes(kSecretBytes));
    tx.exec("insert into cyber_feed_key (token_hash, label, person_id, made_at) values (?1, ?2, ?3, ?4)", hex(view(sha256(token))), label, person, now);
    return token;
}

bool is_open_feed_key(storage::Snapshot& snapshot, std::string_view token)
{
    return snapshot.value<int>("select 1 from cyber_feed_key where token_hash = ?1 and revoked_at is null", hex(view(sha256(token)))).has_value();
}

std::vector<FeedKey> feed_keys_of(storage::Snapshot& snapshot, PersonId person)
{
    return snapshot.all("select token_hash, label, person_id, made_at, revoked_at from cyber_feed_key where person_id = ?1 order by made_at desc, token_hash",
                        [](const storage::Row& row) {
                            return FeedKey{.token_hash = row.get<std::string>(0), .label = row.get<std::string>(1), .person = row.get<PersonId>(2), .made_at = row.get<Instant>(3),
                                           .revoked_at = row.get<std::optional<Instant>>(4)};
                        },
                        person);
}

bool revoke_feed_key(storage::Transaction& tx, std::string_view token_hash, PersonId person, Instant now)
{
    return tx.exec("update cyber_feed_key set revoked_at = ?3 where token_hash = ?1 and person_id = ?2 and revoked_at is null", token_hash, person, now) == 1;
}

} // namespace adal::cyber
