// Every folder of flags/: its cases.jsonl must give its cases.expected. ADAL_ACCEPT=1 writes them.
#include "procurement/screen.hpp"

#include "procurement/ocds_reader.hpp"
#include "support/support.hpp"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

const std::string kFlags = "src/procurement/flags/";

std::string lines_of(const std::vector<Process>& processes, const Register& unscrupulous, std::string_view code)
{
    std::string out;
    for (const auto& one : screen(InMemory{processes}, Thresholds::standard(), {.unscrupulous = &unscrupulous}))
        for (const auto& answered : one.answers) {
            if (answered.code != code) continue;
            json::object line{{"case", one.ocid}};
            for (auto& member : to_json(answered.answer)) line.insert(member);
            line["explanation"] = explain(i18n::Language::en, code, answered.answer);
            out += to_text(line) + "\n";
        }
    return out;
}

class FlagFolder : public ::testing::TestWithParam<std::string_view> {};

TEST_P(FlagFolder, Answers_its_cases_as_expected)
{
    const std::string folder = kFlags + std::string{GetParam()};
    const auto read = read_ocds_file(test::repository_path(folder + "/cases.jsonl"));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->refused, 0);
    ASSERT_GE(read->used(), 5);
    Register unscrupulous; // a flag that asks it has one beside its cases
    if (const auto file = test::repository_path(folder + "/register.csv"); std::filesystem::exists(file)) {
        auto entries = read_register_file(file);
        ASSERT_TRUE(entries);
        unscrupulous = std::move(*entries);
    }
    test::expect_golden(folder + "/cases.expected", lines_of(read->processes, unscrupulous, GetParam()));
}

TEST_P(FlagFolder, Is_complete)
{
    for (const char* file : {"flag.cpp", "README.md", "cases.jsonl", "cases.expected"})
        EXPECT_TRUE(std::filesystem::exists(
            test::repository_path(kFlags + std::string{GetParam()} + "/" + file)))
            << file;
}

TEST_P(FlagFolder, Has_a_title_in_three_languages)
{
    for (const auto language : i18n::all_languages)
        EXPECT_FALSE(title_of(language, GetParam()).empty());
}

INSTANTIATE_TEST_SUITE_P(All, FlagFolder, ::testing::ValuesIn(all_flag_codes()),
                         [](const auto& code) { return std::string{code.param}; });

TEST(Flags, Every_folder_has_its_line_in_all_flags)
{
    const auto codes = all_flag_codes();
    for (const auto& entry :
         std::filesystem::directory_iterator{test::repository_path(kFlags)}) {
        if (!entry.is_directory()) continue;
        EXPECT_NE(std::ranges::find(codes, entry.path().filename().string()), codes.end())
            << entry.path();
    }
}

TEST(Flags, Each_weighs_as_its_family)
{
    for (const auto& flag : all_flags(Thresholds::standard()))
        EXPECT_TRUE(flag->weight() == kLaw || flag->weight() == kNetwork ||
                    flag->weight() == kStatistical)
            << flag->code();
}

TEST(Flags, An_answer_survives_storage)
{
    const Answer answer{.outcome = Outcome::fail,
                        .sentence = "near",
                        .value = 0.98,
                        .threshold = 1,
                        .population = 7,
                        .facts = {{"a", std::int64_t{1}},
                                  {"b", 2.5},
                                  {"c", Share{0.5}},
                                  {"d", CurrencyAmount{100, "INR"}},
                                  {"e", make_date(2026, 3, 18)},
                                  {"f", std::string{"words"}}},
                        .evidence = {{"ocid", "/tender", "x"}}};
    const auto stored = to_text(to_json(answer));
    const auto back = answer_from(*parse_json(stored));
    EXPECT_EQ(to_text(to_json(back)), stored);
    EXPECT_EQ(back.facts, answer.facts);
}

TEST(Flags, Sums_keep_their_currency_in_every_language)
{
    EXPECT_EQ(say(i18n::Language::en, {77331500, "INR"}).find("₸"), std::string::npos);
    for (const auto language : i18n::all_languages) {
        EXPECT_NE(say(language, {77331500, "INR"}).find("INR"), std::string::npos);
        EXPECT_NE(say(language, {77331500, "KZT"}).find("₸"), std::string::npos);
    }
}

TEST(Flags, Thresholds_name_the_field_that_is_wrong)
{
    const WorkingDays calendar{{}, make_date(2026, 1, 1)};
    const auto bad = Thresholds::read(
        R"({"currency":"KZT","methods":[{"id":"m","names":["a"],"competition":"none",)"
        R"("in_force":"2025-01-01","source":"s"}]})",
        calendar);
    ASSERT_FALSE(bad);
    EXPECT_TRUE(bad.error().is(bad_thresholds));
    EXPECT_EQ(bad.error().params.at("field"), "/methods/0/competition");
}

} // namespace
} // namespace adal::procurement
