#include "storage/migrations.hpp"

#include "base/time.hpp"

#include <map>

namespace adal::storage {
namespace {

void run(Connection& connection, std::string_view sql, std::span<const Value> values = {})
{
    connection.run(sql, values, {});
}

std::map<std::string, std::string> applied(Connection& connection)
{
    std::map<std::string, std::string> out;
    connection.run("select name, sha256 from schema_migration", {}, [&](const Row& row) {
        out.emplace(row.get<std::string>(0), row.get<std::string>(1));
    });
    return out;
}

void check_known(const std::map<std::string, std::string>& done, std::span<const embedded::File> files)
{
    for (const auto& [name, sha256] : done) {
        const auto* file = embedded::find(files, name);
        if (file == nullptr)
            throw Error(ErrorKind::other, "the database is newer than this program: it has " + name);
        if (file->sha256 != sha256)
            throw Error(ErrorKind::other, "migration " + name + " was changed after it was applied");
    }
}

void apply(Connection& connection, const embedded::File& file)
{
    connection.script(sql_for(connection.engine(), file.bytes));
    const std::array<Value, 3> values{file.name, to_value(now()), file.sha256};
    run(connection, "insert into schema_migration(name, applied_at, sha256) values (?1, ?2, ?3)", values);
}

} // namespace

std::string sql_for(Engine engine, std::string_view file)
{
    const std::string_view mine = engine == Engine::sqlite ? "sqlite" : "postgres";
    std::string out;
    bool wanted = true;
    while (!file.empty()) {
        const auto line = file.substr(0, file.find('\n'));
        file.remove_prefix(std::min(file.size(), line.size() + 1));
        if (line.starts_with("--@ ")) {
            const auto who = line.substr(4, line.find_last_not_of(" \r") - 3);
            if (who != "all" && who != "sqlite" && who != "postgres")
                throw Error(ErrorKind::other, "unknown mark in a migration: " + std::string(line));
            wanted = who == "all" || who == mine;
        } else if (wanted) {
            out.append(line).push_back('\n');
        }
    }
    return out;
}

void apply_migrations(Connection& connection, std::span<const embedded::File> files)
{
    connection.begin_write();
    run(connection, "create table if not exists schema_migration(name TEXT PRIMARY KEY, "
                    "applied_at BIGINT NOT NULL, sha256 TEXT NOT NULL)");
    connection.commit();
    for (bool more = true; more;) {
        // Read again under the lock each time: another process may be migrating too.
        more = false;
        connection.begin_write();
        const auto done = applied(connection);
        check_known(done, files);
        for (const auto& file : files) {
            if (done.contains(std::string(file.name))) continue;
            apply(connection, file);
            more = true;
            break;
        }
        connection.commit();
    }
}

int count_migrations(Snapshot& snapshot)
{
    const auto* catalogue = snapshot.engine() == Engine::sqlite
        ? "select count(*) from sqlite_schema where type = 'table' and name = 'schema_migration'"
        : "select count(*) from information_schema.tables where table_name = 'schema_migration' "
          "and table_schema = current_schema()";
    if (snapshot.value<int>(catalogue).value_or(0) == 0) return 0;
    return snapshot.value<int>("select count(*) from schema_migration").value_or(0);
}

} // namespace adal::storage
