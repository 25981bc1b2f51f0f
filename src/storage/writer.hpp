// storage/writer.hpp: the one writing thread. Jobs of many callers share one durable commit; each can
// fail alone. Thread-safe.
#pragma once

#include "storage/connection.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace adal::storage {

class Writer
{
public:
    explicit Writer(std::unique_ptr<Connection> connection);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer(); // finishes what is queued

    // f returns true to commit. Returns after the durable commit or the rollback; rethrows what f threw.
    void write(const std::function<bool(Transaction&)>& f);
    // Outside any transaction, alone on the connection (migrations).
    void alone(const std::function<void(Connection&)>& f);
    // Groups that were committed, or may have been. Grows before write() returns.
    [[nodiscard]] std::uint64_t commits() const { return m_commits.load(std::memory_order_acquire); }

private:
    struct Job {
        const std::function<bool(Transaction&)>* write = nullptr;
        const std::function<void(Connection&)>* alone = nullptr;
        std::promise<void> done{};
        std::exception_ptr error{};
        std::vector<std::function<void()>> after_commit{};
        bool wants_commit = false;
    };
    using JobPtr = std::shared_ptr<Job>;
    using Group = std::vector<JobPtr>;

    void submit(const JobPtr& job);
    void work();
    Group next_group();
    void run_alone(Job& job);
    void run_group(const Group& group);
    bool try_group(const Group& group);
    void run_members(const Group& group);
    void run_member(Job& job);
    void finish(const Group& group);
    void finish(const Group& group, const std::exception_ptr& error);

    std::unique_ptr<Connection> m_connection;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<JobPtr> m_queue;
    std::atomic<std::uint64_t> m_commits{0};
    bool m_stopping = false;
    std::thread m_thread; // last: it uses the others
};

} // namespace adal::storage
