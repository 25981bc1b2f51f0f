// storage/connection.hpp: what an engine must do. One thread at a time uses a Connection.
//
// Only this room includes it; everybody else sees Transaction and Snapshot (storage/storage.hpp).
// All functions throw storage::Error unless said otherwise.
#pragma once

#include "storage/storage.hpp"

#include <memory>
#include <string>

namespace adal::storage {

enum class Access { write, read };

// The commit was sent and nobody can say whether it happened. Never run again blindly.
struct CommitUnknown : Error {
    using Error::Error;
};

class Connection
{
public:
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    virtual ~Connection() = default;

    [[nodiscard]] virtual Engine engine() const = 0;

    // One statement with ?1 ?2 …; f may be empty. Returns rows read, or rows changed.
    virtual std::int64_t run(std::string_view sql, std::span<const Value> values,
                             const std::function<void(const Row&)>& f) = 0;
    // The same at the latest with the next statement; f is called when it runs. An engine without round
    // trips does it at once.
    virtual void later(std::string_view sql, std::span<const Value> values,
                       std::function<void(const Row&)> f)
    {
        run(sql, values, f);
    }
    // Runs what `later` has kept.
    virtual void settle() {}
    // Statements without parameters, separated by ';'.
    virtual void script(const std::string& sql) = 0;

    // Waits for the one writer's place; reconnects first if the connection was lost.
    virtual void begin_write() = 0;
    virtual void begin_read() = 0;
    // Durable when it returns. Throws Error(connection) when it certainly did not happen.
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;

    // A part of a write that can be undone alone. `next_part` ends one part and begins another.
    virtual void begin_part() = 0;
    virtual void next_part() = 0;
    virtual void undo_part() = 0; // the part goes on, empty

    // Throws when the open transaction is gone: with it the connection, or ended by the engine.
    virtual void check_open() = 0;
    // The writer has nothing to do, or the log has grown too long to wait for that.
    virtual void housekeeping(bool /*idle*/) {}
    virtual void backup_to(const std::string& path) = 0;

    // A statement failed since the part began, so it can only be undone: PostgreSQL's rule, kept on
    // both engines so that code tested on one behaves the same on the other.
    bool failed = false;
};

std::unique_ptr<Connection> open_sqlite(const std::string& path, Access access, bool create);
std::unique_ptr<Connection> open_postgres(const std::string& address);

} // namespace adal::storage
