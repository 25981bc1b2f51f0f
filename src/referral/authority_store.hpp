// referral/authority_store.hpp: authorities, their versions and successions in the database.
#pragma once

#include "referral/authority.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace adal::referral {

void add_authority_row(storage::Transaction& tx, AuthorityId id, Instant now);
void add(storage::Transaction& tx, const AuthorityVersion& version);
void close_version(storage::Transaction& tx, AuthorityVersionId id, LocalDate last_day);
void add(storage::Transaction& tx, const Succession& succession);

void set_parent(storage::Transaction& tx, AuthorityVersionId id, AuthorityId parent);
bool is_succession(storage::Snapshot& snapshot, AuthorityId from, AuthorityId to);

std::vector<AuthorityVersion> versions_of(storage::Snapshot& snapshot, AuthorityId id); // oldest first
std::optional<AuthorityVersion> find_version(storage::Snapshot& snapshot, AuthorityVersionId id);
// The authority that has this Kazakh name in a version beginning on that day.
std::optional<AuthorityId> find_authority(storage::Snapshot& snapshot, std::string_view name_kk, LocalDate from);
std::vector<AuthorityVersion> list_versions(storage::Snapshot& snapshot); // by Kazakh name, then date
std::vector<Succession> successions_of(storage::Snapshot& snapshot, AuthorityId from);

} // namespace adal::referral
