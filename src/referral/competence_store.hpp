// referral/competence_store.hpp: competences and channels of authorities in the database.
#pragma once

#include "referral/competence.hpp"
#include "storage/storage.hpp"

#include <vector>

namespace adal::referral {

void add(storage::Transaction& tx, const Competence& competence);
void add(storage::Transaction& tx, const Channel& channel);
bool is_known(storage::Snapshot& snapshot, const Competence& competence);
bool is_known(storage::Snapshot& snapshot, const Channel& channel);
std::vector<Competence> list_competences(storage::Snapshot& snapshot); // all, by topic and territory
std::vector<Competence> competences_of(storage::Snapshot& snapshot, AuthorityId authority);
std::vector<Channel> channels_of(storage::Snapshot& snapshot, AuthorityId authority);

} // namespace adal::referral
