#include "cyber/exchange.hpp"
#include "cyber/stix.hpp"

#include "base/hash.hpp"

#include <gtest/gtest.h>
#include <regex>

namespace adal::cyber {
namespace {

Resource casino(Kind kind, std::string key, Scope scope)
{
    Resource out{.identity = {.kind = kind, .key = std::move(key)}, .host = "casino.kz", .registrable = "casino.kz", .scope = scope, .category = "GMB-CAS"};
    out.first_reported_at = *parse_instant("2024-02-29T23:59:59.007Z");
    out.changed_at = *parse_instant("1999-12-31T00:00:00.000Z");
    out.verified_at = *parse_instant("2026-11-27T10:11:12.345Z");
    return out;
}

std::string text_of(const Resource& resource)
{
    std::string out;
    append_indicator(out, resource);
    return out;
}

json::object read_back(const Resource& resource)
{
    return parse_json(text_of(resource))->as_object();
}

TEST(Uuid5, VectorOfRfc9562AndOfOurNamespace)
{
    const auto dns = *unhex("6ba7b8109dad11d180b400c04fd430c8");
    EXPECT_EQ(uuid5(dns, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2"); // RFC 9562 appendix A.4
    EXPECT_EQ(uuid_of("url:casino.kz"), "f56a061b-cf4a-56b7-b5d3-d4fe94a9dca7"); // Python's uuid.uuid5 says the same
}

TEST(Stix, IdsAreOfTheFormThatTheSchemasOfOasisAndMispTake)
{
    const std::regex form{"^[a-z][a-z0-9-]+[a-z0-9]--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"};
    std::vector<Resource> all;
    for (int n = 0; n < 100; ++n) all.push_back(casino(Kind::url, "url:casino-" + std::to_string(n) + ".kz", Scope::host));
    const auto bundle = parse_json(stix_bundle(all));
    ASSERT_TRUE(bundle);
    EXPECT_TRUE(std::regex_match(std::string{*text_at(*bundle, "id")}, form));
    ASSERT_EQ(array_at(*bundle, "objects")->size(), all.size());
    for (const auto& one : *array_at(*bundle, "objects")) EXPECT_TRUE(std::regex_match(std::string{*text_at(one, "id")}, form));
    EXPECT_TRUE(std::regex_match("x-x--" + collection_id(), form));
    const auto event = parse_json(misp_event(all, "https://adal.test"));
    for (const auto& one : *array_at(event->as_object().at("Event"), "Attribute")) EXPECT_TRUE(std::regex_match("x-x--" + std::string{*text_at(one, "uuid")}, form));
}

TEST(Stix, TextIsTheJsonAndTimesAreThoseOfIso)
{
    const auto resource = casino(Kind::url, "url:casino.kz/a?b='\"\\\x01", Scope::path);
    const auto read = read_back(resource);
    EXPECT_EQ(to_text(read), text_of(resource)) << "compact, nothing escaped that need not be";
    EXPECT_EQ(*text_at(read, "created"), iso(resource.first_reported_at));
    EXPECT_EQ(*text_at(read, "modified"), iso(resource.changed_at));
    EXPECT_EQ(*text_at(read, "valid_from"), iso(*resource.verified_at));
    EXPECT_EQ(*text_at(read, "pattern"), "[url:value = 'https://casino.kz/a?b=\\'\"\\\\\x01']");
    EXPECT_EQ(*text_at(read, "name"), "GMB-CAS " + defanged(resource.identity));
}

TEST(Stix, PatternsByKindAndScope)
{
    EXPECT_EQ(*text_at(read_back(casino(Kind::url, "url:casino.kz", Scope::host)), "pattern"), "[domain-name:value = 'casino.kz']");
    EXPECT_EQ(*text_at(read_back(casino(Kind::phone, "phone:+77010000000", Scope::path)), "pattern"),
              "[user-account:account_type = 'phone' AND user-account:account_login = '+77010000000']");
    EXPECT_EQ(*text_at(read_back(casino(Kind::telegram, "telegram:casinokz", Scope::path)), "pattern"),
              "[user-account:account_type = 'telegram' AND user-account:account_login = 'casinokz']");
    EXPECT_EQ(stix_bundle({}), "{\"type\":\"bundle\",\"id\":\"bundle--" + uuid_of(view(Sha256{}.finish())) + "\"}\n"); // §2.10 and bundle.json: no empty list
}

} // namespace
} // namespace adal::cyber
