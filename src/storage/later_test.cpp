// Statements that travel together with the next one.
#include "storage/connection.hpp"
#include "support/support.hpp"

#include <atomic>
#include <thread>

using namespace adal;
using namespace adal::storage;

namespace {

constexpr ProblemCode refused{"test.refused", 422};

class Later : public test::BothEngines {
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        write([](Transaction& tx) {
            tx.exec("create table thing(id TEXT PRIMARY KEY, n BIGINT, b BYTEA, CHECK (n >= 0))");
        });
    }
    template <typename F>
    void write(F&& f)
    {
        const auto written = db().write([&](Transaction& tx) -> Result<Done> {
            f(tx);
            return done();
        });
        ASSERT_TRUE(written.has_value());
    }
    std::int64_t count()
    {
        return db().read([](Snapshot& s) {
            return s.value<std::int64_t>("select count(*) from thing").value();
        });
    }
};
ADAL_BOTH_ENGINES(Later);

TEST_P(Later, runs_in_the_order_written_before_the_next_statement)
{
    write([](Transaction& tx) {
        std::string seen;
        const auto note = [&](const Row& row) { seen += row.text(0); };
        tx.exec_later("insert into thing(id, n) values ('a', 1)");
        tx.each_later("select id from thing order by id", note);
        tx.exec_later("insert into thing(id, n) values (?1, ?2)", "b", 2);
        tx.each_later("select id from thing where n >= ?1 order by id", note, 1);
        EXPECT_EQ(tx.exec("update thing set n = n + ?1", 10), 2);
        EXPECT_EQ(seen, "aab");
    });
    EXPECT_EQ(count(), 2);
}

TEST_P(Later, is_stored_though_no_statement_follows)
{
    write([](Transaction& tx) { tx.exec_later("insert into thing(id) values ('last')"); });
    EXPECT_EQ(count(), 1);
    std::string seen;
    db().read([&](Snapshot& s) {
        s.each_later("select id from thing", [&](const Row& row) { seen += row.text(0); });
        return 0;
    });
    EXPECT_EQ(seen, "last");
}

TEST_P(Later, keeps_values_that_are_gone_when_it_runs)
{
    const std::string bytes("\0\xff'\\x41", 7);
    write([&](Transaction& tx) {
        {
            const std::string id(60, 'i'), copy = bytes;
            tx.exec_later("insert into thing(id, n, b) values (?1, ?2, ?3)", id,
                          std::optional<int>{}, Blob{copy});
        }
        EXPECT_EQ(tx.value<std::string>("select b from thing"), bytes);
    });
}

TEST_P(Later, may_be_many_and_large)
{
    const std::string large(30'000, 'x');
    write([&](Transaction& tx) {
        for (int i = 0; i < 500; ++i)
            tx.exec_later("insert into thing(id, b) values (?1, ?2)", std::to_string(i),
                          Blob{i % 100 == 0 ? large : "small"});
        EXPECT_EQ(tx.value<int>("select count(*) from thing"), 500);
    });
    EXPECT_EQ(count(), 500);
}

TEST_P(Later, takes_more_kinds_of_statements_than_are_kept_prepared)
{
    write([](Transaction& tx) {
        for (int i = 0; i < 1200; ++i)
            tx.exec_later("insert into thing(id, n) values ('n' || ?1, " + std::to_string(i) + ")",
                          std::to_string(i));
    });
    EXPECT_EQ(count(), 1200);
}

TEST_P(Later, fails_at_the_next_statement_or_at_the_end_and_leaves_nothing)
{
    const auto wrong = [&](bool more) {
        return db().write([&](Transaction& tx) -> Result<Done> {
            tx.exec_later("insert into thing(id) values ('good')");
            tx.exec_later("insert into thing(id, n) values ('wrong', -1)");
            if (more) static_cast<void>(tx.value<int>("select 1"));
            return done();
        });
    };
    for (const bool more : {true, false}) {
        try {
            static_cast<void>(wrong(more));
            ADD_FAILURE() << "nothing failed";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind, ErrorKind::check) << error.what();
        }
        EXPECT_EQ(count(), 0);
    }
}

TEST_P(Later, is_forgotten_with_a_refused_write)
{
    const auto answer = db().write([](Transaction& tx) -> Result<Done> {
        tx.exec_later("insert into thing(id) values ('never')");
        return fail(refused);
    });
    EXPECT_FALSE(answer);
    EXPECT_EQ(count(), 0);
}

TEST_P(Later, tells_an_error_only_to_the_member_of_the_group_at_fault)
{
    std::atomic<int> stored{0}, failed{0}, said_no{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 9; ++t)
        threads.emplace_back([&, t] {
            for (int k = 0; k < 20; ++k) {
                try {
                    const auto answer = db().write([&](Transaction& tx) -> Result<Done> {
                        tx.exec_later("insert into thing(id, n) values (?1, ?2)",
                                      std::to_string(t * 100 + k), t % 3 == 0 ? -1 : 1);
                        if (t % 3 == 1 && k % 2 == 0) return fail(refused);
                        return done();
                    });
                    ++(answer ? stored : said_no);
                } catch (const Error& error) {
                    EXPECT_EQ(error.kind, ErrorKind::check) << error.what();
                    ++failed;
                }
            }
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(failed, 60);
    EXPECT_EQ(said_no, 30);
    EXPECT_EQ(stored, 90);
    EXPECT_EQ(count(), 90);
}

TEST_P(Later, reads_again_when_the_connection_died_while_idle)
{
    if (GetParam() != Engine::postgres) GTEST_SKIP() << "SQLite has no connection to lose";
    write([](Transaction& tx) { tx.exec("insert into thing(id) values ('a')"); });
    const auto killer = open_postgres(database->address());
    for (int i = 0; i < 5; ++i) {
        std::string seen;
        const auto n = db().read([&](Snapshot& s) {
            s.each_later("select id from thing", [&](const Row& row) { seen += row.text(0); });
            return s.value<int>("select count(*) from thing").value();
        });
        EXPECT_EQ(n, 1);
        EXPECT_EQ(seen, "a");
        killer->run("select pg_terminate_backend(pid) from pg_stat_activity where "
                    "datname = current_database() and pid <> pg_backend_pid()",
                    {}, {});
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

TEST_P(Later, leaves_a_reader_usable_after_a_mistake)
{
    for (int i = 0; i < 10; ++i) {
        EXPECT_THROW(db().read([](Snapshot& s) {
            s.each_later("select n from no_such_table", [](const Row&) {});
            return s.value<int>("select 1").value();
        }),
                     Error);
        EXPECT_EQ(count(), 0);
    }
}

TEST_P(Later, counts_commits_before_write_returns_and_nothing_else)
{
    const auto before = db().commits();
    EXPECT_FALSE(db().write([](Transaction&) -> Result<Done> { return fail(refused); }));
    EXPECT_EQ(db().commits(), before);
    write([](Transaction& tx) { tx.exec("insert into thing(id) values ('a')"); });
    EXPECT_GT(db().commits(), before);
    const auto after = db().commits();
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(db().commits(), after);
}

} // namespace
