#include "procurement/rnu.hpp"

#include "procurement/rnu_store.hpp"
#include "support/support.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

TEST(Register, Knows_an_organisation_by_its_number_and_a_person_by_a_hash)
{
    EXPECT_EQ(register_key("KZ-BIN-240940016760"), "240940016760");
    EXPECT_EQ(register_key("240940016760"), "240940016760");
    const std::string person = register_key("KZ-IIN-750505300555");
    EXPECT_EQ(person.size(), 17U);
    EXPECT_EQ(person.find("750505300555"), std::string::npos);
    EXPECT_EQ(person, register_key(contact_hash("750505300555")));
    EXPECT_NE(person, register_key("KZ-IIN-750505300556"));
    EXPECT_EQ(register_key(""), "");
    EXPECT_EQ(register_key(ContactHash{0}), "");
}

TEST(Register, Reads_pages_lists_graphql_and_lines_alike)
{
    const std::string row = R"({"id": 7, "supplier_biin": "240940016760", "supplier_name_ru": "ТОО", "start_date": "2025-06-01 00:00:00", "end_date": "2027-06-01"})";
    const std::string camel = R"({"id": 7, "supplierBiin": "240940016760", "supplierNameRu": "ТОО", "startDate": "2025-06-01", "endDate": "2027-06-01"})";
    const auto expected = read_register(row, "f");
    ASSERT_TRUE(expected);
    ASSERT_EQ(expected->size(), 1U);
    EXPECT_EQ((*expected)[0].id, "7");
    EXPECT_EQ((*expected)[0].name, "ТОО");
    EXPECT_EQ((*expected)[0].from, make_date(2025, 6, 1));
    for (const auto& bytes : {R"({"items": [)" + row + R"(], "total": 1})", "[" + row + "]", R"({"data": {"Rnu": [)" + camel + "]}}", row + "\n",
                              std::string{"\xEF\xBB\xBF"} + camel, std::string{"start_date;supplier_biin;supplier_name_ru;id;end_date\r\n2025-06-01;240940016760;ТОО;7;2027-06-01\r\n"}}) {
        const auto read = read_register(bytes, "f");
        ASSERT_TRUE(read) << bytes;
        EXPECT_EQ(*read, *expected) << bytes;
    }
    EXPECT_EQ(read_register(row + "\n" + row, "f")->size(), 2U);
}

TEST(Register, Gives_back_zeros_that_a_number_lost)
{
    const auto read = read_register(R"([{"supplier_biin": 50140001234}])", "f");
    ASSERT_TRUE(read);
    EXPECT_EQ((*read)[0].supplier, "050140001234");
}

TEST(Register, Keeps_no_name_and_no_number_of_a_person)
{
    const auto read = read_register(R"([{"supplier_biin": "750505300555", "supplier_name_ru": "ИП Иванов", "supplier_head_biin": "800101300123"}])", "f");
    ASSERT_TRUE(read);
    EXPECT_EQ((*read)[0].name, "");
    EXPECT_EQ((*read)[0].supplier.front(), '~');
    EXPECT_EQ((*read)[0].head, register_key(contact_hash("800101300123")));
}

TEST(Register, Names_the_row_that_it_cannot_use)
{
    struct Case {
        std::string bytes, line, field, reason;
    };
    const std::string good = "supplier_biin,start_date,end_date\n240940016760,2025-01-01,\n";
    for (const auto& [bytes, line, field, reason] :
         {Case{good + "12345,2025-01-01,\n", "3", "supplierbiin", "not_a_number"}, Case{good + "240940016760,01.02.2025,\n", "3", "startdate", "not_a_date"},
          Case{good + "240940016760,2025-01-01,2024-01-01\n", "3", "enddate", "ends_before_it_starts"}, Case{good + "240940016760\n", "3", "", "not_a_row"},
          Case{"name,day\nx,y\n", "1", "supplierbiin", "no_header"}, Case{R"([{"supplier_biin": "240940016760"}, {"id": 5}])", "2", "supplierbiin", "missing"},
          Case{"{\"supplier_biin\": \"240940016760\"}\n{broken\n", "2", "", "not_a_row"}}) {
        const auto read = read_register(bytes, "list");
        ASSERT_FALSE(read) << bytes;
        EXPECT_TRUE(read.error().is(bad_register));
        EXPECT_EQ(read.error().params.at("file"), "list");
        EXPECT_EQ(read.error().params.at("line"), line) << bytes;
        EXPECT_EQ(read.error().params.at("field"), field) << bytes;
        EXPECT_EQ(read.error().params.at("reason"), reason) << bytes;
    }
    EXPECT_FALSE(read_register_file("/nowhere/register.json"));
}

TEST(Register, An_entry_without_an_end_holds_for_the_months_of_the_law)
{
    EXPECT_EQ(last_day({.from = make_date(2024, 3, 15)}, 24), make_date(2026, 3, 14));
    EXPECT_EQ(last_day({.from = make_date(2024, 2, 29)}, 12), make_date(2025, 2, 27));
    EXPECT_EQ(last_day({.from = make_date(2024, 3, 15), .until = make_date(2024, 4, 1)}, 24), make_date(2024, 4, 1));
}

TEST(Register, Takes_the_real_page)
{
    const auto file = test::shared_path("data/procurement/goszakup/rnu.json");
    if (!file) GTEST_SKIP() << test::kNoSharedData;
    const auto read = read_register_file(*file);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->entries().size(), 1U);
    EXPECT_EQ(read->of_supplier("240940016760").size(), 1U);
    EXPECT_FALSE(read->entries()[0].from) << "the page gives no day, so R046 says that it does not know";
}

class RegisterBook : public test::BothEngines {};
ADAL_BOTH_ENGINES(RegisterBook);

TEST_P(RegisterBook, keeps_what_it_was_given_and_changes_nothing_twice)
{
    const std::vector<RegisterEntry> entries{
        {.id = "1", .supplier = "240940016760", .head = "~0000000000000001", .name = "ТОО", .reason = "2", .from = make_date(2025, 6, 1), .until = make_date(2027, 6, 1)},
        {.id = "2", .supplier = "~0000000000000002"}};
    const auto import = [&](const std::vector<RegisterEntry>& list) {
        return *db().write([&](storage::Transaction& tx) -> Result<RegisterReport> { return import_register(tx, list, Instant{1}); });
    };
    EXPECT_EQ(import(entries).added, 2);
    EXPECT_EQ(import(entries).unchanged, 2);
    auto changed = entries;
    changed[0].until = make_date(2026, 1, 1);
    EXPECT_EQ(import({changed[0]}).changed, 1);
    const auto stored = db().read([](storage::Snapshot& s) { return stored_register(s); });
    ASSERT_EQ(stored.entries().size(), 2U);
    EXPECT_EQ(stored.entries()[0], changed[0]);
    EXPECT_EQ(stored.entries()[1], entries[1]);
}

} // namespace
} // namespace adal::procurement
