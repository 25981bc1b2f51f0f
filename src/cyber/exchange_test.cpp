// TAXII pages and the MISP feed: each resource on one page, moments for the headers, ids of two servers apart.
#include "cyber/exchange.hpp"
#include "cyber/stix.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <set>

namespace adal::cyber {

namespace exchange_tests {

constexpr std::string_view kSite = "https://adal.test";
const Instant first_day = *parse_instant("2026-03-10T10:00:00Z");

// Every third is of one moment, and the newest comes first.
std::vector<Resource> changed(int count)
{
    std::vector<Resource> out;
    for (int n = count; n-- > 0;) {
        Resource one{.id = ResourceId::make(first_day), .identity = {.kind = Kind::url, .key = "url:shop-" + std::to_string(n) + ".kz"}, .host = "shop-" + std::to_string(n) + ".kz", .scope = Scope::host, .category = "FRD-SHOP"};
        one.first_reported_at = first_day;
        one.changed_at = first_day.plus(std::chrono::hours{n / 3});
        out.push_back(one);
    }
    return out;
}

json::value parsed(std::string_view text)
{
    const auto value = parse_json(text);
    if (!value) throw std::runtime_error("no JSON: " + std::string{text});
    return *value;
}

} // namespace exchange_tests

using namespace exchange_tests;

TEST(Taxii, PagesHoldEachOnceOldestFirst)
{
    const auto all = changed(10);
    std::vector<std::string> ids;
    std::vector<Instant> seen;
    TaxiiQuery query{.limit = 4};
    for (bool more = true; more;) {
        const auto page = taxii_objects(all, query);
        const auto json = parsed(page.text);
        ASSERT_TRUE(page.first && page.last);
        seen.insert(seen.end(), {*page.first, *page.last});
        for (const auto& one : *array_at(json, "objects")) ids.emplace_back(*text_at(one, "id"));
        more = find(json, "more")->as_bool();
        EXPECT_EQ(more, text_at(json, "next").has_value());
        if (more) query.next = static_cast<std::size_t>(std::stoi(std::string{*text_at(json, "next")}));
    }
    EXPECT_EQ(ids.size(), 10u);
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 10u);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    const auto manifest = parsed(taxii_manifest(all, {}).text);
    for (std::size_t n = 0; n < ids.size(); ++n) EXPECT_EQ(text_at(array_at(manifest, "objects")->at(n), "id"), ids[n]);
    EXPECT_EQ(text_at(array_at(manifest, "objects")->at(9), "date_added"), "2026-03-10T13:00:00.000Z");
}

TEST(Taxii, NothingNewIsAnEnvelopeWithoutObjects)
{
    for (const auto& page : {taxii_objects({}, {}), taxii_objects(changed(3), {.added_after = first_day}), taxii_objects(changed(3), {.next = 7})}) {
        EXPECT_EQ(page.text, R"({"more":false})");
        EXPECT_FALSE(page.first || page.last);
    }
}

TEST(Misp, FilesBelongTogether)
{
    const auto all = changed(3);
    const auto event = parsed(misp_event(all, kSite)), manifest = parsed(misp_manifest(all, kSite));
    const auto& body = event.as_object().at("Event");
    EXPECT_EQ(text_at(body, "uuid"), misp_event_id(kSite));
    EXPECT_EQ(text_at(manifest.as_object().at(misp_event_id(kSite)), "timestamp"), text_at(body, "timestamp"));
    ASSERT_EQ(array_at(body, "Attribute")->size(), 3u);
    EXPECT_EQ(text_at(array_at(body, "Attribute")->front(), "value"), "shop-2.kz");
    EXPECT_EQ(text_at(array_at(body, "Attribute")->front(), "type"), "domain");
    EXPECT_THAT(misp_hashes(all, kSite), ::testing::StartsWith("b59c2d4d73011194a6f505c8242ae04e," + misp_event_id(kSite) + "\n"));
    EXPECT_EQ(array_at(parsed(misp_event({}, kSite)).as_object().at("Event"), "Attribute")->size(), 0u);
}

TEST(Misp, TwoServersHaveTwoEvents)
{
    EXPECT_NE(misp_event_id(kSite), misp_event_id("https://adal.example"));
    const auto organisation = [](std::string_view site) { return std::string{*text_at(parsed(misp_event({}, site)).as_object().at("Event").as_object().at("Orgc"), "uuid")}; };
    EXPECT_NE(organisation(kSite), organisation("https://adal.example"));
}

TEST(Misp, TypesFollowWhatIsBarred)
{
    Resource one{.identity = {.kind = Kind::url, .key = "url:203.0.113.9"}, .host = "203.0.113.9", .scope = Scope::host, .category = "FRD-SHOP"};
    const auto attribute = [&] { return parsed(misp_event({one}, kSite)).as_object().at("Event").as_object().at("Attribute").as_array().front(); };
    EXPECT_EQ(text_at(attribute(), "type"), "ip-dst");
    one.identity = {.kind = Kind::phone, .key = "phone:+77010000000"};
    EXPECT_EQ(text_at(attribute(), "type"), "phone-number");
    EXPECT_EQ(text_at(attribute(), "value"), "+77010000000");
    one.identity = {.kind = Kind::url, .key = "url:drop.kz/a\"b"}, one.scope = Scope::path;
    EXPECT_EQ(text_at(attribute(), "value"), "https://drop.kz/a\"b");
}

} // namespace adal::cyber
