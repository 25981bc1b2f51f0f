#include "procurement/procurement.hpp"

#include "http/call.hpp"
#include "support/support.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

constexpr Instant kNow{1770000000000};

// Two contracts: one bidder at 99 % of the estimate in rupees, and a quiet one in tenge.
constexpr std::string_view kSet =
    R"({"ocid":"loud","buyer":{"id":"b","name":"PWD <Division>"},"tender":{"title":"Repair of a road",)"
    R"("status":"complete","procurementMethod":"open","mainProcurementCategory":"works",)"
    R"("value":{"amount":1000,"currency":"INR"},"numberOfTenderers":1,)"
    R"("tenderPeriod":{"startDate":"2024-03-01T00:00:00Z","endDate":"2024-03-20T00:00:00Z"}},)"
    R"("awards":[{"id":"1","status":"active","date":"2024-04-01T00:00:00Z","suppliers":)"
    R"([{"id":"KZ-IIN-900101300123","name":"Road firm"}],"value":{"amount":990,"currency":"INR"}}]})"
    "\n"
    R"({"ocid":"quiet","tender":{"title":"Кеңсе жиһазы","procurementMethod":"open",)"
    R"("mainProcurementCategory":"goods","value":{"amount":1000,"currency":"KZT"},)"
    R"("numberOfTenderers":4},"awards":[{"status":"active","value":{"amount":800,"currency":"KZT"}}]})";

class ProcurementPages : public ::testing::Test
{
protected:
    void SetUp() override
    {
        const auto read = read_ocds(std::string{kSet}, "set.jsonl");
        const auto done = base.db().write([&](storage::Transaction& tx) -> Result<Done> {
            if (const auto imported = import_ocds(tx, read, kNow); !imported) return pass(imported);
            screen_all(tx, kNow);
            return adal::done();
        });
        ASSERT_TRUE(done);
        http::Router router;
        add_routes(router);
        call = std::make_unique<http::Call>(std::move(router), base.db());
    }

    std::string page(const std::string& target)
    {
        const auto reply = call->get(target);
        EXPECT_EQ(reply.status, 200) << target;
        return http::body_of(reply);
    }
    std::string address_of(std::string_view ocid)
    {
        const auto id =
            base.db().read([&](storage::Snapshot& s) { return find_process_by_ocid(s, ocid); });
        return "/procurement/" + id->str();
    }

    test::TestDatabase base;
    std::unique_ptr<http::Call> call;
};

bool has(const std::string& page, std::string_view text)
{
    return page.find(text) != std::string::npos;
}

TEST_F(ProcurementPages, The_list_shows_everybody_the_flagged_first)
{
    const auto body = page("/en/procurement");
    EXPECT_LT(body.find("Repair of a road"), body.find("Кеңсе жиһазы"));
    EXPECT_TRUE(has(body, "PWD &lt;Division&gt;"));
}

TEST_F(ProcurementPages, The_list_is_searched_and_filtered)
{
    EXPECT_FALSE(has(page("/kk/procurement?q=%D0%B6%D0%B8%D2%BB%D0%B0%D0%B7"), "Repair of a road"));
    EXPECT_FALSE(has(page("/kk/procurement?flag=R018"), "Кеңсе жиһазы"));
    EXPECT_FALSE(has(page("/kk/procurement?works=1"), "Кеңсе жиһазы"));
    const auto unknown = page("/kk/procurement?flag=NONE&after=x");
    EXPECT_FALSE(has(unknown, "Кеңсе жиһазы")) << "a filter that is not known finds nothing";
    EXPECT_TRUE(has(unknown, "chip")) << "and can be taken away";
}

TEST_F(ProcurementPages, A_process_shows_its_signs_with_evidence_in_three_languages)
{
    for (const std::string language : {"kk", "ru", "en"}) {
        const auto body = page("/" + language + address_of("loud"));
        EXPECT_TRUE(has(body, "R018"));
        EXPECT_TRUE(has(body, "/tender/numberOfTenderers"));
        EXPECT_TRUE(has(body, "990 INR") || has(body, "990\u00A0INR"));
        EXPECT_FALSE(has(body, "₸")) << "a rupee is not a tenge";
    }
}

TEST_F(ProcurementPages, A_personal_number_is_never_shown)
{
    EXPECT_FALSE(has(page("/kk" + address_of("loud")), "900101300123"));
    EXPECT_FALSE(has(page("/kk" + address_of("loud")), "Road firm")) << "nor the name";
    for (const std::string target : {"/kk/procurement", "/kk/procurement/parties", "/api/v1/procurement.csv", "/api/v1/procurement.json", "/api/v1/procurement.ocds.jsonl"}) {
        const auto body = page(target);
        EXPECT_FALSE(has(body, "900101300123")) << target;
        EXPECT_FALSE(has(body, "Road firm")) << target;
    }
    EXPECT_FALSE(has(page("/kk" + address_of("loud") + "/release"), "Road firm"));
}

TEST_F(ProcurementPages, Evidence_leads_to_its_place_in_the_record)
{
    const auto address = address_of("loud");
    const auto body = page("/en" + address);
    EXPECT_TRUE(has(body, "/en" + address + "/release#/tender/numberOfTenderers"));
    EXPECT_TRUE(has(page("/en" + address + "/release"), "id=\"/tender/numberOfTenderers\""));
}

TEST_F(ProcurementPages, Every_filter_is_a_link_and_can_be_taken_away)
{
    const auto body = page("/en/procurement?works=any&q=repair");
    EXPECT_TRUE(has(body, "href=\"/en/procurement?q=repair\""));
    EXPECT_TRUE(has(body, "href=\"/en/procurement?works=any\""));
    EXPECT_TRUE(has(body, "/api/v1/procurement.csv?q=repair&amp;works=any"));
}

TEST_F(ProcurementPages, A_buyer_has_a_page_in_three_languages)
{
    const auto list = page("/en/procurement/parties?q=division");
    const auto at = list.find("/en/procurement/buyers/");
    ASSERT_NE(at, std::string::npos);
    const auto path = list.substr(at + 3, list.find('"', at) - at - 3);
    for (const std::string language : {"kk", "ru", "en"}) EXPECT_TRUE(has(page("/" + language + path), "PWD &lt;Division&gt;"));
    EXPECT_EQ(call->get("/en/procurement/suppliers" + path.substr(path.rfind('/'))).status, 404) << "it sells nothing";
}

TEST_F(ProcurementPages, An_export_refuses_an_absurd_limit)
{
    for (const std::string limit : {"0", "-1", "99999999999", "x"}) EXPECT_EQ(call->get("/api/v1/procurement.csv?limit=" + limit).status, 422) << limit;
    const auto first = call->get("/api/v1/procurement.csv?limit=1");
    EXPECT_TRUE(has(http::header_of(first, "Link"), "rel=\"next\""));
    EXPECT_TRUE(has(http::header_of(first, "Content-Disposition"), "procurement.csv"));
}

TEST_F(ProcurementPages, Only_who_plans_controls_sees_the_way_to_open_one)
{
    const auto target = "/kk" + address_of("loud");
    EXPECT_FALSE(has(page(target), "/controls/new"));
    call->as({.person = PersonId::make(kNow),
              .permissions = {Permission::signed_in, Permission::plan_controls}});
    EXPECT_TRUE(has(page(target), "/kk/controls/new?process="));
}

TEST_F(ProcurementPages, An_unknown_process_is_not_found)
{
    EXPECT_EQ(call->get("/kk/procurement/nonsense").status, 404);
    EXPECT_EQ(call->get("/kk/procurement/01aaaaaaaaaaaaaaaaaaaaaaaa").status, 404);
}

} // namespace
} // namespace adal::procurement
