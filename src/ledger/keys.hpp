// ledger/keys.hpp: the secret files of an installation. One folder, each file readable by its owner
// only.
//
//   log.key      signs checkpoints      name = origin
//   receipt.key  signs receipts         name = origin/receipt
//   dossier.key  signs dossiers         name = origin/dossier
//   master.key   unlocks the salts      64 hex digits
//
// Different keys because a note signature covers any text. Never logged, never sent, never in the
// database. Reading refuses a file that others may read (throws KeyFileError). Thread-safe:
// immutable once read.
#pragma once

#include "ledger/note.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace adal::ledger {

struct KeyFileError : std::runtime_error {
    using runtime_error::runtime_error;
};

struct Keys {
    SigningKey log;
    SigningKey receipt;
    SigningKey dossier;
    std::filesystem::path master_file{}; // for open_vault
};

// Makes the folder and the four files; refuses (KeyFileError) when one of them exists.
Keys make_keys(const std::filesystem::path& folder, std::string_view origin);
Keys read_keys(const std::filesystem::path& folder);

Hash read_master_key(const std::filesystem::path& file);

} // namespace adal::ledger
