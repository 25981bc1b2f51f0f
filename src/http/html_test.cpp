#include "http/html.hpp"

#include <gtest/gtest.h>

using namespace adal::http;

TEST(Html, text_is_escaped_wherever_it_comes_from)
{
    const std::string evil = "<script>alert('1')</script> & \"quotes\"";
    EXPECT_EQ(p({}, evil).markup(),
              "<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;</p>");
    EXPECT_EQ(span({Attr{"title", evil}}, "x").markup(),
              "<span title=\"&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;quotes&quot;\">x</span>");
}

TEST(Html, elements_nest_without_escaping_twice)
{
    EXPECT_EQ(div({cls("card")}, h2({}, "A & B"), p({}, 3)).markup(),
              "<div class=\"card\"><h2>A &amp; B</h2><p>3</p></div>");
}

TEST(Html, absent_attributes_leave_nothing)
{
    EXPECT_EQ(input({Attr{"name", "a"}, Attr::none(), Attr{"required"}, cls("")}).markup(), "<input name=\"a\" required>");
}

TEST(Html, a_link_leads_only_to_a_checked_address)
{
    for (const auto* good : {"/kk/places", "#main", "?after=1", "https://adilet.zan.kz/", "mailto:a@b.kz", "tel:+7727"})
        EXPECT_EQ(href(good).text(), " href=\"" + std::string{good} + "\"") << good;
    for (const auto* bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "//evil.example", "data:text/html,x", "vbscript:x",
                            " https://evil.example", "java\tscript:alert(1)", "/\\evil.example", "\\\\evil.example", "",
                            "ftp://x", "kk/places", "/\t/evil.example"})
        EXPECT_EQ(href(bad).text(), " href=\"#\"") << bad;
}
