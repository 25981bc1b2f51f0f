#include "files/access_store.hpp"
#include "files/file_store.hpp"
#include "files/files.hpp"
#include "support/support.hpp"

#include <gmock/gmock.h>

namespace adal::files {
namespace {

class AccessLog : public test::BothEngines {
protected:
    Access opened(std::string reason)
    {
        return *db().write([&](storage::Transaction& tx) -> Result<Access> {
            if (!file.is_set()) {
                file = FileId::make(Instant{1});
                insert_file(tx, {.id = file,
                                 .sha256 = sha256("x"),
                                 .size = 1,
                                 .mime = "text/plain",
                                 .state = Derived::none,
                                 .stored_at = Instant{1}});
            }
            return record_access(tx, {.at = Instant{2},
                                      .file = file,
                                      .person = PersonId::make(Instant{3}),
                                      .reference = "doc",
                                      .reason = std::move(reason)});
        });
    }
    std::vector<std::string> faults()
    {
        return db().read([](storage::Snapshot& snapshot) { return check_access_chain(snapshot); });
    }
    FileId file{};
};
ADAL_BOTH_ENGINES(AccessLog);

TEST_P(AccessLog, chains_every_opening_to_the_one_before)
{
    const auto first = opened("сот сұрады"), second = opened("салыстыру");
    EXPECT_EQ(first.seq, 1);
    EXPECT_EQ(second.head, next_access_head(first.head, second));
    EXPECT_THAT(faults(), ::testing::IsEmpty());
    const auto kept =
        db().read([&](storage::Snapshot& snapshot) { return accesses_of(snapshot, file); });
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].reason, "сот сұрады");
}

TEST_P(AccessLog, cannot_be_changed_and_shows_a_row_that_was_forged)
{
    opened("a");
    EXPECT_THROW(db().write([](storage::Transaction& tx) {
        return tx.exec("update files_access set reason = 'b'"), done();
    }),
                 storage::Error);
    EXPECT_THROW(db().write([](storage::Transaction& tx) {
        return tx.exec("delete from files_access"), done();
    }),
                 storage::Error);
    // Whoever adds a row by hand does not know the chain.
    EXPECT_TRUE(db().write([&](storage::Transaction& tx) -> Result<Done> {
        tx.exec("insert into files_access(seq, at, file, person, purpose, reference, reason, head) "
                "values (2, 5, ?1, NULL, 'opened', '', '', ?2)",
                file, storage::Blob{view(sha256("guess"))});
        return done();
    }));
    EXPECT_THAT(faults(), ::testing::ElementsAre("access_chain 2"));
}

} // namespace
} // namespace adal::files
