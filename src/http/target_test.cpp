#include "http/target.hpp"

#include <gtest/gtest.h>

using namespace adal::http;

TEST(Target, is_decoded_exactly_once)
{
    const auto target = read_target("/kk/places/%25D0?q=%D0%B0+b&q=2&empty");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/kk/places/%D0");
    EXPECT_EQ(target->query.at("q"), "2");
    EXPECT_EQ(target->query.at("empty"), "");
}

TEST(Target, refuses_what_could_mean_two_things)
{
    for (const auto* bad : {"", "*", "places", "http://a/b", "//a", "/a//b", "/../a", "/a/..", "/a/%2e%2e/b", "/%2e", "/a%2fb",
                            "/a%5cb", "/a\\b", "/%", "/%4", "/%zz", "/%00", "/%0a", "/%ff", "/a/./b", "/?a=%ff", "/?%zz"})
        EXPECT_FALSE(read_target(bad)) << bad;
    for (const auto* good : {"/", "/kk/", "/kk/places", "/a.b", "/..a", "/?", "/%D2%9B"})
        EXPECT_TRUE(read_target(good)) << good;
}

TEST(Form, keeps_all_values_of_a_name)
{
    const auto form = read_form("a=1&a=2&b=%D2%9B+x");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->count("a"), 2U);
    EXPECT_EQ(form->find("b")->second, "қ x");
}

TEST(Form, refuses_bytes_that_are_not_utf8)
{
    EXPECT_EQ(read_form("a=%ff").error().code, &bad_form);
    EXPECT_EQ(read_form("a=%c0%af").error().code, &bad_form);
}

TEST(Form, refuses_nul)
{
    EXPECT_EQ(read_form("a=b%00c").error().code, &bad_form);
    EXPECT_FALSE(read_query("q=%00"));
}

TEST(Form, has_bounds)
{
    std::string many = "a=1";
    for (std::size_t i = 1; i < kMaxFields; ++i) many += "&a=1";
    EXPECT_TRUE(read_form(many));
    EXPECT_EQ(read_form(many + "&a=1").error().code, &too_many_fields);
    EXPECT_TRUE(read_form("a=" + std::string(kMaxFieldBytes, 'x')));
    EXPECT_EQ(read_form("a=" + std::string(kMaxFieldBytes + 1, 'x')).error().code, &field_too_long);
}

TEST(SafeNext, leads_only_into_this_site)
{
    EXPECT_EQ(safe_next("/kk/tasks?x=1"), "/kk/tasks?x=1");
    for (const auto* bad : {"", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x"})
        EXPECT_EQ(safe_next(bad), "/") << bad;
}
