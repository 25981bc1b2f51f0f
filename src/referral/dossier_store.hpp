// referral/dossier_store.hpp: gathers a dossier out of the records, and writes down that it left
// the house.
#pragma once

#include "files/access_store.hpp"
#include "files/files.hpp"
#include "ledger/note.hpp"
#include "referral/dossier.hpp"
#include "referral/law.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

struct DossierHouse {
    const Law& law;
    const files::Store& files;
    ledger::SigningKey log_key;     // only its public half is used
    ledger::SigningKey dossier_key; // signs dossiers
    std::string origin{}; // "https://…" of the public site, for the QR code; may be empty
};

// The document that is meant: its id, the id of one of its findings, of its control, or a case of
// the log.
std::optional<DocumentId> dossier_document(storage::Snapshot& snapshot, std::string_view id);

// Once per key: the log itself says which key signs dossiers (entry policy.set), so that whoever
// trusts the log's key needs no other.
Result<Done> announce_dossier_key(storage::Transaction& tx, const ledger::Vkey& key, Instant now);

// The same records give the same dossier. Fails with dossier_unsigned, ledger::not_published_yet
// (try again when the log was published), not_found.
Result<Dossier> gather_dossier(storage::Snapshot& snapshot, const DossierHouse& house,
                               DocumentId id);

// For each original a row of the access log; its head goes into the public log with the first
// access of a day.
Result<Done> record_dossier(storage::Transaction& tx, const Dossier& dossier, PersonId person,
                            std::string_view reason, Instant now);
Result<Done> record_opened(storage::Transaction& tx, FileId file, DocumentId document,
                           PersonId person, std::string_view reason, Instant now);

// Originals of a document: photos of its findings and of checks of fixes, letters of authorities.
std::vector<FileId> originals_of(storage::Snapshot& snapshot, const Document& document);

} // namespace adal::referral
