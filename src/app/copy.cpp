#include "app/copy.hpp"

#include "app/house.hpp"

#include <filesystem>

namespace adal::app {

namespace fs = std::filesystem;

namespace {

// Files come and go while a server runs: what is gone when its turn comes (a temporary file, an old partial tile)
// was not needed. What is there already stays.
void copy_tree(const fs::path& from, const fs::path& to)
{
    if (!fs::exists(to)) fs::create_directory(to, from); // with the permissions of `from`
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(from)) {
        const auto target = to / entry.path().filename();
        if (entry.is_directory(gone)) copy_tree(entry.path(), target);
        else if (!fs::copy_file(entry.path(), target, fs::copy_options::skip_existing, gone) && gone && fs::exists(entry.path()))
            throw fs::filesystem_error("copy", entry.path(), target, gone);
    }
}

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
    // What was published first, then the database, then the tiles: a database may know more than was published and
    // never less (the publisher refuses that), and every tile its newest checkpoint needs was there before it.
    fs::create_directories(target + "/log");
    for (const auto* mark : {"HIGHWATER", "checkpoint"})
        if (fs::exists(settings.log_directory() + "/" + mark)) fs::copy_file(settings.log_directory() + "/" + mark, target + "/log/" + mark);
    if (settings.database.empty()) storage::Database::open(settings.database_address(), {.create = false}).backup_to(target + "/adal.db");
    for (const auto* part : {"files", "log", "keys"}) copy_tree(settings.data + "/" + part, target + "/" + part);
    return done();
}

Result<Done> restore(const std::string& backup, const Settings& settings)
{
    if (!fs::exists(backup + "/keys")) return fail(data_missing, {{"directory", backup}});
    if (const auto ready = empty_directory(settings.data); !ready) return ready;
    copy_tree(backup, settings.data);
    return done();
}

} // namespace adal::app
