#include "procurement/goszakup/goszakup.hpp"

#include "procurement/goszakup/goszakup_import.hpp"
#include "procurement/goszakup/identifier.hpp"
#include "procurement/procurement_store.hpp"

#include "support/support.hpp"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace adal::procurement::goszakup {
namespace {

const PersonKey kKey{sha256("a key of tests")};

constexpr const char* kAnnouncement = R"({"data":{"TrdBuy":[{"id":17000001,"numberAnno":"17000001-1",
"nameRu":"&quot;Кресла&quot;","nameKz":"Креслолар","totalSum":102000.5,"refTradeMethodsId":3,"refSubjectTypeId":1,
"orgBin":"970140002674","orgNameRu":"ГУ &quot;Школа&quot;","refBuyStatusId":350,
"startDate":"2026-02-02 09:00:00","endDate":"2026-02-06 09:00:00","publishDate":"2026-02-01 10:00:00",
"itogiDatePublic":"2026-02-10 10:00:00","lastUpdateDate":"2026-02-11 10:00:00","finYear":[2026],"kato":["751110000"],
"Lots":[{"id":42000001,"lotNumber":"87263148-ЗЦП2","nameRu":"Кресло","descriptionRu":"офисное","amount":102000.5,"count":6,
"customerBin":"970140002674","customerNameRu":"ГУ \"Школа\"","refLotStatusId":360,"plnPointKatoList":["751110000"],
"Plans":[{"RefEnstru":{"code":"310011.500.000005","nameRu":"Кресло"}}]}]}]},
"extensions":{"pageInfo":{"hasNextPage":false,"lastId":17000001}}})";

constexpr const char* kBids = R"({"data":{"TrdApp":[
{"id":1,"buyId":17000001,"supplierBinIin":"800101376284","crFio":"Иванов Иван","modFio":"Иванов Иван","dateApply":"2026-02-05 10:00:00",
 "Supplier":{"bin":"","nameRu":"ИП Иванов Иван"},"AppLots":[{"id":11,"lotId":42000001,"price":15000,"amount":90000,"RefAppStatus":{"nameRu":"Победитель"}}]},
{"id":2,"buyId":17000001,"supplierBinIin":"240240016507","crFio":"ИВАНОВ ИВАН","dateApply":"2026-02-05 11:00:00",
 "Supplier":{"bin":"240240016507","nameRu":"ТОО Жол"},"AppLots":[{"id":12,"lotId":42000001,"price":16000,"amount":96000,"RefAppStatus":{"nameRu":"Отклонено"}}]}]}})";

constexpr const char* kContracts = R"({"items":[
{"id":25000001,"trd_buy_id":17000001,"contract_number_sys":"970140002674/260023/00","ref_contract_status_id":455,"supplier_biin":"800101376284",
 "supplier_fio":"Иванов Иван","supplier_iik":"KZ00 TEST","contract_sum":90000,"sign_date":"2026-02-12 10:00:00","ec_end_date":"2026-12-31",
 "contract_units":[{"id":1,"lot_id":42000001,"item_price":15000,"quantity":6,"total_sum":90000}]},
{"id":25000002,"trd_buy_id":17000001,"contract_number_sys":"970140002674/260023/01","ref_contract_status_id":190,"supplier_biin":"800101376284",
 "contract_sum":99000,"sign_date":"2026-03-12 10:00:00","contract_units":[{"id":2,"lot_id":42000001,"item_price":16500,"quantity":6,"total_sum":99000}]}],
"total":2,"limit":200,"next_page":""})";

constexpr const char* kLife =
    R"({"root":"Acts","items":[{"id":5,"contract_id":25000002,"approve_date":"2026-04-01 10:00:00"}]})"
    "\n"
    R"({"root":"TreasuryPay","items":[{"id":6,"contract_id":25000002,"pay_date":"2026-04-05","pay_amount":99000}]})";

constexpr const char* kPlans = R"({"data":{"Plans":[
{"id":100,"rootrecordId":87263148,"refEnstruCode":"310011.500.000005","nameRu":"Кресло","price":14000,"amount":84000,"count":6,"refTradeMethodsId":3,
 "dateCreate":"2026-01-01 10:00:00","RefUnits":{"nameRu":"Штука"},"PlanActs":{"dateApproved":"2026-01-02 10:00:00"}},
{"id":101,"rootrecordId":87263148,"refEnstruCode":"310011.500.000005","nameRu":"Кресло","price":17000,"amount":102000,"count":6,"refTradeMethodsId":3,
 "dateCreate":"2026-01-20 10:00:00","RefUnits":{"nameRu":"Штука"},"PlanActs":{"dateApproved":"2026-01-21 10:00:00"}}]}})";

Mapped map(std::vector<std::string> payloads)
{
    std::vector<Source> sources;
    for (auto& bytes : payloads) sources.push_back({std::move(bytes), "file" + std::to_string(sources.size() + 1)});
    return map_payloads(std::move(sources), kKey);
}

Mapped whole()
{
    return map({kAnnouncement, kBids, kContracts, kLife, kPlans});
}

bool has_note(const Mapped& mapped, RowVerdict verdict, std::string_view reason)
{
    return std::ranges::any_of(mapped.read.notes, [&](const RowNote& n) { return n.verdict == verdict && n.reason == reason; });
}

TEST(Goszakup, Payloads_of_several_files_join_to_one_purchase)
{
    const auto mapped = whole();
    EXPECT_EQ(mapped.read.refused, 0);
    ASSERT_EQ(mapped.read.processes.size(), 1U) << mapped.lines;
    const auto& process = mapped.read.processes.front();
    EXPECT_EQ(process.ocid, "ocds-kzadal-17000001");
    EXPECT_EQ(process.title, "\"Кресла\"");
    EXPECT_EQ(process.status, "complete");
    EXPECT_EQ(process.method, "open");
    EXPECT_EQ(process.method_details, "Запрос ценовых предложений");
    EXPECT_EQ(process.category, "goods");
    EXPECT_EQ(process.buyer.id, "KZ-BIN-970140002674");
    EXPECT_EQ(process.buyer.name, "ГУ \"Школа\"");
    EXPECT_EQ(process.estimate->hundredths, 10'200'050);
    EXPECT_EQ(iso(process.tender_period.end->at), "2026-02-06T04:00:00.000Z");
    EXPECT_EQ(process.tender_period.end->precision, Precision::exact);
    EXPECT_EQ(process.tenderers, 2);
    EXPECT_EQ(process.classifications, std::vector<std::string>{"KZ-ENSTRU:310011.500.000005"});
    ASSERT_EQ(process.lots.size(), 1U);
    EXPECT_EQ(process.lots[0].attempt, 2);
    EXPECT_EQ(process.lots[0].plan_root, "87263148");
    EXPECT_EQ(process.lots[0].kato, "751110000");
    ASSERT_EQ(process.plan_versions.size(), 2U);
    EXPECT_EQ(process.plan_versions[1].price, 1'700'000);
    EXPECT_EQ(process.budget->hundredths, 10'200'000);
}

TEST(Goszakup, Versions_of_a_contract_are_its_amendments)
{
    const auto mapped = whole();
    const auto& process = mapped.read.processes.at(0);
    ASSERT_EQ(process.contracts.size(), 1U);
    const auto& contract = process.contracts[0];
    EXPECT_EQ(contract.id, "970140002674/260023");
    EXPECT_EQ(contract.value->hundredths, 9'900'000);
    EXPECT_EQ(contract.initial_value->hundredths, 9'000'000);
    EXPECT_EQ(iso(contract.signed_at->at), "2026-02-12T05:00:00.000Z");
    ASSERT_EQ(contract.amendments.size(), 1U);
    EXPECT_EQ(contract.amendments[0].value->hundredths, 9'900'000);
    EXPECT_EQ(contract.amendments[0].items.at(0).unit_value->hundredths, 1'650'000);
    ASSERT_EQ(process.awards.size(), 1U);
    EXPECT_EQ(contract.award_id, process.awards[0].id);
    EXPECT_EQ(process.awards[0].items.at(0).unit_value->hundredths, 1'500'000);
    EXPECT_EQ(process.awards[0].items.at(0).id, contract.amendments[0].items[0].id);
    ASSERT_EQ(contract.acts.size(), 1U);
    ASSERT_EQ(contract.payments.size(), 1U);
    EXPECT_EQ(contract.payments[0].value->hundredths, 9'900'000);
}

TEST(Goszakup, A_raised_unit_price_and_a_raised_plan_are_seen_by_the_flags)
{
    const auto mapped = whole();
    const auto screened = screen(mapped.read.processes, Thresholds::standard());
    ASSERT_EQ(screened.size(), 1U);
    const auto outcome = [&](std::string_view code) {
        for (const auto& [name, answer] : screened[0].answers)
            if (name == code) return answer.outcome;
        return Outcome::not_applicable;
    };
    EXPECT_EQ(outcome("KZ06"), Outcome::fail);
    EXPECT_EQ(outcome("KZ22"), Outcome::fail);
}

TEST(Goszakup, Bidders_keep_status_and_who_filed_it_as_a_mark)
{
    const auto mapped = whole();
    const auto& bids = mapped.read.processes.at(0).bids;
    ASSERT_EQ(bids.size(), 2U);
    EXPECT_EQ(bids[0].status, "valid");
    EXPECT_EQ(bids[1].status, "disqualified");
    EXPECT_NE(bids[0].author, 0U);
    EXPECT_EQ(bids[0].author, bids[1].author);
    EXPECT_EQ(bids[0].tenderers.at(0).name, "ЖК/ИП");
    EXPECT_EQ(bids[1].tenderers.at(0).id, "KZ-BIN-240240016507");
}

TEST(Goszakup, No_number_name_or_account_of_a_person_leaves_the_mapping)
{
    const auto mapped = whole();
    for (const char* secret : {"800101376284", "Иванов", "ИВАНОВ", "KZ00 TEST"})
        EXPECT_EQ(mapped.lines.find(secret), std::string::npos) << secret;
    const auto screened = screen(mapped.read.processes, Thresholds::standard());
    const auto report = screen_report(mapped.read.processes, screened, ReportFormat::json, i18n::Language::ru);
    EXPECT_EQ(report.find("800101376284"), std::string::npos);
    EXPECT_EQ(report.find("ванов"), std::string::npos);
}

TEST(Goszakup, The_export_reads_back_as_the_same_processes)
{
    const auto mapped = whole();
    const auto back = read_ocds(mapped.lines, "export.jsonl");
    EXPECT_EQ(back.refused + back.noted + back.skipped, 0);
    ASSERT_EQ(back.processes.size(), mapped.read.processes.size());
    for (std::size_t i = 0; i < back.processes.size(); ++i)
        EXPECT_EQ(to_text(to_json(back.processes[i])), to_text(to_json(mapped.read.processes[i])));
}

TEST(Goszakup, Order_and_repetition_of_files_change_nothing)
{
    const auto once = whole();
    EXPECT_EQ(map({kPlans, kLife, kContracts, kBids, kAnnouncement}).lines, once.lines);
    EXPECT_EQ(map({kAnnouncement, kAnnouncement, kBids, kContracts, kBids, kLife, kPlans, kContracts}).lines, once.lines);
}

TEST(Goszakup, Each_customer_has_a_release_of_its_own)
{
    const std::string shared = R"({"data":{"TrdBuy":[{"id":5,"orgBin":"970140002674","totalSum":300,"Lots":[
{"id":51,"lotNumber":"1-ОК1","amount":100,"customerBin":"970140002674"},{"id":52,"lotNumber":"2-ОК1","amount":200,"customerBin":"240240016507"}]}]}})";
    const auto mapped = map({shared});
    ASSERT_EQ(mapped.read.processes.size(), 2U);
    EXPECT_EQ(mapped.read.processes[0].ocid, "ocds-kzadal-5");
    EXPECT_EQ(mapped.read.processes[0].estimate->hundredths, 10'000);
    EXPECT_EQ(mapped.read.processes[1].ocid, "ocds-kzadal-5-240240016507");
    EXPECT_EQ(mapped.read.processes[1].estimate->hundredths, 20'000);
}

TEST(Goszakup, A_direct_contract_is_a_purchase_of_its_own)
{
    const auto mapped = map({R"({"items":[{"id":1,"trd_buy_id":0,"contract_number_sys":"001040002068/260063/00","ref_contract_status_id":190,"supplier_biin":"240240016507","supplier_fio":"Петров П.","contract_sum":100,"contract_units":[]}]})"});
    ASSERT_EQ(mapped.read.processes.size(), 1U);
    EXPECT_EQ(mapped.read.processes[0].ocid, "ocds-kzadal-c-001040002068-260063");
    EXPECT_EQ(mapped.read.processes[0].method, "direct");
    EXPECT_EQ(mapped.read.processes[0].buyer.id, "KZ-BIN-001040002068");
    EXPECT_EQ(mapped.lines.find("Петров"), std::string::npos); // who signed for a firm is a person, too
}

struct BadPayload {
    const char* name;
    const char* bytes;
    std::int64_t line;
    const char* field;
    const char* reason;
};

class BadPayloads : public ::testing::TestWithParam<BadPayload> {};

TEST_P(BadPayloads, Name_file_line_field_and_reason)
{
    const auto& bad = GetParam();
    const auto mapped = map({kAnnouncement, bad.bytes});
    ASSERT_EQ(mapped.read.refused, 1);
    const auto note = std::ranges::find(mapped.read.notes, RowVerdict::refused, &RowNote::verdict);
    ASSERT_NE(note, mapped.read.notes.end());
    EXPECT_EQ(note->file, "file2");
    EXPECT_EQ(note->line, bad.line);
    EXPECT_EQ(note->field, bad.field);
    EXPECT_EQ(note->reason, bad.reason);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadPayloads,
    ::testing::Values(
        BadPayload{"empty", "", 1, "", "empty"},
        BadPayload{"words", "hello", 1, "", "syntax"},
        BadPayload{"cut", R"({"data":{"Lots":[{"id":1,"lotNum)", 1, "", "incomplete"},
        BadPayload{"second_line", "{\"data\":{\"Lots\":[]}}\n{\"data\":{\"Lots\":[{\"lotNumber\":\"1-ОК1\"}]}}", 2, "/data/Lots/0/id", "missing"},
        BadPayload{"sum", R"({"data":{"Lots":[{"id":1,"trdBuyId":2,"amount":"much"}]}})", 1, "/data/Lots/0/amount", "not_a_number"},
        BadPayload{"nested_sum", R"({"data":{"TrdBuy":[{"id":1,"Lots":[{"id":2,"amount":{}}]}]}})", 1, "/data/TrdBuy/0/Lots/0/amount", "wrong_type"},
        BadPayload{"huge_sum", R"({"data":{"Lots":[{"id":1,"amount":99999999999999}]}})", 1, "/data/Lots/0/amount", "out_of_range"},
        BadPayload{"not_an_object", R"({"data":{"Lots":[7]}})", 1, "/data/Lots/0", "not_an_object"},
        BadPayload{"contract_without_number", R"({"data":{"Contract":[{"id":1}]}})", 1, "/data/Contract/0/contractNumberSys", "missing"},
        BadPayload{"error_of_the_portal", R"({"errors":[{"message":"x"}],"data":null})", 1, "/errors", "portal_error"}),
    [](const auto& one) { return std::string{one.param.name}; });

TEST(Goszakup, What_is_strange_or_finds_no_purchase_is_named)
{
    EXPECT_TRUE(has_note(map({R"({"data":{"Lots":[{"id":1,"trdBuyId":2,"lotNumber":"1-ОК1","customerBin":"970140002675"}]}})"}), RowVerdict::noted, "bad_check_digit"));
    EXPECT_TRUE(has_note(map({R"({"data":{"Lots":[{"id":1,"trdBuyId":2,"refLotStatusId":9999}]}})"}), RowVerdict::noted, "unknown_code"));
    EXPECT_TRUE(has_note(map({R"({"data":{"Lots":[{"id":1}]}})"}), RowVerdict::skipped, "announcement_unknown"));
    EXPECT_TRUE(has_note(map({kBids}), RowVerdict::skipped, "lot_unknown"));
    EXPECT_TRUE(has_note(map({kPlans}), RowVerdict::skipped, "plan_without_purchase"));
    EXPECT_TRUE(has_note(map({kLife}), RowVerdict::skipped, "contract_unknown"));
    EXPECT_TRUE(has_note(map({R"({"data":{"News":[{"id":1}]}})"}), RowVerdict::skipped, "unknown_type"));
    EXPECT_TRUE(has_note(map({R"({"data":{"Lots":[{"id":1,"trdBuyId":2,"TrdBuy":{"publishDate":"soon"}}]}})"}), RowVerdict::noted, "not_a_date"));
}

TEST(Goszakup, Entries_of_the_register_compare_with_parties)
{
    const auto mapped = map({R"({"items":[{"id":1,"supplier_biin":"240940016760","supplier_name_ru":"ТОО","supplier_innunp":null,"supplier_head_biin":"800101376284","start_date":"2026-01-01"},
{"id":2,"supplier_biin":"800101376284","supplier_name_ru":"ИП Иванов","supplier_innunp":null}],"next_page":""})"});
    ASSERT_EQ(mapped.register_entries.size(), 2U);
    EXPECT_EQ(mapped.register_entries[0].supplier, register_key("KZ-BIN-240940016760"));
    EXPECT_EQ(mapped.register_entries[0].head, register_key(contact_hash(kKey.mark("number", "800101376284"))));
    EXPECT_EQ(mapped.register_entries[1].supplier, register_key(whole().read.processes.at(0).bids.at(0).tenderers.at(0).id));
    EXPECT_EQ(mapped.register_entries[1].name, "");
}

class GoszakupImport : public test::BothEngines {
protected:
    Result<Imported> import(const Mapped& mapped)
    {
        return db().write([&](storage::Transaction& tx) { return import_mapped(tx, mapped, Instant{1}); });
    }
};
ADAL_BOTH_ENGINES(GoszakupImport);

TEST_P(GoszakupImport, The_same_again_changes_nothing_and_nothing_is_half_imported)
{
    const auto first = import(whole());
    ASSERT_TRUE(first) << first.error().code->key;
    EXPECT_EQ(first->purchases.added, 1);
    const auto again = import(whole());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->purchases.unchanged, 1);
    EXPECT_EQ(again->purchases.changed, 0);
    const auto refused = import(map({R"({"data":{"Lots":[{"id":9,"trdBuyId":99}]}})", R"({"data":{"Lots":[{"id":1,"amount":"x"}]}})"}));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(import_refused));
    EXPECT_EQ(refused.error().params.at("file"), "file2");
    EXPECT_EQ(db().read([](storage::Snapshot& snapshot) { return totals(snapshot).processes; }), 1);
}

TEST_P(GoszakupImport, Files_that_hold_less_than_is_stored_are_refused)
{
    ASSERT_TRUE(import(whole()));
    const auto less = import(map({kAnnouncement, kContracts}));
    ASSERT_FALSE(less);
    EXPECT_TRUE(less.error().is(facts_would_be_lost));
    EXPECT_EQ(less.error().params.at("ocid"), "ocds-kzadal-17000001");
    EXPECT_EQ(less.error().params.at("part"), "TrdApp");
    const auto replaced = db().write([&](storage::Transaction& tx) { return import_mapped(tx, map({kAnnouncement, kContracts}), Instant{2}, Less::replace); });
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->purchases.changed, 1);
}

TEST_P(GoszakupImport, No_number_of_a_person_is_in_the_tables)
{
    ASSERT_TRUE(import(whole()));
    const auto stored = db().read([](storage::Snapshot& snapshot) { return ProcurementStore{snapshot}.all_facts(); });
    ASSERT_EQ(stored.size(), 1U);
    const auto text = to_text(to_json(stored[0].second));
    EXPECT_EQ(text.find("800101376284"), std::string::npos);
    EXPECT_EQ(text.find("ванов"), std::string::npos);
}

// Answers of the portal as captured in 2026 (persons made unrecognisable there).
TEST(GoszakupReal, Captured_answers_join_and_are_screened)
{
    const auto folder = test::shared_path("data/procurement/goszakup");
    if (!folder) GTEST_SKIP() << test::kNoSharedData;
    std::vector<std::string> files;
    for (const char* name : {"trd_buy", "lots", "plans", "trd_app", "contract", "rnu"}) files.push_back(*folder + "/" + name + ".json");
    auto sources = read_sources(files);
    ASSERT_TRUE(sources);
    std::string all;
    for (const auto& source : *sources) all += source.bytes;
    const auto mapped = map_payloads(std::move(*sources), kKey);
    EXPECT_EQ(mapped.read.refused, 0);
    EXPECT_EQ(mapped.read.rows, 3 + 5 + 2 + 4 + 6 + 1);
    EXPECT_EQ(mapped.read.processes.size(), 3U + 5U + 6U);
    EXPECT_EQ(mapped.register_entries.size(), 1U);
    int persons = 0;
    for (std::size_t at = 0; at + 12 <= all.size(); ++at) {
        const auto number = all.substr(at, 12);
        const bool of_person = std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }) && number[4] <= '3';
        if (!of_person || !judge_identifier(number).is_sound) continue;
        ++persons;
        EXPECT_EQ(mapped.lines.find(number), std::string::npos) << number;
    }
    EXPECT_GE(persons, 9);
    const auto screened = screen(mapped.read.processes, Thresholds::standard());
    EXPECT_EQ(screened.size(), 14U);
    const auto single = std::ranges::find(mapped.read.processes, "ocds-kzadal-17379709", &Process::ocid);
    ASSERT_NE(single, mapped.read.processes.end());
    EXPECT_EQ(single->method, "limited"); // by the sign ОИ: planned as a price quotation, bought from one source
    EXPECT_EQ(single->lots.at(0).attempt, 4);
}

} // namespace
} // namespace adal::procurement::goszakup
