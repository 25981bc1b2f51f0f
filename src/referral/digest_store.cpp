#include "referral/digest_store.hpp"

#include "referral/column_store.hpp"

namespace adal::referral {

namespace digest_rows {

Digest digest_from(const storage::Row& row)
{
    return {.person = row.get<PersonId>(0), .address = row.get<std::string>(1), .language = stored(i18n::language_from(row.text(2)))};
}

} // namespace digest_rows

void save(storage::Transaction& tx, const Digest& digest, Instant now)
{
    stop_digest(tx, digest.person);
    tx.exec("insert into referral_digests (person_id, address, language, made_at) values (?1, ?2, ?3, ?4)", digest.person, digest.address,
            i18n::code(digest.language), now);
}

void stop_digest(storage::Transaction& tx, PersonId person)
{
    tx.exec("delete from referral_digests where person_id = ?1", person);
}

std::optional<Digest> digest_of(storage::Snapshot& snapshot, PersonId person)
{
    return snapshot.first("select person_id, address, language from referral_digests where person_id = ?1", digest_rows::digest_from, person);
}

std::vector<Digest> all_digests(storage::Snapshot& snapshot)
{
    return snapshot.all("select person_id, address, language from referral_digests order by person_id", digest_rows::digest_from);
}

std::vector<DueDispatch> due_by_email(storage::Snapshot& snapshot, LocalDate due)
{
    std::vector<DueDispatch> out;
    snapshot.each("select d.id, r.ordinal from referral_recommendations r join referral_dispatches d on d.id = r.dispatch_id "
                  "left join referral_inbox_replies i on i.recommendation_id = r.id and i.handled_at is null "
                  "where r.state = 'waiting' and r.due_on = ?1 and d.channel = 'email' and r.holder_id is null and i.id is null "
                  "order by d.id, r.ordinal",
                  [&](const storage::Row& row) {
                      const auto id = row.get<DispatchId>(0);
                      if (out.empty() || out.back().dispatch != id) out.push_back({.dispatch = id});
                      out.back().ordinals.push_back(row.get<int>(1));
                  },
                  iso(due));
    return out;
}

} // namespace adal::referral
