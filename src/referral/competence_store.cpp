#include "referral/competence_store.hpp"

#include "referral/column_store.hpp"

namespace adal::referral {

namespace competence_rows {

constexpr std::string_view columns = "id, authority_id, topic, territory, valid_from, valid_to, source, verified";

Competence competence_from(const storage::Row& row)
{
    return {.id = row.get<CompetenceId>(0),
            .authority = row.get<AuthorityId>(1),
            .topic = row.get<std::string>(2),
            .territory = row.get<std::string>(3),
            .valid_from = day(row, 4),
            .valid_to = optional_day(row, 5),
            .source = row.get<std::string>(6),
            .verified = row.get<bool>(7)};
}

Channel channel_from_row(const storage::Row& row)
{
    using Limit = std::optional<std::int64_t>;
    return {.id = row.get<ChannelId>(0),
            .authority = row.get<AuthorityId>(1),
            .kind = stored(channel_from(row.text(2))),
            .address = row.get<std::string>(3),
            .max_letters = row.get<Limit>(4),
            .max_files = row.get<Limit>(5),
            .max_file_bytes = row.get<Limit>(6),
            .valid_from = day(row, 7),
            .valid_to = optional_day(row, 8),
            .source = row.get<std::string>(9)};
}

} // namespace competence_rows

void add(storage::Transaction& tx, const Competence& competence)
{
    tx.exec("insert into authority_competences (id, authority_id, topic, territory, valid_from, valid_to, source, "
            "verified) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            competence.id, competence.authority, competence.topic, competence.territory, iso(competence.valid_from),
            text_of(competence.valid_to), competence.source, competence.verified);
}

void add(storage::Transaction& tx, const Channel& channel)
{
    tx.exec("insert into authority_channels (id, authority_id, kind, address, max_letters, max_files, max_file_bytes, "
            "valid_from, valid_to, source) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            channel.id, channel.authority, name(channel.kind), channel.address, channel.max_letters, channel.max_files,
            channel.max_file_bytes, iso(channel.valid_from), text_of(channel.valid_to), channel.source);
}

bool is_known(storage::Snapshot& snapshot, const Competence& competence)
{
    return snapshot
        .value<std::int64_t>("select 1 from authority_competences where authority_id = ?1 and topic = ?2 and "
                             "territory = ?3 and valid_from = ?4",
                             competence.authority, competence.topic, competence.territory, iso(competence.valid_from))
        .has_value();
}

bool is_known(storage::Snapshot& snapshot, const Channel& channel)
{
    return snapshot
        .value<std::int64_t>("select 1 from authority_channels where authority_id = ?1 and kind = ?2 and valid_from = ?3",
                             channel.authority, name(channel.kind), iso(channel.valid_from))
        .has_value();
}

std::vector<Competence> list_competences(storage::Snapshot& snapshot)
{
    return snapshot.all("select " + std::string(competence_rows::columns) +
                            " from authority_competences order by topic, territory, valid_from, id",
                        competence_rows::competence_from);
}

std::vector<Competence> competences_of(storage::Snapshot& snapshot, AuthorityId authority)
{
    return snapshot.all("select " + std::string(competence_rows::columns) +
                            " from authority_competences where authority_id = ?1 order by topic, territory, valid_from",
                        competence_rows::competence_from, authority);
}

std::vector<Channel> channels_of(storage::Snapshot& snapshot, AuthorityId authority)
{
    return snapshot.all("select id, authority_id, kind, address, max_letters, max_files, max_file_bytes, valid_from, "
                        "valid_to, source from authority_channels where authority_id = ?1 order by kind, valid_from",
                        competence_rows::channel_from_row, authority);
}

} // namespace adal::referral
