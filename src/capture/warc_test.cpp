#include "capture/warc.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "capture/page.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace adal::capture {
namespace {

// What each gzip member holds, by its place.
std::vector<std::string> records_of(std::string_view warc)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; at < warc.size();) {
        auto next = warc.find("\x1f\x8b\x08", at + 3);
        // A member may hold these bytes: it ends where what is inflated ends with the record's own end.
        std::string record;
        for (;; next = warc.find("\x1f\x8b\x08", next + 3)) {
            record = inflated(warc.substr(at, next == std::string_view::npos ? next : next - at), 64u << 20);
            if (record.ends_with("\r\n\r\n") || next == std::string_view::npos) break;
        }
        out.push_back(record);
        if (next == std::string_view::npos) break;
        at = next;
    }
    return out;
}

Hop page(std::string url, std::string response)
{
    Hop out{.url = std::move(url), .address = "203.0.113.7", .at = *parse_instant("2026-11-27T10:11:12.345Z"), .request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n", .response = std::move(response)};
    const auto read = read_page(out.response);
    out.status = read.status;
    out.mime = read.mime;
    out.text = read.text;
    return out;
}

TEST(Warc, HoldsTheBytesOfTheWireAndFindsThemByTheIndex)
{
    const std::string response = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<p>\xD2\x9B\xD0\xB0\xD0\xB7</p>";
    auto hop = page("https://www.casino.kz/win?b=2&a=1", response);
    hop.certificate = std::string(64, 'a');
    const std::vector hops{page("http://casino.kz/", "HTTP/1.1 302 Found\r\nLocation: https://www.casino.kz/win?b=2&a=1\r\nContent-Length: 0\r\n\r\n"), hop};
    const auto archive = write_archive(hops, "Adal/1", "page.warc.gz");
    const auto records = records_of(archive.warc);
    ASSERT_EQ(records.size(), 8u); // warcinfo; response, request, metadata; the same and what a person would read
    for (const auto& record : records) EXPECT_TRUE(record.starts_with("WARC/1.1\r\n")) << record.substr(0, 40);
    EXPECT_NE(records[4].find("WARC-Type: response\r\n"), std::string::npos);
    EXPECT_TRUE(records[4].ends_with("\r\n\r\n" + response + "\r\n\r\n"));
    EXPECT_NE(records[4].find("\r\nWARC-Date: 2026-11-27T10:11:12.345Z\r\n"), std::string::npos);
    EXPECT_NE(records[4].find("\r\nWARC-Block-Digest: sha256:" + base32(view(sha256(response))) + "\r\n"), std::string::npos);
    EXPECT_NE(records[4].find("\r\nWARC-Payload-Digest: sha256:" + base32(view(sha256("<p>\xD2\x9B\xD0\xB0\xD0\xB7</p>"))) + "\r\n"), std::string::npos);
    EXPECT_TRUE(records[7].ends_with("\r\n\r\n\xD2\x9B\xD0\xB0\xD0\xB7\r\n\r\n"));
    EXPECT_NE(records[6].find("tls-certificate-sha-256: aaaa"), std::string::npos);
    const auto line_begin = archive.cdxj.find("kz,casino)/win?a=1&b=2 20261127101112 {");
    ASSERT_NE(line_begin, std::string::npos) << archive.cdxj;
    const auto line = parse_json(std::string_view{archive.cdxj}.substr(archive.cdxj.find('{', line_begin)));
    ASSERT_TRUE(line);
    const auto offset = std::stoul(std::string{*text_at(*line, "offset")}), length = std::stoul(std::string{*text_at(*line, "length")});
    EXPECT_EQ(inflated(std::string_view{archive.warc}.substr(offset, length), 1u << 20), records[4]);
    EXPECT_EQ(write_archive(hops, "Adal/1", "page.warc.gz").warc, archive.warc);
}

TEST(Warc, WhatGaveNoAnswerLeavesARecordThatSaysSo)
{
    const std::vector hops{Hop{.url = "https://casino.kz/", .at = Instant{1'000}, .failure = Failure::name}};
    const auto records = records_of(write_archive(hops, "Adal/1", "page.warc.gz").warc);
    ASSERT_EQ(records.size(), 2u);
    EXPECT_NE(records[1].find("WARC-Type: metadata\r\n"), std::string::npos);
    EXPECT_TRUE(records[1].ends_with("\r\n\r\noutcome: name\r\n\r\n\r\n"));
    EXPECT_EQ(write_archive(hops, "Adal/1", "page.warc.gz").cdxj, "");
}

TEST(Warc, WhatWasCutOffSaysWhy)
{
    for (const auto& [failure, word] : {std::pair{Failure::time, "time"}, {Failure::size, "length"}, {Failure::http, "disconnect"}}) {
        auto hop = page("https://casino.kz/", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        hop.failure = failure;
        const auto records = records_of(write_archive(std::vector{hop}, "Adal/1", "page.warc.gz").warc);
        EXPECT_NE(records[1].find(std::string{"\r\nWARC-Truncated: "} + word + "\r\n"), std::string::npos) << word;
        EXPECT_EQ(records[1].find("WARC-Payload-Digest"), std::string::npos);
    }
}

TEST(Surt, KeysOfReplayTools)
{
    EXPECT_EQ(surt("http://www.example.kz"), "kz,example)/");
    EXPECT_EQ(surt("https://www2.Example.kz:8080/A/b?Z=1&a=2&a=1#x"), "kz,example:8080)/a/b?a=2&a=1&z=1");
    EXPECT_EQ(surt("https://example.kz?q"), "kz,example)/?q");
    EXPECT_EQ(surt("https://www.kz/"), "kz)/"); // as warcio does
    EXPECT_EQ(surt("https://[2606:4700::1]:8443/x"), "[2606:4700::1]:8443)/x");
    EXPECT_EQ(surt("tg://resolve"), "tg://resolve");
}

TEST(Base32, VectorsOfRfc4648)
{
    EXPECT_EQ(base32(""), "");
    EXPECT_EQ(base32("f"), "MY======");
    EXPECT_EQ(base32("foobar"), "MZXW6YTBOI======");
}

TEST(Page, LinksOfItsAnchors)
{
    const auto page = read_page("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<a href='https://t.me/casinokz'>a</a><A class=x HREF=\"tel:+77011234567\">b</A><a data-href=https://no.kz>c</a>"
                                "<a href=/inside>d</a><a href=https://wa.me/7701?x=1&amp;y=2>e</a><a href='https://t.me/casinokz'>again</a><a href='javascript:x'>f</a>");
    EXPECT_EQ(page.links, (std::vector<std::string>{"https://t.me/casinokz", "tel:+77011234567", "https://wa.me/7701?x=1&y=2"}));
    EXPECT_EQ(page.body.size(), 64u);
}

} // namespace
} // namespace adal::capture
