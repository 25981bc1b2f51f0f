#include "oversight/expression.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>

namespace adal::oversight {
namespace {

using Answers = std::map<std::string, Value, std::less<>>;

Value value(std::string_view text, const Answers& answers = {}, const Value& self = std::string{})
{
    const auto expression = Expression::parse(text);
    EXPECT_TRUE(expression) << text;
    if (!expression) return std::string{"?"};
    return expression->evaluate(
        [&](std::string_view name) {
            const auto found = answers.find(name);
            return found == answers.end() ? Value{std::string{}} : found->second;
        },
        self);
}

std::string text(std::string_view expression, const Answers& answers = {}) { return as_text(value(expression, answers)); }

TEST(Expression, computes_in_the_order_of_school)
{
    EXPECT_EQ(text("2 + 3 * 4"), "14");
    EXPECT_EQ(text("(2 + 3) * 4"), "20");
    EXPECT_EQ(text("10 - 4 - 3"), "3");
    EXPECT_EQ(text("20 div 4 div 5"), "1");
    EXPECT_EQ(text("7 mod 4"), "3");
    EXPECT_EQ(text("-7 mod 4"), "-3"); // the sign of the dividend, as XPath has it
    EXPECT_EQ(text("- -2"), "2");
    EXPECT_EQ(text(".5 + 1.25"), "1.75");
}

TEST(Expression, compares_binds_and_over_or_and_needs_no_spaces)
{
    EXPECT_EQ(text("1=1 or 1=2 and 1=3"), "true");
    EXPECT_EQ(text("(1=1 or 1=2) and 1=3"), "false");
    EXPECT_EQ(text("2<=2 and 3>=3 and 1<2 and 2>1 and 1!=2"), "true");
    EXPECT_EQ(text("'a'='a'"), "true");
    EXPECT_EQ(text("\"it's\" = 'its'"), "false");
}

TEST(Expression, calls_a_blank_answer_neither_small_nor_large)
{
    EXPECT_EQ(text("${dep} >= 5"), "false");
    EXPECT_EQ(text("${dep} < 5"), "false");
    EXPECT_EQ(text("${dep} = ''"), "true");
    EXPECT_EQ(text("string-length(${dep}) = 0"), "true");
    EXPECT_EQ(text("${dep} * 2"), "NaN");
    EXPECT_EQ(text("${dep} = ${dep}"), "true"); // as texts
    EXPECT_EQ(text("number(${dep}) = number(${dep})"), "false");
}

TEST(Expression, converts_as_XPath_does)
{
    EXPECT_EQ(text("' 12.50 ' = 12.5"), "true");
    EXPECT_EQ(text("'1e3' = 1000"), "false");
    EXPECT_EQ(text("'+5' = 5"), "false");
    EXPECT_EQ(text("'1.2.3' = 1.2"), "false");
    EXPECT_EQ(text("'5,5' = 5.5"), "false");
    EXPECT_EQ(text("'-' = '-'"), "true");
    EXPECT_EQ(text("string(12.0)"), "12");
    EXPECT_EQ(text("string(-0.0)"), "0");
    EXPECT_EQ(text("1 div 0"), "Infinity");
    EXPECT_EQ(text("-1 div 0"), "-Infinity");
    EXPECT_EQ(text("0 div 0"), "NaN");
    EXPECT_EQ(text("true() = 1"), "true");
    EXPECT_EQ(text("true() = 'no'"), "true"); // a boolean wins: any text is true
}

TEST(Expression, has_its_functions)
{
    EXPECT_EQ(text("if(${a} = 'x', 'yes', 'no')", {{"a", std::string{"x"}}}), "yes");
    EXPECT_EQ(text("not(1 = 1)"), "false");
    EXPECT_EQ(text("string-length('Әділет')"), "6");
    EXPECT_EQ(text("round(2.5)"), "3");
    EXPECT_EQ(text("round(-2.5)"), "-2");
    EXPECT_EQ(text("round(0.12345, 4)"), "0.1235");
    EXPECT_EQ(text("concat('a', 1, true())"), "a1true");
    EXPECT_EQ(text("min(3, 1, 2)"), "1");
    EXPECT_EQ(text("max(3, 1, 2)"), "3");
    EXPECT_EQ(text("max(3, '')"), "NaN");
    EXPECT_EQ(text("coalesce('', 7)"), "7");
    EXPECT_EQ(text("coalesce(0, 7)"), "0");
    EXPECT_EQ(text("true()"), "true");
    EXPECT_EQ(text("false()"), "false");
}

TEST(Expression, looks_into_a_multiple_choice_whether_list_or_words)
{
    const Answers list{{"edef", std::vector<std::string>{"rust", "sharp"}}}, typed{{"edef", std::string{" rust  sharp "}}};
    for (const auto& answers : {list, typed}) {
        EXPECT_EQ(text("selected(${edef}, 'sharp')", answers), "true");
        EXPECT_EQ(text("selected(${edef}, 'shar')", answers), "false");
        EXPECT_EQ(text("count-selected(${edef})", answers), "2");
    }
    EXPECT_EQ(text("count-selected(${edef})"), "0");
}

TEST(Expression, knows_the_value_it_constrains_and_the_names_it_needs)
{
    const auto expression = Expression::parse(". > 0 and . <= ${most}");
    ASSERT_TRUE(expression);
    EXPECT_EQ(expression->names(), (std::set<std::string>{"most"}));
    const auto is_fine = [&](double self) {
        return as_bool(expression->evaluate([](std::string_view) { return Value{60.0}; }, self));
    };
    EXPECT_TRUE(is_fine(60));
    EXPECT_FALSE(is_fine(60.5));
    EXPECT_FALSE(is_fine(0));
}

struct Wrong {
    std::string_view text, reason, at;
};

class WrongExpression : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongExpression, is_refused_with_the_offset_and_the_reason)
{
    const auto expression = Expression::parse(GetParam().text);
    ASSERT_FALSE(expression) << GetParam().text;
    EXPECT_TRUE(expression.error().is(bad_expression));
    EXPECT_EQ(expression.error().params.at("reason"), GetParam().reason) << GetParam().text;
    EXPECT_EQ(expression.error().params.at("at"), GetParam().at) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Of, WrongExpression,
                         ::testing::Values(Wrong{"", "ended", "0"}, Wrong{"1 +", "ended", "3"}, Wrong{"1 2", "unexpected", "2"}, Wrong{"(1", "bracket", "2"},
                                           Wrong{"'abc", "quote", "0"}, Wrong{"${}", "name", "2"}, Wrong{"${a", "name", "3"}, Wrong{"$a", "unexpected", "0"},
                                           Wrong{"foo(1)", "function", "3"}, Wrong{"if(1, 2)", "arguments", "8"}, Wrong{"not(1, 2)", "arguments", "8"},
                                           Wrong{"not 1", "bracket", "4"}, Wrong{"concat(1 2)", "comma", "9"}, Wrong{"true(1)", "arguments", "6"}, Wrong{"#", "unexpected", "0"}));

TEST(Expression, too_long_or_too_deep_is_refused_and_not_crashed_on)
{
    EXPECT_EQ(Expression::parse(std::string(5000, '1')).error().params.at("reason"), "too_long");
    EXPECT_EQ(Expression::parse(std::string(2000, '(')).error().params.at("reason"), "too_deep");
    EXPECT_EQ(Expression::parse(std::string(2000, '-') + "1").error().params.at("reason"), "too_deep");
    std::string sum = "1";
    for (int i = 0; i < 200; ++i) sum += "+1";
    EXPECT_EQ(Expression::parse(sum).error().params.at("reason"), "too_deep");
}

TEST(Expression, without_content_is_the_empty_text)
{
    EXPECT_EQ(as_text(Expression{}.evaluate([](std::string_view) { return Value{1.0}; })), "");
}

// Random sums and comparisons against the same in C++.
RC_GTEST_PROP(Expression, computes_what_the_machine_computes, ())
{
    const int a = *rc::gen::inRange(-1000, 1000), b = *rc::gen::inRange(-1000, 1000), c = *rc::gen::inRange(1, 100);
    const Answers answers{{"a", double(a)}, {"b", std::to_string(b)}, {"c", double(c)}};
    RC_ASSERT(as_number(value("${a} + ${b} * ${c}", answers)) == a + b * c);
    RC_ASSERT(as_number(value("(${a} - ${b}) div ${c}", answers)) == double(a - b) / c);
    RC_ASSERT(as_bool(value("${a} < ${b} or ${a} = ${c}", answers)) == (a < b || a == c));
    RC_ASSERT(as_number(value("max(${a}, ${b}, ${c})", answers)) == std::max({a, b, c}));
}

RC_GTEST_PROP(Number, written_as_text_reads_as_itself, ())
{
    const double number = *rc::gen::inRange(-1'000'000'000, 1'000'000'000) / 1000.0;
    RC_ASSERT(as_number(Value{as_text(Value{number})}) == number);
}

} // namespace
} // namespace adal::oversight
