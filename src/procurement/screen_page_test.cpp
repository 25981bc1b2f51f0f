#include "procurement/screen_page_view.hpp"

#include "procurement/ocds_reader.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

std::string one_bidder(const std::string& ocid, const std::string& supplier_id, const std::string& supplier)
{
    return R"({"ocid":")" + ocid + R"(","buyer":{"id":"KZ-BIN-1","name":"Әкімдік"},"tender":{"title":"<b>Жол</b> жөндеу","status":"complete",)" +
           R"("procurementMethod":"open","mainProcurementCategory":"works","value":{"amount":1000,"currency":"KZT"},"numberOfTenderers":1},)" +
           R"("awards":[{"id":"1","status":"active","suppliers":[{"id":")" + supplier_id + R"(","name":")" + supplier + R"("}],"value":{"amount":900.5,"currency":"KZT"}}]})" + "\n";
}

std::string page_of(const std::string& bytes, i18n::Language language, const ScreenRun& run = {})
{
    const auto read = read_ocds(bytes, "set");
    const InMemory source{read.processes};
    return screen_page(source, screen(source, Thresholds::standard(), {}), run, language);
}

TEST(ScreenPage, Needs_nothing_but_itself)
{
    for (const auto language : i18n::all_languages) {
        const auto page = page_of(one_bidder("a", "KZ-BIN-2", "ЖШС «Жол»"), language);
        EXPECT_EQ(page.find("<!doctype html>\n<html lang=\"" + std::string{i18n::code(language)} + "\">"), 0U);
        for (const auto* outside : {"<script", "http://", "https://", "src=", "url("}) EXPECT_EQ(page.find(outside), std::string::npos) << outside;
        EXPECT_NE(page.find(title_of(language, "R018")), std::string::npos);
        EXPECT_NE(page.find("/tender/numberOfTenderers"), std::string::npos) << "the evidence";
        EXPECT_NE(page.find("ЖШС «Жол»"), std::string::npos);
    }
}

TEST(ScreenPage, Writes_texts_of_strangers_as_text)
{
    const auto page = page_of(one_bidder("a", "KZ-BIN-2", "x"), i18n::Language::kk);
    EXPECT_EQ(page.find("<b>"), std::string::npos);
    EXPECT_NE(page.find("&lt;b&gt;Жол&lt;/b&gt;"), std::string::npos);
}

TEST(ScreenPage, Names_no_individual)
{
    const auto page = page_of(one_bidder("a", "KZ-IIN-750505300555", "Иванов Иван"), i18n::Language::ru);
    EXPECT_EQ(page.find("Иванов"), std::string::npos);
    EXPECT_EQ(page.find("750505300555"), std::string::npos);
}

TEST(ScreenPage, Says_what_was_read_and_what_was_not)
{
    const auto page = page_of(one_bidder("a", "KZ-BIN-2", "x"), i18n::Language::en,
                              {.files = {"tenders.jsonl"}, .rows = 5, .used = 1, .skipped = 1, .refused = 2, .duplicates = 1, .notes = {"tenders.jsonl:3: refused ocds-x /ocid missing"}});
    for (const auto* said : {"tenders.jsonl", "Rows read", "Refused", "tenders.jsonl:3: refused ocds-x /ocid missing"}) EXPECT_NE(page.find(said), std::string::npos) << said;
}

TEST(ScreenPage, Says_when_the_list_was_cut)
{
    std::string bytes;
    for (std::size_t i = 0; i <= kMostOnPage; ++i) bytes += one_bidder("p" + std::to_string(i), "KZ-BIN-2", "x");
    EXPECT_NE(page_of(bytes, i18n::Language::en).find(i18n::number(i18n::Language::en, std::int64_t{kMostOnPage} + 1)), std::string::npos);
}

TEST(ScreenPage, Speaks_of_an_empty_set)
{
    EXPECT_NE(page_of("", i18n::Language::kk).find("</html>"), std::string::npos);
}

} // namespace
} // namespace adal::procurement
