// What happens when the ground shakes: connections that die, backups while others write.
#include "storage/connection.hpp"
#include "support/support.hpp"

#include <atomic>
#include <filesystem>
#include <thread>

using namespace adal;
using namespace adal::storage;

namespace {

class Shaken : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        add("create table thing(id TEXT PRIMARY KEY)");
    }
    void add(const std::string& sql)
    {
        db().write([&](Transaction& tx) -> Result<std::int64_t> { return tx.exec(sql); });
    }
    static int count(Database& database)
    {
        return database.read([](Snapshot& s) { return s.value<int>("select count(*) from thing").value(); });
    }
};
ADAL_BOTH_ENGINES(Shaken);

TEST_P(Shaken, survives_losing_all_connections)
{
    if (GetParam() != Engine::postgres) GTEST_SKIP() << "SQLite has no connection to lose";
    std::atomic<bool> stop{false};
    std::atomic<int> acknowledged{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int k = 0; !stop; ++k) {
                const auto id = std::to_string(t) + "-" + std::to_string(k);
                db().write([&](Transaction& tx) -> Result<std::int64_t> {
                    return tx.exec("insert into thing(id) values (?1)", id);
                });
                ++acknowledged;
            }
        });
    EXPECT_NO_THROW({
        const auto killer = open_postgres(database->address());
        for (int i = 0; i < 20; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{25});
            killer->run("select pg_terminate_backend(pid) from pg_stat_activity where "
                        "datname = current_database() and pid <> pg_backend_pid()", {}, {});
        }
    });
    stop = true;
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count(db()), acknowledged); // each once: neither lost nor doubled
    EXPECT_GT(acknowledged, 20);
}

TEST_P(Shaken, tells_a_deferred_constraint_only_to_the_caller_at_fault)
{
    add("create table part(thing TEXT REFERENCES thing(id) DEFERRABLE INITIALLY DEFERRED)");
    std::atomic<int> stored{0}, refused{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int k = 0; k < 10; ++k) {
                try {
                    db().write([&](Transaction& tx) -> Result<std::int64_t> {
                        if (t == 0) return tx.exec("insert into part values ('nobody')");
                        return tx.exec("insert into thing values (?1)", std::to_string(t * 100 + k));
                    });
                    ++stored;
                } catch (const Error& error) {
                    EXPECT_EQ(error.kind, ErrorKind::foreign_key) << error.what();
                    ++refused;
                }
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(refused, 10);
    EXPECT_EQ(stored, 70);
    EXPECT_EQ(count(db()), 70);
}

TEST_P(Shaken, finishes_what_is_queued_when_closed)
{
    std::vector<std::thread> threads;
    std::atomic<int> acknowledged{0};
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            db().write([&](Transaction& tx) -> Result<std::int64_t> {
                return tx.exec("insert into thing(id) values (?1)", std::to_string(t));
            });
            ++acknowledged;
        });
    for (auto& thread : threads) thread.join();
    database->reopen();
    EXPECT_EQ(count(db()), acknowledged);
}

TEST_P(Shaken, backs_up_while_others_write)
{
    const test::TempDir folder;
    if (GetParam() == Engine::postgres) {
        EXPECT_THROW(db().backup_to(folder / "copy.db"), Error); // pg_dump's work
        return;
    }
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        for (int k = 0; !stop; ++k) add("insert into thing(id) values ('" + std::to_string(k) + "')");
    });
    while (count(db()) < 20) std::this_thread::yield();
    const auto before = count(db());
    EXPECT_NO_THROW(db().backup_to(folder / "copy.db"));
    stop = true;
    writer.join();
    auto copy = Database::open(folder / "copy.db", {.readers = 1, .create = false, .read_only = true});
    EXPECT_GE(count(copy), before);
    EXPECT_LE(count(copy), count(db()));
    EXPECT_FALSE(std::filesystem::exists(folder / "copy.db.part"));
}

TEST(SqliteFile, that_does_not_exist_is_not_made_unless_asked)
{
    const test::TempDir folder;
    EXPECT_THROW(Database::open(folder / "none.db", {.readers = 1, .create = false}), Error);
    EXPECT_THROW(static_cast<void>(
                     Database::open(folder / "none.db", {.readers = 1, .read_only = true}).schema_version()), Error);
    EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
}

TEST(SqliteFile, is_one_file_again_after_closing)
{
    test::TestDatabase database;
    const auto path = database.address().substr(7);
    database.db().read([](Snapshot& s) { return s.value<int>("select 1"); });
    EXPECT_TRUE(std::filesystem::exists(path + "-wal"));
    database.close();
    EXPECT_FALSE(std::filesystem::exists(path + "-wal")); // everything is in the main file
}

TEST(SqliteFile, has_the_settings_that_keep_acknowledged_writes)
{
    test::TestDatabase database;
    const auto pragma = [&](const std::string& name) {
        return *database.db().write([&](Transaction& tx) -> Result<std::string> {
            return tx.value<std::string>("pragma " + name).value_or("none");
        });
    };
    EXPECT_EQ(pragma("journal_mode"), "wal");
    EXPECT_EQ(pragma("synchronous"), "2"); // FULL
    EXPECT_EQ(pragma("foreign_keys"), "1");
    EXPECT_EQ(pragma("wal_autocheckpoint"), "0");
    EXPECT_EQ(pragma("mmap_size"), "0");
    EXPECT_EQ(pragma("secure_delete"), "1");
    EXPECT_EQ(pragma("trusted_schema"), "0");
    EXPECT_THROW(database.db().write([](Transaction& tx) -> Result<int> {
        return tx.value<int>("select count(*) from sqlite_schema where name = \"no such column\"").value();
    }), Error); // a string in double quotes is a mistake
}

} // namespace
