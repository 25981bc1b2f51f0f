// The URL Standard's own examples (when the shared data is here), and the cases a reader should know.
#include "cyber/cyber.hpp"
#include "cyber/url_host.hpp"
#include "cyber/url_plain.hpp"

#include "base/json.hpp"
#include "support/support.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal::cyber {

namespace url_tests {

std::string href(std::string_view input, std::string_view base = {})
{
    const auto against = base.empty() ? std::nullopt : parse_url(base);
    const auto url = parse_url(input, against ? &*against : nullptr);
    return url ? url->href : "refused";
}

std::string text_of(const json::value& value)
{
    return value.is_string() ? std::string{value.as_string()} : std::string{};
}

// The files hold lone surrogates, which our reader of canon lines knows how to take.
json::array examples(const std::string& path)
{
    json::array cases;
    std::string file = test::read_file(path), item;
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < file.size(); ++i) {
        const char c = file[i];
        if (depth > 0 && c != '\n') item += c;
        if (in_text && c == '\\') {
            if (depth > 0) item += file[i + 1];
            ++i;
        } else if (c == '"') in_text = !in_text;
        else if (!in_text && c == '{' && depth++ == 0) item = "{";
        else if (!in_text && c == '}' && --depth == 0) {
            auto good = json::parse(with_whole_surrogates(item));
            cases.push_back(std::move(good));
        }
    }
    return cases;
}

std::string port_of(const Url& url)
{
    return url.port_number < 0 ? "" : std::to_string(url.port_number);
}

std::string marked(char mark, std::string_view part)
{
    return part.empty() ? "" : std::string{mark} + std::string{part};
}

// What is wrong about one example; empty when nothing is.
std::string fault(const json::object& example)
{
    const auto input = text_of(example.at("input")), base = text_of(example.at("base"));
    const auto against = example.at("base").is_string() ? parse_url(base) : std::nullopt;
    if (example.at("base").is_string() && !against) return "the base is refused";
    const auto url = parse_url(input, against ? &*against : nullptr);
    if (example.contains("failure")) return url ? "taken as " + url->href : "";
    if (!url) return "refused";
    const std::pair<const char*, std::string> parts[] = {
        {"href", url->href}, {"protocol", std::string{url->scheme()} + ":"}, {"username", std::string{url->username()}}, {"password", std::string{url->password()}},
        {"hostname", std::string{url->host()}}, {"port", port_of(*url)}, {"pathname", std::string{url->path()}}, {"search", marked('?', url->query())}, {"hash", marked('#', url->fragment())}};
    for (const auto& [name, got] : parts)
        if (text_of(example.at(name)) != got) return fmt::format("{} is {}, not {}", name, got, text_of(example.at(name)));
    return "";
}

} // namespace url_tests

using namespace url_tests;

TEST(Url, reads_every_example_of_the_web_platform_tests)
{
    int read = 0;
    for (const auto* name : {"cyber/wpt/urltestdata.json", "cyber/wpt/urltestdata-javascript-only.json"}) {
        const auto path = test::shared_path(name);
        if (!path) GTEST_SKIP() << test::kNoSharedData;
        for (const auto& example : examples(*path)) {
            ++read;
            EXPECT_EQ(fault(example.as_object()), "") << to_text(example);
        }
    }
    EXPECT_EQ(read, 892);
}

TEST(Url, reads_every_international_name_of_the_web_platform_tests)
{
    int read = 0;
    for (const auto* name : {"cyber/wpt/toascii.json", "cyber/wpt/IdnaTestV2.json", "cyber/wpt/IdnaTestV2-removed.json"}) {
        const auto path = test::shared_path(name);
        if (!path) GTEST_SKIP() << test::kNoSharedData;
        for (const auto& example : examples(*path)) {
            const auto input = text_of(example.at("input"));
            if (input.empty()) continue; // no host at all: "https:///x" has the host "x"
            ++read;
            const auto url = parse_url("https://" + input + "/x");
            const auto& wanted = example.at("output");
            EXPECT_EQ(url ? std::string{url->host()} : "refused", wanted.is_null() ? "refused" : text_of(wanted)) << to_text(example);
        }
    }
    EXPECT_EQ(read, 2777);
}

TEST(Url, takes_what_a_browser_takes)
{
    EXPECT_EQ(href("HTTP://User:p%61ss@EXAMPLE.kz:80/a/./b/../c?q=1#f"), "http://User:p%61ss@example.kz/a/c?q=1#f");
    EXPECT_EQ(href("http:\\\\example.kz\\a\\b"), "http://example.kz/a/b");
    EXPECT_EQ(href("https://қазақстан.қаз/жол"), "https://xn--80aaa0a6awh12ed.xn--80ao21a/%D0%B6%D0%BE%D0%BB");
    EXPECT_EQ(href("http://0x7f.1"), "http://127.0.0.1/");
    EXPECT_EQ(href("http://2130706433/"), "http://127.0.0.1/");
    EXPECT_EQ(href("http://[0:0:0:0:0:ffff:127.0.0.1]/"), "http://[::ffff:7f00:1]/");
    EXPECT_EQ(href("javascript:alert(1)"), "javascript:alert(1)");
    EXPECT_EQ(href("data:text/html,<b>"), "data:text/html,<b>");
    EXPECT_EQ(href("../x", "http://example.kz/a/b/c"), "http://example.kz/a/x");
    EXPECT_EQ(href("//kaspi.kz", "https://example.kz/"), "https://kaspi.kz/");
    EXPECT_EQ(href("a\tb\nc", "https://example.kz/"), "https://example.kz/abc");
}

TEST(Url, refuses_what_a_browser_refuses)
{
    for (const auto* input : {"", "example.kz", "http://", "http://a b/", "http://1.2.3.256/", "http://[::1", "http://a:99999/", "http://xn--a\xE2\x80\xA6/", "http://exa%00mple.kz", "https://@/", "//x", "#"})
        EXPECT_EQ(href(input), "refused") << input;
}

TEST(Url, lives_with_a_megabyte)
{
    const std::string letters(1 << 20, 'a'), dots(1 << 20, '.');
    EXPECT_EQ(href("http://example.kz/" + letters).size(), letters.size() + 18);
    EXPECT_EQ(href("http://" + letters + ".kz/").size(), letters.size() + 11);
    EXPECT_EQ(href("http://" + std::string(1 << 20, '@')), "refused");
    std::string up = "http://example.kz";
    for (int i = 0; i < 300'000; ++i)
        up += "/a/..";
    EXPECT_EQ(href(up), "http://example.kz/");
    std::string wide = "http://";
    for (int i = 0; i < 300'000; ++i)
        wide += "\xD2\x9B"; // "қ"
    EXPECT_EQ(href(wide), "refused") << "no name is that long";
}

TEST(Url, has_an_answer_for_bytes_that_are_no_text)
{
    EXPECT_EQ(href("http://example.kz/\xFF\xC3"), "http://example.kz/%EF%BF%BD%EF%BF%BD");
    EXPECT_EQ(href("http://ex\xFF.kz/"), "refused");
}

// Every byte at every place, so that each block and each end of one is met: read with a blank before it, which only the
// whole parser takes off, it must come to the same.
TEST(Url, knows_what_is_canonical_as_the_parser_does)
{
    const std::string whole = "https://pay.example-24.kz/some/longer/path_of/a.page?query=one&more=two/2#fragment-of-it";
    std::size_t plain = 0;
    for (std::size_t at = 0; at <= whole.size(); ++at)
        for (int byte = 0x20; byte < 0x100; ++byte) {
            const auto input = whole.substr(0, at) + static_cast<char>(byte) + whole.substr(at);
            for (const auto& one : {input, input.substr(0, at + 1)}) {
                PlainPlaces places;
                if (!find_plain_places(one, places)) continue;
                ++plain;
                const auto url = parse_url(" " + one);
                ASSERT_TRUE(url) << one;
                EXPECT_EQ(url->href, one);
                EXPECT_EQ(url->host().size(), places.host_end - places.scheme_end - 3U) << one;
                EXPECT_EQ(url->href.find('#'), places.fragment_begin == Url::kNone ? std::string::npos : places.fragment_begin) << one;
            }
        }
    EXPECT_GT(plain, 9000U);
    for (const auto* hidden : {"https://e.kz/./", "https://e.kz/..", "https://e.kz/a/%2e", "https://1.2.3.4/", "https://e.0x1f/", "https://e.0x/", "https://e.1/", "https://e.1./"})
        EXPECT_FALSE(is_plainly_canonical(hidden)) << hidden;
    for (const auto* open : {"https://e.kz/.a", "https://e.kz/a./", "https://e.kz./", "http://e.1z/", "http://x.y/"})
        EXPECT_EQ(is_plainly_canonical(open), std::string_view{open} != "https://e.kz/.a") << open;
}

RC_GTEST_PROP(Url, is_a_fixed_point_of_reading_and_writing, ())
{
    const auto piece = rc::gen::element<std::string>("http:", "https://", "file:", "tg:", "//", "/", "\\", "..", ".", "%2e", "%", "?", "#", "@", ":", "[::1]", "C|", "a", "Z", "\xD2\x9B", "xn--", "1", "0x", " ", "\t", "\x7F", "{", "'", "\xFF", "kz", "\xC2\xAD");
    const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string input;
    for (const auto& one : pieces)
        input += one;
    const auto base = parse_url("https://kaspi.kz/a/b?c#d");
    for (const auto& url : {parse_url(input), parse_url(input, &*base)}) {
        if (!url) continue;
        const auto again = parse_url(url->href);
        RC_ASSERT(again.has_value());
        RC_ASSERT(again->href == url->href);
        RC_ASSERT(again->path() == url->path());
        RC_ASSERT(again->host() == url->host());
        if (is_plainly_canonical(input)) RC_ASSERT(url->href == input);
    }
}

} // namespace adal::cyber
