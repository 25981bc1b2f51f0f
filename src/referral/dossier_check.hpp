// referral/dossier_check.hpp: what a stranger can say of a dossier: is the bag whole and signed, is
// each entry in the log, does each value open its commitment. Says per item: proven, lawfully
// erased, not provable, broken. Needs no database and no network. Thread-safe.
#pragma once

#include "ledger/policy.hpp"
#include "ledger/verify.hpp"

#include <filesystem>

namespace adal::referral {

// Any BagIt bag in a folder; what is no dossier of ours in it is said to be not provable.
// Statements have keys under `referral.bag.`, `referral.dossier.` and `ledger.verify.`.
ledger::Verification check_dossier(const std::filesystem::path& folder,
                                   const ledger::Policy& policy);

} // namespace adal::referral
