#include "referral/feed_store.hpp"

#include "base/hash.hpp"
#include "referral/column_store.hpp"

namespace adal::referral {

namespace feed_rows {

std::string hash_of(std::string_view secret)
{
    return hex(view(sha256(secret)));
}

Feed feed_from(const storage::Row& row)
{
    return {.person = row.get<PersonId>(0),
            .language = stored(i18n::language_from(row.text(1))),
            .made_at = row.get<Instant>(2)};
}

} // namespace feed_rows

std::string make_feed(storage::Transaction& tx, PersonId person, i18n::Language language, Instant now)
{
    constexpr std::size_t secret_bytes = 32;
    auto secret = base64url(random_bytes(secret_bytes));
    stop_feed(tx, person);
    tx.exec("insert into referral_feeds (person_id, secret_hash, language, made_at) values (?1, ?2, ?3, ?4)", person,
            feed_rows::hash_of(secret), i18n::code(language), now);
    return secret;
}

void stop_feed(storage::Transaction& tx, PersonId person)
{
    tx.exec("delete from referral_feeds where person_id = ?1", person);
}

std::optional<Feed> feed_of(storage::Snapshot& snapshot, PersonId person)
{
    return snapshot.first("select person_id, language, made_at from referral_feeds where person_id = ?1",
                          feed_rows::feed_from, person);
}

std::optional<Feed> find_feed(storage::Snapshot& snapshot, std::string_view secret)
{
    return snapshot.first("select person_id, language, made_at from referral_feeds where secret_hash = ?1",
                          feed_rows::feed_from, feed_rows::hash_of(secret));
}

} // namespace adal::referral
