#include "procurement/coverage.hpp"

#include "base/json.hpp"
#include "support/support.hpp"

#include <filesystem>
#include <gtest/gtest.h>

namespace adal::procurement::columns {
namespace {

std::string covered(const std::string& path, unsigned threads = 1)
{
    const auto found = coverage({path}, {.threads = threads});
    EXPECT_TRUE(found.has_value()) << path;
    return found ? to_json(*found) : "";
}

void expect_same_json(const std::string& actual, const std::string& expected_path)
{
    const auto a = parse_json(actual), b = parse_json(test::read_file(expected_path));
    ASSERT_TRUE(a && b) << expected_path;
    const auto &x = a->as_object(), &y = b->as_object();
    EXPECT_EQ(x.size(), y.size()) << expected_path;
    for (const auto& [key, value] : y) {
        const auto* ours = x.if_contains(key);
        EXPECT_TRUE(ours && *ours == value) << expected_path << " " << key << " " << value;
    }
}

TEST(CoverageTest, Equals_Cardinals_on_all_its_fixtures)
{
    const auto folder = test::shared_path("data/procurement/cardinal_fixtures/coverage");
    if (!folder) GTEST_SKIP() << test::kNoSharedData;
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator{*folder}) {
        if (entry.path().extension() != ".jsonl") continue;
        ++seen;
        expect_same_json(covered(entry.path()),
                         std::filesystem::path{entry.path()}.replace_extension(".expected"));
    }
    EXPECT_EQ(seen, 35);
}

TEST(CoverageTest, Equals_Cardinals_on_real_data)
{
    const auto folder = test::shared_path("data/procurement/cardinal_expected");
    if (!folder) GTEST_SKIP() << test::kNoSharedData;
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator{*folder}) {
        const auto name = entry.path().filename().string();
        if (!name.ends_with(".coverage.json")) continue;
        ++seen;
        const auto data = *folder + "/../" + name.substr(0, name.size() - 14) + ".jsonl";
        const auto one = covered(data, 1);
        expect_same_json(one, entry.path());
        EXPECT_EQ(covered(data, 3), one);
    }
    EXPECT_EQ(seen, 11);
}

TEST(CoverageTest, A_package_counts_row_by_row)
{
    const test::TempDir folder;
    test::write_file(folder / "p.json", "{\"uri\":\"x\",\n\"releases\":[{\"ocid\":\"a\",\"tag\":["
                                        "\"x\",\"\"]},\n{\"ocid\":\"b\"}]}");
    EXPECT_EQ(covered(folder / "p.json"), "{\"\":2,\"/\":2,\"/ocid\":2,\"/tag\":1,\"/tag[]\":1}\n");
}

TEST(CoverageTest, A_line_that_is_no_JSON_is_left_out_and_named)
{
    const test::TempDir folder;
    test::write_file(folder / "p.jsonl", "{\"a\":1}\n{\"a\":}\n{\"a\":2}");
    const auto found = coverage({folder / "p.jsonl"}, {});
    ASSERT_TRUE(found);
    EXPECT_EQ(to_json(*found), "{\"\":2,\"/\":2,\"/a\":2}\n");
    ASSERT_EQ(found->notes.size(), 1U);
    EXPECT_EQ(found->notes[0].line, 2U);
    EXPECT_EQ(found->refused, 1U);
}

} // namespace
} // namespace adal::procurement::columns
