// A copy taken while the log goes on must open, publish and verify.
#include "app/copy.hpp"

#include "app/check.hpp"
#include "ledger/ledger.hpp"
#include "support/support.hpp"

#include <atomic>
#include <filesystem>
#include <gmock/gmock.h>
#include <thread>

namespace adal::app {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<House> made(const test::TempDir& folder)
{
    auto house = make_house({.data = folder / "data"}, now());
    if (!house) throw std::runtime_error(std::string{house.error().code->key});
    return std::move(*house);
}

// Writes entries and publishes them until the object ends, as a busy server would.
class BusyLog {
public:
    explicit BusyLog(House& house)
        : m_house(house), m_thread([this](const std::stop_token& stop) { run(stop); })
    {
    }

    void wait_for_more() const
    {
        for (const auto seen = m_published.load(); m_published.load() < seen + 2;)
            std::this_thread::yield();
    }

private:
    void run(const std::stop_token& stop)
    {
        for (int n = 0; !stop.stop_requested(); ++n) {
            const auto added = m_house.database.write([&](storage::Transaction& tx) {
                return ledger::append(tx, {.type = "event.held", .pub = {{"n", n}}}, now());
            });
            ASSERT_TRUE(added.has_value());
            ASSERT_TRUE(m_house.publish_now().has_value());
            ++m_published;
        }
    }

    House& m_house;
    std::atomic<int> m_published{0};
    std::jthread m_thread;
};

TEST(Copy, taken_while_the_log_goes_on_opens_and_holds_every_invariant)
{
    const test::TempDir folder;
    const auto house = made(folder);
    {
        const BusyLog busy{*house};
        for (int n = 0; n < 8; ++n) {
            busy.wait_for_more();
            ASSERT_TRUE(
                back_up(house->settings, folder / ("copy" + std::to_string(n))).has_value());
        }
    }
    for (int n = 0; n < 8; ++n) {
        const Settings settings{.data = folder / ("again" + std::to_string(n))};
        ASSERT_TRUE(restore(folder / ("copy" + std::to_string(n)), settings).has_value());
        const auto again = open_house(settings);
        ASSERT_TRUE(again.has_value()) << again.error().code->key;
        EXPECT_THAT(broken_invariants(**again), testing::IsEmpty()) << n;
    }
}

TEST(Copy, keeps_the_keys_from_others)
{
    const test::TempDir folder;
    const auto house = made(folder);
    ASSERT_TRUE(back_up(house->settings, folder / "copy").has_value());
    for (const auto* place : {"copy/keys", "copy"})
        EXPECT_EQ(fs::status(folder / place).permissions() &
                      (fs::perms::group_all | fs::perms::others_all),
                  fs::perms::none)
            << place;
}

TEST(Copy, is_not_written_over_something)
{
    const test::TempDir folder;
    const auto house = made(folder);
    ASSERT_TRUE(back_up(house->settings, folder / "copy").has_value());
    const auto again = back_up(house->settings, folder / "copy");
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, &data_not_empty);
    const auto over = restore(folder / "copy", house->settings);
    ASSERT_FALSE(over.has_value());
    EXPECT_EQ(over.error().code, &data_not_empty);
}

} // namespace
} // namespace adal::app
