#include "procurement/json_index.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <random>

namespace adal::procurement::columns {
namespace {

JsonFault fault_of(std::string_view text)
{
    JsonIndex index;
    return index.index(text);
}

struct Refusal {
    const char* json;
    JsonFault fault;
};

class BadJson : public ::testing::TestWithParam<Refusal> {};

TEST_P(BadJson, Is_refused_with_its_reason)
{
    EXPECT_EQ(text(fault_of(GetParam().json)), text(GetParam().fault)) << GetParam().json;
}

INSTANTIATE_TEST_SUITE_P(
    All, BadJson,
    ::testing::Values(
        Refusal{"", JsonFault::empty}, Refusal{" \t ", JsonFault::empty},
        Refusal{"{", JsonFault::incomplete}, Refusal{R"({"a)", JsonFault::incomplete},
        Refusal{R"({"a":)", JsonFault::incomplete}, Refusal{R"({"a":1)", JsonFault::incomplete},
        Refusal{"[1,", JsonFault::incomplete}, Refusal{R"({"a":1}})", JsonFault::trailing},
        Refusal{"1 2", JsonFault::trailing}, Refusal{R"({"a":1}{"b":2})", JsonFault::trailing},
        Refusal{R"({"a":1,})", JsonFault::syntax}, Refusal{"[1,]", JsonFault::syntax},
        Refusal{"[,1]", JsonFault::syntax}, Refusal{R"({"a" 1})", JsonFault::syntax},
        Refusal{R"({a:1})", JsonFault::syntax}, Refusal{R"({"a":1 "b":2})", JsonFault::syntax},
        Refusal{"[01]", JsonFault::syntax}, Refusal{"[1.]", JsonFault::syntax},
        Refusal{"[.5]", JsonFault::syntax}, Refusal{"[1e]", JsonFault::syntax},
        Refusal{"[-]", JsonFault::syntax}, Refusal{"[+1]", JsonFault::syntax},
        Refusal{"[nul]", JsonFault::syntax}, Refusal{"[truely]", JsonFault::syntax},
        Refusal{"[NaN]", JsonFault::syntax}, Refusal{R"(["a"b])", JsonFault::syntax},
        Refusal{R"([1"a"])", JsonFault::syntax}, Refusal{"[1}", JsonFault::syntax},
        Refusal{R"(["\x"])", JsonFault::bad_text}, Refusal{R"(["\u12"])", JsonFault::bad_text},
        Refusal{R"(["\ud800"])", JsonFault::bad_text},
        Refusal{R"(["\udc00"])", JsonFault::bad_text},
        Refusal{R"(["\ud800\u0041"])", JsonFault::bad_text},
        Refusal{"[\"\xE9\"]", JsonFault::bad_text}, Refusal{"[\"a\tb\"]", JsonFault::bad_text}));

TEST(JsonIndexTest, Nesting_ends_where_serde_ends_it)
{
    const std::string deep(kDeepestNesting, '['), shut(kDeepestNesting, ']');
    EXPECT_EQ(fault_of(deep + shut), JsonFault::none);
    EXPECT_EQ(fault_of("[" + deep + shut + "]"), JsonFault::too_deep);
}

TEST(JsonIndexTest, A_value_is_found_and_read_whatever_stands_around_it)
{
    JsonIndex index;
    const std::string json =
        R"( { "skip" : {"x":[1,{"y":"}]"}]} , "n\u0061me" : "\u049a\ud83d\ude00\n\"" , "sum": -1.50e3 ,"list":[ ] } )";
    ASSERT_EQ(index.index(json), JsonFault::none);
    std::string scratch, keys, name, sum, skipped;
    index.root().each_member([&](std::string_view key, Node value) {
        keys += std::string{key} + " ";
        if (key == "name") name = value.text(scratch);
        if (key == "sum") sum = value.token();
        if (key == "skip") skipped = value.json();
    });
    EXPECT_EQ(skipped, R"({"x":[1,{"y":"}]"}]})");
    EXPECT_EQ(keys, "skip name sum list ");
    EXPECT_EQ(name, "Қ😀\n\"");
    EXPECT_EQ(sum, "-1.50e3");
}

TEST(JsonIndexTest, A_repeated_key_is_reduced_to_its_last_value)
{
    JsonIndex index;
    ASSERT_EQ(index.index(R"({"a":1,"b":[{"c":1,"\u0063":{"d":2,"d":3}}],"a":{"x":[]}})"),
              JsonFault::none);
    EXPECT_EQ(without_repeated_keys(index.root()), R"({"a":{"x":[]},"b":[{"c":{"d":3}}]})");
}

// Boost.JSON is the judge: 60,000 small texts, most of them broken in some way.
TEST(JsonIndexTest, Agrees_with_another_parser_on_what_is_json)
{
    std::mt19937 random{20261125};
    const std::vector<std::string> pieces{"{",     "}",        "[",           "]",    ":",    ",",
                                          "\"a\"", "\"b\\n\"", "\"\\u00e9\"", "1",    "-0",   "0.5",
                                          "1e5",   "01",       "true",        "null", "fals", " ",
                                          "\"",    "\\",       "\xC3\xA9",    "\x01"};
    std::size_t good = 0;
    for (int i = 0; i < 60'000; ++i) {
        std::string json = i % 2 ? R"({"a":[1,{"b":"x"},-2.5e1],"c":null})" : "";
        for (auto n = random() % 9; n > 0; --n) {
            const auto& piece = pieces[random() % pieces.size()];
            const auto how = json.empty() ? 0 : random() % 4;
            if (how < 2) json += piece;
            if (how == 2) json.insert(random() % json.size(), piece);
            if (how == 3) json.erase(random() % json.size(), 1);
        }
        boost::system::error_code error;
        boost::json::parse(json, error);
        const auto ours = fault_of(json);
        ASSERT_EQ(ours == JsonFault::none, !error)
            << json << " " << text(ours) << " " << error.message();
        good += ours == JsonFault::none;
    }
    EXPECT_GT(good, 1000U);
}

} // namespace
} // namespace adal::procurement::columns
