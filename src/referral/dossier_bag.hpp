// referral/dossier_bag.hpp: writes a dossier as a BagIt 1.0 bag (RFC 8493), into a folder or a ZIP
// file. The same dossier gives the same bytes but for what the day of bagging changes. Files are
// read and hashed in pieces; an original that is not what it was stops the writing
// (dossier_original_damaged) and leaves nothing behind. Throws std::runtime_error when the disk
// fails. Thread-safe.
#pragma once

#include "base/time.hpp"
#include "ledger/note.hpp"
#include "referral/dossier.hpp"

#include <filesystem>

namespace adal::referral {

struct Bagging {
    LocalDate date{};
    const ledger::SigningKey& key; // name "<origin>/dossier"
};

struct BaggedDossier {
    std::uint64_t files = 0, bytes = 0; // of the payload
    Hash tagmanifest{};
};

// dossier_out_exists when there is something already.
Result<BaggedDossier> write_dossier_folder(const Dossier& dossier, const Bagging& bagging,
                                           const std::filesystem::path& folder);
// One folder `dossier_name()` inside, stored without compression: photos do not shrink.
Result<BaggedDossier> write_dossier_zip(const Dossier& dossier, const Bagging& bagging,
                                        const std::filesystem::path& file);

std::string dossier_name(const Dossier& dossier); // "adal-dossier-<document>"

} // namespace adal::referral
