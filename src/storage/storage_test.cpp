#include "support/support.hpp"

#include <atomic>
#include <limits>
#include <thread>

using namespace adal;
using namespace adal::storage;

namespace {

constexpr ProblemCode refused{"test.refused", 422};

class Storage : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        exec("create table thing(id TEXT PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, t TEXT, b BYTEA, "
             "CONSTRAINT thing_n CHECK (n >= 0))");
        exec("create table part(id TEXT PRIMARY KEY, thing TEXT NOT NULL REFERENCES thing(id))");
    }
    template <typename... A> std::int64_t exec(std::string_view sql, const A&... args)
    {
        return *db().write([&](Transaction& tx) -> Result<std::int64_t> { return tx.exec(sql, args...); });
    }
    std::int64_t count(std::string_view table = "thing")
    {
        return db().read([&](Snapshot& s) {
            return s.value<std::int64_t>("select count(*) from " + std::string(table)).value();
        });
    }
    template <typename... A> ErrorKind kind_of_failure(std::string_view sql, const A&... args)
    {
        try {
            exec(sql, args...);
        } catch (const Error& error) {
            return error.kind;
        }
        ADD_FAILURE() << "nothing failed: " << sql;
        return ErrorKind::other;
    }
};
ADAL_BOTH_ENGINES(Storage);

TEST_P(Storage, gives_back_what_was_written)
{
    const std::string bytes("\0\xff\x00\x27\x5c\x01", 6);
    const auto at = Instant{1'763'856'000'123};
    exec("insert into thing(id, n, x, t, b) values (?1, ?2, ?3, ?4, ?5)", "a", at, 0.1 + 0.2,
         "Әділ іс: қаңтардағы тексеру №5 — 100 ₸, 'тырнақша' ?1", Blob{bytes});
    db().read([&](Snapshot& s) {
        return s.each("select n, x, t, b from thing where id = ?1", [&](const Row& row) {
            EXPECT_EQ(row.get<Instant>(0), at);
            EXPECT_EQ(row.get<double>(1), 0.1 + 0.2);
            EXPECT_EQ(row.get<std::string>(2), "Әділ іс: қаңтардағы тексеру №5 — 100 ₸, 'тырнақша' ?1");
            EXPECT_EQ(row.get<std::string>(3), bytes);
        }, "a");
    });
}

TEST_P(Storage, keeps_the_widest_numbers)
{
    const auto widest = std::numeric_limits<std::int64_t>::max();
    exec("insert into thing(id, n, x) values (?1, ?2, ?3)", "a", widest, 1.7976931348623157e308);
    const auto row = db().read([](Snapshot& s) {
        return s.first("select n, x from thing", [](const Row& r) {
            return std::pair(r.get<std::int64_t>(0), r.get<double>(1));
        });
    });
    EXPECT_EQ(row->first, widest);
    EXPECT_EQ(row->second, 1.7976931348623157e308);
}

TEST_P(Storage, tells_null_from_empty)
{
    exec("insert into thing(id, t, b, n) values (?1, ?2, ?3, ?4)", "null", std::nullopt, std::nullopt,
         std::optional<std::int64_t>{});
    exec("insert into thing(id, t, b, n) values (?1, ?2, ?3, ?4)", "empty", "", Blob{""}, 0);
    const auto all = db().read([](Snapshot& s) {
        return s.all("select t, b, n from thing order by id desc", [](const Row& r) {
            return std::tuple(r.get<std::optional<std::string>>(0), r.get<std::optional<std::string>>(1),
                              r.get<std::optional<std::int64_t>>(2));
        });
    });
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0], std::tuple(std::nullopt, std::nullopt, std::nullopt));
    EXPECT_EQ(all[1], std::tuple(std::optional<std::string>(""), std::optional<std::string>(""),
                                 std::optional<std::int64_t>(0)));
    EXPECT_THROW(db().read([](Snapshot& s) { return s.value<std::string>("select t from thing where id = 'null'"); }),
                 Error);
}

TEST_P(Storage, takes_a_null_wherever_a_value_may_stand)
{
    exec("insert into thing(id, n, t) values ('a', 5, 'x'), ('b', null, null)");
    const auto find = [&](std::optional<std::int64_t> n, std::optional<std::string> t) {
        return db().read([&](Snapshot& s) {
            return s.value<std::int64_t>("select count(*) from thing where (?1 is null or n = ?1) "
                                         "and (?2 is null or t = ?2)", n, t).value();
        });
    };
    EXPECT_EQ(find(std::nullopt, std::nullopt), 2);
    EXPECT_EQ(find(5, std::nullopt), 1);
    EXPECT_EQ(find(std::nullopt, "x"), 1);
    EXPECT_EQ(find(5, "x"), 1);
    EXPECT_EQ(exec("update thing set n = coalesce(?1, n), t = ?2 where id = ?3", std::optional<int>{}, "y", "a"), 1);
    EXPECT_EQ(find(5, "y"), 1);
}

TEST_P(Storage, finds_the_type_of_a_value_used_as_another_type)
{
    exec("insert into thing(id, n, t) values ('7', 7, '7')");
    const auto found = db().read([](Snapshot& s) {
        const auto as_text = s.value<int>("select count(*) from thing where id = ?1", 7).value();
        const auto as_number = s.value<int>("select count(*) from thing where n = ?1", "7").value();
        const auto cut = s.value<std::string>("select substr(t, ?1, ?2) from thing", 1, 1).value();
        return as_text + as_number + (cut == "7" ? 1 : 0);
    });
    EXPECT_EQ(found, 3);
}

TEST_P(Storage, refuses_a_nul_byte_in_text)
{
    EXPECT_EQ(kind_of_failure("insert into thing(id) values (?1)", std::string_view("a\0b", 3)), ErrorKind::check);
}

TEST_P(Storage, names_the_kind_of_a_broken_constraint)
{
    exec("insert into thing(id) values ('a')");
    EXPECT_EQ(kind_of_failure("insert into thing(id) values ('a')"), ErrorKind::unique);
    EXPECT_EQ(kind_of_failure("insert into thing(id, n) values ('b', -1)"), ErrorKind::check);
    EXPECT_EQ(kind_of_failure("insert into part(id, thing) values ('p', 'nobody')"), ErrorKind::foreign_key);
    EXPECT_EQ(kind_of_failure("insert into part(id, thing) values ('p', null)"), ErrorKind::not_null);
    EXPECT_EQ(kind_of_failure("insert into nowhere values (1)"), ErrorKind::other);
    EXPECT_EQ(kind_of_failure("insert into thing(id) values (?1)"), ErrorKind::other);
    EXPECT_EQ(kind_of_failure("insert into thing(id) values (?1)", "b", "c"), ErrorKind::other);
    EXPECT_EQ(count(), 1);
}

TEST_P(Storage, counts_changed_rows)
{
    EXPECT_EQ(exec("insert into thing(id, n) values (?1, 1), (?2, 2)", "a", "b"), 2);
    EXPECT_EQ(exec("update thing set n = n + 1 where n > ?1", 1), 1);
    EXPECT_EQ(exec("delete from thing where id = ?1", "nobody"), 0);
}

TEST_P(Storage, leaves_nothing_behind_after_a_problem)
{
    const auto result = db().write([](Transaction& tx) -> Result<int> {
        tx.exec("insert into thing(id) values ('a')");
        return fail(refused);
    });
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().is(refused));
    EXPECT_EQ(count(), 0);
}

TEST_P(Storage, leaves_nothing_behind_after_an_exception)
{
    EXPECT_THROW(db().write([](Transaction& tx) -> Result<int> {
        tx.exec("insert into thing(id) values ('a')");
        throw std::runtime_error("no");
    }), std::runtime_error);
    EXPECT_EQ(count(), 0);
    exec("insert into thing(id) values ('a')");
    EXPECT_EQ(count(), 1);
}

TEST_P(Storage, does_not_commit_after_a_failed_statement)
{
    EXPECT_THROW(db().write([](Transaction& tx) -> Result<int> {
        tx.exec("insert into thing(id) values ('a')");
        try {
            tx.exec("insert into thing(id) values ('a')");
        } catch (const Error&) { // swallowed: PostgreSQL cannot go on from here, so neither does SQLite
        }
        return 1;
    }), Error);
    EXPECT_EQ(count(), 0);
}

TEST_P(Storage, loses_no_update_of_many_threads)
{
    exec("insert into thing(id, n) values ('sum', 0)");
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 50; ++k)
                db().write([&](Transaction& tx) -> Result<std::int64_t> {
                    const auto n = tx.value<std::int64_t>("select n from thing where id = 'sum'").value();
                    return tx.exec("update thing set n = ?1 where id = 'sum'", n + 1);
                });
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(db().read([](Snapshot& s) { return s.value<int>("select n from thing").value(); }), 400);
}

TEST_P(Storage, loses_no_update_of_two_database_objects)
{
    auto other = Database::open(database->address());
    exec("insert into thing(id, n) values ('sum', 0)");
    const auto count_up = [](Database& d) {
        for (int k = 0; k < 50; ++k)
            d.write([&](Transaction& tx) -> Result<std::int64_t> {
                const auto n = tx.value<std::int64_t>("select n from thing where id = 'sum'").value();
                return tx.exec("update thing set n = ?1 where id = 'sum'", n + 1);
            });
    };
    std::thread first([&] { count_up(db()); });
    std::thread second([&] { count_up(other); });
    first.join();
    second.join();
    EXPECT_EQ(db().read([](Snapshot& s) { return s.value<int>("select n from thing").value(); }), 100);
}

TEST_P(Storage, keeps_members_of_a_group_apart)
{
    // Every third caller fails by a Problem, every third by an exception or a broken constraint.
    std::atomic<int> stored{0}, failed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 12; ++t)
        threads.emplace_back([&, t] {
            for (int k = 0; k < 30; ++k) {
                const auto id = std::to_string(t) + "-" + std::to_string(k);
                try {
                    const auto result = db().write([&](Transaction& tx) -> Result<int> {
                        tx.exec("insert into thing(id) values (?1)", id);
                        if (t % 3 == 1) return fail(refused);
                        if (t % 6 == 2) throw std::runtime_error("no");
                        if (t % 6 == 5) tx.exec("insert into thing(id) values (?1)", id);
                        return 1;
                    });
                    result ? ++stored : ++failed;
                } catch (const std::exception&) {
                    ++failed;
                }
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(stored, 120);
    EXPECT_EQ(failed, 240);
    EXPECT_EQ(count(), 120);
}

TEST_P(Storage, shows_a_returned_write_to_every_connection)
{
    auto other = Database::open(database->address(), {.readers = 1, .create = false, .read_only = true});
    for (int i = 1; i <= 20; ++i) {
        exec("insert into thing(id) values (?1)", std::to_string(i));
        EXPECT_EQ(count(), i);
        EXPECT_EQ(other.read([](Snapshot& s) { return s.value<int>("select count(*) from thing").value(); }), i);
    }
    EXPECT_THROW(other.write([](Transaction&) -> Result<int> { return 1; }), Error);
}

TEST_P(Storage, reads_one_snapshot_while_others_write)
{
    db().read([&](Snapshot& s) {
        const auto before = s.value<int>("select count(*) from thing").value();
        std::thread([&] { exec("insert into thing(id) values ('later')"); }).join();
        EXPECT_EQ(s.value<int>("select count(*) from thing").value(), before);
        return 0;
    });
    EXPECT_EQ(count(), 1);
}

TEST_P(Storage, cannot_write_through_a_snapshot)
{
    EXPECT_THROW(db().read([](Snapshot& s) {
        return s.each("insert into thing(id) values ('a') returning id", [](const Row&) {});
    }), Error);
    EXPECT_EQ(count(), 0);
}

TEST_P(Storage, reads_inside_a_read_and_inside_a_write)
{
    EXPECT_EQ(db().read([&](Snapshot&) { return count(); }), 0);
    const auto seen = db().write([&](Transaction& tx) -> Result<std::int64_t> {
        tx.exec("insert into thing(id) values ('a')");
        return count();
    });
    EXPECT_EQ(*seen, 0); // another connection: only what is committed
    EXPECT_THROW(db().write([&](Transaction&) -> Result<int> { return static_cast<int>(exec("delete from thing")); }),
                 Error);
}

TEST_P(Storage, runs_a_statement_inside_its_own_rows)
{
    exec("insert into thing(id, n) values ('a', 1), ('b', 2)");
    int seen = 0;
    db().read([&](Snapshot& s) {
        constexpr auto sql = "select n from thing order by n";
        return s.each(sql, [&](const Row& outer) {
            s.each(sql, [&](const Row& inner) { seen += static_cast<int>(outer.integer(0) * 10 + inner.integer(0)); });
        });
    });
    EXPECT_EQ(seen, 11 + 12 + 21 + 22);
}

TEST_P(Storage, acts_after_the_commit_only)
{
    std::vector<std::int64_t> seen;
    const auto write = [&](bool good) {
        return db().write([&](Transaction& tx) -> Result<int> {
            tx.exec("insert into thing(id) values ('a')");
            tx.after_commit([&] { seen.push_back(count()); });
            if (!good) return fail(refused);
            return 1;
        });
    };
    EXPECT_FALSE(write(false));
    EXPECT_TRUE(write(true));
    EXPECT_EQ(seen, std::vector<std::int64_t>{1});
}

TEST_P(Storage, compares_text_by_bytes_and_like_by_case)
{
    exec("insert into thing(id, t) values ('a', 'Z'), ('b', 'a'), ('c', 'Ә'), ('d', 'Я')");
    const auto order = db().read([](Snapshot& s) {
        std::string out;
        s.each("select t from thing order by t", [&](const Row& r) { out += r.text(0); });
        return out + std::to_string(s.value<int>("select count(*) from thing where t like 'z%'").value());
    });
    EXPECT_EQ(order, "ZaЯӘ0");
}

} // namespace
