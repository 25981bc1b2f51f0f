#include "storage/connection.hpp"
#include "storage/migrations.hpp"
#include "storage/storage.hpp"
#include "storage/writer.hpp"

#include "embedded/migrations.hpp"

#include <algorithm>

namespace adal::storage {
namespace {

using Connect = std::function<std::unique_ptr<Connection>(Access)>;

} // namespace

// Read connections, opened when first needed.
class Readers
{
public:
    Readers(Connect connect, int limit) : m_connect(std::move(connect)), m_free_places(std::max(limit, 1)) {}

    std::unique_ptr<Connection> take()
    {
        std::unique_lock lock(m_mutex);
        m_returned.wait(lock, [&] { return m_free_places > 0; });
        --m_free_places;
        if (m_idle.empty()) {
            lock.unlock();
            return open();
        }
        auto connection = std::move(m_idle.back());
        m_idle.pop_back();
        return connection;
    }
    // Null: it broke.
    void give_back(std::unique_ptr<Connection> connection)
    {
        {
            const std::scoped_lock lock(m_mutex);
            ++m_free_places;
            if (connection) m_idle.push_back(std::move(connection));
        }
        m_returned.notify_one();
    }
    void forget_idle()
    {
        const std::scoped_lock lock(m_mutex);
        m_idle.clear();
    }

private:
    std::unique_ptr<Connection> open()
    {
        try {
            return m_connect(Access::read);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }

    Connect m_connect;
    std::mutex m_mutex;
    std::condition_variable m_returned;
    int m_free_places;
    std::vector<std::unique_ptr<Connection>> m_idle;
};

namespace {

// A read inside a read of the same thread uses the same snapshot: no waiting for a second connection.
struct OpenRead {
    const void* pool = nullptr;
    Connection* connection = nullptr;
};
thread_local OpenRead t_open_read; // NOLINT: one per thread by purpose

// A connection with an open snapshot; closes it and gives the connection back.
class Reading
{
public:
    explicit Reading(Readers& readers) : m_readers(readers), m_connection(readers.take()), m_outer(t_open_read)
    {
        try {
            m_connection->begin_read();
        } catch (...) {
            m_readers.give_back(nullptr);
            throw;
        }
        t_open_read = {&readers, m_connection.get()};
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading()
    {
        t_open_read = m_outer;
        m_connection->rollback();
        m_readers.give_back(std::move(m_connection));
    }
    Connection& connection() { return *m_connection; }

private:
    Readers& m_readers;
    std::unique_ptr<Connection> m_connection;
    OpenRead m_outer;
};

bool is_postgres(std::string_view address)
{
    return address.starts_with("postgresql://") || address.starts_with("postgres://")
        || address.find("dbname=") != std::string_view::npos || address.starts_with("host=");
}

Connect connect_to(std::string_view address, bool create)
{
    if (is_postgres(address))
        return [text = std::string(address)](Access) { return open_postgres(text); };
    if (address.starts_with("sqlite:")) address.remove_prefix(7);
    return [path = std::string(address), create](Access access) { return open_sqlite(path, access, create); };
}

} // namespace

struct SnapshotAccess {
    static void run(Connection& connection, const std::function<void(Snapshot&)>& f)
    {
        Snapshot snapshot(connection);
        f(snapshot);
        connection.settle();
    }
};

struct Database::State {
    Connect connect;
    Engine engine;
    Readers readers;
    std::unique_ptr<Writer> writer{}; // after the readers, but stopped and closed last: see ~State

    State(std::string_view address, const Options& options)
        : connect(connect_to(address, options.create)),
          engine(is_postgres(address) ? Engine::postgres : Engine::sqlite), readers(connect, options.readers)
    {
        if (!options.read_only) writer = std::make_unique<Writer>(connect(Access::write));
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { readers.forget_idle(); } // so that the writer's close is the last and checkpoints

    Writer& get_writer()
    {
        if (!writer) throw Error(ErrorKind::other, "the database was opened for reading only");
        return *writer;
    }
};

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::open(std::string_view address, const Options& options)
{
    return Database(std::make_unique<State>(address, options));
}

Engine Database::engine() const
{
    return m_state->engine;
}

void Database::migrate()
{
    m_state->get_writer().alone([](Connection& c) { apply_migrations(c, embedded::migrations()); });
    m_state->readers.forget_idle(); // their prepared statements may be of the old shape
}

int Database::schema_version()
{
    return read([](Snapshot& snapshot) { return count_migrations(snapshot); });
}

std::uint64_t Database::commits() const
{
    return m_state->writer ? m_state->writer->commits() : 0;
}

void Database::backup_to(const std::string& path)
{
    auto connection = m_state->connect(Access::read);
    connection->backup_to(path);
}

void Database::write_erased(const std::function<bool(Transaction&)>& f)
{
    m_state->get_writer().write(f);
}

void Database::read_erased(const std::function<void(Snapshot&)>& f)
{
    auto& readers = m_state->readers;
    if (t_open_read.pool == &readers) return SnapshotAccess::run(*t_open_read.connection, f);
    Reading reading(readers);
    SnapshotAccess::run(reading.connection(), f);
}

Engine Snapshot::engine() const
{
    return m_connection.engine();
}

std::int64_t Snapshot::run(std::string_view sql, std::span<const Value> values,
                           const std::function<void(const Row&)>& f)
{
    if (m_connection.failed) throw Error(ErrorKind::other, "a statement of this transaction failed earlier");
    try {
        return m_connection.run(sql, values, f);
    } catch (const Error&) {
        m_connection.failed = true;
        throw;
    }
}

void Snapshot::later(std::string_view sql, std::span<const Value> values,
                     std::function<void(const Row&)> f)
{
    if (m_connection.failed) throw Error(ErrorKind::other, "a statement of this transaction failed earlier");
    try {
        m_connection.later(sql, values, std::move(f));
    } catch (const Error&) {
        m_connection.failed = true;
        throw;
    }
}

void Transaction::after_commit(std::function<void()> action)
{
    m_after_commit.push_back(std::move(action));
}

} // namespace adal::storage
