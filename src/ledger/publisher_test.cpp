#include "ledger/publisher.hpp"

#include "ledger/durable_file.hpp"
#include "ledger/ledger.hpp"
#include "ledger/ledger_store.hpp"
#include "support/support.hpp"

#include <map>

namespace adal::ledger {
namespace {

namespace fs = std::filesystem;
constexpr Instant kNow{1767225600000};

struct PowerCut : std::runtime_error {
    PowerCut() : runtime_error("power cut") {}
};

class Publishing : public test::BothEngines {
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        open_vault_in_memory();
    }
    void grow(int count)
    {
        const auto result = db().write([&](storage::Transaction& tx) -> Result<Done> {
            for (int i = 0; i < count; ++i)
                if (const auto added = append(tx, {.type = "event.held", .pub = {{"n", i}}}, kNow);
                    !added)
                    return pass(added);
            return done();
        });
        ASSERT_TRUE(result);
    }
    std::map<std::string, std::string> files(const fs::path& root)
    {
        std::map<std::string, std::string> out;
        for (const auto& entry : fs::recursive_directory_iterator(root))
            if (entry.is_regular_file())
                out[fs::relative(entry.path(), root)] = *read_file(entry.path());
        return out;
    }
    test::TempDir folder;
    SigningKey key = SigningKey::make("log.example/city");
};
ADAL_BOTH_ENGINES(Publishing);

TEST_P(Publishing, every_size_gets_the_tiles_its_checkpoint_needs)
{
    Publisher publisher(db(), folder.path(), key);
    for (const int step : {1, 1, 253, 1, 1, 300, 512}) {
        grow(step);
        const auto round = publisher.publish(kNow);
        ASSERT_TRUE(round) << round.error().code->key;
        const auto& checkpoint = **round;
        each_tile(checkpoint.size, [&](const Tile& tile) {
            EXPECT_TRUE(fs::exists(fs::path(folder.path()) / tile_path(tile))) << tile_path(tile);
        });
        const auto published = open_checkpoint(*read_file(folder / "checkpoint"), key.vkey());
        EXPECT_EQ(published->size, checkpoint.size);
        EXPECT_EQ(published->root, checkpoint.root);
    }
    EXPECT_EQ(publisher.publish(kNow).value(), std::nullopt);
}

TEST_P(Publishing, stopped_after_any_step_it_goes_on_with_identical_bytes)
{
    grow(200);
    {
        Publisher whole(db(), folder.path(), key);
        ASSERT_TRUE(whole.publish(kNow));
    }
    for (const auto step :
         {PublishStep::tiles_written, PublishStep::read_back, PublishStep::signed_note,
          PublishStep::stored, PublishStep::high_water, PublishStep::published}) {
        grow(177);
        const auto cut = [step](PublishStep passed) {
            if (passed == step) throw PowerCut();
        };
        // Cut at that step (also while recovering from the cut before), then started anew.
        Publisher interrupted(db(), folder.path(), key, {.after = cut});
        EXPECT_THROW((void)interrupted.publish(kNow), PowerCut);
        const auto before = files(folder.path());
        Publisher again(db(), folder.path(), key);
        ASSERT_TRUE(again.publish(kNow));
        const auto after = files(folder.path());
        for (const auto& [name, bytes] : before)
            if (name.starts_with("tile/")) {
                EXPECT_EQ(after.at(name), bytes) << name;
            }
        const auto checkpoint = open_checkpoint(after.at("checkpoint"), key.vkey());
        const auto stored = db().read([](storage::Snapshot& s) { return newest_checkpoint(s); });
        EXPECT_EQ(checkpoint->size, stored->size);
        EXPECT_EQ(after.at("checkpoint"), stored->note);
    }
    // One round over the same leaves, into another folder, writes the same full tiles.
    const auto all = files(folder.path());
    for (const auto& [name, bytes] : all)
        EXPECT_FALSE(name.ends_with(".new")) << name;
}

TEST_P(Publishing, a_database_behind_the_published_log_is_refused)
{
    grow(10);
    Publisher publisher(db(), folder.path(), key);
    ASSERT_TRUE(publisher.publish(kNow));
    test::TestDatabase older(GetParam());
    Publisher behind(older.db(), folder.path(), key);
    EXPECT_TRUE(behind.check().error().is(database_behind));
    // Also when only one of the two marks survived.
    fs::remove(folder / "checkpoint");
    EXPECT_TRUE(behind.check().error().is(database_behind));
}

TEST_P(Publishing, a_published_root_the_database_does_not_know_is_refused)
{
    grow(10);
    {
        Publisher publisher(db(), folder.path(), key);
        ASSERT_TRUE(publisher.publish(kNow));
    }
    const Checkpoint other{
        .origin = "log.example/city", .size = 10, .root = hash_leaf("another history")};
    const SigningKey* const keys[] = {&key};
    write_durably(folder / "checkpoint", sign_note(checkpoint_text(other), keys));
    Publisher publisher(db(), folder.path(), key);
    EXPECT_TRUE(publisher.check().error().is(two_roots));
}

TEST_P(Publishing, a_published_file_that_is_not_ours_is_refused)
{
    write_durably(folder / "checkpoint", "not a note");
    Publisher publisher(db(), folder.path(), key);
    grow(1);
    EXPECT_TRUE(publisher.publish(kNow).error().is(published_damaged));
}

TEST_P(Publishing, a_size_is_signed_once)
{
    grow(3);
    Publisher publisher(db(), folder.path(), key);
    ASSERT_TRUE(publisher.publish(kNow));
    const auto again = [&] {
        return db().write([&](storage::Transaction& tx) -> Result<Done> {
            insert_checkpoint(tx, {.size = 3, .root = hash_leaf("x"), .note = "x", .at = kNow}, {});
            return done();
        });
    };
    EXPECT_THROW(again(), storage::Error);
}

TEST_P(Publishing, a_tile_that_does_not_read_back_is_not_signed)
{
    grow(300);
    const auto spoil = [this](PublishStep step) {
        if (step != PublishStep::tiles_written) return;
        auto bytes = *read_file(folder / "tile/entries/000");
        bytes[40] ^= 1;
        write_durably(folder / "tile/entries/000", bytes);
    };
    Publisher publisher(db(), folder.path(), key, {.after = spoil});
    EXPECT_TRUE(publisher.publish(kNow).error().is(tiles_damaged));
    EXPECT_FALSE(fs::exists(folder / "checkpoint"));
    Publisher repaired(db(), folder.path(), key);
    EXPECT_TRUE(repaired.publish(kNow));
}

TEST_P(Publishing, partial_tiles_go_a_day_after_the_full_one_came)
{
    Publisher publisher(db(), folder.path(), key);
    grow(100);
    ASSERT_TRUE(publisher.publish(now()));
    grow(200);
    ASSERT_TRUE(publisher.publish(now()));
    EXPECT_EQ(publisher.prune(now()), 0U);
    EXPECT_EQ(publisher.prune(now().plus(std::chrono::hours{25})), 2U);
    EXPECT_FALSE(fs::exists(folder / "tile/0/000.p"));
    EXPECT_TRUE(fs::exists(folder / "tile/0/001.p/44"));
}

TEST_P(Publishing, the_thread_publishes_after_a_commit)
{
    Publisher publisher(db(), folder.path(), key, {.interval = std::chrono::milliseconds{20}});
    std::string reason;
    publisher.start([&](const std::string& why) { reason = why; });
    grow(5);
    for (int i = 0; i < 500 && !fs::exists(folder / "checkpoint"); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    publisher.stop();
    EXPECT_EQ(reason, "");
    EXPECT_TRUE(open_checkpoint(*read_file(folder / "checkpoint"), key.vkey()));
}

} // namespace
} // namespace adal::ledger
