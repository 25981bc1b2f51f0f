// files/access_store.hpp: the private access log: who opened an original, when, for what. A hash
// chain whose head goes into the public log (integrity.md §1.10), so that a curious administrator
// cannot remove traces unnoticed.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::files {

// Stored by name, append-only. dossier: a copy left the house inside a dossier.
enum class AccessPurpose { opened, dossier };
std::string_view text(AccessPurpose purpose);

struct Access {
    std::int64_t seq = 0; // from 1; filled by `record_access`
    Instant at{};
    FileId file{};
    PersonId person{}; // unset: the operator at the command line
    AccessPurpose purpose = AccessPurpose::opened;
    std::string reference{}; // id of the document it was opened for
    std::string reason{};
    Hash head{}; // of the chain up to here
};

// What the chain covers of an entry: canonical JSON.
std::string access_text(const Access& access);
Hash next_access_head(const Hash& before, const Access& access); // before the first: 32 zero bytes

Access record_access(storage::Transaction& tx, Access access);
std::vector<Access> accesses_of(storage::Snapshot& snapshot, FileId file); // oldest first
// Those made for one document, newest first.
std::vector<Access> accesses_for(storage::Snapshot& snapshot, std::string_view reference,
                                 int limit);

struct AccessHead {
    std::int64_t seq = 0;
    Hash head{};
};
AccessHead access_head(storage::Snapshot& snapshot); // seq 0: nothing was opened yet
// When a head was last written into the public log.
std::optional<Instant> newest_anchor(storage::Snapshot& snapshot);
void add_anchor(storage::Transaction& tx, const AccessHead& head, std::int64_t leaf, Instant now);

// A line for each place where the chain is broken, for `adal check`.
std::vector<std::string> check_access_chain(storage::Snapshot& snapshot);

} // namespace adal::files
