// Kills a process (SIGKILL) while it writes, again and again; every row it acknowledged must be there.
#include "support/support.hpp"

#include <csignal>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace adal;
using namespace adal::storage;

namespace {

constexpr int kKills = 30, kThreads = 8;

// In the child: writes rows named round-thread-number, and says each name only after write() returned.
[[noreturn]] void write_until_killed(const std::string& address, int round, int said)
{
    auto db = Database::open(address);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            for (int k = 0;; ++k) {
                const auto id = std::to_string(round) + "-" + std::to_string(t) + "-" + std::to_string(k);
                db.write([&](Transaction& tx) -> Result<std::int64_t> {
                    return tx.exec("insert into thing(id, filling) values (?1, ?2)", id, std::string(300, 'x'));
                });
                const auto line = id + "\n"; // one write() of a pipe: lines do not mix
                if (::write(said, line.data(), line.size()) < 0) _exit(1);
            }
        });
    for (auto& thread : threads) thread.join();
    _exit(1);
}

std::set<std::string> complete_lines(int file)
{
    std::string text;
    std::array<char, 65536> part{};
    for (ssize_t n = 0; (n = ::read(file, part.data(), part.size())) > 0;)
        text.append(part.data(), static_cast<std::size_t>(n));
    std::set<std::string> out;
    for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
        out.insert(text.substr(at, end - at));
    return out;
}

// Returns what the killed process had acknowledged.
std::set<std::string> one_kill(const std::string& address, int round)
{
    std::array<int, 2> channel{};
    if (::pipe(channel.data()) != 0) throw std::runtime_error("no pipe");
    const auto child = ::fork();
    if (child == 0) {
        ::close(channel[0]);
        write_until_killed(address, round, channel[1]);
    }
    ::close(channel[1]);
    std::thread killer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{60 + 17 * (round % 13)});
        ::kill(child, SIGKILL);
    });
    auto said = complete_lines(channel[0]);
    killer.join();
    ::close(channel[0]);
    ::waitpid(child, nullptr, 0);
    return said;
}

class KilledWriter : public test::BothEngines {};
ADAL_BOTH_ENGINES(KilledWriter);

TEST_P(KilledWriter, loses_nothing_it_acknowledged)
{
    db().write([](Transaction& tx) -> Result<std::int64_t> {
        return tx.exec("create table thing(id TEXT PRIMARY KEY, filling TEXT NOT NULL)");
    });
    database->close(); // no threads of ours while forking
    std::size_t acknowledged = 0;
    for (int round = 0; round < kKills; ++round) {
        auto said = one_kill(database->address(), round);
        acknowledged += said.size();
        database->reopen();
        db().read([&](Snapshot& s) {
            return s.each("select id from thing", [&](const Row& row) { said.erase(row.get<std::string>(0)); });
        });
        EXPECT_TRUE(said.empty()) << said.size() << " acknowledged rows lost, first: " << *said.begin();
        if (GetParam() == Engine::sqlite) {
            const auto sound = db().read([](Snapshot& s) { return s.value<std::string>("pragma integrity_check"); });
            EXPECT_EQ(sound, "ok");
        }
        database->close();
    }
    EXPECT_GT(acknowledged, static_cast<std::size_t>(kKills));
    RecordProperty("acknowledged", std::to_string(acknowledged));
    std::printf("%d kills, %zu acknowledged rows, all present\n", kKills, acknowledged);
}

} // namespace
