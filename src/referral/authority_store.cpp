#include "referral/authority_store.hpp"

#include "base/text.hpp"
#include "referral/column_store.hpp"

#include <algorithm>

namespace adal::referral {

namespace {

constexpr std::string_view columns = "id, authority_id, name_kk, name_ru, name_en, bin, channel, address, "
                                     "valid_from, valid_to, legal_act, source, verified, parent_id, territory";

AuthorityVersion version_from(const storage::Row& row)
{
    return {.id = row.get<AuthorityVersionId>(0),
            .authority = row.get<AuthorityId>(1),
            .names = {row.get<std::string>(2), row.get<std::string>(3), row.get<std::string>(4)},
            .bin = row.get<std::string>(5),
            .parent = row.get<AuthorityId>(13),
            .territory = row.get<std::string>(14),
            .channel = stored(channel_from(row.text(6))),
            .address = row.get<std::string>(7),
            .valid_from = day(row, 8),
            .valid_to = optional_day(row, 9),
            .legal_act = row.get<std::string>(10),
            .source = row.get<std::string>(11),
            .verified = row.get<bool>(12)};
}

} // namespace

void add_authority_row(storage::Transaction& tx, AuthorityId id, Instant now)
{
    tx.exec("insert into authorities (id, created_at) values (?1, ?2)", id, now);
}

void add(storage::Transaction& tx, const AuthorityVersion& version)
{
    tx.exec("insert into authority_versions (id, authority_id, name_kk, name_ru, name_en, bin, channel, "
            "address, valid_from, valid_to, legal_act, source, verified, parent_id, territory) "
            "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            version.id, version.authority, version.names.kk, version.names.ru, version.names.en,
            version.bin, name(version.channel), version.address, iso(version.valid_from),
            text_of(version.valid_to), version.legal_act, version.source, version.verified, version.parent,
            version.territory);
}

void close_version(storage::Transaction& tx, AuthorityVersionId id, LocalDate last_day)
{
    tx.exec("update authority_versions set valid_to = ?2 where id = ?1 and valid_to is null", id,
            iso(last_day));
}

void add(storage::Transaction& tx, const Succession& succession)
{
    tx.exec("insert into authority_successions (from_id, to_id, kind, happened_on, act) "
            "values (?1, ?2, ?3, ?4, ?5)",
            succession.from, succession.to, name(succession.kind), iso(succession.on), succession.act);
}

std::vector<AuthorityVersion> versions_of(storage::Snapshot& snapshot, AuthorityId id)
{
    return snapshot.all("select " + std::string(columns) +
                            " from authority_versions where authority_id = ?1 order by valid_from",
                        version_from, id);
}

std::optional<AuthorityVersion> find_version(storage::Snapshot& snapshot, AuthorityVersionId id)
{
    return snapshot.first("select " + std::string(columns) + " from authority_versions where id = ?1",
                          version_from, id);
}

std::optional<AuthorityId> find_authority(storage::Snapshot& snapshot, std::string_view name_kk,
                                          LocalDate from)
{
    return snapshot.value<AuthorityId>(
        "select authority_id from authority_versions where name_kk = ?1 and valid_from = ?2", name_kk,
        iso(from));
}

std::vector<AuthorityVersion> list_versions(storage::Snapshot& snapshot)
{
    auto versions =
        snapshot.all("select " + std::string(columns) + " from authority_versions", version_from);
    std::ranges::sort(versions, [](const auto& a, const auto& b) {
        const int order = compare_kk(a.names.kk, b.names.kk);
        return order != 0 ? order < 0 : a.valid_from < b.valid_from;
    });
    return versions;
}

void set_parent(storage::Transaction& tx, AuthorityVersionId id, AuthorityId parent)
{
    tx.exec("update authority_versions set parent_id = ?2 where id = ?1", id, parent);
}

bool is_succession(storage::Snapshot& snapshot, AuthorityId from, AuthorityId to)
{
    return snapshot
        .value<std::int64_t>("select 1 from authority_successions where from_id = ?1 and to_id = ?2", from, to)
        .has_value();
}

std::vector<Succession> successions_of(storage::Snapshot& snapshot, AuthorityId from)
{
    return snapshot.all(
        "select from_id, to_id, kind, happened_on, act from authority_successions where from_id = ?1 "
        "order by happened_on, to_id",
        [](const storage::Row& row) {
            return Succession{.from = row.get<AuthorityId>(0),
                              .to = row.get<AuthorityId>(1),
                              .kind = stored(succession_from(row.text(2))),
                              .on = day(row, 3),
                              .act = row.get<std::string>(4)};
        },
        from);
}

} // namespace adal::referral
