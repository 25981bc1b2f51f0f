// SQLite behind storage/connection.hpp. Settings and their reasons: design.md's numbers are in the README.
#include "storage/connection.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <unordered_map>

namespace adal::storage {
namespace {

constexpr int kBusyMs = 10'000;           // another process of ours (an import) may be writing
constexpr int kCheckpointPages = 4'096;   // 16 MB of 4 KB pages: when idle
constexpr int kTooManyPages = 16'384;     // 64 MB: also when busy

ErrorKind kind_of(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return ErrorKind::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return ErrorKind::foreign_key;
    case SQLITE_CONSTRAINT_CHECK: return ErrorKind::check;
    case SQLITE_CONSTRAINT_NOTNULL: return ErrorKind::not_null;
    default: break;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorKind::busy;
    case SQLITE_FULL: return ErrorKind::full;
    default: return ErrorKind::other;
    }
}

class SqliteRow final : public Row
{
public:
    explicit SqliteRow(sqlite3_stmt* statement) : m_statement(statement) {}
    bool is_null(int column) const override
    {
        return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(m_statement, column); }
    double real(int column) const override { return sqlite3_column_double(m_statement, column); }
    std::string_view text(int column) const override
    {
        // The blob form is the bytes as stored, for TEXT and BYTEA alike, NUL bytes included.
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_statement, column));
        if (bytes == nullptr) return "";
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
    }

private:
    sqlite3_stmt* m_statement;
};

// A prepared statement; `busy` while its rows are being read.
struct PreparedStatement {
    sqlite3_stmt* handle = nullptr;
    bool busy = false;
    PreparedStatement() = default;
    PreparedStatement(const PreparedStatement&) = delete;
    PreparedStatement& operator=(const PreparedStatement&) = delete;
    ~PreparedStatement() { sqlite3_finalize(handle); }
};

struct InUse {
    PreparedStatement& statement;
    explicit InUse(PreparedStatement& s) : statement(s) { s.busy = true; }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;
    ~InUse()
    {
        sqlite3_reset(statement.handle);
        sqlite3_clear_bindings(statement.handle);
        statement.busy = false;
    }
};

int bind(sqlite3_stmt* s, int n, const Value& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return sqlite3_bind_int64(s, n, *integer);
    if (const auto* real = std::get_if<double>(&value)) return sqlite3_bind_double(s, n, *real);
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        if (text->find('\0') != std::string_view::npos)
            throw Error(ErrorKind::check, "NUL byte in a text value");
        return sqlite3_bind_text64(s, n, text->data() != nullptr ? text->data() : "", text->size(),
                                   SQLITE_STATIC, SQLITE_UTF8);
    }
    if (const auto* blob = std::get_if<Blob>(&value))
        return sqlite3_bind_blob64(s, n, blob->bytes.data() != nullptr ? blob->bytes.data() : "",
                                   blob->bytes.size(), SQLITE_STATIC);
    return sqlite3_bind_null(s, n);
}

class Sqlite final : public Connection
{
public:
    Sqlite(const std::string& path, Access access, bool create) : m_path(path), m_access(access)
    {
        open(create);
        try {
            configure();
        } catch (...) {
            sqlite3_close_v2(m_db);
            throw;
        }
    }
    ~Sqlite() override
    {
        m_statements.clear();
        sqlite3_close_v2(m_db); // the writer's close checkpoints; readers' does not
    }

    Engine engine() const override { return Engine::sqlite; }

    std::int64_t run(std::string_view sql, std::span<const Value> values,
                     const std::function<void(const Row&)>& f) override
    {
        auto& cached = m_statements[std::string(sql)];
        if (!cached) cached = std::make_unique<PreparedStatement>();
        if (!cached->busy) return run(*cached, sql, values, f);
        PreparedStatement nested; // the same statement inside its own rows
        return run(nested, sql, values, f);
    }

    void script(const std::string& sql) override
    {
        if (sqlite3_exec(m_db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
    }

    void begin_write() override
    {
        failed = false;
        run("BEGIN IMMEDIATE", {}, {});
    }
    void begin_read() override
    {
        failed = false;
        run("BEGIN", {}, {});
    }
    void commit() override { run("COMMIT", {}, {}); }
    void rollback() noexcept override
    {
        if (sqlite3_get_autocommit(m_db) == 0) sqlite3_exec(m_db, "ROLLBACK", nullptr, nullptr, nullptr);
        failed = false;
    }
    void begin_part() override { run("SAVEPOINT part", {}, {}); }
    void next_part() override
    {
        run("RELEASE part", {}, {});
        run("SAVEPOINT part", {}, {});
        failed = false;
    }
    void undo_part() override
    {
        run("ROLLBACK TO part", {}, {});
        failed = false;
    }
    void check_open() override
    {
        // A full disk or an I/O error may have rolled everything back.
        if (sqlite3_get_autocommit(m_db) != 0) throw Error(ErrorKind::other, "the transaction was rolled back");
    }

    void housekeeping(bool idle) override
    {
        if (m_wal_pages < (idle ? kCheckpointPages : kTooManyPages)) return;
        // Passive: waits for no reader. What could not be moved now is moved next time.
        if (sqlite3_wal_checkpoint_v2(m_db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr) == SQLITE_OK)
            m_wal_pages = 0;
    }

    void backup_to(const std::string& path) override
    {
        const std::string part = path + ".part";
        std::filesystem::remove(part);
        script("PRAGMA query_only=OFF"); // the file is opened read-only all the same
        run("VACUUM INTO ?1", std::array<Value, 1>{std::string_view(part)}, {});
        sync(part, O_RDWR);
        std::filesystem::rename(part, path);
        const auto folder = std::filesystem::absolute(path).parent_path();
        sync(folder.string(), O_RDONLY | O_DIRECTORY);
    }

private:
    void open(bool create)
    {
        const int flags = m_access == Access::read
            ? SQLITE_OPEN_READONLY
            : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
        if (sqlite3_open_v2(m_path.c_str(), &m_db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                            nullptr) == SQLITE_OK)
            return;
        const std::string message = sqlite3_errmsg(m_db);
        sqlite3_close_v2(m_db);
        throw Error(ErrorKind::connection, m_path + ": " + message);
    }

    void configure()
    {
        sqlite3_busy_timeout(m_db, kBusyMs);
        sqlite3_db_config(m_db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(m_db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        sqlite3_db_config(m_db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        sqlite3_db_config(m_db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        script("PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-32000;"
               "PRAGMA temp_store=MEMORY; PRAGMA case_sensitive_like=ON");
        if (m_access == Access::read) {
            sqlite3_db_config(m_db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
            script("PRAGMA query_only=ON");
            return;
        }
        script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
               "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864");
        sqlite3_wal_hook(m_db, [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Sqlite*>(self)->m_wal_pages = pages;
            return SQLITE_OK;
        }, this);
    }

    std::int64_t run(PreparedStatement& statement, std::string_view sql, std::span<const Value> values,
                     const std::function<void(const Row&)>& f)
    {
        if (statement.handle == nullptr
            && sqlite3_prepare_v3(m_db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                  &statement.handle, nullptr) != SQLITE_OK)
            fail(sql);
        auto* s = statement.handle;
        if (sqlite3_bind_parameter_count(s) != static_cast<int>(values.size()))
            throw Error(ErrorKind::other, "wrong number of values for: " + std::string(sql));
        const InUse in_use(statement);
        for (std::size_t i = 0; i < values.size(); ++i)
            if (bind(s, static_cast<int>(i) + 1, values[i]) != SQLITE_OK) fail(sql);
        return step_all(s, sql, f);
    }

    std::int64_t step_all(sqlite3_stmt* s, std::string_view sql, const std::function<void(const Row&)>& f)
    {
        const SqliteRow row(s);
        std::int64_t rows = 0;
        for (int code = sqlite3_step(s); code != SQLITE_DONE; code = sqlite3_step(s)) {
            if (code != SQLITE_ROW) fail(sql);
            ++rows;
            if (f) f(row);
        }
        return sqlite3_column_count(s) > 0 ? rows : sqlite3_changes64(m_db);
    }

    [[noreturn]] void fail(std::string_view sql)
    {
        const int code = sqlite3_extended_errcode(m_db);
        throw Error(kind_of(code), std::string(sqlite3_errmsg(m_db)) + " in: " + std::string(sql.substr(0, 200)));
    }

    static void sync(const std::string& path, int flags)
    {
        const int file = ::open(path.c_str(), flags | O_CLOEXEC);
        const bool good = file >= 0 && ::fsync(file) == 0;
        if (file >= 0) ::close(file);
        if (!good) throw Error(ErrorKind::other, "cannot flush " + path);
    }

    std::string m_path;
    Access m_access;
    sqlite3* m_db = nullptr;
    int m_wal_pages = 0;
    std::unordered_map<std::string, std::unique_ptr<PreparedStatement>> m_statements;
};

} // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path, Access access, bool create)
{
    return std::make_unique<Sqlite>(path, access, create);
}

} // namespace adal::storage
