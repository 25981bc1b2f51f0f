#include "base/order_key.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace adal {
namespace {

TEST(OrderKey, puts_the_letters_of_Kazakh_after_the_ones_they_look_like)
{
    std::vector<std::string> names{"Өскемен көшесі", "Яблоня", "Әуезов", "Азат", "Аян", "Орталық", "3-шағынаудан", "Қала", "Кала", "Park"};
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return order_key_kk(a) < order_key_kk(b); });
    EXPECT_EQ(names, (std::vector<std::string>{"3-шағынаудан", "Азат", "Аян", "Әуезов", "Кала", "Қала", "Орталық", "Өскемен көшесі", "Яблоня", "Park"}));
}

RC_GTEST_PROP(OrderKey, orders_as_the_comparison_does, ())
{
    const auto letters = rc::gen::map(rc::gen::container<std::vector<char32_t>>(rc::gen::elementOf(std::u32string{U"аәбАӘ0 9zZ-һіЫёѣ—😀яґ"})), [](const auto& points) {
        std::string text;
        for (const auto point : points) append_utf8(text, point);
        return text;
    });
    const auto a = *letters, b = *letters;
    const auto by_key = order_key_kk(a).compare(order_key_kk(b));
    const auto by_rule = compare_kk(a, b);
    if (by_key == 0) RC_ASSERT(lower(a) == lower(b));
    else RC_ASSERT((by_key < 0) == (by_rule < 0));
}

} // namespace
} // namespace adal
