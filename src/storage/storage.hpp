// storage/storage.hpp: one database, two engines. SQL is written once, in plain sight, in *_store.cpp.
//
//   storage::Database db = storage::Database::open("sqlite:/var/lib/adal/adal.db");   // or postgresql://…
//   db.write([&](storage::Transaction& tx) -> Result<FindingId> { … });
//   db.read([&](storage::Snapshot& snapshot) { … });
//
// SQL: placeholders are ?1 ?2 … (rewritten to $1 … for PostgreSQL). Portable types only: BIGINT (also for
// milliseconds, tiyn, booleans as 0/1), DOUBLE PRECISION, TEXT, BYTEA. Ids are TEXT (ULID). No
// engine-specific SQL outside this room. On PostgreSQL a round trip costs ~100 µs: write set-based SQL.
//
// Writing: ONE writer per process, one at a time over all processes (SQLite: BEGIN IMMEDIATE and the only
// connection that writes or checkpoints; PostgreSQL: an advisory lock taken first, READ COMMITTED).
// Callers from many threads are grouped: each runs in a savepoint of its own, the group is committed
// once and durably (synchronous=FULL), and only then the callers return. So a value returned from write()
// is on disk, a Problem or an exception has left nothing behind, and there is no lost update.
// Reading: a pool of read-only connections, each read() sees one consistent snapshot.
//
// Errors: throws storage::Error for everything unexpected. Thread-safe: Database; not Transaction.
#pragma once

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace adal::storage {

enum class ErrorKind { other, busy, unique, foreign_key, check, not_null, serialization, connection, full };

struct Error : std::runtime_error {
    ErrorKind kind;
    Error(ErrorKind k, const std::string& message) : std::runtime_error(message), kind(k) {}
};

struct Blob {
    std::string_view bytes;
};

using Value = std::variant<std::monostate, std::int64_t, double, std::string_view, Blob>;

// Strong types travel as what they are in the database. Enums are stored by name through a room's own
// text functions, not by number: stored values are append-only and readable.
template <typename T> Value to_value(const T& v)
{
    if constexpr (std::is_same_v<T, std::nullopt_t>) return {};
    else if constexpr (std::is_same_v<T, Blob>) return v;
    else if constexpr (std::is_same_v<T, bool>) return std::int64_t{v};
    else if constexpr (std::is_integral_v<T>) return static_cast<std::int64_t>(v);
    else if constexpr (std::is_floating_point_v<T>) return static_cast<double>(v);
    else if constexpr (std::is_same_v<T, Instant>) return v.ms;
    else if constexpr (requires { v.tiyn; }) return v.tiyn;
    else if constexpr (requires { v.is_set(); v.text(); }) { // Id
        if (!v.is_set()) return {};
        return v.text();
    } else if constexpr (requires { v.has_value(); *v; }) {
        if (!v.has_value()) return {};
        return to_value(*v);
    } else return std::string_view(v);
}

// A view of one row; valid inside the callback only.
class Row
{
public:
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0; // also bytes

    // int64/int/bool/double/std::string/Instant/Money/Id<…>/std::optional of these. A NULL read as a
    // plain value is a broken promise of the schema and throws; for Id NULL gives the unset id.
    template <typename T> [[nodiscard]] T get(int column) const
    {
        if constexpr (requires(T t) { t.has_value(); t.value(); }) {
            if (is_null(column)) return std::nullopt;
            return get<typename T::value_type>(column);
        } else if constexpr (requires(T t) { t.is_set(); t.text(); }) {
            if (is_null(column)) return T{};
            const auto id = T::parse(text(column));
            if (!id) throw Error(ErrorKind::other, "stored id is malformed");
            return *id;
        } else {
            if (is_null(column)) throw Error(ErrorKind::not_null, "unexpected NULL in column " + std::to_string(column));
            if constexpr (std::is_same_v<T, bool>) return integer(column) != 0;
            else if constexpr (std::is_integral_v<T>) return static_cast<T>(integer(column));
            else if constexpr (std::is_floating_point_v<T>) return static_cast<T>(real(column));
            else if constexpr (std::is_same_v<T, Instant>) return Instant{integer(column)};
            else if constexpr (requires(T t) { t.tiyn; }) return T{integer(column)};
            else return T(text(column));
        }
    }

protected:
    ~Row() = default;
};

enum class Engine { sqlite, postgres };

class Connection; // engine side, storage/connection.hpp

// Reads of one consistent snapshot.
class Snapshot
{
public:
    explicit Snapshot(Connection& connection) : m_connection(connection) {}
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    // Calls f(const Row&) for each row; returns the number of rows.
    template <typename F, typename... A> std::int64_t each(std::string_view sql, F&& f, const A&... args)
    {
        const std::array<Value, sizeof...(A)> values{to_value(args)...};
        return run(sql, values, [&](const Row& row) { f(row); });
    }

    // The same, but together with the next statement: on PostgreSQL one round trip for both (SQLite: at
    // once). f is called when that statement runs, so what f refers to must live until then.
    template <typename F, typename... A> void each_later(std::string_view sql, F f, const A&... args)
    {
        const std::array<Value, sizeof...(A)> values{to_value(args)...};
        later(sql, values, std::move(f));
    }

    // All rows, each made by `make(const Row&)`.
    template <typename Make, typename... A>
    auto all(std::string_view sql, Make&& make, const A&... args)
    {
        std::vector<std::decay_t<std::invoke_result_t<Make&, const Row&>>> out;
        each(sql, [&](const Row& row) { out.push_back(make(row)); }, args...);
        return out;
    }

    // The first row made by `make`, or nothing.
    template <typename Make, typename... A>
    auto first(std::string_view sql, Make&& make, const A&... args)
        -> std::optional<std::decay_t<std::invoke_result_t<Make&, const Row&>>>
    {
        std::optional<std::decay_t<std::invoke_result_t<Make&, const Row&>>> out;
        each(sql, [&](const Row& row) { if (!out) out.emplace(make(row)); }, args...);
        return out;
    }

    // The first column of the first row.
    template <typename T, typename... A>
    std::optional<T> value(std::string_view sql, const A&... args)
    {
        return first(sql, [](const Row& row) { return row.get<T>(0); }, args...);
    }

    [[nodiscard]] Engine engine() const;

protected:
    ~Snapshot() = default;
    std::int64_t run(std::string_view sql, std::span<const Value> values,
                     const std::function<void(const Row&)>& f);
    void later(std::string_view sql, std::span<const Value> values, std::function<void(const Row&)> f);
    Connection& m_connection;
    friend class Database;
    friend struct SnapshotAccess;
};

// Reads and writes; committed when the caller's function succeeds. Everything that takes a Snapshot& also
// takes a Transaction&.
class Transaction : public Snapshot
{
public:
    using Snapshot::Snapshot;

    // insert/update/delete; returns the number of changed rows.
    template <typename... A> std::int64_t exec(std::string_view sql, const A&... args)
    {
        const std::array<Value, sizeof...(A)> values{to_value(args)...};
        return run(sql, values, {});
    }
    // The same with values made at run time (bulk inserts: "insert into t values (?1,?2),(?3,?4)").
    std::int64_t exec_values(std::string_view sql, std::span<const Value> values)
    {
        return run(sql, values, {});
    }

    // The same when nobody needs the count: sent together with the next statement, at the latest before the
    // commit. An error comes out there and undoes the transaction all the same.
    template <typename... A> void exec_later(std::string_view sql, const A&... args)
    {
        const std::array<Value, sizeof...(A)> values{to_value(args)...};
        later(sql, values, {});
    }
    void exec_values_later(std::string_view sql, std::span<const Value> values) { later(sql, values, {}); }

    // Runs after the group's commit, before write() returns, on the writer's thread. For "wake the
    // publisher"; must not throw and must not write.
    void after_commit(std::function<void()> action);

private:
    friend class Database;
    friend struct TransactionAccess;
    std::vector<std::function<void()>> m_after_commit;
};

struct Options {
    int readers = 4;         // read connections
    bool create = true;      // SQLite: make the file
    bool read_only = false;  // no writer at all (for `adal verify`, tests)
};

class Database
{
public:
    // "sqlite:PATH", a bare PATH, or "postgresql://…" / "host=… dbname=…" (libpq).
    static Database open(std::string_view address, const Options& options = {});
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database(); // finishes queued writes

    [[nodiscard]] Engine engine() const;

    // Applies each embedded migration that has not been applied yet (storage/migrations.hpp), in order,
    // each in a transaction of its own. Refuses a database newer than the program (throws Error).
    void migrate();
    [[nodiscard]] int schema_version();

    // F: Result<T>(Transaction&). Returns what F returns, after the durable commit. F may run again after
    // a serialization failure or a lost connection before commit, so it must not have other effects.
    template <typename F> auto write(F&& f) -> std::invoke_result_t<F&, Transaction&>
    {
        std::optional<std::invoke_result_t<F&, Transaction&>> out;
        write_erased([&](Transaction& tx) {
            out.emplace(f(tx));
            return out->has_value();
        });
        return std::move(*out);
    }

    // F: T(Snapshot&), T not void.
    template <typename F> auto read(F&& f) -> std::invoke_result_t<F&, Snapshot&>
    {
        std::optional<std::invoke_result_t<F&, Snapshot&>> out;
        read_erased([&](Snapshot& snapshot) { out.emplace(f(snapshot)); });
        return std::move(*out);
    }

    // Grows with every commit of this process, before write() returns (also when nobody knows whether it
    // happened): what was made from a snapshot taken at one number is as good while the number is the same.
    [[nodiscard]] std::uint64_t commits() const;

    // Online copy of a SQLite database into `path`, consistent, while writes go on.
    void backup_to(const std::string& path);

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    // true = commit, false = roll back; exceptions roll back and reach the caller.
    void write_erased(const std::function<bool(Transaction&)>& f);
    void read_erased(const std::function<void(Snapshot&)>& f);
    std::unique_ptr<State> m_state;
};

} // namespace adal::storage
