#include "procurement/search_store.hpp"

#include "procurement/bid_chart.hpp"
#include "procurement/contract_version.hpp"
#include "procurement/import_job.hpp"
#include "procurement/network.hpp"
#include "procurement/ocds_reader.hpp"
#include "procurement/party_store.hpp"
#include "procurement/portal_link.hpp"
#include "support/support.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace adal::procurement {
namespace search_tests {

constexpr Instant kDay{1770000000000};

std::string line_of(int n, std::string_view title, std::string_view supplier, double price)
{
    const std::string number = std::to_string(n), sum = std::to_string(price);
    return R"({"ocid":"s-)" + number + R"(","buyer":{"id":"KZ-BIN-140243155807","name":"Алатау ауданының әкімдігі"},"tender":{"title":")" + std::string{title} +
           R"(","procurementMethod":"open","procurementMethodDetails":"Открытый конкурс","mainProcurementCategory":"works","status":"complete","numberOfTenderers":1,"value":{"amount":)" + sum +
           R"(,"currency":"KZT"}},"bids":{"details":[{"id":"1","status":"valid","tenderers":[{"id":")" + std::string{supplier} + R"(","name":"Firm )" + std::string{supplier} +
           R"("}]},{"id":"2","status":"disqualified","tenderers":[{"id":"KZ-BIN-150342480718","name":"Екінші"}]}]},"awards":[{"id":"a","status":"active","date":"2025-04-01T00:00:00Z","suppliers":[{"id":")" +
           std::string{supplier} + R"(","name":"Firm )" + std::string{supplier} + R"("}],"value":{"amount":)" + sum + R"(,"currency":"KZT"}}]})" + "\n";
}

class ProcurementSearch : public test::BothEngines
{
protected:
    void SetUp() override
    {
        BothEngines::SetUp();
        if (IsSkipped()) return;
        std::string bytes;
        for (int n = 1; n <= 30; ++n) bytes += line_of(n, n % 2 == 0 ? "Жолды жөндеу" : "Ремонт детской площадки", "KZ-BIN-21074035394" + std::to_string(n % 3), n * 1'000'000.0);
        bytes += line_of(31, "Кеңсе жиһазы", "KZ-IIN-900101300123", 500'000);
        bring(bytes);
    }
    void bring(const std::string& bytes)
    {
        const auto read = read_ocds(bytes, "set.jsonl");
        ASSERT_EQ(read.refused, 0);
        const auto done = db().write([&](storage::Transaction& tx) -> Result<Done> {
            if (const auto imported = import_ocds(tx, read, kDay); !imported) return pass(imported);
            screen_all(tx, kDay);
            return adal::done();
        });
        ASSERT_TRUE(done);
    }
    Found counts(const Search& search)
    {
        return db().read([&](storage::Snapshot& s) { return SearchStore{s}.counts(search); });
    }
    ListPage page(const Search& search)
    {
        return db().read([&](storage::Snapshot& s) { return SearchStore{s}.page(search); });
    }
    static std::int64_t count_of(const Found& found, Facet facet, std::string_view value)
    {
        for (const auto& one : found.of(facet))
            if (one.value == value) return one.count;
        return -1;
    }
};
ADAL_BOTH_ENGINES(ProcurementSearch);

TEST_P(ProcurementSearch, Counts_every_value_and_agrees_with_the_list)
{
    const auto all = counts({});
    EXPECT_EQ(all.total, 31);
    EXPECT_EQ(count_of(all, Facet::district, "751210000"), 31);
    EXPECT_EQ(count_of(all, Facet::method, "kz.open_tender"), 31);
    EXPECT_EQ(count_of(all, Facet::works, "road_section"), 15);
    EXPECT_EQ(count_of(all, Facet::band, "10m"), 9) << "1 to 9 million";
    EXPECT_EQ(count_of(all, Facet::year, "2025"), -1) << "nothing says the year before a signature";
    for (const auto facet : all_facets)
        for (const auto& one : all.of(facet)) {
            const auto search = Search{}.with(facet, one.value);
            EXPECT_EQ(counts(search).total, one.count) << name(facet) << " " << one.value;
            auto long_page = search;
            long_page.most = 100;
            EXPECT_EQ(std::ssize(page(long_page).rows), one.count) << name(facet) << " " << one.value;
        }
}

TEST_P(ProcurementSearch, A_chosen_facet_still_shows_what_the_others_would_find)
{
    const auto roads = counts(Search{}.with(Facet::works, "road_section"));
    EXPECT_EQ(roads.total, 15);
    EXPECT_EQ(count_of(roads, Facet::works, "playground"), 15);
    EXPECT_EQ(count_of(roads, Facet::band, "1m"), -1) << "no road under a million";
}

TEST_P(ProcurementSearch, Pages_follow_each_other_without_gaps_or_repeats)
{
    Search search{.most = 7};
    std::set<std::string> seen;
    for (int turn = 0; turn < 10; ++turn) {
        const auto found = page(search);
        for (const auto& row : found.rows) EXPECT_TRUE(seen.insert(row.ocid).second) << row.ocid;
        if (found.next.empty()) break;
        search.after = found.next;
    }
    EXPECT_EQ(seen.size(), 31U);
}

TEST_P(ProcurementSearch, Words_are_found_in_any_spelling_and_an_individual_by_none)
{
    EXPECT_EQ(counts({.words = "жолды"}).total, 15);
    EXPECT_EQ(counts({.words = "детск площадк"}).total, 15);
    EXPECT_EQ(counts({.words = "900101300123"}).total, 0);
    EXPECT_EQ(counts({.words = "%"}).total, counts({}).total) << "a sign is no word";
    EXPECT_EQ(counts({.words = "жол' or 1=1 --"}).total, 0);
}

TEST_P(ProcurementSearch, Hostile_values_find_nothing_and_break_nothing)
{
    for (const std::string value : {"' or '1'='1", "%", "_", "\\", "any any", "R018' --"}) {
        for (const auto facet : all_facets) EXPECT_EQ(counts(Search{}.with(facet, value)).total, 0) << name(facet) << " " << value;
    }
    for (const std::string after : {"x", "99999999999999999999.x", "-1.", "1", ".", "5.' or 1=1"}) EXPECT_LE(page({.after = after}).rows.size(), 25U);
}

TEST_P(ProcurementSearch, A_party_has_a_page_and_an_individual_has_none)
{
    const auto parties = db().read([&](storage::Snapshot& s) { return PartyStore{s}.list({}); });
    ASSERT_EQ(parties.rows.size(), 5U);
    EXPECT_EQ(parties.rows[0].bought, 31);
    for (const auto& party : parties.rows) EXPECT_EQ(party.identity.find("900101300123"), std::string::npos);
    const auto firm = *PartyId::parse(parties.rows[1].id);
    db().read([&](storage::Snapshot& s) {
        PartyStore store{s};
        EXPECT_EQ(store.by_method(firm, PartySide::supplier).at(0).count, 10);
        EXPECT_EQ(store.partners(firm, PartySide::supplier, 12).size(), 1U);
        const auto beside = store.co_bidders(firm, 12);
        EXPECT_EQ(beside.size(), 1U);
        EXPECT_EQ(beside.at(0).name, "Екінші");
        EXPECT_EQ(beside.at(0).count, 10);
        EXPECT_EQ(beside.at(0).won, 0);
        const auto buyer = *PartyId::parse(parties.rows[0].id);
        EXPECT_EQ(store.partners(buyer, PartySide::buyer, 12).size(), 3U) << "the individual is not among them";
        return 0;
    });
}

TEST_P(ProcurementSearch, The_same_again_keeps_the_id_of_a_party)
{
    const auto first = db().read([&](storage::Snapshot& s) { return PartyStore{s}.list({}); });
    bring(line_of(1, "Жолды жөндеу басқаша", "KZ-BIN-210740353941", 1'000'000));
    const auto second = db().read([&](storage::Snapshot& s) { return PartyStore{s}.list({}); });
    ASSERT_EQ(first.rows.size(), second.rows.size());
    EXPECT_EQ(first.rows[0].id, second.rows[0].id);
}

TEST_P(ProcurementSearch, An_export_is_given_in_pieces_that_make_the_whole)
{
    std::set<std::string> seen;
    Search search{.most = 10};
    do {
        search.after = db().read([&](storage::Snapshot& s) { return SearchStore{s}.each_export(search, [&](const ExportRow& row) { seen.insert(row.summary.ocid); }); });
    } while (!search.after.empty());
    EXPECT_EQ(seen.size(), 31U);
}

// --- imports ---------------------------------------------------------------------------------------------

std::string upload(const test::TempDir& folder, std::string_view bytes)
{
    const auto path = folder / "upload";
    test::write_file(path, bytes);
    return path;
}

TEST_P(ProcurementSearch, An_import_in_the_background_saves_and_screens)
{
    const test::TempDir folder;
    ImportDesk desk{db(), folder / "imports"};
    const auto id = desk.take(upload(folder, line_of(50, "Жаңа жол", "KZ-BIN-210740353941", 7'000'000)), "жаңа.jsonl", 10, PersonId::make(kDay), kDay);
    ASSERT_TRUE(id);
    EXPECT_TRUE(desk.run_next());
    EXPECT_FALSE(desk.run_next());
    const auto job = db().read([&](storage::Snapshot& s) { return ImportStore{s}.find(*id); });
    EXPECT_EQ(job->state, ImportState::done) << (job->problem ? job->problem->code->key : "");
    EXPECT_EQ(*int_at(json::value(job->report), "added"), 1);
    EXPECT_EQ(*int_at(json::value(job->report), "processes"), 32);
    EXPECT_EQ(counts({}).total, 32);
}

TEST_P(ProcurementSearch, A_refused_file_names_every_bad_row_and_keeps_nothing)
{
    const test::TempDir folder;
    ImportDesk desk{db(), folder / "imports"};
    const auto bytes = line_of(60, "Жақсы", "KZ-BIN-210740353941", 1) + "{\"ocid\":5}\nno json\n";
    const auto id = desk.take(upload(folder, bytes), "bad.jsonl", bytes.size(), PersonId::make(kDay), kDay);
    ASSERT_TRUE(id);
    desk.run_next();
    db().read([&](storage::Snapshot& s) {
        ImportStore store{s};
        const auto job = store.find(*id);
        EXPECT_EQ(job->state, ImportState::refused);
        EXPECT_EQ(job->problem->code->key, import_refused.key);
        EXPECT_EQ(job->problem->params.at("refused"), "2");
        EXPECT_EQ(job->problem->params.at("file"), "bad.jsonl") << "as its owner calls it, not where we keep it";
        const auto rows = store.rows(*id, 0, 1);
        EXPECT_EQ(rows.rows.size(), 1U);
        EXPECT_EQ(rows.rows.at(0).line, 2);
        EXPECT_EQ(store.rows(*id, rows.next, 10).rows.at(0).line, 3);
        return 0;
    });
    EXPECT_EQ(counts({}).total, 31);
}

TEST_P(ProcurementSearch, An_import_that_was_cut_off_is_begun_again_and_given_up_after_three_times)
{
    const test::TempDir folder;
    const auto bytes = line_of(70, "Жол", "KZ-BIN-210740353941", 1);
    std::optional<ImportId> id;
    {
        ImportDesk killed{db(), folder / "imports"};
        id = *killed.take(upload(folder, bytes), "a.jsonl", bytes.size(), PersonId::make(kDay), kDay);
        auto job = *db().read([&](storage::Snapshot& s) { return ImportStore{s}.find(*id); });
        job.state = ImportState::saving; // where it was when the power went
        job.attempts = 1;
        ASSERT_TRUE(db().write([&](storage::Transaction& tx) -> Result<Done> {
            ImportWriter{tx}.save(job, kDay);
            return done();
        }));
    }
    ImportDesk desk{db(), folder / "imports"};
    EXPECT_TRUE(desk.run_next());
    EXPECT_EQ(db().read([&](storage::Snapshot& s) { return ImportStore{s}.find(*id); })->state, ImportState::done);

    const auto other = *desk.take(upload(folder, bytes), "b.jsonl", bytes.size(), PersonId::make(kDay), kDay);
    auto job = *db().read([&](storage::Snapshot& s) { return ImportStore{s}.find(other); });
    job.attempts = 3;
    ASSERT_TRUE(db().write([&](storage::Transaction& tx) -> Result<Done> {
        ImportWriter{tx}.save(job, kDay);
        return done();
    }));
    EXPECT_TRUE(desk.run_next());
    const auto given_up = *db().read([&](storage::Snapshot& s) { return ImportStore{s}.find(other); });
    EXPECT_EQ(given_up.state, ImportState::failed);
    EXPECT_EQ(given_up.problem->code->key, import_interrupted.key);
}

// --- rules ------------------------------------------------------------------------------------------------

TEST(Chart, Shows_winner_losers_and_those_out_beside_the_estimate)
{
    const auto read = read_ocds(R"({"ocid":"c","tender":{"title":"x","value":{"amount":100,"currency":"KZT"}},"bids":{"details":[)"
                                R"({"id":"1","status":"valid","tenderers":[{"id":"a"}],"value":{"amount":90,"currency":"KZT"}},)"
                                R"({"id":"2","status":"disqualified","tenderers":[{"id":"b"}],"value":{"amount":80,"currency":"KZT"}},)"
                                R"({"id":"3","status":"valid","tenderers":[{"id":"d"}],"value":{"amount":5,"currency":"USD"}}]},"awards":[{"id":"w","status":"active","suppliers":[{"id":"a"}]}]})",
                                "f");
    const auto charts = bid_charts(read.processes.at(0), Thresholds::standard());
    ASSERT_EQ(charts.size(), 1U);
    const auto& bids = charts[0].bids;
    ASSERT_EQ(bids.size(), 3U);
    EXPECT_EQ(charts[0].most, 10000);
    EXPECT_EQ(bids[0].bid->id, "3");
    EXPECT_FALSE(bids[0].share) << "dollars are not a share of tenge";
    EXPECT_EQ(bids[1].standing, BidStanding::out);
    EXPECT_EQ(bids[2].standing, BidStanding::won);
    EXPECT_DOUBLE_EQ(*bids[2].share, 0.9);
}

TEST(Contract_versions, Grow_from_the_first_sum)
{
    Contract contract{.value = CurrencyAmount{1500, "KZT"}, .initial_value = CurrencyAmount{1000, "KZT"},
                      .amendments = {{.value = CurrencyAmount{1200, "KZT"}}, {.description = "no sum"}}};
    const auto versions = versions_of(contract);
    ASSERT_EQ(versions.size(), 4U);
    EXPECT_DOUBLE_EQ(*versions[1].growth, 0.2);
    EXPECT_FALSE(versions[2].growth);
    EXPECT_EQ(versions[3].kind, ContractVersion::Kind::now);
    EXPECT_DOUBLE_EQ(*versions[3].growth, 0.5);
    contract = {.value = CurrencyAmount{1000, "KZT"}};
    EXPECT_EQ(versions_of(contract).size(), 1U);
}

TEST(Network, Stays_inside_its_frame_and_is_the_same_every_time)
{
    const std::vector<std::int64_t> weights{40, 30, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    const auto plan = plan_network(weights);
    ASSERT_EQ(plan.neighbours.size(), kMostNeighbours);
    for (const auto& point : plan.neighbours) {
        EXPECT_GE(point.x, 20);
        EXPECT_LE(point.x, plan.width - 20);
        EXPECT_GE(point.y, 20);
        EXPECT_LE(point.y, plan.height - 20);
    }
    EXPECT_EQ(plan.neighbours[3].x, plan_network(weights).neighbours[3].x);
    EXPECT_LT(tie_width(1, 40), tie_width(40, 40));
    EXPECT_TRUE(plan_network({}).neighbours.empty());
}

TEST(Portal, Only_digits_go_into_its_address)
{
    EXPECT_EQ(portal_address("ocds-kzadal-17379679"), "https://goszakup.gov.kz/ru/announce/index/17379679?tab=lots");
    EXPECT_EQ(portal_address("ocds-kzadal-17379679-2"), "https://goszakup.gov.kz/ru/announce/index/17379679?tab=lots");
    EXPECT_EQ(portal_address("ocds-kzadal-c-1/2"), "");
    EXPECT_EQ(portal_address("ocds-kzadal-1?x=javascript"), "");
    EXPECT_EQ(portal_address("ocds-adaldm-26000001"), "") << "an invented purchase is on no portal";
}

} // namespace search_tests
} // namespace adal::procurement
