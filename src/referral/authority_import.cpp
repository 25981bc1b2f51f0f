// Adding authorities one by one and from a file.
#include "base/embedded.hpp"
#include "embedded/data.hpp"
#include "mail/mail.hpp"
#include "referral/authority_store.hpp"
#include "referral/competence_store.hpp"
#include "referral/referral.hpp"

#include <map>

namespace adal::referral {

Result<AuthorityVersion> add_authority(storage::Transaction& tx, AuthorityVersion version, Instant now)
{
    std::vector<AuthorityVersion> existing;
    const bool is_new = !version.authority.is_set();
    if (!is_new) {
        existing = versions_of(tx, version.authority);
        if (existing.empty()) return fail(authority_unknown);
        auto& last = existing.back();
        if (!last.valid_to && last.valid_from < version.valid_from) {
            last.valid_to = version.valid_from.plus_days(-1);
            if (const auto fine = may_add(existing, version); !fine) return pass(fine);
            close_version(tx, last.id, *last.valid_to);
        }
    }
    if (const auto fine = may_add(existing, version); !fine) return pass(fine);
    if (is_new) {
        version.authority = AuthorityId::make(now);
        add_authority_row(tx, version.authority, now);
    }
    version.id = AuthorityVersionId::make(now);
    add(tx, version);
    return version;
}

Result<AuthorityVersion> close_authority(storage::Transaction& tx, AuthorityId id, LocalDate last_day)
{
    const auto versions = versions_of(tx, id);
    if (versions.empty()) return fail(authority_unknown);
    const auto version = closed(versions.back(), last_day);
    if (!version) return version;
    close_version(tx, version->id, last_day);
    return version;
}

Result<Done> add_succession(storage::Transaction& tx, const Succession& succession)
{
    if (succession.from == succession.to) return fail(authority_own_successor);
    for (const auto id : {succession.from, succession.to})
        if (versions_of(tx, id).empty()) return fail(authority_unknown);
    if (is_succession(tx, succession.from, succession.to)) return fail(authority_overlap);
    add(tx, succession);
    return done();
}

Result<Competence> add_competence(storage::Transaction& tx, Competence competence, Instant now)
{
    auto right = checked(std::move(competence));
    if (!right) return right;
    if (versions_of(tx, right->authority).empty()) return fail(authority_unknown);
    if (is_known(tx, *right)) return fail(competence_known);
    right->id = CompetenceId::make(now);
    add(tx, *right);
    return right;
}

Result<Channel> add_channel(storage::Transaction& tx, Channel channel, Instant now)
{
    auto right = checked(std::move(channel));
    if (!right) return right;
    if (versions_of(tx, right->authority).empty()) return fail(authority_unknown);
    if (is_known(tx, *right)) return fail(channel_known);
    if (right->kind == ChannelKind::email) {
        auto address = mail::mail_address(right->address);
        if (!address) return pass(address);
        right->address = std::move(*address);
    }
    right->id = ChannelId::make(now);
    add(tx, *right);
    return right;
}

namespace authority_file {

// What hangs on an authority: competences in its territory and channels; those there already are kept.
Result<Done> add_reach(storage::Transaction& tx, const AuthorityEntry& entry, AuthorityId id, Instant now)
{
    const auto& version = entry.version;
    for (const auto& topic : entry.topics) {
        const Competence competence{.authority = id, .topic = topic, .territory = version.territory,
                                    .valid_from = version.valid_from, .valid_to = version.valid_to,
                                    .source = version.source, .verified = version.verified};
        const auto added = add_competence(tx, competence, now);
        if (!added && !added.error().is(competence_known)) return pass(added);
    }
    for (const auto& typed : entry.channels) {
        const Channel channel{.authority = id, .kind = typed.kind, .address = typed.address,
                              .max_letters = typed.max_letters, .max_files = typed.max_files,
                              .max_file_bytes = typed.max_file_bytes, .valid_from = version.valid_from,
                              .valid_to = version.valid_to, .source = typed.source};
        const auto added = add_channel(tx, channel, now);
        if (!added && !added.error().is(channel_known)) return pass(added);
    }
    return done();
}

} // namespace authority_file

Result<int> import_authorities(storage::Transaction& tx, std::string_view json, Instant now)
{
    const auto entries = read_authorities(json);
    if (!entries) return pass(entries);

    int added = 0;
    std::map<std::string, AuthorityId> ids;
    std::map<std::string, AuthorityVersionId> versions;
    std::vector<const AuthorityEntry*> fresh;
    for (const auto& entry : *entries) {
        const auto known = find_authority(tx, entry.version.names.kk, entry.version.valid_from);
        if (known) {
            ids[entry.key] = *known;
            if (const auto fine = authority_file::add_reach(tx, entry, *known, now); !fine) return pass(fine);
            continue;
        }
        auto wanted = entry.version;
        if (!entry.same_as.empty()) wanted.authority = ids.at(entry.same_as);
        const auto version = add_authority(tx, wanted, now);
        if (!version) return pass(version);
        ids[entry.key] = version->authority;
        if (const auto fine = authority_file::add_reach(tx, entry, version->authority, now); !fine) return pass(fine);
        fresh.push_back(&entry);
        versions[entry.key] = version->id;
        ++added;
    }
    for (const auto* entry : fresh)
        if (!entry->parent.empty()) set_parent(tx, versions.at(entry->key), ids.at(entry->parent));
    for (const auto* entry : fresh) {
        if (entry->succeeded_by.empty() || is_succession(tx, ids.at(entry->key), ids.at(entry->succeeded_by))) continue;
        const auto on = entry->version.valid_to ? entry->version.valid_to->plus_days(1)
                                                : entry->version.valid_from;
        add(tx, Succession{.from = ids.at(entry->key),
                           .to = ids.at(entry->succeeded_by),
                           .kind = entry->succession,
                           .on = on,
                           .act = entry->version.legal_act});
    }
    return added;
}

Result<int> import_seed_authorities(storage::Transaction& tx, Instant now)
{
    const auto* file = embedded::find(embedded::data(), "authorities/kz.json");
    ADAL_CHECK(file != nullptr);
    return import_authorities(tx, file->bytes, now);
}

std::vector<AuthorityVersion> competent_authorities(storage::Snapshot& snapshot, const oversight::Place& place, LocalDate date)
{
    const auto competences = list_competences(snapshot);
    const auto district = place.district.is_set() ? oversight::find_district(snapshot, place.district) : std::nullopt;
    const auto path = path_of_district(competences, district ? district->code : std::string{});
    std::vector<AuthorityVersion> out;
    for (const auto& id : route(competences, topic_of_place(oversight::name(place.kind)), path, date))
        if (const auto version = authority_on(snapshot, id, date)) out.push_back(*version);
    return out;
}

std::vector<AuthorityVersion> authorities_on(storage::Snapshot& snapshot, LocalDate date)
{
    auto versions = list_versions(snapshot);
    std::erase_if(versions, [&](const auto& version) { return !is_valid_on(version, date); });
    return versions;
}

std::optional<AuthorityVersion> authority_on(storage::Snapshot& snapshot, AuthorityId id, LocalDate date)
{
    const auto versions = versions_of(snapshot, id);
    const auto* version = version_on(versions, date);
    if (version == nullptr) return std::nullopt;
    return *version;
}

std::optional<AuthorityVersion> authority_version(storage::Snapshot& snapshot, AuthorityVersionId id)
{
    return find_version(snapshot, id);
}

} // namespace adal::referral
