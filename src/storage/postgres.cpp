// PostgreSQL behind storage/connection.hpp, through libpq with prepared statements in text form.
#include "storage/connection.hpp"
#include "storage/postgres_sql.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <charconv>
#include <list>
#include <thread>
#include <unordered_map>

namespace adal::storage {
namespace {

// The writer's place, one per database: ASCII "adal".
constexpr const char* kWriterLock = "1633968492";
constexpr std::size_t kMaxStatements = 500;
constexpr Oid kUnknown = 0, kInt8 = 20, kText = 25, kFloat8 = 701, kBytea = 17;

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

bool is_good(const ResultPtr& result)
{
    const auto status = PQresultStatus(result.get());
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

std::string_view state_of(const ResultPtr& result)
{
    const char* state = result ? PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) : nullptr;
    return state != nullptr ? state : "";
}

// Appendix A of the PostgreSQL manual.
ErrorKind kind_of(std::string_view state)
{
    if (state == "23505") return ErrorKind::unique;
    if (state == "23503") return ErrorKind::foreign_key;
    if (state == "23514") return ErrorKind::check;
    if (state == "23502") return ErrorKind::not_null;
    if (state == "40001" || state == "40P01") return ErrorKind::serialization;
    if (state == "55P03" || state == "57014") return ErrorKind::busy; // lock or statement took too long
    if (state == "53100" || state == "53200") return ErrorKind::full;
    // Server going down, too many clients, or a standby that we still took for the primary.
    if (state.starts_with("08") || state.starts_with("57P") || state == "53300" || state == "25006"
        || state == "25P03")
        return ErrorKind::connection;
    return ErrorKind::other;
}

std::string from_hex(std::string_view digits)
{
    const auto value = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string out;
    out.reserve(digits.size() / 2);
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        out.push_back(static_cast<char>(value(digits[i]) * 16 + value(digits[i + 1])));
    return out;
}

class PostgresRow final : public Row
{
public:
    explicit PostgresRow(PGresult* result) : m_result(result) {}
    void move_to(int row)
    {
        m_row = row;
        m_bytes.clear();
    }

    bool is_null(int column) const override { return PQgetisnull(m_result, m_row, column) != 0; }
    std::int64_t integer(int column) const override
    {
        const auto text = raw(column);
        if (text == "t") return 1;
        return number<std::int64_t>(text); // "f" and NULL give 0
    }
    double real(int column) const override { return number<double>(raw(column)); }
    std::string_view text(int column) const override
    {
        const auto bytes = raw(column);
        if (PQftype(m_result, column) != kBytea || !bytes.starts_with("\\x")) return bytes;
        return m_bytes.emplace_back(from_hex(bytes.substr(2))); // lives as long as the row
    }

private:
    std::string_view raw(int column) const
    {
        return {PQgetvalue(m_result, m_row, column),
                static_cast<std::size_t>(PQgetlength(m_result, m_row, column))};
    }
    template <typename T> static T number(std::string_view text)
    {
        T out{};
        std::from_chars(text.data(), text.data() + text.size(), out);
        return out;
    }

    PGresult* m_result;
    int m_row = 0;
    mutable std::list<std::string> m_bytes; // a list: views of earlier columns stay valid
};

// Values in the form libpq wants.
struct Arguments {
    std::vector<Oid> types{};
    std::vector<const char*> values{};
    std::vector<int> lengths{}, formats{};
    std::list<std::string> owned{};

    void add(const Value& value)
    {
        if (const auto* blob = std::get_if<Blob>(&value)) {
            types.push_back(kBytea);
            values.push_back(blob->bytes.data() != nullptr ? blob->bytes.data() : "");
            lengths.push_back(static_cast<int>(blob->bytes.size()));
            formats.push_back(1);
            return;
        }
        types.push_back(add_text(value));
        values.push_back(owned.back().c_str());
        lengths.push_back(0);
        formats.push_back(0);
    }

private:
    Oid add_text(const Value& value)
    {
        std::array<char, 40> digits{};
        if (const auto* text = std::get_if<std::string_view>(&value)) {
            if (text->find('\0') != std::string_view::npos)
                throw Error(ErrorKind::check, "NUL byte in a text value");
            owned.emplace_back(*text);
            return kText;
        }
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            owned.emplace_back(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *integer).ptr);
            return kInt8;
        }
        const auto real = std::get<double>(value);
        owned.emplace_back(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), real).ptr);
        return kFloat8;
    }
};

class Postgres final : public Connection
{
public:
    explicit Postgres(std::string address) : m_address(std::move(address)) { connect(); }

    Engine engine() const override { return Engine::postgres; }

    std::int64_t run(std::string_view sql, std::span<const Value> values,
                     const std::function<void(const Row&)>& f) override
    {
        const auto rewritten = to_postgres(sql, values);
        Arguments arguments;
        for (const auto index : rewritten.used) arguments.add(values[index]);
        const auto& name = prepare(rewritten.text, arguments.types);
        const ResultPtr result(PQexecPrepared(m_connection.get(), name.c_str(),
                                              static_cast<int>(arguments.values.size()), arguments.values.data(),
                                              arguments.lengths.data(), arguments.formats.data(), 0));
        if (!is_good(result)) fail(result, sql);
        if (PQresultStatus(result.get()) == PGRES_COMMAND_OK)
            return std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
        return each_row(result.get(), f);
    }

    void script(const std::string& sql) override { send(sql.c_str()); }

    void begin_write() override
    {
        connect_if_lost();
        forget_stale_statements();
        failed = false;
        // The lock first: what later statements see was committed by whoever had it before. The number of
        // the transaction is for the case that the answer to COMMIT gets lost.
        m_transaction = first_text(std::string("BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(")
                                   + kWriterLock + "); SELECT pg_current_xact_id()");
    }
    void begin_read() override
    {
        failed = false;
        try {
            forget_stale_statements();
            send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        } catch (const Error&) { // the connection died while idle, or the server was restarted
            rollback();
            connect_if_lost();
            send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
    }

    void commit() override
    {
        const ResultPtr result(PQexec(m_connection.get(), "COMMIT"));
        if (is_good(result)) {
            if (std::string_view(PQcmdStatus(result.get())) == "COMMIT") return;
            throw Error(ErrorKind::other, "the transaction was rolled back");
        }
        if (PQstatus(m_connection.get()) == CONNECTION_OK) fail(result, "COMMIT");
        if (!was_committed()) throw Error(ErrorKind::connection, "connection lost before commit");
    }
    void rollback() noexcept override
    {
        failed = false;
        if (PQtransactionStatus(m_connection.get()) == PQTRANS_IDLE) return;
        PQclear(PQexec(m_connection.get(), "ROLLBACK"));
    }

    void begin_part() override { send("SAVEPOINT part"); }
    void next_part() override
    {
        send("RELEASE part; SAVEPOINT part"); // one round trip
        failed = false;
    }
    void undo_part() override
    {
        send("ROLLBACK TO part");
        failed = false;
    }

    void check_open() override
    {
        if (PQstatus(m_connection.get()) != CONNECTION_OK) throw Error(ErrorKind::connection, "connection lost");
        const auto status = PQtransactionStatus(m_connection.get());
        if (status != PQTRANS_INTRANS && status != PQTRANS_INERROR)
            throw Error(ErrorKind::other, "the transaction was ended from inside");
    }

    void backup_to(const std::string&) override
    {
        throw Error(ErrorKind::other, "a PostgreSQL database is backed up with pg_dump or pg_basebackup");
    }

private:
    void connect()
    {
        const std::array<const char*, 5> keywords{"connect_timeout", "application_name", "client_encoding",
                                                  "dbname", nullptr};
        const std::array<const char*, 5> values{"10", "adal", "UTF8", m_address.c_str(), nullptr};
        m_statements.clear();
        m_connection.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
        if (PQstatus(m_connection.get()) != CONNECTION_OK)
            throw Error(ErrorKind::connection, PQerrorMessage(m_connection.get()));
        PQsetNoticeProcessor(m_connection.get(), [](void*, const char*) {}, nullptr);
        send("SET standard_conforming_strings = on; SET bytea_output = 'hex'; SET TimeZone = 'UTC';"
             "SET statement_timeout = '5min'; SET lock_timeout = '60s';"
             "SET idle_in_transaction_session_timeout = '5min';"
             "SELECT set_config('synchronous_commit', 'on', false)"
             " WHERE current_setting('synchronous_commit') = 'off'");
    }
    void connect_if_lost()
    {
        if (PQstatus(m_connection.get()) != CONNECTION_OK) connect();
    }
    void forget_stale_statements()
    {
        if (!std::exchange(m_stale, false)) return;
        send("DEALLOCATE ALL");
        m_statements.clear();
    }

    // Asks the server, by the transaction's number, how a COMMIT without an answer ended.
    bool was_committed()
    {
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (std::chrono::steady_clock::now() < give_up) {
            try {
                connect_if_lost();
                const auto status = first_text("SELECT pg_xact_status('" + m_transaction + "'::xid8)");
                if (status == "committed") return true;
                if (status == "aborted") return false;
            } catch (const Error& error) {
                if (error.kind != ErrorKind::connection) break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{200});
        }
        throw CommitUnknown(ErrorKind::connection, "the connection was lost during commit; outcome unknown");
    }

    ResultPtr send(const char* sql)
    {
        ResultPtr result(PQexec(m_connection.get(), sql));
        if (!is_good(result)) fail(result, sql);
        return result;
    }
    std::string first_text(const std::string& sql)
    {
        const auto result = send(sql.c_str());
        return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
    }

    static std::int64_t each_row(PGresult* result, const std::function<void(const Row&)>& f)
    {
        PostgresRow row(result);
        const int count = PQntuples(result);
        for (int i = 0; f && i < count; ++i) {
            row.move_to(i);
            f(row);
        }
        return count;
    }

    const std::string& prepare(const std::string& sql, const std::vector<Oid>& types)
    {
        auto key = sql;
        for (const auto type : types) key += '\0' + std::to_string(type);
        const auto found = m_statements.find(key);
        if (found != m_statements.end()) return found->second;
        if (m_statements.size() >= kMaxStatements) {
            send("DEALLOCATE ALL");
            m_statements.clear();
        }
        auto name = "s" + std::to_string(++m_prepared);
        prepare_as(name, sql, types);
        return m_statements.emplace(std::move(key), std::move(name)).first->second;
    }

    // With the types of the values; if those do not fit (a number compared with a text column, say) with
    // the types PostgreSQL finds by itself. A failed PREPARE must not spoil the transaction: savepoint.
    void prepare_as(const std::string& name, const std::string& sql, const std::vector<Oid>& types)
    {
        const bool guard = !types.empty() && PQtransactionStatus(m_connection.get()) == PQTRANS_INTRANS;
        if (guard) send("SAVEPOINT preparing");
        ResultPtr typed = try_prepare(name, sql, types);
        if (!is_good(typed) && guard) {
            send("ROLLBACK TO preparing");
            const std::vector<Oid> unknown(types.size(), kUnknown);
            const auto untyped = try_prepare(name, sql, unknown);
            if (!is_good(untyped)) fail(typed, sql);
            refuse_text_as_bytes(name, types);
        } else if (!is_good(typed)) {
            fail(typed, sql);
        }
        if (guard) send("RELEASE preparing");
    }
    ResultPtr try_prepare(const std::string& name, const std::string& sql, const std::vector<Oid>& types)
    {
        return ResultPtr(PQprepare(m_connection.get(), name.c_str(), sql.c_str(),
                                   static_cast<int>(types.size()), types.data()));
    }
    // Text read as BYTEA would be unescaped; SQLite would store it as text.
    void refuse_text_as_bytes(const std::string& name, const std::vector<Oid>& types)
    {
        const ResultPtr description(PQdescribePrepared(m_connection.get(), name.c_str()));
        for (std::size_t i = 0; i < types.size(); ++i)
            if (types[i] == kText && PQparamtype(description.get(), static_cast<int>(i)) == kBytea)
                throw Error(ErrorKind::other, "a BYTEA column needs a storage::Blob");
    }

    [[noreturn]] void fail(const ResultPtr& result, std::string_view sql)
    {
        const auto state = state_of(result);
        auto kind = kind_of(state);
        if (PQstatus(m_connection.get()) != CONNECTION_OK) kind = ErrorKind::connection;
        if (state == "0A000" && std::string_view(PQerrorMessage(m_connection.get())).find("cached plan") != std::string_view::npos) {
            m_stale = true; // the schema moved under a prepared statement: once more
            kind = ErrorKind::serialization;
        }
        const std::string message = result ? PQresultErrorMessage(result.get()) : PQerrorMessage(m_connection.get());
        throw Error(kind, message + " in: " + std::string(sql.substr(0, 200)));
    }

    std::string m_address;
    std::unique_ptr<PGconn, Finish> m_connection;
    std::unordered_map<std::string, std::string> m_statements;
    std::uint64_t m_prepared = 0;
    std::string m_transaction;
    bool m_stale = false;
};

} // namespace

std::unique_ptr<Connection> open_postgres(const std::string& address)
{
    return std::make_unique<Postgres>(address);
}

} // namespace adal::storage
