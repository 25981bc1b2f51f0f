// app/copy.hpp: a copy of an installation while it runs, and back. SQLite installations; PostgreSQL has tools
// of its own (pg_basebackup), and its files, log and keys are copied the same way.
#pragma once

#include "app/settings.hpp"
#include "base/result.hpp"

#include <string>

namespace adal::app {

// Order matters: the database first, then files, log and keys, so that everything the database names is there.
Result<Done> back_up(const Settings& settings, const std::string& target);
Result<Done> restore(const std::string& backup, const Settings& settings);

} // namespace adal::app
