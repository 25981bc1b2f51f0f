// Durable writes per second from 1 and from 32 threads.
//
//   storage_bench [ADDRESS] [SECONDS]
//
// ADDRESS: sqlite:PATH on the disk to be measured (default: storage_bench.db here), or postgresql://…
// Each write inserts one row of about 200 bytes and returns when it is on disk. Also: reads by key beside it.
#include "base/id.hpp"
#include "storage/storage.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

using namespace adal;
using namespace adal::storage;
using Clock = std::chrono::steady_clock;

namespace {

struct Measured {
    double per_second = 0, p50_ms = 0, p99_ms = 0;
};

Measured measure(int threads, std::chrono::duration<double> span, const std::function<void(int)>& once)
{
    std::vector<std::vector<double>> waits(static_cast<std::size_t>(threads));
    std::vector<std::thread> workers;
    const auto start = Clock::now();
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            while (Clock::now() - start < span) {
                const auto before = Clock::now();
                once(t);
                waits[static_cast<std::size_t>(t)].push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - before).count());
            }
        });
    for (auto& worker : workers) worker.join();
    const auto seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::vector<double> all;
    for (const auto& some : waits) all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    return {static_cast<double>(all.size()) / seconds, all[all.size() / 2], all[all.size() * 99 / 100]};
}

void print(const char* what, int threads, const Measured& m)
{
    std::printf("%-8s %2d threads: %8.0f/s   p50 %6.2f ms   p99 %6.2f ms\n", what, threads, m.per_second, m.p50_ms,
                m.p99_ms);
}

} // namespace

int main(int argc, char** argv)
{
    const std::string address = argc > 1 ? argv[1] : "sqlite:storage_bench.db";
    const std::chrono::duration<double> span(argc > 2 ? std::atof(argv[2]) : 5.0);
    auto db = Database::open(address);
    db.write([](Transaction& tx) -> Result<int> {
        tx.exec("drop table if exists bench_event");
        tx.exec("create table bench_event(id TEXT PRIMARY KEY, at BIGINT NOT NULL, body TEXT NOT NULL)");
        return 0;
    });
    const std::string body(160, 'x');
    const auto insert = [&](int) {
        const auto id = PersonId::make(now());
        db.write([&](Transaction& tx) -> Result<std::int64_t> {
            return tx.exec("insert into bench_event(id, at, body) values (?1, ?2, ?3)", id, now(), body);
        });
    };
    for (const int threads : {1, 8, 32}) print("write", threads, measure(threads, span, insert));
    const auto some = db.read([](Snapshot& s) {
        return s.value<std::string>("select id from bench_event limit 1").value();
    });
    const auto get = [&](int) {
        db.read([&](Snapshot& s) { return s.value<std::string>("select body from bench_event where id = ?1", some); });
    };
    for (const int threads : {1, 4}) print("read", threads, measure(threads, span, get));
    db.write([](Transaction& tx) -> Result<std::int64_t> { return tx.exec("drop table bench_event"); });
    return 0;
}
