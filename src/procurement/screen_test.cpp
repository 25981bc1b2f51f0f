#include "procurement/screen.hpp"

#include "procurement/ocds_reader.hpp"
#include "support/support.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace adal::procurement {
namespace {

// Empty when the shared data is not here. Read once for all tests.
const std::vector<Process>& shared_set(const std::string& path)
{
    static std::map<std::string, std::vector<Process>> sets;
    const auto [known, is_new] = sets.try_emplace(path);
    const auto file = test::shared_path(path);
    if (!is_new || !file) return known->second;
    auto read = read_ocds_file(*file);
    EXPECT_TRUE(read);
    EXPECT_EQ(read->refused, 0);
    known->second = std::move(read->processes);
    return known->second;
}

class RealSet : public ::testing::TestWithParam<const char*> {};

constexpr std::int64_t kEnough = 50; // answers, to speak of a share

TEST_P(RealSet, Has_some_lots_flagged_and_most_not)
{
    const auto& processes = shared_set(GetParam());
    if (processes.empty()) GTEST_SKIP() << test::kNoSharedData;
    const auto screened = screen(processes, Thresholds::standard());
    EXPECT_FALSE(flagged(screened).empty());
    EXPECT_LT(flagged(screened).size(), processes.size() / 2) << "a sign that all show says nothing";
    for (const auto& count : count_by_flag(screened)) {
        if (count.code == "R003" || count.code == "R018" || count.code == "R031") {
            EXPECT_GT(count.failed, 0) << count.code << ": both sets have what it asks for";
        }
        const auto applicable = count.failed + count.passed;
        if (applicable >= kEnough) {
            EXPECT_LT(count.failed, applicable / 2) << count.code;
        }
        EXPECT_EQ(count.failed + count.passed + count.not_applicable,
                  static_cast<std::int64_t>(processes.size()));
        RecordProperty("failed_" + count.code, std::to_string(count.failed));
    }
}

TEST_P(RealSet, Gives_the_same_bytes_in_any_order)
{
    auto processes = shared_set(GetParam()); // a copy
    if (processes.empty()) GTEST_SKIP() << test::kNoSharedData;
    const auto report = [&] {
        return screen_report(processes, screen(processes, Thresholds::standard()),
                             ReportFormat::jsonl, i18n::Language::kk);
    };
    const auto before = report();
    std::shuffle(processes.begin(), processes.end(), std::mt19937{7});
    EXPECT_EQ(report(), before);
}

TEST_P(RealSet, Is_explained_in_three_languages_without_a_hole)
{
    const auto& processes = shared_set(GetParam());
    if (processes.empty()) GTEST_SKIP() << test::kNoSharedData;
    for (const auto& one : screen(processes, Thresholds::standard()))
        for (const auto& [code, answer] : one.answers)
            for (const auto language : i18n::all_languages) {
                const auto sentence = explain(language, code, answer);
                EXPECT_EQ(sentence.empty(), answer.outcome == Outcome::pass);
                ASSERT_EQ(sentence.find('{'), std::string::npos) << sentence;
            }
}

INSTANTIATE_TEST_SUITE_P(Shared, RealSet,
                         ::testing::Values("data/procurement/synth_kz_dev.jsonl",
                                           "data/procurement/india_hp_roads_a.jsonl"),
                         [](const auto& set) {
                             return std::string{set.index == 0 ? "synth_kz" : "india_hp"};
                         });

TEST(Screen, Heavier_signs_come_first_then_the_number)
{
    const std::vector<Screened> screened{{.ocid = "b", .failed = 1, .applicable = 3, .weight = {1, 5}},
                                         {.ocid = "d", .failed = 1, .applicable = 3, .weight = {3, 5}},
                                         {.ocid = "z", .failed = 0, .applicable = 3, .weight = {0, 5}},
                                         {.ocid = "c", .failed = 1, .applicable = 1, .weight = {1, 1}},
                                         {.ocid = "a", .failed = 1, .applicable = 3, .weight = {1, 5}}};
    EXPECT_EQ(flagged(screened), (std::vector<std::size_t>{1, 3, 4, 0}));
}

TEST(Screen, A_cell_that_a_spreadsheet_would_run_is_disarmed)
{
    const auto read = read_ocds(
        R"x({"ocid":"a","tender":{"title":"=cmd()\"x","procurementMethod":"open","numberOfTenderers":1},)x"
        R"x("awards":[{"status":"active"}]})x",
        "x");
    const auto csv = screen_report(read.processes, screen(read.processes, Thresholds::standard()),
                                   ReportFormat::csv, i18n::Language::en);
    EXPECT_NE(csv.find("\"'=cmd()\"\"x\""), std::string::npos) << csv;
}

TEST(Screen, An_empty_set_gives_an_empty_report)
{
    EXPECT_TRUE(screen({}, Thresholds::standard()).empty());
    EXPECT_NE(screen_report(std::span<const Process>{}, {}, ReportFormat::json, i18n::Language::kk).find("\"list\""),
              std::string::npos);
}

} // namespace
} // namespace adal::procurement
