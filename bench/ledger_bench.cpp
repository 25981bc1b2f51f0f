// The public log at size: sealed events per second, publishing, verifying, memory.
//
//   ledger_bench [LEAVES] [FOLDER] [ADDRESS]
//
// LEAVES: default 1000000. FOLDER: must not exist; left behind (default ledger_bench.tmp). ADDRESS:
// the database (default sqlite in FOLDER), or postgresql://… of an empty database. Peak memory is
// that of each phase alone.
#include "ledger/keys.hpp"
#include "ledger/ledger.hpp"
#include "ledger/ledger_invariants.hpp"
#include "ledger/publisher.hpp"
#include "ledger/verify.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace fs = std::filesystem;
using namespace adal;
using Clock = std::chrono::steady_clock;

namespace {

// Forgets the peak so far (Linux, proc(5)).
void forget_peak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

long peak_megabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmHWM:") {
            long kilobytes = 0;
            status >> kilobytes;
            return kilobytes / 1024;
        }
    return 0;
}

template <typename F>
double timed(const char* what, F&& f)
{
    forget_peak();
    const auto start = Clock::now();
    f();
    const auto seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::printf("%-34s %8.3f s   peak %4ld MB\n", what, seconds, peak_megabytes());
    std::fflush(stdout);
    return seconds;
}

template <typename T>
T must(Result<T> result)
{
    if (!result) throw std::runtime_error(std::string(result.error().code->key));
    return std::move(*result);
}

ledger::Event sealed(std::int64_t i, const std::vector<std::string>& cases)
{
    return {.type = "case.sealed",
            .case_id = cases[static_cast<std::size_t>(i) % cases.size()],
            .role = "volunteer",
            .commitments = {{.label = "actor", .value = "a person"},
                            {.label = "body", .value = "what was seen"}}};
}

void grow(storage::Database& db, std::int64_t size, const std::vector<std::string>& cases)
{
    for (bool more = true; more;)
        must(db.write([&](storage::Transaction& tx) -> Result<Done> {
            const auto begin = ledger::size(tx);
            const auto end = std::min<std::int64_t>(size, begin + 20000);
            for (auto i = begin; i < end; ++i)
                if (const auto leaf = ledger::append(tx, sealed(i, cases), now()); !leaf)
                    return pass(leaf);
            more = end < size;
            return done();
        }));
}

void durable_events(storage::Database& db, const std::vector<std::string>& cases, int threads)
{
    const std::chrono::seconds span{5};
    std::vector<std::vector<double>> waits(static_cast<std::size_t>(threads));
    std::vector<std::jthread> workers;
    const auto start = Clock::now();
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            auto& mine = waits[static_cast<std::size_t>(t)];
            while (Clock::now() - start < span) {
                const auto before = Clock::now();
                must(db.write([&](storage::Transaction& tx) {
                    return ledger::append(tx, sealed(static_cast<std::int64_t>(mine.size()), cases),
                                          now());
                }));
                mine.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - before).count());
            }
        });
    workers.clear();
    std::vector<double> all;
    for (const auto& some : waits)
        all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    std::printf("sealed, durable, %2d threads %8.0f/s   p50 %.2f ms   p99 %.2f ms\n", threads,
                static_cast<double>(all.size()) / 5.0, all[all.size() / 2],
                all[all.size() * 99 / 100]);
}

} // namespace

int main(int argc, char** argv)
try {
    const std::int64_t size = argc > 1 ? std::atoll(argv[1]) : 1000000;
    const fs::path folder = argc > 2 ? argv[2] : "ledger_bench.tmp";
    if (!fs::create_directories(folder)) return std::fputs("FOLDER exists already\n", stderr), 2;
    auto db = storage::Database::open(argc > 3 ? argv[3] : (folder / "adal.db").string());
    db.migrate();
    const auto keys = ledger::make_keys(folder / "keys", "log.example/bench");
    ledger::open_vault(keys.master_file.string());
    must(db.write([&](storage::Transaction& tx) {
        return ledger::begin_log(tx, "log.example/bench", keys.log.vkey().text(), now());
    }));
    std::vector<std::string> cases(10000);
    for (auto& id : cases)
        id = ledger::new_event_id();

    ledger::Publisher publisher(db, folder / "log", keys.log);
    timed("append (20,000 a transaction)", [&] { grow(db, size, cases); });
    timed("publish in one round", [&] { must(publisher.publish(now())); });
    grow(db, size + 1, cases);
    timed("publish one more leaf", [&] { must(publisher.publish(now())); });
    timed("start: check before signing",
          [&] { must(ledger::Publisher(db, folder / "log", keys.log).check()); });
    timed("one proof file", [&] {
        must(db.read([&](storage::Snapshot& s) { return ledger::proof_file(s, size / 3); }));
    });
    timed("verify the folder", [&] {
        if (!ledger::verify_log(folder / "log", ledger::policy_of(keys.log.vkey())).is_good())
            throw std::runtime_error("the log does not verify");
    });
    timed("invariants of the database", [&] {
        if (!db.read([](storage::Snapshot& s) { return ledger::check_invariants(s); }).empty())
            throw std::runtime_error("an invariant is broken");
    });
    durable_events(db, cases, 1);
    durable_events(db, cases, 32);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "ledger_bench: %s\n", error.what());
    return 1;
}
