#include "procurement/cardinal/indicators.hpp"
#include "procurement/cardinal/statistics.hpp"
#include "procurement/facts_file.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "support/support.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>

namespace adal::procurement::cardinal {
namespace {

Settings settings_from(const std::string& ini)
{
    auto settings = read_settings(ini, "test.ini");
    EXPECT_TRUE(settings.has_value()) << ini;
    return settings ? *settings : Settings{};
}

std::string answered(const std::string& path, const Settings& settings, unsigned threads = 1)
{
    const auto read =
        columns::read_facts({path}, {.depth = columns::Depth::flags, .threads = threads});
    EXPECT_TRUE(read.has_value()) << path;
    return read ? to_json(indicators(read->facts, settings, WithMaps::yes), read->facts,
                          WithMaps::yes)
                : "{}";
}

// Sets of the answer are lists in no order.
json::value ordered(json::value value)
{
    if (value.is_object())
        for (auto& member : value.as_object())
            member.value() = ordered(member.value());
    if (value.is_array()) {
        auto& list = value.as_array();
        std::sort(list.begin(), list.end(), [](const json::value& a, const json::value& b) {
            return to_text(a) < to_text(b);
        });
    }
    return value;
}

// "R003-threshold-10" → a section with threshold = 10; four words or more are a section of their
// own.
std::string settings_of_fixture(const std::string& name)
{
    std::vector<std::string> words;
    for (const auto word : split(name, '-'))
        words.emplace_back(word);
    std::string ini = "currency = USD\nno_price_comparison_procurement_methods = "
                      "NPC\n[exclusions]\nprocurement_method_details = EXC\n[" +
                      words[0] + "]\n";
    if (words.size() == 3) {
        std::ranges::replace(words[2], '+', '|');
        ini += words[1] + " = " + words[2] + "\n";
    }
    if (words.size() > 3) ini += "[" + words[0] + "." + words[1] + "]\n";
    for (std::size_t i = 2; words.size() > 3 && i + 1 < words.size(); i += 2)
        ini += words[i] + " = " + words[i + 1] + "\n";
    return ini;
}

TEST(CardinalTest, Answers_as_Cardinal_on_all_its_fixtures)
{
    const auto folder = test::shared_path("data/procurement/cardinal_fixtures/indicators");
    if (!folder) GTEST_SKIP() << test::kNoSharedData;
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator{*folder}) {
        if (entry.path().extension() != ".jsonl") continue;
        ++seen;
        const auto settings = settings_from(settings_of_fixture(entry.path().stem()));
        auto ours = parse_json(answered(entry.path(), settings));
        ASSERT_TRUE(ours);
        ours->as_object().erase("Meta");
        ours->as_object().erase("Maps");
        const auto theirs = parse_json(trim(
            test::read_file(std::filesystem::path{entry.path()}.replace_extension(".expected"))));
        ASSERT_TRUE(theirs);
        EXPECT_TRUE(ordered(*ours) == ordered(*theirs)) << entry.path() << to_text(*ours);
    }
    EXPECT_EQ(seen, 15);
}

TEST(CardinalTest, Answers_as_Cardinal_on_real_data_with_any_number_of_threads)
{
    const auto folder = test::shared_path("data/procurement/cardinal_expected");
    if (!folder) GTEST_SKIP() << test::kNoSharedData;
    const auto settings = settings_from(test::read_file(*folder + "/settings.ini"));
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator{*folder}) {
        const auto name = entry.path().filename().string();
        if (!name.ends_with(".indicators.json")) continue;
        ++seen;
        const auto data = *folder + "/../" + name.substr(0, name.size() - 16) + ".jsonl";
        const auto one = answered(data, settings, 1);
        const auto ours = parse_json(one), theirs = parse_json(test::read_file(entry.path()));
        ASSERT_TRUE(ours && theirs) << name;
        EXPECT_TRUE(ordered(*ours) == ordered(*theirs)) << name;
        EXPECT_EQ(answered(data, settings, 4), one) << name;
    }
    EXPECT_EQ(seen, 11);
}

class CardinalCaseTest : public ::testing::Test {
protected:
    test::TempDir folder{};
    std::string answer(const std::string& lines, const Settings& settings)
    {
        test::write_file(folder / "in.jsonl", lines);
        return answered(folder / "in.jsonl", settings, 2);
    }
};

std::string won(const std::string& ocid, double winner, double other, const std::string& currency)
{
    const auto bid = [&](const char* id, double amount) {
        return R"({"status":"valid","tenderers":[{"id":")" + std::string{id} +
               R"("}],"value":{"amount":)" + std::to_string(amount) + R"(,"currency":")" +
               currency + "\"}}";
    };
    return R"({"ocid":")" + ocid + R"(","bids":{"details":[)" + bid("W", winner) + "," +
           bid("L", other) + R"(]},"awards":[{"status":"active","suppliers":[{"id":"W"}]}]})" +
           "\n";
}

TEST_F(CardinalCaseTest, Without_a_currency_the_first_one_that_is_compared_counts)
{
    const auto settings = settings_from("[R058]\nthreshold = 0.5\n");
    const auto answer_text =
        answer(won("euro", 1, 9, "EUR") + won("dollar", 1, 9, "USD") + won("euro2", 2, 4, "EUR"),
               settings);
    EXPECT_EQ(answer_text.find("dollar"), std::string::npos);
    EXPECT_NE(answer_text.find(R"("euro":{"R058":8.0})"), std::string::npos) << answer_text;
    EXPECT_NE(answer_text.find(R"("euro2":{"R058":1.0})"), std::string::npos) << answer_text;
}

TEST_F(CardinalCaseTest, A_price_of_nothing_leaves_no_fence_as_with_Cardinal)
{
    const auto answer_text =
        answer(won("z", 0, 0, "KZT") + won("n", 1, 5, "KZT"), settings_from("[R024]\n[R058]\n"));
    EXPECT_NE(answer_text.find(R"("R058":{"q1":null,"q3":null,"upper_fence":null})"),
              std::string::npos)
        << answer_text;
}

TEST_F(CardinalCaseTest, A_row_that_comes_again_counts_once_with_its_last_line)
{
    const auto short_one = std::string{
        R"({"ocid":"x","tender":{"tenderPeriod":{"startDate":"2000-01-01T00:00:00Z","endDate":"2000-01-03T00:00:00Z"}}})"};
    auto long_one = short_one;
    long_one.replace(long_one.find("2000-01-03"), 10, "2000-03-03");
    const auto settings = settings_from("[R003]\n");
    EXPECT_EQ(answer(short_one + "\n" + long_one + "\n", settings).find("R003"), std::string::npos);
    EXPECT_NE(answer(long_one + "\n" + short_one + "\n", settings).find("R003"), std::string::npos);
}

TEST(QuantileTest, Is_Hyndman_and_Fans_eighth)
{
    Distribution five{{5, 1, 4, 2, 3}};
    EXPECT_DOUBLE_EQ(five.q1(), 5.0 / 3);
    EXPECT_DOUBLE_EQ(five.q3(), 13.0 / 3);
    EXPECT_EQ(five.quantile(1), 5);
    EXPECT_EQ(five.quantile(0), 1);
    EXPECT_TRUE(std::isnan(five.quantile(1.1)));
    EXPECT_TRUE(std::isnan(Distribution{{}}.q1()));
    EXPECT_EQ(Distribution{{7}}.q3(), 7);
}

struct BadSetting {
    const char* ini;
    const char* line;
    const char* reason;
};
class BadSettings : public ::testing::TestWithParam<BadSetting> {};

TEST_P(BadSettings, Name_the_line_and_the_reason)
{
    const auto settings = read_settings(GetParam().ini, "x.ini");
    ASSERT_FALSE(settings) << GetParam().ini;
    EXPECT_EQ(settings.error().params.at("line"), GetParam().line);
    EXPECT_EQ(settings.error().params.at("reason"), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadSettings,
    ::testing::Values(BadSetting{"[R003]\nthreshhold = 1\n", "2", "unknown_field"},
                      BadSetting{"[R999]\n", "1", "unknown"}, BadSetting{"[R003\n", "1", "bracket"},
                      BadSetting{"nothing\n", "1", "syntax"},
                      BadSetting{"; x\n\n[R035]\nthreshold = 1.5\n", "4", "not_whole"},
                      BadSetting{"[R024]\nthreshold = much\n", "2", "not_a_number"},
                      BadSetting{"[corrections]\naward_status_by_contract_status = maybe\n", "2",
                                 "unknown"},
                      BadSetting{"[R028]\nthreshold = 1\n", "2", "unknown_field"},
                      BadSetting{"currency = \xFF\n", "0", "not_utf8"}));

TEST(SettingsTest, Everything_Cardinals_own_file_names_is_understood)
{
    const auto settings = settings_from(
        "\xEF\xBB\xBF; c\r\ncurrency = \"KZT\"\r\nno_price_comparison_procurement_methods = "
        "a|b|\r\n[defaults]\nparty_roles = true\n[codelists.bid_status]\nqualified = valid\n"
        "[R003]\nthreshold = -3\nprocurement_methods = "
        "open|limited\n[R003.procurement_method_details]\nvery urgent = 2\n[R025]\npercentile = "
        "90\nthreshold = 0.05\n[R038]\nminimum_submitted_bids = "
        "5\n[output]\ninfo_currency_mismatches = true\n");
    EXPECT_EQ(settings.currency, "KZT");
    EXPECT_EQ(settings.no_price_comparison, (Names{"a", "b"}));
    EXPECT_EQ(settings.r003_threshold, -3);
    EXPECT_EQ(settings.r003_details.at("very urgent"), 2);
    EXPECT_EQ(settings.r025_percentile, 90U);
    EXPECT_EQ(settings.r038_submitted_bids, 5U);
    EXPECT_TRUE(settings.has(Code::R003) && settings.has(Code::R025) && settings.has(Code::R038));
    EXPECT_FALSE(settings.has(Code::R018));
    EXPECT_TRUE(settings.info_currency_mismatches);
}

} // namespace
} // namespace adal::procurement::cardinal
