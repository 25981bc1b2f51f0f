#include "ledger/keys.hpp"

#include "support/support.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace adal::ledger {
namespace {

namespace fs = std::filesystem;

TEST(Keys, The_four_files_are_readable_by_their_owner_only)
{
    const test::TempDir temp;
    const auto made = make_keys(temp / "keys", "log.example/city");
    for (const auto* name : {"log.key", "receipt.key", "dossier.key", "master.key"}) {
        struct ::stat info {};
        ASSERT_EQ(::stat((temp / "keys/" + name).c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777, 0600U) << name;
    }
    const auto read = read_keys(temp / "keys");
    EXPECT_EQ(read.log.vkey(), made.log.vkey());
    EXPECT_EQ(read.receipt.vkey().name, "log.example/city/receipt");
    EXPECT_NE(read.dossier.vkey().key, read.log.vkey().key);
    EXPECT_NO_THROW(read_master_key(read.master_file));
}

TEST(Keys, Keys_are_never_made_over_existing_ones)
{
    const test::TempDir temp;
    make_keys(temp / "keys", "log.example/city");
    EXPECT_THROW(make_keys(temp / "keys", "log.example/city"), KeyFileError);
}

TEST(Keys, A_key_file_that_others_may_read_is_refused)
{
    const test::TempDir temp;
    make_keys(temp / "keys", "log.example/city");
    fs::permissions(temp / "keys/log.key", fs::perms::group_read, fs::perm_options::add);
    EXPECT_THROW(read_keys(temp / "keys"), KeyFileError);
}

} // namespace
} // namespace adal::ledger
