// The conformance suite of the Library of Congress (public domain), where the shared data is, and
// bags of our own.
#include "referral/bag.hpp"
#include "support/support.hpp"

#include <fstream>
#include <gmock/gmock.h>

namespace adal::referral {
namespace {

namespace fs = std::filesystem;

std::string remarks_of(const Bag& bag)
{
    std::string out;
    for (const auto& remark : bag.remarks.all) {
        out += (remark.is_error ? " error:" : " warning:") + remark.code;
        for (const auto& [name, value] : remark.params)
            out += " " + name + "=" + value;
    }
    return out;
}

// A bag that is right; each test spoils a copy of it.
class SmallBag : public ::testing::Test {
protected:
    void SetUp() override
    {
        put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        put("bag-info.txt", "Source-Organization: Adal\nPayload-Oxum: 6.1\n");
        put("data/hello.txt", "hello\n");
        put("manifest-sha256.txt", hello + "  data/hello.txt\n");
    }
    void put(const std::string& name, std::string_view bytes) const
    {
        const auto path = fs::path{folder.path()} / name;
        fs::create_directories(path.parent_path());
        std::ofstream{path, std::ios::binary} << bytes;
    }
    [[nodiscard]] Bag read() const { return read_bag(folder.path()); }
    [[nodiscard]] bool says(std::string_view code) const { return read().remarks.has(code); }

    test::TempDir folder;
    std::string hello = hex(view(sha256("hello\n")));
};

TEST_F(SmallBag, is_valid)
{
    const auto bag = read();
    EXPECT_EQ(bag.outcome(), BagClass::valid) << remarks_of(bag);
    EXPECT_EQ(bag_info_value(bag.info, "source-organization"), "Adal");
    EXPECT_EQ(bag.files.at("data/hello.txt").digests.at("sha256"), hello);
}

TEST_F(SmallBag, loses_its_validity_with_any_changed_byte)
{
    put("data/hello.txt", "hellO\n");
    const auto bag = read();
    EXPECT_EQ(bag.outcome(), BagClass::invalid);
    EXPECT_TRUE(bag.remarks.has("changed"));
}

TEST_F(SmallBag, wants_every_file_in_every_manifest)
{
    put("manifest-sha512.txt", "");
    EXPECT_TRUE(says("not_in_every_manifest"));
    put("data/extra.txt", "x");
    EXPECT_TRUE(says("unlisted"));
}

TEST_F(SmallBag, wants_the_declaration_to_the_letter)
{
    for (const auto* text : {"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
                             "BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n",
                             "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n",
                             "BagIt-Version: 1.0\n", ""}) {
        put("bagit.txt", text);
        EXPECT_TRUE(says("declaration")) << text;
    }
    for (const auto* version : {"2.0", ".97", "1", "1.0.1", "x", "0.92", "1.1"}) {
        put("bagit.txt",
            "BagIt-Version: " + std::string{version} + "\nTag-File-Character-Encoding: UTF-8\n");
        EXPECT_TRUE(says("version")) << version;
    }
    put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8//TRANSLIT\n");
    EXPECT_TRUE(says("encoding"));
}

TEST_F(SmallBag, never_leaves_its_folder)
{
    for (const auto* path : {"../secret", "data/../../secret", "/etc/passwd", "~/x", "~root/x",
                             "C:\\x", "\\\\server\\x", "%HomeDrive%\\x", "data/..\\..\\x"}) {
        put("manifest-sha256.txt", hello + "  data/hello.txt\n" + hello + "  " + path + "\n");
        EXPECT_TRUE(says("leads_out")) << path;
        put("manifest-sha256.txt", hello + "  data/hello.txt\n");
        put("fetch.txt", "http://localhost/ - " + std::string{path} + "\n");
        EXPECT_TRUE(says("leads_out")) << path;
        fs::remove(fs::path{folder.path()} / "fetch.txt");
    }
    fs::create_symlink("/etc/passwd", fs::path{folder.path()} / "data/link");
    EXPECT_TRUE(says("not_a_file"));
}

TEST_F(SmallBag, fetches_nothing_and_says_so)
{
    const auto other = hex(view(sha256("other")));
    put("manifest-sha256.txt", hello + "  data/hello.txt\n" + other + "  data/other.txt\n");
    put("fetch.txt", "http://127.0.0.1:9/other 5 data/other.txt\n");
    EXPECT_TRUE(says("not_fetched"));
    put("fetch.txt", "http://127.0.0.1:9/other five data/other.txt\n");
    EXPECT_TRUE(says("fetch_line"));
}

TEST_F(SmallBag, reads_encoded_line_ends_and_percent_signs)
{
    put("data/a\nb%c.txt", "hello\n");
    put("bag-info.txt", "Payload-Oxum: 12.2\n");
    put("manifest-sha256.txt", hello + "  data/hello.txt\n" + hello + "  data/a%0Ab%25c.txt\n");
    const auto bag = read();
    EXPECT_EQ(bag.outcome(), BagClass::valid) << remarks_of(bag);
}

TEST_F(SmallBag, holds_the_counted_size_against_the_stated_one)
{
    put("bag-info.txt", "Payload-Oxum: 7.1\n");
    EXPECT_TRUE(says("oxum"));
    put("bag-info.txt", "Payload-Oxum: many\n");
    EXPECT_TRUE(says("oxum_form"));
    put("bag-info.txt", "Payload-Oxum 6.1\n");
    EXPECT_TRUE(says("info_line"));
}

TEST_F(SmallBag, has_limits)
{
    EXPECT_TRUE(read_bag(folder.path(), {.files = 3}).remarks.has("too_many_files"));
    EXPECT_TRUE(read_bag(folder.path(), {.text_bytes = 10}).remarks.has("too_large"));
}

TEST(BagConformance, classifies_every_bag_of_the_suite)
{
    const auto shared = test::shared_path("integrity/bagit-conformance");

    if (!shared) GTEST_SKIP() << test::kNoSharedData;
    const fs::path suite{*shared};
    int bags = 0;
    for (const auto& version : fs::directory_iterator{suite}) {
        if (!version.is_directory()) continue;
        for (const auto& kind : fs::directory_iterator{version.path()}) {
            const auto wanted = kind.path().filename().string();
            for (const auto& folder : fs::directory_iterator{kind.path()}) {
                const auto bag = read_bag(folder.path());
                const auto name =
                    folder.path().lexically_relative(suite).string() + remarks_of(bag);
                // "./" alone separates one bag of `valid` from one of `warning`: it is worth a
                // warning in both.
                const bool is_dotted =
                    folder.path().filename() == "bag-with-leading-dot-slash-in-manifest";
                ++bags;
                if (wanted == "valid")
                    EXPECT_EQ(bag.outcome(), is_dotted ? BagClass::warning : BagClass::valid)
                        << name;
                else if (wanted == "warning")
                    EXPECT_EQ(bag.outcome(), BagClass::warning) << name;
                else
                    EXPECT_EQ(bag.outcome(), BagClass::invalid)
                        << name; // of any system: we refuse all of them
            }
        }
    }
    EXPECT_GE(bags, 39);
}

} // namespace
} // namespace adal::referral
