// The tables and the import read the same release into the same process.
#include "procurement/facts_process.hpp"
#include "procurement/facts_read.hpp"

#include "support/support.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace adal::procurement::columns {
namespace {

// What only one of the two keeps: the hash of the bytes, roles outside the four, their order.
std::string comparable(Process process)
{
    process.content_hash.clear();
    for (auto& party : process.parties) party.roles.clear();
    return to_text(json::value{to_json(process)});
}

void expect_same(const std::string& path, std::size_t at_least)
{
    const auto slow = read_ocds_file(path);
    const auto fast = read_facts({path}, {.depth = Depth::full, .threads = 2});
    ASSERT_TRUE(slow && fast) << path;
    std::map<std::string, const Process*> expected;
    for (const auto& process : slow->processes) expected[process.ocid] = &process;
    std::size_t same = 0;
    for (std::size_t i = 0; i < fast->facts.processes.size(); ++i) {
        const auto process = process_of(fast->facts, i);
        const auto found = expected.find(process.ocid);
        if (found == expected.end()) continue; // refused there: a sum that is no number
        const auto got = comparable(process), wanted = comparable(*found->second);
        const auto at = static_cast<std::size_t>(std::ranges::mismatch(got, wanted).in1 - got.begin());
        ASSERT_EQ(got == wanted, true) << path << " " << process.ocid << "\n  tables: …" << got.substr(at < 80 ? 0 : at - 80, 160)
                                       << "\n  import: …" << wanted.substr(at < 80 ? 0 : at - 80, 160);
        ++same;
    }
    EXPECT_GE(same, at_least) << path;
}

TEST(FactsProcess, Everything_that_a_release_can_say_comes_through)
{
    test::TempDir folder;
    test::write_file(folder / "all.jsonl", R"({"ocid":"a-1","id":"r","date":"2026-01-02","buyer":{"id":"B","name":" Buyer\n"},"parties":[{"id":"B","name":"B name","identifier":{"scheme":"KZ-BIN","id":"050340004567"},"roles":["buyer"],"x_kopf":"ГУ","address":{"streetAddress":"Абай 5","locality":"Алматы","region":"750000000"},"contactPoint":{"telephone":"+7 727 1112233","email":"A@b.kz","name":"Н"},"x_iik":"KZ1","x_head":"Г"},{"id":7,"name":"S"}],"planning":{"budget":{"id":"159","amount":{"amount":10.05,"currency":"KZT"}},"x_versions":[{"id":1,"method":"3","price":5,"amount":"6.5","date":"2026-01-01 10:00:00"}]},"tender":{"title":"T","description":"D","status":"active","value":{"amount":1e6,"currency":"KZT"},"procurementMethod":"open","procurementMethodDetails":"m","procurementMethodRationale":"r","mainProcurementCategory":"works","numberOfTenderers":2,"procuringEntity":{"id":"E","name":"En"},"tenderPeriod":{"startDate":"2026-01-05T00:00:00Z","endDate":"2026-01-09"},"enquiryPeriod":{"startDate":"2026-01-05","endDate":"2026-01-06"},"awardPeriod":{"endDate":"2026-01-10"},"datePublished":"2026-01-04","x_finYear":[2026],"lots":[{"id":"L","title":"t","description":"d","status":"active","value":{"amount":3},"x_lotNumber":"83-ОИ4","x_attempt":4,"x_planRoot":"83","x_kato":"751"}],"items":[{"id":"1","description":"i","classification":{"scheme":"ENSTRU","id":"421120.100.000000"},"quantity":2.5,"unit":{"name":"шт","value":{"amount":7,"currency":"KZT"}},"relatedLot":"L"}]},"bids":{"details":[{"id":"b","status":"odd","date":"2026-01-08","tenderers":[{"id":"S","name":"S name"},{"name":"no id"}],"value":{"amount":"9.5","currency":"KZT"},"relatedLots":["L"],"items":[{"id":"x"}],"x_author":"h1","x_editor":"h2","x_account":"h3","x_rejectReason":"why"}]},"awards":[{"id":"w","status":"active","date":"2026-01-11","suppliers":[{"id":"S","name":"S name"}],"value":{"amount":9.5,"currency":"KZT"},"relatedLots":["L"],"items":[]}],"contracts":[{"id":"c","awardID":"w","status":"active","dateSigned":"2026-01-12","period":{"startDate":"2026-01-12","endDate":"2026-12-31"},"warrantyPeriod":{"endDate":"2029-12-31"},"value":{"amount":9.5,"currency":"KZT"},"x_initialValue":{"amount":8,"currency":"KZT"},"suppliers":[{"id":"S","name":"S"}],"items":[],"x_justification":"j","amendments":[{"id":"1","date":"2026-02-01","description":"d","rationale":"r","x_value":{"amount":9},"x_items":[{"id":"x","unit":{"value":{"amount":2}}}]}],"implementation":{"transactions":[{"id":"p","date":"2026-03-01","value":{"amount":1}}]},"x_acts":[{"id":"a","approveDate":"2026-04-01","revokeDate":"2026-04-02","value":{"amount":1}}]}]})");
    expect_same(folder / "all.jsonl", 1);
}

TEST(FactsProcess, Real_releases_read_the_same_both_ways)
{
    for (const auto* name : {"synth_kz_dev", "india_hp_roads_a", "moldova", "colombia", "paraguay",
                             "uk_contracts_finder", "canada_montreal"}) {
        const auto path = test::shared_path("data/procurement/" + std::string{name} + ".jsonl");
        if (!path) GTEST_SKIP() << test::kNoSharedData;
        expect_same(*path, 1);
    }
}

} // namespace
} // namespace adal::procurement::columns
