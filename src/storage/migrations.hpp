// storage/migrations.hpp: the dated SQL of migrations/, applied in the order of their names.
//
// A file is portable SQL; lines after `--@ sqlite` or `--@ postgres` are for that engine only, until the
// next such mark (`--@ all` for both again). What was applied is in the table schema_migration with the
// SHA-256 of the file: a file that was changed after it was applied, or a migration this program does not
// know, is refused with storage::Error.
#pragma once

#include "base/embedded.hpp"
#include "storage/connection.hpp"

#include <span>
#include <string>

namespace adal::storage {

// The part of a migration meant for `engine`.
std::string sql_for(Engine engine, std::string_view file);

// Each in a transaction of its own.
void apply_migrations(Connection& connection, std::span<const embedded::File> files);

// How many are applied; 0 for an empty database.
int count_migrations(Snapshot& snapshot);

} // namespace adal::storage
