// app/copy.hpp: a copy of an installation while it runs, and back. SQLite installations; PostgreSQL has tools
// of its own (pg_basebackup), and its files, log and keys are copied the same way.
#pragma once

#include "app/settings.hpp"
#include "base/result.hpp"

#include <string>

namespace adal::app {

// Order matters: what the log has published, then the database, then files, tiles and keys, so that everything the
// database names is there and nothing was published that it does not know.
Result<Done> back_up(const Settings& settings, const std::string& target);
Result<Done> restore(const std::string& backup, const Settings& settings);

} // namespace adal::app
