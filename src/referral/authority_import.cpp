// Adding authorities one by one and from a file.
#include "base/embedded.hpp"
#include "embedded/data.hpp"
#include "referral/authority_store.hpp"
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

Result<int> import_authorities(storage::Transaction& tx, std::string_view json, Instant now)
{
    const auto entries = read_authorities(json);
    if (!entries) return pass(entries);

    int added = 0;
    std::map<std::string, AuthorityId> ids;
    std::vector<const AuthorityEntry*> fresh;
    for (const auto& entry : *entries) {
        const auto known = find_authority(tx, entry.version.names.kk, entry.version.valid_from);
        if (known) {
            ids[entry.key] = *known;
            continue;
        }
        const auto version = add_authority(tx, entry.version, now);
        if (!version) return pass(version);
        ids[entry.key] = version->authority;
        fresh.push_back(&entry);
        ++added;
    }
    for (const auto* entry : fresh) {
        if (entry->succeeded_by.empty()) continue;
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
