// PostgreSQL behind storage/connection.hpp, through libpq with prepared statements in text form.
#include "storage/connection.hpp"
#include "storage/postgres_sql.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <list>
#include <thread>
#include <unordered_map>

namespace adal::storage {
namespace {

// The writer's place, one per database: ASCII "adal".
constexpr const char* kWriterLock = "1633968492";
constexpr std::size_t kMaxStatements = 500;
// Small enough for the socket's buffer: neither side ever waits for the other to read.
constexpr std::size_t kMostPending = 60, kMostPendingBytes = 60'000;
constexpr const char* kBeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
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
    Arguments() = default;
    Arguments(const Arguments&) = delete; // the pointers are into `owned`
    Arguments& operator=(const Arguments&) = delete;
    Arguments(Arguments&&) = default;
    Arguments& operator=(Arguments&&) = default;

    std::vector<Oid> types{};
    std::vector<const char*> values{};
    std::vector<int> lengths{}, formats{};
    std::list<std::string> owned{};

    // Bytes are borrowed, or copied when they have to outlive the call.
    void add(const Value& value, bool is_kept = false)
    {
        if (const auto* blob = std::get_if<Blob>(&value)) {
            types.push_back(kBytea);
            if (is_kept) owned.emplace_back(blob->bytes);
            values.push_back(is_kept ? owned.back().data() : blob->bytes.data() != nullptr ? blob->bytes.data() : "");
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

// A statement on its way. A plain one (SAVEPOINT and the like) is not prepared and belongs to the frame of
// the transaction, not to its content.
struct Statement {
    std::string sql{}; // as the caller wrote it
    std::string text{};
    Arguments arguments{};
    std::function<void(const Row&)> f{};
    bool is_plain = false;

    [[nodiscard]] std::size_t size() const
    {
        std::size_t bytes = text.size();
        for (const auto& value : arguments.owned) bytes += value.size();
        return bytes;
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
        auto statement = make(sql, values, false);
        statement.f = std::cref(f);
        if (!f) statement.f = {};
        const bool is_first = std::exchange(m_read_is_fresh, false);
        try {
            return run(statement);
        } catch (const Error&) { // the connection died while idle, or the server was restarted
            if (!is_first || PQstatus(m_connection.get()) == CONNECTION_OK) throw;
        }
        connect(); // what was pending still is
        return run(statement);
    }

    // In one round trip with the next statement that is waited for.
    void later(std::string_view sql, std::span<const Value> values, std::function<void(const Row&)> f) override
    {
        m_pending.push_back(make(sql, values, true));
        m_pending.back().f = std::move(f);
        m_pending_bytes += m_pending.back().size();
        if (m_pending.size() >= kMostPending || m_pending_bytes >= kMostPendingBytes) settle();
    }
    void settle() override
    {
        if (std::all_of(m_pending.begin(), m_pending.end(), [](const Statement& s) { return s.is_plain; })) return;
        m_read_is_fresh = false;
        run_pending(nullptr);
    }

    void script(const std::string& sql) override { send(sql.c_str()); }

    void begin_write() override
    {
        drop_pending();
        connect_if_lost();
        forget_stale_statements();
        failed = false;
        m_is_reading = false;
        // The lock first: what later statements see was committed by whoever had it before. The number of
        // the transaction is for the case that the answer to COMMIT gets lost.
        m_transaction = first_text(std::string("BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(")
                                   + kWriterLock + "); SELECT pg_current_xact_id()");
    }
    // Sent with the first statement.
    void begin_read() override
    {
        failed = false;
        m_is_reading = true;
        drop_pending();
        finish_ending();
        try {
            if (PQstatus(m_connection.get()) == CONNECTION_OK) forget_stale_statements();
        } catch (const Error&) {
            if (PQstatus(m_connection.get()) == CONNECTION_OK) throw;
        } // lost: the first statement will meet it and connect again
        m_pending.push_back(plain(kBeginRead));
        m_read_is_fresh = true;
    }

    void commit() override
    {
        settle();
        drop_pending();
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
        drop_pending();
        m_read_is_fresh = false;
        const auto status = PQtransactionStatus(m_connection.get());
        if (status == PQTRANS_IDLE || m_is_ending) return;
        // Nobody waits for the end of a read; its answer is taken before the next statement.
        if (m_is_reading && (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)) {
            m_is_ending = PQsendQuery(m_connection.get(), "ROLLBACK") != 0;
            return;
        }
        PQclear(PQexec(m_connection.get(), "ROLLBACK"));
    }

    void begin_part() override { m_pending.push_back(plain("SAVEPOINT part")); }
    void next_part() override
    {
        m_pending.push_back(plain("RELEASE part"));
        m_pending.push_back(plain("SAVEPOINT part"));
        failed = false;
    }
    void undo_part() override
    {
        std::erase_if(m_pending, [](const Statement& statement) { return !statement.is_plain; });
        m_pending.push_back(plain("ROLLBACK TO part"));
        run_pending(nullptr);
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
    static Statement plain(const char* text) { return {.sql = text, .text = text, .is_plain = true}; }

    static Statement make(std::string_view sql, std::span<const Value> values, bool is_kept)
    {
        auto rewritten = to_postgres(sql, values);
        Statement out{.sql = std::string(sql), .text = std::move(rewritten.text)};
        for (const auto index : rewritten.used) out.arguments.add(values[index], is_kept);
        return out;
    }

    std::int64_t run(const Statement& statement)
    {
        finish_ending();
        if (!m_pending.empty()) return run_pending(&statement);
        const auto& arguments = statement.arguments;
        const auto name = prepare(statement.text, arguments.types);
        const ResultPtr result(PQexecPrepared(m_connection.get(), name.c_str(),
                                              static_cast<int>(arguments.values.size()), arguments.values.data(),
                                              arguments.lengths.data(), arguments.formats.data(), 0));
        if (!is_good(result)) fail(result, statement.sql);
        return read(result, statement);
    }

    static std::int64_t read(const ResultPtr& result, const Statement& statement)
    {
        if (PQresultStatus(result.get()) == PGRES_COMMAND_OK)
            return std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
        return each_row(result.get(), statement.f);
    }

    void drop_pending()
    {
        m_pending.clear();
        m_pending_bytes = 0;
    }

    // Everything that was kept, then `last`: one round trip for all. The first error is thrown; what follows
    // it was not run. Rows are read after all has arrived, so that their readers may ask further.
    std::int64_t run_pending(const Statement* last)
    {
        finish_ending();
        auto kept = std::exchange(m_pending, {});
        std::vector<const Statement*> statements;
        for (const auto& statement : kept) statements.push_back(&statement);
        if (last != nullptr) statements.push_back(last);
        std::vector<ResultPtr> results;
        try {
            results = send_together(statements);
        } catch (const Error& error) {
            if (error.kind == ErrorKind::connection) m_pending = std::move(kept); // for a second try
            throw;
        }
        m_pending_bytes = 0;
        std::int64_t out = 0;
        for (std::size_t i = 0; i < statements.size(); ++i) out = read(results[i], *statements[i]);
        return out;
    }

    std::vector<ResultPtr> send_together(const std::vector<const Statement*>& statements)
    {
        const auto names = names_of(statements);
        auto* connection = m_connection.get();
        bool sent = PQenterPipelineMode(connection) != 0;
        for (std::size_t i = 0; sent && i < statements.size(); ++i) sent = send_one(*statements[i], names[i]);
        sent = sent && PQpipelineSync(connection) != 0;
        std::vector<ResultPtr> results;
        const Statement* wrong = nullptr;
        while (sent && !wrong && results.size() < statements.size()) {
            results.emplace_back(PQgetResult(connection));
            if (!is_good(results.back())) wrong = statements[results.size() - 1];
            else PQclear(PQgetResult(connection)); // null: the end of this statement
        }
        if (!sent || !leave_pipeline()) {
            const std::string message = PQerrorMessage(connection);
            m_connection.reset(); // whatever was open is gone
            throw Error(ErrorKind::connection, message);
        }
        if (wrong) fail(results.back(), wrong->sql);
        return results;
    }
    bool send_one(const Statement& statement, const std::string& name)
    {
        const auto& a = statement.arguments;
        if (statement.is_plain)
            return PQsendQueryParams(m_connection.get(), statement.text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) != 0;
        return PQsendQueryPrepared(m_connection.get(), name.c_str(), static_cast<int>(a.values.size()), a.values.data(),
                                   a.lengths.data(), a.formats.data(), 0) != 0;
    }
    // Takes what still comes, up to the mark that ends the pipeline. False: the connection cannot be used.
    bool leave_pipeline()
    {
        auto* connection = m_connection.get();
        for (int nulls = 0; PQstatus(connection) == CONNECTION_OK && nulls < 2;) {
            const ResultPtr rest(PQgetResult(connection));
            if (PQresultStatus(rest.get()) == PGRES_PIPELINE_SYNC) break;
            nulls = rest ? 0 : nulls + 1;
        }
        return PQstatus(connection) == CONNECTION_OK && PQexitPipelineMode(connection) != 0;
    }
    std::vector<std::string> names_of(const std::vector<const Statement*>& statements)
    {
        if (m_statements.size() + statements.size() > kMaxStatements) forget_statements();
        std::vector<std::string> names;
        for (const auto* statement : statements)
            names.push_back(statement->is_plain ? std::string{} : prepare(statement->text, statement->arguments.types));
        return names;
    }

    // The answer to a ROLLBACK that nobody waited for.
    void finish_ending()
    {
        if (!std::exchange(m_is_ending, false)) return;
        while (auto* result = PQgetResult(m_connection.get())) PQclear(result);
    }

    void connect()
    {
        m_is_ending = false;
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
        if (std::exchange(m_stale, false)) forget_statements();
    }
    void forget_statements()
    {
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
        finish_ending();
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
        if (m_statements.size() >= kMaxStatements) forget_statements();
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
        const bool is_lost = PQstatus(m_connection.get()) != CONNECTION_OK;
        if (!is_good(typed) && !types.empty() && !is_lost) {
            if (guard) send("ROLLBACK TO preparing");
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
    std::vector<Statement> m_pending;
    std::size_t m_pending_bytes = 0;
    bool m_is_reading = false;
    bool m_read_is_fresh = false; // its BEGIN has not been sent
    bool m_is_ending = false;     // a ROLLBACK was sent, its answer not yet taken
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
