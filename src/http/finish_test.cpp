#include "http/finish.hpp"

#include "http/assets.hpp"

#include <gtest/gtest.h>

using namespace adal::http;

namespace {

Request with(std::string name, std::string value)
{
    Request request;
    request.headers.emplace_back(std::move(name), std::move(value));
    return request;
}

} // namespace

TEST(Finish, compresses_long_text_for_those_who_take_it)
{
    auto reply = html_reply(std::string(5000, 'a'));
    finish(reply, with("Accept-Encoding", "br, gzip"));
    EXPECT_LT(std::get<std::string>(reply.body).size(), 100U);
    auto plain = html_reply(std::string(5000, 'a'));
    finish(plain, with("Accept-Encoding", "gzip;q=0"));
    EXPECT_EQ(std::get<std::string>(plain.body).size(), 5000U);
}

TEST(Finish, answers_304_to_those_who_have_it)
{
    EXPECT_TRUE(matches_etag("\"a\", W/\"b\"", "\"b\""));
    EXPECT_TRUE(matches_etag("*", "\"b\""));
    EXPECT_FALSE(matches_etag("\"a\"", "\"b\""));
    auto reply = text_reply("x");
    reply.headers.emplace_back("ETag", "\"v1\"");
    finish(reply, with("If-None-Match", "\"v1\""));
    EXPECT_EQ(reply.status, 304);
    EXPECT_EQ(head_text(reply, {}).find("Content-Length"), std::string::npos);
}

TEST(Finish, reads_one_range_of_bytes)
{
    ByteRange range;
    EXPECT_EQ(read_range("bytes=0-9", 100, range), RangeAnswer::part);
    EXPECT_EQ(range.last, 9U);
    EXPECT_EQ(read_range("bytes=90-", 100, range), RangeAnswer::part);
    EXPECT_EQ(range.last, 99U);
    EXPECT_EQ(read_range("bytes=-5", 100, range), RangeAnswer::part);
    EXPECT_EQ(range.first, 95U);
    EXPECT_EQ(read_range("bytes=50-500", 100, range), RangeAnswer::part);
    EXPECT_EQ(range.last, 99U);
    EXPECT_EQ(read_range("bytes=100-", 100, range), RangeAnswer::unsatisfiable);
    for (const auto* whole : {"", "bytes=9-1", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", "bytes=-"})
        EXPECT_EQ(read_range(whole, 100, range), RangeAnswer::whole) << whole;
}

TEST(Finish, lets_no_header_begin_another)
{
    auto reply = text_reply("x");
    reply.headers.emplace_back("Location", "/a\r\nSet-Cookie: stolen=1");
    EXPECT_EQ(head_text(reply, {}).find("stolen"), std::string::npos);
}

TEST(Finish, says_to_browsers_what_pages_may_do)
{
    const auto head = head_text(html_reply("x"), {.https = true});
    for (const auto* part : {"default-src 'none'", "frame-ancestors 'none'", "X-Content-Type-Options: nosniff",
                             "Strict-Transport-Security", "Cross-Origin-Opener-Policy: same-origin", "Referrer-Policy"})
        EXPECT_NE(head.find(part), std::string::npos) << part;
    EXPECT_EQ(head.find("unsafe"), std::string::npos);
}

TEST(Finish, writes_dates_as_http_wants_them) { EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT"); }
