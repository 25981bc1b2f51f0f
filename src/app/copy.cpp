#include "app/copy.hpp"

#include "app/house.hpp"

#include <filesystem>

namespace adal::app {

namespace fs = std::filesystem;

namespace {

constexpr auto kTree = fs::copy_options::recursive | fs::copy_options::overwrite_existing;

Result<Done> empty_directory(const std::string& path)
{
    if (fs::exists(path) && !fs::is_empty(path)) return fail(data_not_empty, {{"directory", path}});
    fs::create_directories(path);
    fs::permissions(path, fs::perms::owner_all);
    return done();
}

} // namespace

Result<Done> back_up(const Settings& settings, const std::string& target)
{
    if (!fs::exists(settings.keys_directory())) return fail(data_missing, {{"directory", settings.data}});
    if (const auto ready = empty_directory(target); !ready) return ready;
    if (settings.database.empty()) storage::Database::open(settings.database_address(), {.create = false}).backup_to(target + "/adal.db");
    for (const auto* part : {"files", "log", "keys"}) fs::copy(settings.data + "/" + part, target + "/" + part, kTree);
    return done();
}

Result<Done> restore(const std::string& backup, const Settings& settings)
{
    if (!fs::exists(backup + "/keys")) return fail(data_missing, {{"directory", backup}});
    if (const auto ready = empty_directory(settings.data); !ready) return ready;
    fs::copy(backup, settings.data, kTree);
    return done();
}

} // namespace adal::app
