#include "procurement/ocds_reader.hpp"

#include "support/support.hpp"

#include <filesystem>
#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

std::string release(const std::string& ocid, const std::string& more = "")
{
    return R"({"ocid":")" + ocid + R"(","tender":{"title":"A road")" + more + "}}";
}

const RowNote* first(const OcdsRead& read, RowVerdict verdict)
{
    for (const auto& note : read.notes)
        if (note.verdict == verdict) return &note;
    return nullptr;
}

struct BadRow {
    const char* name;
    std::string bytes;
    std::int64_t line;
    const char* field;
    const char* reason;
};

class BadRows : public ::testing::TestWithParam<BadRow> {};

TEST_P(BadRows, Name_line_field_and_reason)
{
    const auto& row = GetParam();
    const auto read = read_ocds(row.bytes, "bad.jsonl");
    ASSERT_EQ(read.refused, 1);
    const auto* note = first(read, RowVerdict::refused);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->file, "bad.jsonl");
    EXPECT_EQ(note->line, row.line);
    EXPECT_EQ(note->field, row.field);
    EXPECT_EQ(note->reason, row.reason);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadRows,
    ::testing::Values(
        BadRow{"cut_off", release("a") + "\n" + release("b") + "\n" + R"({"ocid":"c","tender":{"ti)",
               3, "", "incomplete"},
        BadRow{"cut_off_object", release("a") + "\n" + R"({"ocid":"c","tender":{"title":"x"})", 2,
               "", "syntax"},
        BadRow{"words", release("a") + "\nhello\n", 2, "", "syntax"},
        BadRow{"not_utf8", release("a") + "\n" + release("b\xFF\xFE") + "\n", 2, "", "not_utf8"},
        BadRow{"lone_surrogate", release("a") + "\n" + release("b", R"(,"status":"\ud800")"), 2, "",
               "bad_text"},
        BadRow{"no_ocid", release("a") + "\n{\"tender\":{}}", 2, "/ocid", "missing"},
        BadRow{"empty_ocid", release(""), 1, "/ocid", "missing"},
        BadRow{"number_for_ocid", "{\"ocid\":7,\"tender\":{}}", 1, "/ocid", "wrong_type"},
        BadRow{"array_of_numbers", release("a") + "\n17\n", 2, "", "not_an_object"},
        BadRow{"sum_in_words", release("a", R"(,"value":{"amount":"many"})"), 1,
               "/tender/value/amount", "not_a_number"},
        BadRow{"sum_as_object", release("a", R"(,"value":{"amount":{}})"), 1,
               "/tender/value/amount", "wrong_type"},
        BadRow{"sum_too_large", release("a", R"(,"value":{"amount":99999999999999999999})"), 1,
               "/tender/value/amount", "not_a_number"},
        BadRow{"in_a_package", R"({"releases":[{"ocid":"a","tender":{}},{"tender":{}}]})", 1,
               "/releases/1/ocid", "missing"},
        BadRow{"two_rows_on_a_line", release("a") + " " + release("b"), 1, "", "trailing"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(OcdsReader, Byte_order_mark_CRLF_and_empty_lines_are_fine)
{
    const auto read =
        read_ocds("\xEF\xBB\xBF" + release("a") + "\r\n\r\n" + release("b") + "\r\n", "x");
    EXPECT_EQ(read.rows, 2);
    EXPECT_EQ(read.used(), 2);
    EXPECT_TRUE(read.notes.empty());
}

TEST(OcdsReader, An_empty_file_has_no_rows)
{
    EXPECT_EQ(read_ocds("", "x").rows, 0);
    EXPECT_EQ(read_ocds("\xEF\xBB\xBF\n\n", "x").rows, 0);
}

TEST(OcdsReader, The_later_row_of_an_OCID_wins_and_is_named)
{
    const auto read = read_ocds(release("a") + "\n" + release("b") + "\n" +
                                    R"({"ocid":"a","tender":{"title":"Later"}})",
                                "x");
    EXPECT_EQ(read.duplicates, 1);
    ASSERT_EQ(read.used(), 2);
    EXPECT_EQ(read.processes[1].title, "Later");
    const auto* note = first(read, RowVerdict::duplicate);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->line, 3);
    EXPECT_EQ(note->ocid, "a");
}

TEST(OcdsReader, A_number_written_as_text_is_read_and_noted)
{
    const auto read = read_ocds(
        release("a", R"(,"numberOfTenderers":"3","value":{"amount":"12.5","currency":"KZT"})"), "x");
    ASSERT_EQ(read.used(), 1);
    EXPECT_EQ(read.processes[0].tenderers, 3);
    EXPECT_EQ(read.processes[0].estimate, (CurrencyAmount{1250, "KZT"}));
    EXPECT_EQ(read.noted, 2);
    EXPECT_EQ(first(read, RowVerdict::noted)->field, "/tender/numberOfTenderers");
}

TEST(OcdsReader, What_the_flags_compare_is_kept_and_contacts_only_as_hashes)
{
    const auto read = read_ocds(
        R"({"ocid":"a","planning":{"budget":{"id":"9","amount":{"amount":5,"currency":"KZT"}},)"
        R"("x_versions":[{"id":"8","method":"Конкурс","price":2.5,"amount":5,"date":"2026-01-05"}]},)"
        R"("parties":[{"id":"p","roles":["tenderer"],"identifier":{"scheme":"KZ-BIN","id":"1"},)"
        R"("contactPoint":{"telephone":"+7 727 3227176","name":"N"},"x_head":"H"}],)"
        R"("tender":{"x_finYear":[2026],"datePublished":"2026-02-01",)"
        R"("items":[{"id":"1","classification":{"scheme":"ENSTRU","id":"42"},"quantity":"2",)"
        R"("unit":{"name":"шт","value":{"amount":1.5,"currency":"KZT"}},"relatedLot":"l"}],)"
        R"("lots":[{"id":"l","x_lotNumber":"8-ОИ4","x_attempt":4,"x_planRoot":"8"}]},)"
        R"("bids":{"details":[{"id":"b","x_author":"A","x_rejectReason":"late"}]},)"
        R"("contracts":[{"id":"c","x_initialValue":{"amount":1,"currency":"KZT"},)"
        R"("amendments":[{"id":"1","rationale":"why","x_value":{"amount":2,"currency":"KZT"}}],)"
        R"("implementation":{"transactions":[{"id":"t","value":{"amount":1,"currency":"KZT"}}]},)"
        R"("x_acts":[{"id":"x","approveDate":"2026-03-01"}]}]})",
        "x");
    ASSERT_EQ(read.used(), 1);
    EXPECT_EQ(read.noted, 0);
    const Process& process = read.processes[0];
    EXPECT_EQ(process.budget, (CurrencyAmount{500, "KZT"}));
    EXPECT_EQ(process.plan_versions.at(0).price, 250);
    EXPECT_EQ(process.parties.at(0).phone, phone_hash("87273227176"));
    EXPECT_EQ(process.parties.at(0).head, contact_hash("h"));
    EXPECT_EQ(process.financial_year, "2026");
    EXPECT_TRUE(process.published);
    EXPECT_EQ(process.items.at(0).quantity, 2);
    EXPECT_EQ(process.items.at(0).unit_value, (CurrencyAmount{150, "KZT"}));
    EXPECT_EQ(process.classifications, std::vector<std::string>{"ENSTRU:42"});
    EXPECT_EQ(process.lots.at(0).attempt, 4);
    EXPECT_EQ(process.lots.at(0).number, "8-ОИ4");
    EXPECT_EQ(process.bids.at(0).author, contact_hash("A"));
    EXPECT_EQ(process.bids.at(0).reject_reason, "late");
    const Contract& contract = process.contracts.at(0);
    EXPECT_EQ(contract.initial_value, (CurrencyAmount{100, "KZT"}));
    EXPECT_EQ(contract.amendments.at(0).value, (CurrencyAmount{200, "KZT"}));
    EXPECT_EQ(contract.payments.at(0).id, "t");
    EXPECT_TRUE(contract.acts.at(0).approved);
    EXPECT_EQ(to_text(to_json(process)).find("3227176"), std::string::npos);
}

TEST(OcdsReader, A_detail_that_is_not_a_number_is_left_out_and_noted)
{
    const auto read = read_ocds(
        release("a", R"(,"items":[{"id":"1","quantity":"many","unit":{"value":{"amount":[1]}}}])"),
        "x");
    ASSERT_EQ(read.used(), 1);
    EXPECT_FALSE(read.processes[0].items.at(0).quantity);
    EXPECT_FALSE(read.processes[0].items.at(0).unit_value);
    EXPECT_EQ(read.noted, 2);
}

TEST(OcdsReader, A_date_that_cannot_be_read_is_left_out_and_noted)
{
    const auto read =
        read_ocds(release("a", R"(,"tenderPeriod":{"startDate":"soon","endDate":"2024-03-03"})"), "x");
    ASSERT_EQ(read.used(), 1);
    EXPECT_FALSE(read.processes[0].tender_period.start);
    ASSERT_TRUE(read.processes[0].tender_period.end);
    EXPECT_EQ(read.processes[0].tender_period.end->precision, Precision::day);
    EXPECT_EQ(first(read, RowVerdict::noted)->reason, "not_a_date");
}

TEST(OcdsReader, A_row_of_two_megabytes_is_a_row)
{
    const auto read = read_ocds(
        release("a", R"(,"description":")" + std::string(2 << 20, 'x') + "\"") + "\n" + release("b"),
        "x");
    ASSERT_EQ(read.used(), 2);
    EXPECT_EQ(read.processes[0].description.size(), std::size_t{2 << 20});
}

TEST(OcdsReader, Packages_records_and_lists_are_opened)
{
    const std::string a = release("a"), b = release("b");
    EXPECT_EQ(read_ocds(R"({"version":"1.1","releases":[)" + a + "," + b + "]}", "x").used(), 2);
    EXPECT_EQ(read_ocds("[\n" + a + ",\n" + b + "\n]", "x").used(), 2);
    EXPECT_EQ(read_ocds(R"({"ocid":"a","compiledRelease":)" + a + "}", "x").used(), 1);
    const std::string record = R"({"ocid":"a","releases":[)" + a + R"(],"compiledRelease":)" + a + "}";
    EXPECT_EQ(read_ocds("{\n\"records\": [\n" + record + "\n]\n}\n", "x").used(), 1);
    EXPECT_EQ(read_ocds(R"({"records":[{"ocid":"a","releases":[)" + a + "]}]}", "x").used(), 1);
}

TEST(OcdsReader, Records_that_only_link_elsewhere_are_skipped_with_the_reason)
{
    const auto read = read_ocds(
        R"({"records":[{"ocid":"a","releases":[{"url":"https://example.org","date":"2024-01-01"}]}]})",
        "x");
    EXPECT_EQ(read.used(), 0);
    EXPECT_EQ(read.skipped, 1);
    EXPECT_EQ(first(read, RowVerdict::skipped)->reason, "linked_releases");
}

TEST(OcdsReader, A_plan_without_a_tender_is_skipped)
{
    const auto read = read_ocds(R"({"ocid":"a","planning":{"rationale":"why"}})", "x");
    EXPECT_EQ(read.skipped, 1);
    EXPECT_EQ(first(read, RowVerdict::skipped)->reason, "nothing_bought");
}

TEST(OcdsReader, Control_characters_do_not_reach_the_database)
{
    const auto read = read_ocds(R"({"ocid":"a","tender":{"title":"one\u0000two\nthree"}})", "x");
    ASSERT_EQ(read.used(), 1);
    EXPECT_EQ(read.processes[0].title, "one two three");
}

TEST(OcdsReader, Reads_what_real_publishers_write)
{
    const auto folder = test::shared_path("data/procurement");
    if (!folder) GTEST_SKIP() << test::kNoSharedData;
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{*folder}) {
        const auto extension = entry.path().extension();
        if (!entry.is_regular_file() || entry.file_size() > (8 << 20)) continue;
        if (extension != ".json" && extension != ".jsonl") continue;
        const auto read = read_ocds_file(entry.path());
        ASSERT_TRUE(read) << entry.path();
        EXPECT_EQ(read->rows, read->used() + read->skipped + read->refused + read->duplicates)
            << entry.path();
        ++files;
    }
    EXPECT_GT(files, 20);
}

TEST(OcdsReader, Depth_does_not_matter)
{
    const auto read = read_ocds(
        R"({"ocid":"a","x":)" + std::string(5000, '[') + std::string(5000, ']') + R"(,"tender":{}})",
        "x");
    EXPECT_EQ(read.used() + read.refused, 1);
}

} // namespace
} // namespace adal::procurement
