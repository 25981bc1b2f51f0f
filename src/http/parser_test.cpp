#include "http/parser.hpp"

#include <gtest/gtest.h>

using namespace adal::http;
using Step = RequestParser::Step;

namespace {

struct Outcome {
    Step step = Step::more;
    int refusal = 0;
    RequestHead head{};
    std::string body{};
    std::size_t left = 0;
};

// Feeds `bytes` in pieces of `piece`, keeping what the parser does not take, as a connection does.
Outcome parse(std::string_view bytes, std::size_t piece = 1u << 20)
{
    RequestParser parser{16 << 10};
    Outcome out;
    std::string held;
    bool in_body = false;
    const auto take = [&] {
        for (;;) {
            std::size_t used = 0;
            out.step = in_body ? parser.read_body(held, used, out.body) : parser.read_head(held, used, out.head);
            held.erase(0, used);
            if (out.step == Step::refused) out.refusal = parser.refusal();
            if (out.step == Step::head) {
                if (!out.head.has_body) return true;
                in_body = true;
                parser.begin_body(1000);
            } else if (out.step != Step::piece) {
                return out.step != Step::more;
            }
        }
    };
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        held += bytes.substr(at, piece);
        if (take()) {
            out.left = held.size() + (at + piece < bytes.size() ? bytes.size() - at - piece : 0);
            return out;
        }
    }
    return out;
}

std::string post(const std::string& headers, const std::string& body)
{
    return "POST /a HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n" + body;
}

int refusal(const std::string& request) { return parse(request).refusal; }

} // namespace

TEST(Parser, reads_a_request_wherever_it_is_cut)
{
    const auto request = post("Transfer-Encoding: chunked", "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nT: v\r\n\r\n") + "GET";
    for (std::size_t piece = 1; piece < 40; ++piece) {
        const auto out = parse(request, piece);
        ASSERT_EQ(out.step, Step::done) << piece;
        ASSERT_EQ(out.body, "hello world") << piece;
        ASSERT_EQ(out.left, 3U) << piece;
        ASSERT_EQ(out.head.target, "/a");
    }
}

TEST(Parser, leaves_the_next_request_alone)
{
    const auto out = parse("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\n");
    EXPECT_EQ(out.step, Step::head);
    EXPECT_EQ(out.left, 17U);
    EXPECT_TRUE(out.head.keep_alive);
}

TEST(Parser, refuses_framing_that_two_readers_could_understand_differently)
{
    const std::string chunk = "1\r\nx\r\n0\r\n\r\n";
    EXPECT_EQ(refusal(post("Content-Length: 5\r\nTransfer-Encoding: chunked", chunk)), 400);
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked\r\nContent-Length: 5", chunk)), 400);
    EXPECT_EQ(refusal(post("Content-Length: 1\r\nContent-Length: 2", "xx")), 400);
    EXPECT_EQ(refusal(post("Content-Length: -1", "")), 400);
    EXPECT_EQ(refusal(post("Content-Length: +5", "xxxxx")), 400);
    EXPECT_EQ(refusal(post("Content-Length: 0x5", "xxxxx")), 400);
    EXPECT_EQ(refusal(post("Content-Length: 99999999999999999999999", "")), 400);
    EXPECT_EQ(refusal(post("Transfer-Encoding: xchunked", chunk)), 501);
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", chunk)), 400);
    EXPECT_NE(refusal(post("Transfer-Encoding: gzip, chunked", chunk)), 0);
    EXPECT_NE(refusal(post("Transfer-Encoding: chunked, gzip", chunk)), 0);
    EXPECT_EQ(refusal("POST /a HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk), 400);
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked", "zz\r\n")), 400);
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked", "0x1\r\nx\r\n0\r\n\r\n")), 400);
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked", "fffffffffffffffff\r\n")), 400);
}

TEST(Parser, refuses_headers_that_are_not_headers)
{
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\n\r\n"), 400) << "no Host";
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n"), 400);
    using namespace std::string_literals; // keeps the NUL
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s), 400);
    EXPECT_EQ(refusal("GET / HTTP/1.1\nHost: a\n\n"), 400);
    EXPECT_EQ(refusal("\x16\x03\x01 foo\r\n\r\n"), 400);
    EXPECT_EQ(refusal("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 400);
    EXPECT_EQ(refusal("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"), 431);
}

TEST(Parser, bounds_the_body_and_all_that_comes_with_it)
{
    EXPECT_EQ(refusal(post("Content-Length: 2000", std::string(2000, 'x'))), 413);
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked", "7d0\r\n" + std::string(2000, 'x') + "\r\n0\r\n\r\n")), 413);
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked", "1;" + std::string(40'000, 'x'))), 400) << "endless extension";
    std::string trailers;
    for (int i = 0; i < 2000; ++i) trailers += "X-" + std::to_string(i) + ": aaaaaaaaaaaaaaaa\r\n";
    EXPECT_EQ(refusal(post("Transfer-Encoding: chunked", "1\r\nx\r\n0\r\n" + trailers)), 400) << "endless trailers";
}
