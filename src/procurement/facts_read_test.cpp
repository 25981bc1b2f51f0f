#include "procurement/facts_file.hpp"
#include "procurement/facts_read.hpp"

#include "support/support.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <thread>
#include <zlib.h>

namespace adal::procurement::columns {
namespace {

const std::string kBid =
    R"({"status":"valid","date":"2024-03-05T06:30:00Z","tenderers":[{"id":"A"}],"value":{"amount":10.5,"currency":"KZT"}})";

std::string release(const std::string& ocid, const std::string& tender = R"("status":"active")")
{
    return R"({"ocid":")" + ocid + R"(","buyer":{"id":"B"},"tender":{)" + tender +
           R"(},"bids":{"details":[)" + kBid + "]}}";
}

class FactsTest : public ::testing::Test {
protected:
    test::TempDir folder{};

    FactsRead read(const std::string& bytes, unsigned threads = 1, Depth depth = Depth::full)
    {
        return read_as("in.jsonl", bytes, threads, depth);
    }
    FactsRead read_as(const std::string& name, const std::string& bytes, unsigned threads = 1,
                      Depth depth = Depth::full)
    {
        test::write_file(folder / name, bytes);
        auto result = read_facts({folder / name}, {.depth = depth, .threads = threads});
        EXPECT_TRUE(result.has_value());
        return result ? std::move(*result) : FactsRead{};
    }
    static std::string told(const FactsRead& read)
    {
        std::string out;
        for (const auto& note : read.notes)
            out += std::to_string(note.line) + " " + std::string{text(note.verdict)} + " " +
                   note.ocid + " " + note.field + " " + note.reason + "\n";
        return out;
    }
    static std::string ocids(const FactsRead& read)
    {
        std::string out;
        for (const auto& process : read.facts.processes)
            out += std::string{read.facts.name(process.ocid)} + " ";
        return out;
    }
};

TEST_F(FactsTest, A_byte_order_mark_CRLF_and_blank_lines_are_no_content)
{
    const auto got = read("\xEF\xBB\xBF" + release("a") + "\r\n\r\n   \n" + release("b") + "\r\n");
    EXPECT_EQ(ocids(got), "a b ");
    EXPECT_EQ(got.counts.rows, 2U);
    EXPECT_EQ(got.facts.processes[1].line, 4U);
    EXPECT_EQ(told(got), "");
}

TEST_F(FactsTest, An_empty_file_has_no_rows)
{
    for (const char* bytes : {"", "\n", "\xEF\xBB\xBF", " \n\t\n"})
        EXPECT_EQ(read(bytes).counts.rows, 0U) << bytes;
}

TEST_F(FactsTest, A_truncated_last_line_is_refused_by_line_and_the_rest_is_used)
{
    const auto whole = release("b");
    const auto got = read(release("a") + "\n" + whole.substr(0, whole.size() / 2));
    EXPECT_EQ(ocids(got), "a ");
    EXPECT_EQ(told(got), "2 refused   incomplete\n");
}

TEST_F(FactsTest, Invalid_UTF8_and_broken_lines_are_refused_each_with_its_reason)
{
    const auto got =
        read("\"\xFF\"\n" + release("a") +
             "\n{\"ocid\":1}\n[]\n7\n{}\n{\"ocid\":\"n\"}\n{\"url\":\"x\"}\n{\"ocid\":\"t\",}\n");
    EXPECT_EQ(ocids(got), "a ");
    EXPECT_EQ(told(got), "1 refused   bad_text\n3 refused  /ocid wrong_type\n5 refused   "
                         "not_an_object\n6 refused  /ocid missing\n7 skipped n  nothing_bought\n8 "
                         "skipped   linked_releases\n9 refused   syntax\n");
    EXPECT_EQ(got.counts.rows, 8U); // [] has none
    EXPECT_EQ(got.counts.refused + got.counts.skipped + got.used(), got.counts.rows);
}

TEST_F(FactsTest, Of_repeated_ocids_the_last_line_is_used_counted_and_named)
{
    const auto got = read(release("a", R"("numberOfTenderers":1)") + "\n" + release("b") + "\n" +
                          release("a", R"("numberOfTenderers":2)") + "\n");
    EXPECT_EQ(ocids(got), "b a ");
    EXPECT_EQ(got.facts.processes[1].tenderers, 2);
    EXPECT_EQ(got.duplicates, 1U);
    EXPECT_EQ(told(got), "3 duplicate a  later_row_wins\n");
}

TEST_F(FactsTest, A_number_written_as_text_is_read_and_noted_and_marked)
{
    auto line = release("a");
    line.replace(line.find("10.5"), 4, "\"10.5\"");
    const auto got = read(line);
    ASSERT_EQ(got.facts.bids.size(), 1U);
    EXPECT_EQ(got.facts.bids[0].amount, 10.5);
    EXPECT_EQ(got.facts.bids[0].sum_kind, SumKind::text);
    EXPECT_EQ(told(got), "1 noted a amount number_as_text\n");
}

TEST_F(FactsTest, A_repeated_member_means_its_last_value)
{
    const auto got = read(
        R"({"ocid":"first","tender":{"status":"cancelled","status":"active"},"bids":{"details":[)" +
        kBid + "," + kBid + R"(]},"bids":{"details":[)" + kBid + R"(]},"ocid":"last"})");
    EXPECT_EQ(ocids(got), "last ");
    EXPECT_EQ(got.facts.processes[0].tender_status, TenderStatus::active);
    EXPECT_EQ(got.facts.processes[0].bids.count, 1U);
    EXPECT_EQ(got.facts.bids.size(), 1U);
}

TEST_F(FactsTest, A_line_of_two_megabytes_is_read_wherever_blocks_are_cut)
{
    const std::string wide(2'000'000, 'x');
    for (const std::size_t before : {0U, 1U, 4000U}) {
        std::string bytes;
        for (std::size_t i = 0; i < before; ++i)
            bytes += release("s" + std::to_string(i)) + "\n";
        bytes += release("wide", R"("title":")" + wide + "\"") + "\n" + release("after") + "\n";
        const auto got = read(bytes, 3);
        ASSERT_EQ(got.used(), before + 2);
        EXPECT_EQ(got.facts.text(got.facts.process_more[before].title).size(), wide.size());
        EXPECT_EQ(got.facts.processes.back().line, before + 2);
        const auto& last = got.facts.processes.back();
        EXPECT_EQ(bytes.substr(last.byte_begin, last.byte_length), release("after"));
    }
}

TEST_F(FactsTest, The_facts_are_the_same_bytes_for_any_number_of_threads)
{
    std::string bytes;
    for (int i = 0; i < 9000; ++i) {
        bytes += release("o" + std::to_string(i % 8000),
                         R"("title":"t)" + std::to_string(i * 7919 % 3001) +
                             R"(","procuringEntity":{"id":)" + std::to_string(i % 50) + "}") +
                 "\n";
        if (i % 1000 == 0) bytes += "{broken " + std::to_string(i) + "\n";
    }
    const auto one = facts_to_bytes(read(bytes, 1));
    for (const unsigned threads : {2U, 3U, 8U}) {
        const auto again = read_facts({folder / "in.jsonl"}, {.threads = threads});
        ASSERT_TRUE(again);
        EXPECT_TRUE(facts_to_bytes(*again) == one) << threads;
    }
}

TEST_F(FactsTest, A_gzip_of_several_members_reads_as_the_plain_file)
{
    std::string bytes;
    for (int i = 0; i < 5000; ++i)
        bytes += release("o" + std::to_string(i)) + "\n";
    const auto path = folder / "in.jsonl.gz";
    for (const auto& [mode, part] :
         {std::pair{"wb", bytes.substr(0, 1'000'003)}, std::pair{"ab", bytes.substr(1'000'003)}}) {
        auto* file = ::gzopen(path.c_str(), mode);
        ::gzwrite(file, part.data(), static_cast<unsigned>(part.size()));
        ::gzclose(file);
    }
    const auto packed = read_facts({path}, {.depth = Depth::flags, .threads = 2});
    ASSERT_TRUE(packed);
    EXPECT_EQ(ocids(*packed), ocids(read(bytes)));

    const auto all = test::read_file(path);
    const auto cut = read_as("cut.gz", all.substr(0, all.size() / 3));
    EXPECT_GT(cut.used(), 0U);
    EXPECT_EQ(cut.counts.refused, 1U); // the file breaks off, perhaps in a row
    EXPECT_NE(told(cut).find("refused   incomplete"), std::string::npos) << told(cut);
}

TEST_F(FactsTest, Packages_records_and_lists_give_their_rows)
{
    const auto a = release("a"), b = release("b");
    EXPECT_EQ(ocids(read("[" + a + ",\n" + b + "]")), "a b ");
    EXPECT_EQ(ocids(read(R"({"uri":"x","releases":[)" + a + "," + b + "]}\n" + release("c"))),
              "a b c ");
    EXPECT_EQ(ocids(read("{\n\"records\":[\n{\"ocid\":\"a\",\"releases\":[{\"url\":\"u\"}],"
                         "\"compiledRelease\":" +
                         a + "},\n{\"ocid\":\"b\",\"releases\":[" + a + "," + b + "]}]\n}")),
              "a b ");
    EXPECT_EQ(told(read(R"({"records":[{"ocid":"a","releases":[{"url":"u"}]}]})")),
              "1 skipped   linked_releases\n");
    const auto got = read("{\n  \"releases\": [\n" + a + ",\n" + b + "\n]}");
    EXPECT_EQ(pointer(got.facts.processes[1], "/ocid"), "/1/ocid");
}

TEST_F(FactsTest, A_package_too_long_to_hold_is_cut_into_its_rows)
{
    std::string bytes = "{ \"publisher\": {\"name\": \"x]}\\\"\"},\n \"releases\": [\n";
    const std::string title(2000, 'y');
    for (int i = 0; i < 9000; ++i)
        bytes +=
            (i ? ",\n" : "") + release("o" + std::to_string(i), R"("title":"\"[{)" + title + "\"");
    const auto whole = bytes + "\n], \"end\": [1] }\n";
    ASSERT_GT(whole.size(), 17U << 20);
    const auto got = read(whole, 2);
    ASSERT_EQ(got.used(), 9000U);
    EXPECT_EQ(told(got), "");
    const auto& last = got.facts.processes.back();
    EXPECT_EQ(last.line, 9002U);
    EXPECT_EQ(last.element, 8999U);
    EXPECT_EQ(whole.substr(last.byte_begin, 14), R"({"ocid":"o8999)");

    const auto cut = read(bytes.substr(0, bytes.size() - 100));
    EXPECT_EQ(cut.used(), 8999U);
    EXPECT_EQ(cut.counts.refused, 1U);
    EXPECT_EQ(read(bytes + "\n], end }").counts.refused, 1U);
}

TEST_F(FactsTest, A_file_that_is_not_there_is_a_problem)
{
    const auto got = read_facts({folder / "none.jsonl"}, {});
    ASSERT_FALSE(got);
    EXPECT_TRUE(got.error().is(unreadable_file));
    EXPECT_FALSE(read_facts({folder.path()}, {}));
}

TEST_F(FactsTest, What_the_Kazakh_flags_need_is_kept_at_full_depth)
{
    const auto got = read(
        R"({"ocid":"a","buyer":{"id":"B"},"parties":[{"id":"B","address":{"locality":"Алматы","region":"750000000"}},{"id":"S","contactPoint":{"telephone":"+7 (727) 300-00-00"},"roles":["supplier"]},{"id":"T","contactPoint":{"telephone":"8 727 3000000"}}],)"
        R"("planning":{"budget":{"amount":{"amount":5,"currency":"KZT"}}},"tender":{"lots":[{"id":1,"x_attempt":4,"value":{"amount":7}}],"items":[{"classification":{"scheme":"ENSTRU","id":"42"},"quantity":2,"unit":{"value":{"amount":3.5}}}]},)"
        R"("bids":{"details":[{"date":"2024-03-05","x_author":"Иванов","relatedLots":[1]}]},"awards":[{"items":[{"classification":{"id":"42"}}]}],)"
        R"("contracts":[{"value":{"amount":9},"x_initialValue":{"amount":8},"dateSigned":"2024-03-01T00:00:00","amendments":[{"date":"2024-04-01T00:00:00Z","rationale":"why"}],"implementation":{"transactions":[{"value":{"amount":1}}]}}]})");
    const auto& f = got.facts;
    ASSERT_EQ(f.processes.size(), 1U);
    EXPECT_EQ(f.name(f.process_more[0].locality), "Алматы");
    EXPECT_EQ(f.process_more[0].budget, 5);
    ASSERT_EQ(f.parties.size(), 3U);
    EXPECT_NE(f.parties[1].phone, 0U);
    EXPECT_EQ(f.parties[1].phone, f.parties[2].phone);
    EXPECT_EQ(f.lots[0].attempt, 4);
    EXPECT_EQ(f.lots[0].id, f.related_lots[0]);
    EXPECT_EQ(f.items[f.process_more[0].items.begin].unit_value, 3.5);
    EXPECT_EQ(f.bid_more[0].date_kind, MomentKind::day);
    EXPECT_NE(f.bid_more[0].author, 0U);
    EXPECT_EQ(f.contracts[0].value, 9);
    EXPECT_EQ(f.contracts[0].initial_value, 8);
    EXPECT_EQ(f.contracts[0].signed_kind, MomentKind::zone_assumed);
    EXPECT_EQ(f.text(f.amendments[0].rationale), "why");
    EXPECT_EQ(f.payments.size(), 1U);
}

TEST(MomentTest, Is_read_as_written_and_says_how_sure_it_is)
{
    EXPECT_EQ(read_when("2024-03-05T10:00:00+05:00").us, 1709614800'000000);
    EXPECT_EQ(read_when("2024-03-05T05:00:00.25Z").us, 1709614800'250000);
    EXPECT_EQ(read_when("2024-03-05t05:00:00z").kind, MomentKind::exact);
    EXPECT_EQ(read_when("2024-03-05T10:00:00").us, 1709614800'000000);
    EXPECT_EQ(read_when("2024-03-05 10:00:00").kind, MomentKind::zone_assumed);
    EXPECT_EQ(read_when("2024-02-29").kind, MomentKind::day);
    for (const char* bad :
         {"", "2024", "2023-02-29", "2024-13-01", "2024-03-05T24:00:00Z", "2024-03-05T10:00Z",
          "2024-03-05T10:00:00+0500", "2024-03-05T10:00:00.Z", "2024-03-05T10:00:00Zx", "5 March"})
        EXPECT_FALSE(read_when(bad).known()) << bad;
}

TEST(NumberTest, Is_the_nearest_double)
{
    for (const char* token : {"0", "-0", "1", "104228291.83", "9255717084.55", "0.1", "1e22",
                              "1.7976931348623157e308", "123456789012345678901234567890",
                              "0.000000000000000000000001", "9007199254740993", "5e-324"})
        EXPECT_EQ(parse_double(token), std::strtod(token, nullptr)) << token;
    EXPECT_TRUE(std::isnan(parse_double("1e999")));
    EXPECT_TRUE(std::isnan(parse_double("-")));
}

// --- kept in a file
// ---------------------------------------------------------------------------------------
class FactsFileTest : public FactsTest {
protected:
    std::string source() { return folder / "in.jsonl"; }
    std::string kept() { return folder / "in.facts"; }
    KeptFacts keep(unsigned threads = 2)
    {
        auto result = kept_facts({source()}, kept(), {.depth = Depth::full, .threads = threads});
        EXPECT_TRUE(result.has_value());
        return result ? std::move(*result) : KeptFacts{};
    }
};

TEST_F(FactsFileTest, Comes_back_as_it_was)
{
    const auto before = read(release("a", R"("title":"Жол","lots":[{"id":"1"}])") + "\nbroken\n" +
                             release("a") + "\n");
    const auto bytes = facts_to_bytes(before);
    const auto back = facts_from(bytes, "x");
    ASSERT_TRUE(back);
    EXPECT_EQ(facts_to_bytes(*back), bytes);
    EXPECT_EQ(told(*back), told(before));
}

TEST_F(FactsFileTest, Is_used_while_the_source_does_not_change)
{
    test::write_file(source(), release("a") + "\n" + release("b") + "\n");
    EXPECT_FALSE(keep().from_file);
    const auto again = keep();
    EXPECT_TRUE(again.from_file);
    EXPECT_EQ(ocids(again.read), "a b ");
    std::filesystem::remove(source());
    const auto alone = kept_facts({}, kept(), {});
    ASSERT_TRUE(alone);
    EXPECT_EQ(ocids(alone->read), "a b ");
}

TEST_F(FactsFileTest, Gives_unchanged_rows_back_when_the_source_changes)
{
    std::string bytes, changed;
    for (int i = 0; i < 3000; ++i) {
        const auto line =
            release("o" + std::to_string(i),
                    R"("title":"t","procuringEntity":{"id":)" + std::to_string(i % 7) + "}") +
            "\n";
        bytes += line;
        changed += i == 1500 ? release("new") + "\n" : line;
    }
    test::write_file(source(), bytes);
    keep();
    std::filesystem::remove(source());
    const auto fresh = read(changed, 1);
    const auto again = keep(3);
    EXPECT_FALSE(again.from_file);
    EXPECT_EQ(again.read.reused, 2999U);
    // The tables are those of a fresh reading, only the order inside may differ: compare what rows
    // say.
    ASSERT_EQ(ocids(again.read), ocids(fresh));
    const auto &x = again.read.facts, &y = fresh.facts;
    for (std::size_t i = 0; i < x.processes.size(); ++i) {
        EXPECT_EQ(x.name(x.processes[i].procuring_entity), y.name(y.processes[i].procuring_entity));
        EXPECT_EQ(x.processes[i].line, y.processes[i].line);
        EXPECT_EQ(x.text(x.process_more[i].title), y.text(y.process_more[i].title));
        const auto &p = x.bids[x.processes[i].bids.begin], &q = y.bids[y.processes[i].bids.begin];
        EXPECT_EQ(p.amount, q.amount);
        EXPECT_EQ(x.name(x.tenderers[p.tenderers.begin]), y.name(y.tenderers[q.tenderers.begin]));
    }
}

TEST_F(FactsFileTest, Any_damaged_byte_is_refused_or_harmless)
{
    const auto bytes = facts_to_bytes(read(release("a") + "\nbroken\n"));
    std::size_t refused = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
        const auto got = facts_from(damaged, "x");
        if (!got)
            ++refused;
        else
            for (const auto& process : got->facts.processes)
                EXPECT_LT(process.source, got->facts.sources.size());
        EXPECT_FALSE(facts_from(std::string_view{bytes}.substr(0, i), "x"));
    }
    EXPECT_GT(refused, bytes.size() / 2);
}

TEST_F(FactsFileTest, A_file_that_is_something_else_is_not_replaced)
{
    test::write_file(source(), release("a"));
    test::write_file(kept(), "my letters");
    EXPECT_FALSE(kept_facts({source()}, kept(), {}));
    EXPECT_EQ(test::read_file(kept()), "my letters");
}

} // namespace
} // namespace adal::procurement::columns
