#include "cyber/feed.hpp"

#include <gtest/gtest.h>

namespace adal::cyber {
namespace {

Resource listed(std::string host, Scope scope)
{
    return {.identity = {.kind = Kind::url, .key = "url:" + host}, .host = host, .registrable = host, .scope = scope, .category = "FRD-SHOP", .state = State::accepted};
}

TEST(Feed, AHostThatAFormatTakesForAnOrderIsLeftOut)
{
    for (const auto* host : {"*.kz", "a(b.kz", "a;b.kz", "$ttl.kz", "a..kz", ".kz", "kz."})
        for (const auto scope : {Scope::host, Scope::domain})
            for (const auto feed : {Feed::hosts, Feed::dnsmasq, Feed::rpz})
                EXPECT_EQ(write_feed(feed, {listed(host, scope)}), write_feed(feed, {})) << host << " in " << name(feed);
    EXPECT_NE(write_feed(Feed::rpz, {listed("casino_1.xn--80aswg", Scope::domain)}).find("*.casino_1.xn--80aswg CNAME .\n"), std::string::npos);
    EXPECT_EQ(write_feed(Feed::adblock, {listed("*.kz", Scope::domain)}).find("||*.kz^"), std::string::npos);
}

} // namespace
} // namespace adal::cyber
