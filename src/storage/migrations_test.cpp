#include "storage/migrations.hpp"
#include "support/support.hpp"

#include "base/hash.hpp"
#include "embedded/migrations.hpp"

using namespace adal;
using namespace adal::storage;

namespace {

embedded::File file(std::string_view name, std::string_view sql)
{
    return {name, sql, name}; // the hash only has to be the same each time
}

class Migrations : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        database = std::make_unique<test::TestDatabase>(GetParam(), test::Migrated::no);
        const auto address = database->address();
        connection = GetParam() == Engine::sqlite ? open_sqlite(address.substr(7), Access::write, true)
                                                  : open_postgres(address);
    }
    void apply(const std::vector<embedded::File>& files)
    {
        try {
            apply_migrations(*connection, files);
        } catch (...) {
            connection->rollback();
            throw;
        }
    }
    std::unique_ptr<Connection> connection;
    const embedded::File first = file("20260101-1-a.sql", "create table a(id TEXT);\n"
                                                         "--@ sqlite\ninsert into a values ('sqlite');\n"
                                                         "--@ postgres\ninsert into a values ('postgres');\n"
                                                         "--@ all\ninsert into a values ('all');\n");
    const embedded::File second = file("20260101-2-b.sql", "create table b(id TEXT);\n");
};
ADAL_BOTH_ENGINES(Migrations);

TEST_P(Migrations, apply_each_once_and_only_what_is_for_this_engine)
{
    apply({first});
    apply({first, second});
    apply({first, second});
    EXPECT_EQ(db().schema_version(), 2);
    const auto rows = db().read([](Snapshot& s) {
        return s.all("select id from a order by id", [](const Row& r) { return r.get<std::string>(0); });
    });
    const std::string mine = GetParam() == Engine::sqlite ? "sqlite" : "postgres";
    EXPECT_EQ(rows, (std::vector<std::string>{"all", mine}));
}

TEST_P(Migrations, apply_one_that_was_added_between_others)
{
    apply({second});
    apply({first, second});
    EXPECT_EQ(db().schema_version(), 2);
}

TEST_P(Migrations, leave_nothing_of_one_that_fails)
{
    EXPECT_THROW(apply({first, file("20260101-2-bad.sql", "create table c(id TEXT); insert into nowhere values (1);")}),
                 Error);
    EXPECT_EQ(db().schema_version(), 1);
    apply({first, file("20260101-2-good.sql", "create table c(id TEXT);")});
    EXPECT_EQ(db().schema_version(), 2);
}

TEST_P(Migrations, refuse_a_database_newer_than_the_program)
{
    apply({first, second});
    EXPECT_THROW(apply({first}), Error);
}

TEST_P(Migrations, refuse_a_file_that_was_changed_after_it_was_applied)
{
    apply({first});
    auto changed = first;
    changed.sha256 = "other";
    EXPECT_THROW(apply({changed}), Error);
}

TEST_P(Migrations, of_the_program_apply_to_an_empty_database)
{
    EXPECT_EQ(db().schema_version(), 0);
    db().migrate();
    db().migrate();
    EXPECT_EQ(db().schema_version(), static_cast<int>(embedded::migrations().size()));
}

TEST(MigrationFile, with_an_unknown_mark_is_refused)
{
    EXPECT_THROW(sql_for(Engine::sqlite, "--@ sqlight\nselect 1;\n"), Error);
}

} // namespace
