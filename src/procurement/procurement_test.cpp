#include "procurement/procurement.hpp"

#include "procurement/search_store.hpp"
#include "support/support.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

constexpr Instant kNow{1770000000000};

std::string row(const std::string& ocid, int tenderers, const std::string& currency = "KZT",
                const std::string& title = "Көше жолын жөндеу")
{
    return R"({"ocid":")" + ocid + R"(","buyer":{"id":"KZ-BIN-1","name":"Қала басқармасы"},)" +
           R"("tender":{"title":")" + title +
           R"(","status":"complete","procurementMethod":"open","mainProcurementCategory":"works",)" +
           R"("value":{"amount":1000,"currency":")" + currency + R"("},"numberOfTenderers":)" +
           std::to_string(tenderers) +
           R"(},"awards":[{"id":"1","status":"active","suppliers":[{"id":"s","name":"ЖШС «Жол»"}],)" +
           R"("value":{"amount":900.5,"currency":")" + currency + "\"}}]}\n";
}

class ProcurementBook : public test::BothEngines
{
protected:
    Result<ImportReport> import(const std::string& bytes)
    {
        const auto read = read_ocds(bytes, "folder/set.jsonl");
        return db().write([&](storage::Transaction& tx) { return import_ocds(tx, read, kNow); });
    }
    ScreenReport screen_stored()
    {
        return *db().write([&](storage::Transaction& tx) -> Result<ScreenReport> {
            return screen_all(tx, kNow);
        });
    }
    ListPage list(const Search& search)
    {
        return db().read([&](storage::Snapshot& s) { return SearchStore{s}.page(search); });
    }
};
ADAL_BOTH_ENGINES(ProcurementBook);

TEST_P(ProcurementBook, imports_once_however_often_it_is_asked)
{
    const auto bytes = row("a", 1) + row("b", 3);
    const auto first = import(bytes);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->file, "set.jsonl");
    EXPECT_EQ(first->added, 2);
    const auto again = import(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->added, 0);
    EXPECT_EQ(again->unchanged, 2);
    const auto changed = import(row("b", 2));
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->changed, 1);
    const auto totals = db().read([](storage::Snapshot& s) { return procurement::totals(s); });
    EXPECT_EQ(totals.processes, 2);
}

TEST_P(ProcurementBook, keeps_the_id_of_a_process_that_changed)
{
    ASSERT_TRUE(import(row("a", 1)));
    const auto id = [&] {
        return db().read([](storage::Snapshot& s) { return find_process_by_ocid(s, "a"); });
    };
    const auto before = id();
    ASSERT_TRUE(before);
    ASSERT_TRUE(import(row("a", 4)));
    EXPECT_EQ(id(), before);
}

TEST_P(ProcurementBook, imports_nothing_of_a_file_with_a_broken_row)
{
    const auto refused = import(row("a", 1) + "{\"tender\":{}}\n");
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(import_refused));
    EXPECT_EQ(refused.error().params.at("line"), "2");
    EXPECT_EQ(refused.error().params.at("field"), "/ocid");
    EXPECT_FALSE(db().read([](storage::Snapshot& s) { return find_process_by_ocid(s, "a"); }));
}

TEST_P(ProcurementBook, refuses_a_file_with_nothing_in_it)
{
    const auto nothing = import("\n");
    ASSERT_FALSE(nothing);
    EXPECT_TRUE(nothing.error().is(nothing_to_import));
}

TEST_P(ProcurementBook, shows_rupees_as_rupees)
{
    ASSERT_TRUE(import(row("in", 1, "INR")));
    const auto id = db().read([](storage::Snapshot& s) { return find_process_by_ocid(s, "in"); });
    const auto found = db().read([&](storage::Snapshot& s) { return find_process(s, *id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->contract_sum, (CurrencyAmount{90050, "INR"}));
    EXPECT_FALSE(found->contract_sum->tenge());
}

TEST_P(ProcurementBook, offers_flagged_works_with_the_reason)
{
    ASSERT_TRUE(import(row("a", 3) + row("b", 1) + row("c", 1, "KZT", "Кеңсе жиһазы")));
    EXPECT_TRUE(db().read([](storage::Snapshot& s) { return flagged_works(s, 10); }).empty());
    const auto report = screen_stored();
    EXPECT_EQ(report.processes, 3);
    EXPECT_EQ(report.flagged, 2);
    const auto works = db().read([](storage::Snapshot& s) { return flagged_works(s, 10); });
    ASSERT_EQ(works.size(), 1U);
    EXPECT_EQ(works[0].process.ocid, "b");
    EXPECT_EQ(works[0].process.work_kind, "road_section");
    EXPECT_EQ(works[0].process.buyer_name, "Қала басқармасы");
    EXPECT_EQ(works[0].process.supplier_name, "ЖШС «Жол»");
    ASSERT_EQ(works[0].why.size(), 1U);
    EXPECT_EQ(works[0].why[0].code, "R018");
    EXPECT_FALSE(works[0].why[0].in(i18n::Language::kk).empty());
    EXPECT_FALSE(works[0].why[0].answer.evidence.empty());
}

TEST_P(ProcurementBook, is_searched_by_folded_words_and_by_flag)
{
    ASSERT_TRUE(import(row("a", 3) + row("b", 1) + row("c", 1, "KZT", "Кеңсе жиһазы")));
    screen_stored();
    EXPECT_EQ(list({}).rows.size(), 3U);
    EXPECT_EQ(list({.words = "КОШЕ жол"}).rows.size(), 2U);
    EXPECT_EQ(list({.words = "жиһаз"}).rows.size(), 1U);
    EXPECT_EQ(list({.words = "100%_"}).rows.size(), 0U);
    EXPECT_EQ(list(Search{}.with(Facet::flag, "R018")).rows.size(), 2U);
    EXPECT_EQ(list(Search{}.with(Facet::flag, "R018").with(Facet::works, "any")).rows.size(), 1U);
    EXPECT_EQ(list(Search{}.with(Facet::flag, "any")).rows.size(), 2U);
}

TEST_P(ProcurementBook, is_paged_without_a_gap_or_a_repeat)
{
    std::string bytes;
    for (int i = 0; i < 23; ++i) bytes += row("p" + std::to_string(i), 1 + i % 3);
    ASSERT_TRUE(import(bytes));
    screen_stored();
    std::set<std::string> seen;
    Search search{.most = 5};
    int pages = 0;
    do {
        const auto page = list(search);
        for (const auto& one : page.rows) EXPECT_TRUE(seen.insert(one.ocid).second) << one.ocid;
        search.after = page.next;
        ++pages;
    } while (!search.after.empty());
    EXPECT_EQ(seen.size(), 23U);
    EXPECT_EQ(pages, 5);
    EXPECT_EQ(list({.after = "nonsense"}).rows.size(), 23U);
}

TEST_P(ProcurementBook, takes_the_real_sets)
{
    for (const char* path : {"data/procurement/synth_kz_dev.jsonl",
                             "data/procurement/india_hp_roads_a.jsonl"}) {
        const auto file = test::shared_path(path);
        if (!file) GTEST_SKIP() << test::kNoSharedData;
        const auto start = std::chrono::steady_clock::now();
        const auto seconds = [&] {
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        };
        const auto read = read_ocds_file(*file);
        ASSERT_TRUE(read);
        const double read_at = seconds();
        const auto imported =
            db().write([&](storage::Transaction& tx) { return import_ocds(tx, *read, kNow); });
        ASSERT_TRUE(imported);
        EXPECT_EQ(imported->added, read->used());
        const double imported_at = seconds();
        const auto report = screen_stored();
        EXPECT_GT(report.flagged, 0);
        std::cout << path << ": read " << read_at << " s, import " << imported_at - read_at
                  << " s, screen " << seconds() - imported_at << " s\n";
        for (const auto& flag : report.flags)
            std::cout << "  " << flag.code << " failed " << flag.failed << ", passed "
                      << flag.passed << ", not applicable " << flag.not_applicable << "\n";
    }
    const auto works = db().read([](storage::Snapshot& s) { return flagged_works(s, 500); });
    EXPECT_EQ(works.size(), 500U);
}

} // namespace
} // namespace adal::procurement
