#include "procurement/party.hpp"

#include "procurement/export.hpp"
#include "procurement/ocds_reader.hpp"
#include "procurement/ocds_writer.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

TEST(Person, Is_told_from_a_firm_by_the_form_of_the_number)
{
    EXPECT_TRUE(is_person_id("KZ-IIN-900101300123"));
    EXPECT_TRUE(is_person_id("900101300123")) << "a date of birth and the digit of the century";
    EXPECT_TRUE(is_person_id("KZ-BIN-900101300123")) << "a wrong scheme does not make a person a firm";
    EXPECT_FALSE(is_person_id("KZ-BIN-140243155807")) << "4 in the place of the day's first digit";
    EXPECT_FALSE(is_person_id("KZ-BIN-140643155807"));
    EXPECT_FALSE(is_person_id("1900101300123")) << "thirteen digits";
    EXPECT_FALSE(is_person_id("PWD_2000"));
}

Process process_with_person()
{
    auto read = read_ocds(R"({"ocid":"o-1","id":"r","date":"2025-01-02T00:00:00Z","tender":{"title":"Жол жөндеу, Иванов И.И.","value":{"amount":100.5,"currency":"KZT"}},)"
                          R"("parties":[{"id":"p7","name":"ИП Сериков","identifier":{"scheme":"KZ-IIN","id":"850505400123"},"contactPoint":{"telephone":"87770000000"}}],)"
                          R"("bids":{"details":[{"id":"1","tenderers":[{"id":"KZ-IIN-900101300123","name":"Иванов И.И."}],"value":{"amount":90,"currency":"KZT"}},)"
                          R"({"id":"2","tenderers":[{"id":"p7","name":"ИП Сериков"}],"value":{"amount":95,"currency":"KZT"}}]},)"
                          R"("awards":[{"id":"a","status":"active","suppliers":[{"id":"KZ-IIN-900101300123","name":"Иванов И.И."}]}]})",
                          "f");
    return read.processes.at(0);
}

TEST(Person, Is_left_out_of_what_is_shown)
{
    const auto process = process_with_person();
    const Shown shown{process};
    EXPECT_EQ(shown->bids[0].tenderers[0].name, "");
    EXPECT_EQ(shown->bids[0].tenderers[0].id, kPersonMark);
    EXPECT_EQ(shown->bids[1].tenderers[0].name, "") << "the scheme stands in the description of the party";
    EXPECT_EQ(shown->title.find("Иванов"), std::string::npos);
    EXPECT_EQ(process.bids[0].tenderers[0].name, "Иванов И.И.") << "the facts stay as they are";
}

TEST(Person, Is_left_out_of_an_answer)
{
    Answer answer{.outcome = Outcome::fail};
    answer.facts["winner"] = std::string{"Иванов И.И."};
    answer.evidence.push_back({.ocid = "o-1", .pointer = "/awards/0/suppliers/0/id", .value = "KZ-IIN-900101300123"});
    const auto shown = without_persons(answer, person_names(process_with_person()), "somebody");
    EXPECT_EQ(std::get<std::string>(shown.facts.at("winner")), "somebody");
    EXPECT_EQ(shown.evidence[0].value, "KZ-IIN-somebody");
}

TEST(Release, Has_the_facts_at_the_pointers_of_the_source_and_no_person)
{
    const auto process = process_with_person();
    const auto text = to_text(release_of(process, Instant{0}));
    for (const std::string_view secret : {"900101300123", "850505400123", "Иванов", "Сериков", "8777"}) EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    const auto release = parse_json(text);
    ASSERT_TRUE(release);
    EXPECT_EQ(*text_at(*release, "date"), "2025-01-02T00:00:00.000Z");
    const auto& bids = *array_at(*find(*release, "bids"), "details");
    const auto& first = bids[0];
    const auto& second = bids[1];
    const auto id_in = [](const json::value& bid) { return std::string{*text_at((*array_at(bid, "tenderers"))[0], "id")}; };
    EXPECT_EQ(id_in(first), "person-2") << "persons are told apart inside one release";
    EXPECT_EQ(id_in(second), "person-1") << "the one described among the parties came first";
    EXPECT_EQ(*number_at(*find(*find(*release, "tender"), "value"), "amount"), 100.5);
}

TEST(Release, Is_read_back_to_the_same_facts)
{
    const std::string source =
        R"({"ocid":"o-2","id":"r","date":"2025-01-02T00:00:00Z","parties":[{"id":"KZ-BIN-140243155807","name":"Firm","identifier":{"scheme":"KZ-BIN","id":"140243155807"},"roles":["supplier"]}],)"
        R"("buyer":{"id":"b","name":"B"},"tender":{"title":"Road","status":"complete","procurementMethod":"open","numberOfTenderers":1,"value":{"amount":10.25,"currency":"KZT"},)"
        R"("items":[{"id":"1","description":"x","classification":{"scheme":"ENSTRU","id":"421120.100.000000"},"quantity":2.5,"unit":{"name":"м","value":{"amount":4.1,"currency":"KZT"}}}],)"
        R"("lots":[{"id":"l","title":"L","value":{"amount":10.25,"currency":"KZT"},"x_attempt":2}]},"bids":{"details":[{"id":"1","status":"valid","tenderers":[{"id":"KZ-BIN-140243155807","name":"Firm"}],)"
        R"("value":{"amount":9,"currency":"KZT"},"relatedLots":["l"]}]},"awards":[{"id":"a","status":"active","date":"2025-02-01T00:00:00Z","suppliers":[{"id":"KZ-BIN-140243155807","name":"Firm"}]}],)"
        R"("contracts":[{"id":"c","awardID":"a","status":"active","dateSigned":"2025-03-01T00:00:00Z","value":{"amount":12,"currency":"KZT"},"initialValue":{"amount":9,"currency":"KZT"},)"
        R"("amendments":[{"id":"1","date":"2025-04-01T00:00:00Z","rationale":"more","x_value":{"amount":12,"currency":"KZT"}}],"x_acts":[{"id":"s","approveDate":"2025-05-01T00:00:00Z"}]}]})";
    const auto once = read_ocds(source, "f");
    ASSERT_EQ(once.used(), 1);
    const auto again = read_ocds(to_text(release_of(once.processes[0], Instant{0})), "f");
    ASSERT_EQ(again.used(), 1) << (again.notes.empty() ? "" : again.notes[0].reason);
    auto a = to_json(once.processes[0]), b = to_json(again.processes[0]);
    for (auto* facts : {&a, &b}) facts->erase("hash");
    EXPECT_EQ(to_text(a), to_text(b));
}

TEST(Export, A_cell_that_looks_like_a_formula_is_made_harmless)
{
    ExportRow row;
    row.summary.title = "=HYPERLINK(\"http://evil\")";
    row.summary.supplier_id = std::string{kPersonMark};
    row.summary.buyer_name = "ТОО \"Жол\"\nекінші жол";
    const auto line = csv_line(row);
    EXPECT_NE(line.find("\"'=HYPERLINK(\"\"http://evil\"\")\""), std::string::npos);
    EXPECT_NE(line.find("\"ТОО \"\"Жол\"\"\nекінші жол\""), std::string::npos);
    EXPECT_EQ(line.find("IIN"), std::string::npos);
    EXPECT_EQ(std::ranges::count(csv_head(), ','), 23);
}

} // namespace
} // namespace adal::procurement
