// What the feeds say and what they leave out: a format never bars more than was meant, whatever a host is called.
#include "base/json.hpp"
#include "cyber/feed.hpp"
#include "cyber/listed_name.hpp"
#include "cyber/stix.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>
#include <sstream>

namespace adal::cyber {

namespace feed_tests {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Resource of(std::string key, std::string host, Scope scope)
{
    const auto now = *parse_instant("2026-03-10T10:00:00+05:00");
    Resource out{.id = ResourceId::make(now), .identity = {.kind = Kind::url, .key = "url:" + std::move(key)}, .host = host, .registrable = host, .scope = scope, .category = "FRD-SHOP", .state = State::verified};
    out.first_reported_at = out.changed_at = now;
    out.verified_at = now;
    return out;
}

std::vector<Resource> three()
{
    return {of("casino-24.kz", "casino-24.kz", Scope::domain), of("lone.example.kz", "lone.example.kz", Scope::host), of("drop.kz/pay", "drop.kz", Scope::path)};
}

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> out;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        if (!line.starts_with('#') && !line.starts_with('!')) out.push_back(line);
    return out;
}

} // namespace feed_tests

using namespace feed_tests;

TEST(Feeds, SayWhatIsBarredInTheirWords)
{
    EXPECT_THAT(lines(write_feed(Feed::plain, three())), ElementsAre("url:casino-24.kz", "url:lone.example.kz", "url:drop.kz/pay"));
    EXPECT_THAT(lines(write_feed(Feed::hosts, three())), ElementsAre("0.0.0.0 casino-24.kz", "0.0.0.0 lone.example.kz"));
    EXPECT_THAT(lines(write_feed(Feed::dnsmasq, three())), ElementsAre("address=/casino-24.kz/"));
    EXPECT_THAT(lines(write_feed(Feed::adblock, three())), ElementsAre("||casino-24.kz^", "|http://lone.example.kz^", "|https://lone.example.kz^", "||drop.kz/pay^"));
    EXPECT_THAT(write_feed(Feed::rpz, three()), ::testing::EndsWith("\ncasino-24.kz CNAME .\n*.casino-24.kz CNAME .\nlone.example.kz CNAME .\n"));
    EXPECT_THAT(write_feed(Feed::csv, three()), HasSubstr("\r\nurl,\"drop.kz/pay\",FRD-SHOP,path,verified,2026-03-10,2026-03-10\r\n"));
    const auto json = lines(write_feed(Feed::jsonl, three()));
    ASSERT_EQ(json.size(), 3u);
    EXPECT_EQ(text_at(*parse_json(json[2]), "identity"), "url:drop.kz/pay");
}

TEST(Feeds, SayANameOnceByItsWiderScope)
{
    auto twice = three();
    twice.push_back(of("casino-24.kz:8080", "casino-24.kz", Scope::host));
    EXPECT_EQ(write_feed(Feed::rpz, twice), write_feed(Feed::rpz, three()));
    EXPECT_EQ(write_feed(Feed::dnsmasq, twice), write_feed(Feed::dnsmasq, three()));
}

// All are hosts that the URL Standard lets pass.
TEST(Feeds, LeaveOutHostsThatAFormatWouldTakeForOrders)
{
    for (const auto& host : std::vector<std::string>{"*.kz", "*", ".kz", "$ttl.kz", "a;b.kz", "a(b.kz", "a\"b.kz", "$include.kz", "a'b.kz", "a..kz", "a.kz.", "a&b.kz", std::string(64, 'a') + ".kz"}) {
        const std::vector<Resource> one{of(host, host, Scope::domain)};
        EXPECT_EQ(host_kind(host), HostKind::none) << host;
        for (const auto feed : {Feed::hosts, Feed::dnsmasq, Feed::adblock}) EXPECT_THAT(lines(write_feed(feed, one)), IsEmpty()) << host;
        EXPECT_THAT(write_feed(Feed::rpz, one), Not(HasSubstr("CNAME"))) << host;
    }
    for (const auto& host : std::vector<std::string>{"a_b.kz", "xn--80ao21a.kz", "1.kz", std::string(63, 'a') + ".kz"}) EXPECT_EQ(host_kind(host), HostKind::name) << host;
    std::string longest;
    for (int i = 0; i < 50; ++i) longest += "abcd.";
    EXPECT_EQ(host_kind(longest + "xyz"), HostKind::name);
    EXPECT_EQ(host_kind(longest + "wxyz"), HostKind::none);
}

TEST(Feeds, LeaveOutPathsWithTheSignsOfAFilter)
{
    for (const std::string path : {"bank.kz/*", "bank.kz/a$domain=x", "bank.kz/a^", "bank.kz/a|b", "bank.kz/#!a", "ftp://bank.kz/a"})
        EXPECT_THAT(lines(write_feed(Feed::adblock, {of(path, "bank.kz", Scope::path)})), IsEmpty()) << path;
}

TEST(Feeds, AddressesAreNoNames)
{
    const auto v4 = of("203.0.113.7", "203.0.113.7", Scope::host), v6 = of("[2001:db8::7]", "[2001:db8::7]", Scope::host);
    for (const auto feed : {Feed::hosts, Feed::dnsmasq}) EXPECT_THAT(lines(write_feed(feed, {v4, v6})), IsEmpty());
    EXPECT_THAT(lines(write_feed(Feed::adblock, {v4, v6})), ElementsAre("|http://203.0.113.7^", "|https://203.0.113.7^"));
    EXPECT_THAT(stix_bundle({v4}), HasSubstr("[ipv4-addr:value = '203.0.113.7']"));
    EXPECT_THAT(stix_bundle({v6}), HasSubstr("[ipv6-addr:value = '2001:db8::7']"));
    EXPECT_THAT(stix_bundle({of("ftp://drop.kz/x", "drop.kz", Scope::path)}), HasSubstr("[url:value = 'ftp://drop.kz/x']"));
}

TEST(Feeds, NoCellIsAFormula)
{
    EXPECT_THAT(write_feed(Feed::csv, {of("=cmd|' /C calc'!A0\"", "", Scope::path)}), HasSubstr("url,\"'=cmd|' /C calc'!A0\"\"\",FRD-SHOP"));
}

// Any key of good text: the JSON is whole and says it back.
RC_GTEST_PROP(Feeds, JsonOfAnyKeyIsRead, (const std::vector<std::uint8_t>& bytes))
{
    std::string key;
    for (const auto byte : bytes) key += static_cast<char>(byte & 0x7f);
    const auto resource = of(key, "", Scope::path);
    const auto line = parse_json(lines(write_feed(Feed::jsonl, {resource})).front());
    RC_ASSERT(line.has_value());
    RC_ASSERT(text_at(*line, "identity") == resource.identity.key);
    const auto bundle = parse_json(stix_bundle({resource}));
    RC_ASSERT(bundle.has_value());
    RC_ASSERT(text_at(array_at(*bundle, "objects")->front(), "id") == indicator_id(resource));
}

} // namespace adal::cyber
