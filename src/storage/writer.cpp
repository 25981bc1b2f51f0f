#include "storage/writer.hpp"

#include <algorithm>
#include <chrono>

namespace adal::storage {

struct TransactionAccess {
    static std::vector<std::function<void()>> take_after_commit(Transaction& tx)
    {
        return std::move(tx.m_after_commit);
    }
};

namespace {

constexpr std::size_t kMaxGroup = 256;
// A standby takes over in 20–25 s; then the group is run again there.
constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::milliseconds kFirstPause{5}, kLongestPause{2000};

} // namespace

Writer::Writer(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection)), m_thread([this] { work(); })
{
}

Writer::~Writer()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Writer::write(const std::function<bool(Transaction&)>& f)
{
    const auto job = std::make_shared<Job>();
    job->write = &f;
    submit(job);
}

void Writer::alone(const std::function<void(Connection&)>& f)
{
    const auto job = std::make_shared<Job>();
    job->alone = &f;
    submit(job);
}

void Writer::submit(const JobPtr& job)
{
    if (std::this_thread::get_id() == m_thread.get_id())
        throw Error(ErrorKind::other, "a write inside a write would wait for itself");
    auto done = job->done.get_future();
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stopping) throw Error(ErrorKind::other, "the database is being closed");
        m_queue.push_back(job);
    }
    m_wake.notify_one();
    done.get();
}

// Everything that waits, up to the first job that must be alone. Empty: stop.
Writer::Group Writer::next_group()
{
    std::unique_lock lock(m_mutex);
    if (m_queue.empty()) {
        lock.unlock();
        m_connection->housekeeping(true);
        lock.lock();
    }
    m_wake.wait(lock, [&] { return m_stopping || !m_queue.empty(); });
    Group group;
    while (!m_queue.empty() && group.size() < kMaxGroup) {
        if (m_queue.front()->alone != nullptr && !group.empty()) break;
        group.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
        if (group.back()->alone != nullptr) break;
    }
    return group;
}

void Writer::work()
{
    for (auto group = next_group(); !group.empty(); group = next_group()) {
        if (group.front()->alone != nullptr) run_alone(*group.front());
        else run_group(group);
        m_connection->housekeeping(false);
    }
}

void Writer::run_alone(Job& job)
{
    try {
        (*job.alone)(*m_connection);
        ++m_commits;
        job.done.set_value();
    } catch (...) {
        m_connection->rollback();
        ++m_commits;
        job.done.set_exception(std::current_exception());
    }
}

void Writer::run_group(const Group& group)
{
    if (try_group(group)) return;
    // Something of the whole group failed (a constraint checked at commit, a full disk): each by itself,
    // so that the one at fault answers for it alone.
    for (const auto& job : group)
        if (!try_group({job})) finish({job}, job->error);
}

// False: failed as a whole for a reason that may be one member's; nothing is committed.
bool Writer::try_group(const Group& group)
{
    const auto give_up = std::chrono::steady_clock::now() + kPatience;
    for (auto pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
        try {
            run_members(group);
            finish(group);
            return true;
        } catch (const CommitUnknown&) {
            finish(group, std::current_exception());
            return true;
        } catch (const Error& error) {
            m_connection->rollback();
            const bool again = error.kind == ErrorKind::serialization || error.kind == ErrorKind::connection;
            if (!again && error.kind != ErrorKind::busy) {
                group.front()->error = std::current_exception();
                return false;
            }
            if (!again || std::chrono::steady_clock::now() + pause > give_up) {
                finish(group, std::current_exception());
                return true;
            }
        }
        std::this_thread::sleep_for(pause);
    }
}

void Writer::run_members(const Group& group)
{
    auto& connection = *m_connection;
    connection.begin_write();
    const bool in_parts = group.size() > 1;
    bool any = false;
    for (const auto& job : group) {
        if (in_parts && job == group.front()) connection.begin_part();
        run_member(*job);
        any = any || job->wants_commit;
        connection.check_open();
        if (!in_parts) break;
        if (!job->wants_commit) connection.undo_part();
        else if (job != group.back()) connection.next_part();
    }
    if (any) connection.commit();
    else connection.rollback();
}

// Leaves the answer in the job. Throws only what makes the whole group start again.
void Writer::run_member(Job& job)
{
    Transaction tx(*m_connection);
    job.error = nullptr;
    job.wants_commit = false;
    try {
        job.wants_commit = (*job.write)(tx);
        if (job.wants_commit && m_connection->failed)
            throw Error(ErrorKind::other, "committing after a failed statement");
        if (job.wants_commit) m_connection->settle(); // whose error it is, is known only here
    } catch (const Error& error) {
        if (error.kind == ErrorKind::serialization || error.kind == ErrorKind::connection) throw;
        job.error = std::current_exception();
    } catch (...) {
        job.error = std::current_exception();
    }
    if (job.error) job.wants_commit = false;
    job.after_commit = TransactionAccess::take_after_commit(tx);
}

void Writer::finish(const Group& group)
{
    if (std::any_of(group.begin(), group.end(), [](const JobPtr& job) { return job->wants_commit; })) ++m_commits;
    for (const auto& job : group)
        if (job->wants_commit)
            for (const auto& action : job->after_commit) action();
    for (const auto& job : group) {
        if (job->error) job->done.set_exception(job->error);
        else job->done.set_value();
    }
}

void Writer::finish(const Group& group, const std::exception_ptr& error)
{
    ++m_commits;
    for (const auto& job : group) job->done.set_exception(error);
}

} // namespace adal::storage
