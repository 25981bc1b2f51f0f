#include "base/json.hpp"
#include "base/json_text.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal {
namespace {

std::string refusal(std::string_view text)
{
    const auto read = parse_json(text);
    return read ? "" : read.error().params.at("reason") + ":" + read.error().params.at("line");
}

TEST(Json, Reads_values_of_every_kind)
{
    const auto read = parse_json(
        R"( {"t":"Қ\u04a3","i":-7,"n":1.5,"big":18446744073709551615,"a":[1,null,true],"o":{}} )");
    ASSERT_TRUE(read);
    EXPECT_EQ(text_at(*read, "t"), "Қң");
    EXPECT_EQ(int_at(*read, "i"), -7);
    EXPECT_EQ(number_at(*read, "i"), -7.0);
    EXPECT_EQ(number_at(*read, "n"), 1.5);
    EXPECT_FALSE(int_at(*read, "n"));
    EXPECT_FALSE(int_at(*read, "big"));
    EXPECT_EQ(array_at(*read, "a")->size(), 3u);
    EXPECT_NE(object_at(*read, "o"), nullptr);
    EXPECT_EQ(find(*read, "absent"), nullptr);
    EXPECT_EQ(find(*array_at(*read, "a")->begin(), "x"), nullptr);
    EXPECT_FALSE(text_at(*read, "i"));
}

TEST(Json, Refuses_a_key_given_twice_on_any_level)
{
    EXPECT_EQ(refusal(R"({"a":1,"a":2})"), "duplicate_key:1");
    EXPECT_EQ(refusal("[1,\n{\"b\":{\"a\":1,\n\"c\":0,\"\\u0061\":2}}]"), "duplicate_key:3");
    EXPECT_EQ(refusal(R"({"a":{"a":1},"b":{"a":1}})"), "");
}

TEST(Json, Refuses_depth_over_32)
{
    EXPECT_EQ(refusal(std::string(32, '[') + std::string(32, ']')), "");
    EXPECT_EQ(refusal(std::string(33, '[') + std::string(33, ']')), "too_deep:1");
    EXPECT_EQ(refusal(std::string(1'000'000, '[')), "too_deep:1");
}

TEST(Json, Refuses_what_is_not_exactly_one_document)
{
    EXPECT_EQ(refusal("{} {}"), "trailing:1");
    EXPECT_EQ(refusal("{}\n\nx"), "trailing:3");
    EXPECT_EQ(refusal(""), "incomplete:1");
    EXPECT_EQ(refusal("[1"), "incomplete:1");
    EXPECT_EQ(refusal("\"\xff\""), "not_utf8:1");
    EXPECT_EQ(refusal("[1e999]"), "too_large:1");
    EXPECT_EQ(refusal("[1e-999]"), "");
    for (const auto* bad : {"{'a':1}", "[1,]", "[01]", "nul", "// c\n1", "NaN", "[\"\t\"]",
                            "\"\\ud800\"", "\xef\xbb\xbf{}"})
        EXPECT_NE(refusal(bad), "") << bad;
}

TEST(Json, Fractions_are_read_exactly)
{
    for (const auto number :
         {0.1, 76.945555, 43.238949, 1.7976931348623157e308, 5e-324, 123456789.12345679}) {
        const auto read = parse_json("[" + to_text(json::value(number)) + "]");
        ASSERT_TRUE(read);
        EXPECT_EQ(read->as_array()[0].to_number<double>(), number);
    }
    EXPECT_EQ(parse_json("[9007199254740993.0]")->as_array()[0].as_double(), 9007199254740992.0);
    EXPECT_EQ(parse_json("[0.30000000000000004]")->as_array()[0].as_double(), 0.1 + 0.2);
}

TEST(Json, Pretty_text_keeps_the_order_of_keys)
{
    const auto read = parse_json(R"({"b":[1,{"x":[]}],"a":"\"","c":{}})");
    EXPECT_EQ(to_pretty_text(*read), "{\n  \"b\": [\n    1,\n    {\n      \"x\": []\n    }\n  ],\n "
                                     " \"a\": \"\\\"\",\n  \"c\": {}\n}");
    EXPECT_EQ(to_text(*read), R"({"b":[1,{"x":[]}],"a":"\"","c":{}})");
}

RC_GTEST_PROP(Json, Any_bytes_are_read_or_refused, (const std::string& bytes))
{
    const auto read = parse_json(bytes);
    if (read) RC_ASSERT(parse_json(to_text(*read)) == *read);
}

RC_GTEST_PROP(Json, A_string_is_written_as_a_value_is, (const std::vector<std::uint8_t>& bytes))
{
    std::string ascii = "ұлт"; // and every byte of ASCII, often those that need escaping
    for (const auto byte : bytes) ascii += static_cast<char>(byte & (byte > 0xc0 ? 0x1f : 0x7f));
    std::string out = "\"";
    append_json_text(out, ascii);
    RC_ASSERT(out + '"' == to_text(json::value(ascii)));
}

} // namespace
} // namespace adal
