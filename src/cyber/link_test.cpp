#include "cyber/cyber.hpp"

#include "support/support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sstream>

namespace adal::cyber {

namespace link_tests {

// Enough rules for these tests, so that they do not depend on the system's list.
const SuffixList& suffixes()
{
    static const auto list = SuffixList::read("kz\ncom.kz\ngov.kz\ncom\norg\nme\ndog\nru\nbe\nio\nқаз\n*.ck\n!www.ck\njp\n*.kobe.jp\n!city.kobe.jp\n"
                                              "// ===BEGIN PRIVATE DOMAINS===\ngithub.io\nblogspot.com\n*.compute.io\n// ===END PRIVATE DOMAINS===\n",
                                              "test");
    return *list;
}

std::string identity(std::string_view written)
{
    return read_link(written, suffixes()).identity.key;
}

std::string canon(std::string_view written)
{
    std::string out;
    append_canon(out, written, std::nullopt, suffixes());
    return out;
}

// The same list as a person would fetch it.
Result<SuffixList> shared_list()
{
    const auto path = test::shared_path("cyber/psl/public_suffix_list.dat");
    return SuffixList::read(test::read_file(*path), *path);
}

} // namespace link_tests

using namespace link_tests;

TEST(SuffixList, answers_the_examples_of_its_operators)
{
    const auto examples = test::shared_path("cyber/psl/tests.txt");
    if (!examples) GTEST_SKIP() << test::kNoSharedData;
    const auto list = shared_list();
    ASSERT_TRUE(list);
    std::istringstream lines{test::read_file(*examples)};
    int read = 0;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string name, wanted;
        if (line.starts_with("//") || !(words >> name >> wanted) || name == "null") continue;
        ++read;
        // The names are compared as a host has them: lower case, ASCII.
        const auto host = name.starts_with('.') ? name : std::string{parse_url("http://" + name)->host()};
        const auto got = std::string{list->registrable(host)};
        EXPECT_EQ(got, wanted == "null" ? "" : std::string{parse_url("http://" + wanted)->host()}) << name;
    }
    EXPECT_GT(read, 70);
}

TEST(SuffixList, knows_wildcards_exceptions_and_the_private_part)
{
    const auto parts = [](std::string_view host) { return suffixes().parts(host); };
    EXPECT_EQ(parts("a.b.c.kobe.jp").registrable, "b.c.kobe.jp");
    EXPECT_EQ(parts("a.city.kobe.jp").registrable, "city.kobe.jp");
    EXPECT_EQ(parts("c.kobe.jp").registrable, "");
    EXPECT_EQ(parts("www.ck").registrable, "www.ck");
    EXPECT_TRUE(parts("x.github.io").private_suffix);
    EXPECT_FALSE(parts("x.gov.kz").private_suffix);
    EXPECT_EQ(parts("x.y.compute.io").suffix, "y.compute.io");
    EXPECT_EQ(parts("nowhere.example").registrable, "nowhere.example");
    EXPECT_EQ(parts("127.0.0.1").suffix, "");
    EXPECT_TRUE(suffixes().is_suffix("com.kz"));
    EXPECT_TRUE(suffixes().is_suffix("c.kobe.jp"));
    EXPECT_FALSE(suffixes().is_suffix("example"));
    EXPECT_FALSE(suffixes().is_suffix("kaspi.kz"));
}

TEST(SuffixList, refuses_a_file_without_rules)
{
    EXPECT_EQ(SuffixList::read("<html>not found</html>", "psl.dat").error().params.at("reason"), "syntax");
    EXPECT_EQ(SuffixList::read("// nothing\n", "psl.dat").error().params.at("reason"), "cyber.no_rule");
}

TEST(Link, folds_spellings_of_one_web_address)
{
    for (const auto* same : {"https://example.kz/pay?id=5", "http://www.EXAMPLE.kz/pay/?id=5", "https://example.kz:443/pay?utm_source=tg&id=5&fbclid=x#top", "HTTPS://user:word@example.kz./pay/?id=5",
                             "hxxps://example[.]kz/pay?id=5", "example.kz/pay?id=5", "https://example.kz/%70ay?id=5", "<https://example.kz/pay?id=5>", "https://exa\xE2\x80\x8Bmple.kz/pay?id=5",
                             "example (точка) kz/pay?id=5", "https ://example . kz/pay?id=5", "ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｋｚ／ｐａｙ？ｉｄ＝５"})
        EXPECT_EQ(identity(same), "url:example.kz/pay?id=5") << same;
}

TEST(Link, keeps_apart_what_differs)
{
    EXPECT_NE(identity("https://example.kz/Pay"), identity("https://example.kz/pay"));
    EXPECT_NE(identity("https://example.kz:8443/"), identity("https://example.kz/"));
    EXPECT_NE(identity("https://example.kz/?id=1"), identity("https://example.kz/?id=2"));
    EXPECT_NE(identity("https://example.kz/#!/a"), identity("https://example.kz/#!/b"));
    EXPECT_NE(identity("https://m.example.kz/"), identity("https://example.kz/"));
    EXPECT_EQ(identity("http://www.kz/"), "url:www.kz") << "here www is the name";
    EXPECT_NE(identity("https://каспи.қаз/"), identity("https://kaspi.kz/")) << "letters of a real name are not seen through";
}

TEST(Link, blots_out_mail_addresses)
{
    EXPECT_EQ(identity("https://example.kz/?u=aigul.s%40mail.kz&x=1"), "url:example.kz?u=(mail)&x=1");
    EXPECT_EQ(identity("https://example.kz/a@b.kz/"), "url:example.kz/(mail)");
    EXPECT_EQ(identity("https://example.kz/@name"), "url:example.kz/@name");
}

TEST(Link, knows_telegram)
{
    for (const auto* same : {"https://t.me/CasinoKZ", "t.me/s/casinokz", "http://telegram.me/casinokz/15", "telegram.dog/casinokz?start=1", "tg://resolve?domain=CasinoKZ", "@CasinoKZ", "casinokz.t.me",
                             "t[.]me/casinokz", "t.mе/casinokz", "t . me / casinokz"})
        EXPECT_EQ(identity(same), "telegram:casinokz") << same;
    for (const auto* same : {"https://t.me/+AbCdEfGhIjK1", "t.me/joinchat/AbCdEfGhIjK1", "tg://join?invite=AbCdEfGhIjK1"})
        EXPECT_EQ(identity(same), "telegram-invite:AbCdEfGhIjK1") << same;
    EXPECT_EQ(identity("https://t.me/halyk_bot"), "telegram:halyk_bot");
    EXPECT_EQ(identity("https://t.me/+77011234567"), "telegram:+77011234567");
    EXPECT_EQ(identity("https://t.me/c/1234567/5"), "telegram-id:1234567");
    EXPECT_EQ(identity("https://t.me/share/url?url=x"), "url:t.me/share/url?url=x") << "about nobody";
}

TEST(Link, knows_other_platforms)
{
    EXPECT_EQ(identity("https://www.instagram.com/Casino.KZ/?igsh=1"), "instagram:casino.kz");
    EXPECT_EQ(identity("https://instagram.com/reel/C1a2B3c4D5e/"), "instagram-post:C1a2B3c4D5e");
    EXPECT_EQ(identity("https://www.tiktok.com/@Casino.kz"), "tiktok:casino.kz");
    EXPECT_EQ(identity("https://www.tiktok.com/@casino/video/7200000000000000000"), "tiktok-video:7200000000000000000");
    EXPECT_EQ(identity("https://m.vk.com/public123"), identity("https://vk.ru/club123"));
    EXPECT_EQ(identity("https://vk.com/wall-1_22"), "vk-wall:-1_22");
    EXPECT_EQ(identity("https://youtu.be/dQw4w9WgXcQ?t=5"), identity("https://www.youtube.com/watch?v=dQw4w9WgXcQ"));
    EXPECT_EQ(identity("https://youtube.com/@Adal"), "youtube:adal");
    EXPECT_EQ(identity("https://www.olx.kz/d/obyavlenie/prodam-diplom-IDp1aBc.html"), "olx:IDp1aBc");
    EXPECT_EQ(identity("https://wa.me/77011234567"), identity("https://api.whatsapp.com/send?phone=%2B77011234567&text=x"));
    EXPECT_EQ(identity("https://chat.whatsapp.com/AbCdEfGhIjK1lMnOpQrStU"), "whatsapp-invite:AbCdEfGhIjK1lMnOpQrStU");
}

TEST(Link, knows_phones_and_cards)
{
    for (const auto* same : {"+7 (701) 123-45-67", "8 701 123 45 67", "87011234567", "7011234567", "tel:+77011234567"})
        EXPECT_EQ(identity(same), "phone:+77011234567") << same;
    EXPECT_EQ(identity("4111 1111 1111 1111"), "card:411111-1111");
    EXPECT_EQ(identity("4111 11** **** 1111"), "card:411111-1111");
    EXPECT_EQ(identity("4111 1111 1111 1112"), "") << "a digit is wrong";
    EXPECT_EQ(identity("10.0.0.1"), "url:10.0.0.1");
}

TEST(Link, has_no_identity_for_what_is_no_resource)
{
    for (const auto* nothing : {"", "   ", "hello", "just some words", "javascript:alert(1)", "data:text/html,x", "file.exe", "mailto:a@b.kz", "http://", "@", "com.kz", "42"})
        EXPECT_EQ(identity(nothing), "") << nothing;
}

TEST(Link, says_how_a_browser_reads_it_and_what_is_meant)
{
    EXPECT_EQ(canon("hxxp://Example[.]kz/"), R"({"input":"hxxp://Example[.]kz/","valid":false,"href":null,"kind":"url","identity":"url:example.kz","registrable":"example.kz"})");
    EXPECT_EQ(canon("https://A.github.io/x"), R"({"input":"https://A.github.io/x","valid":true,"href":"https://a.github.io/x","kind":"url","identity":"url:a.github.io/x","registrable":"a.github.io"})");
    EXPECT_EQ(canon("\x01\"\\\xFF"), "{\"input\":\"\\u0001\\\"\\\\\xEF\xBF\xBD\",\"valid\":false,\"href\":null,\"kind\":\"none\",\"identity\":null,\"registrable\":null}");
}

TEST(Link, reads_lines_of_json)
{
    const auto line = read_canon_input(R"({"input":"\ud83dx\ud83d\ude00","base":null})");
    ASSERT_TRUE(line);
    EXPECT_EQ(line->input, "\xEF\xBF\xBDx\xF0\x9F\x98\x80");
    EXPECT_FALSE(line->base);
    EXPECT_EQ(read_canon_input("{\"base\":\"x\"}").error().params.at("field"), "input");
    EXPECT_EQ(read_canon_input("{\"input\":\"x\",\"base\":5}").error().params.at("field"), "base");
    EXPECT_FALSE(read_canon_input("[1"));
}

RC_GTEST_PROP(Link, an_identity_names_itself, ())
{
    const auto piece = rc::gen::element<std::string>("https://", "hxxp://", "www.", "example", "t.me/", ".kz", "[.]", "/", "?a=b", "&utm_x=1", "#!x", "%61", "%2F", "%25", "@", "m@i.kz", " ", "\xD2\x9B", "A", ":80", "..");
    std::string written;
    for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece))
        written += one;
    const auto first = read_link(written, suffixes());
    if (first.identity.kind != Kind::url || !first.meant->scheme().starts_with("http")) return;
    const auto again = read_link("https://" + first.identity.key.substr(4), suffixes());
    RC_ASSERT(again.identity.key == first.identity.key);
}

} // namespace adal::cyber
