#include "procurement/concealment.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

using Words = std::vector<std::string>;

TEST(Concealment, Finds_look_alikes_of_the_other_alphabet)
{
    EXPECT_EQ(disguised_words("Ремонт дoрог, yлиц и мостов"), (Words{"дoрог", "yлиц"})); // Latin o, Latin y
    EXPECT_EQ(disguised_words("Принтер LаserJet"), (Words{"LаserJet"}));                 // Cyrillic а
}

TEST(Concealment, Leaves_honest_mixtures_alone)
{
    EXPECT_TRUE(disguised_words("USBкабель, Wi-Fi роутер, А4, 3D-принтер, IPтелефония").empty());
    EXPECT_TRUE(disguised_words("Мемлекеттiк мекеме, қаhарман, əдiлет").empty()) << "typed without a Kazakh layout";
    EXPECT_TRUE(disguised_words("ТOО").empty()) << "three letters are a slip";
    EXPECT_TRUE(disguised_words("Ремонт дорог и LaserJet").empty());
    EXPECT_TRUE(disguised_words("").empty());
}

TEST(Concealment, Every_word_of_its_lists_is_found_in_a_text_that_has_it)
{
    const auto& words = ConcealmentWords::standard();
    ASSERT_FALSE(words.brands.empty());
    for (const auto& brand : words.brands) EXPECT_EQ(named_brand("набор " + brand + " новый", words).empty(), false) << brand;
    for (const auto& phrase : words.only_one) EXPECT_FALSE(found_phrase("x " + phrase, words.only_one).empty()) << phrase;
    EXPECT_TRUE(named_brand(fold("Лгать и дельта"), words).empty()) << "whole words only";
    EXPECT_TRUE(has_stem(fold("немесе баламасы"), words.equivalent));
    EXPECT_TRUE(has_stem(fold("или эквивалентный"), words.equivalent));
    EXPECT_FALSE(has_stem(fold("Телевизор"), words.equivalent));
}

TEST(Concealment, Compares_names_by_the_beginnings_of_words)
{
    EXPECT_FALSE(nothing_in_common(fold("Офисные стулья"), fold("Стул офисный")));
    EXPECT_TRUE(nothing_in_common(fold("Автомобиль легковой"), fold("Стул офисный")));
    EXPECT_TRUE(has_kazakh_letter("Кеңсе"));
    EXPECT_FALSE(has_kazakh_letter("Стул"));
}

} // namespace
} // namespace adal::procurement
