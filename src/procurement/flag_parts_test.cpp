#include "procurement/flag_parts.hpp"

#include <gtest/gtest.h>

namespace adal::procurement {
namespace {

TEST(FlagParts, A_firm_says_its_month_of_registration_in_its_number)
{
    const LocalDate today = make_date(2026, 6, 2);
    // 0..9 as last digit: exactly one is the check digit.
    int valid = 0;
    for (char last = '0'; last <= '9'; ++last)
        if (const auto month = registered_in(std::string{"KZ-BIN-26034000000"} + last, today)) {
            EXPECT_EQ(*month, make_date(2026, 3, 1));
            ++valid;
        }
    EXPECT_EQ(valid, 1);
}

TEST(FlagParts, What_is_not_the_number_of_a_firm_says_no_month)
{
    const LocalDate today = make_date(2026, 6, 2);
    for (const char* id : {"", "KZ-BIN-1", "KZ-IIN-960305300018", "KZ-BIN-991340000000",
                           "KZ-BIN-26034000000x", "1260340000000"})
        EXPECT_FALSE(registered_in(id, today)) << id;
}

TEST(FlagParts, A_code_is_cut_by_its_digits)
{
    EXPECT_EQ(code_prefix("310011.500.000005", kKindDigits), "310011.500");
    EXPECT_EQ(code_prefix("310011.500.000005", kArticleDigits), "310011.500.000005");
    EXPECT_EQ(code_prefix("310011500000005", kClassDigits), "310011");
    EXPECT_EQ(code_prefix("310011", kKindDigits), "");
}

TEST(FlagParts, Quartiles_are_those_between_neighbours)
{
    const std::vector<double> sorted{1, 2, 3, 4, 5};
    EXPECT_EQ(quantile(sorted, 0.5), 3);
    EXPECT_EQ(quantile(sorted, 0.25), 2);
    EXPECT_EQ(quantile(sorted, 0), 1);
    EXPECT_EQ(quantile(sorted, 1), 5);
    EXPECT_EQ(upper_fence(sorted), 7);
    EXPECT_EQ(quantile({7}, 0.75), 7);
}

TEST(FlagParts, Growth_of_a_fifth_is_a_fifth)
{
    EXPECT_EQ(growth(100, 120), 0.2);
    EXPECT_EQ(growth(1000, 1100), 0.1);
    EXPECT_EQ(growth(100, 50), -0.5);
}

Process bought(std::string method, std::string buyer, std::string category)
{
    Process process;
    process.buyer = {"KZ-BIN-1", std::move(buyer)};
    process.method_details = std::move(method);
    process.category = std::move(category);
    return process;
}

TEST(Limits, Are_counted_in_the_index_of_the_year)
{
    const auto& law = Thresholds::standard();
    const auto quotation = bought("Запрос ценовых предложений", "Мектеп", "goods");
    EXPECT_EQ(law.yearly_limit(quotation, 2026)->sum, (CurrencyAmount{3460000000, "KZT"}));
    EXPECT_EQ(law.yearly_limit(quotation, 2025)->sum, (CurrencyAmount{3145600000, "KZT"}));
    EXPECT_FALSE(law.yearly_limit(quotation, 2024)) << "the law was not in force";
    EXPECT_FALSE(law.yearly_limit(quotation, 2031)) << "nobody knows that index";
    EXPECT_FALSE(law.yearly_limit(bought("Открытый конкурс", "Мектеп", "goods"), 2026));
}

TEST(Limits, Of_direct_contracts_depend_on_what_and_on_whose)
{
    const auto& law = Thresholds::standard();
    const std::string direct = "Из одного источника путем прямого заключения договора";
    EXPECT_EQ(law.yearly_limit(bought(direct, "Мектеп", "goods"), 2026)->rule->units, 100);
    EXPECT_EQ(law.yearly_limit(bought(direct, "Мектеп", "works"), 2026)->rule->units, 500);
    EXPECT_EQ(
        law.yearly_limit(bought(direct, "Ақтоғай ауылдық округі", "goods"), 2026)->rule->units,
        4000);
    EXPECT_FALSE(law.yearly_limit(bought(direct, "Мектеп", ""), 2026));
}

TEST(Limits, A_price_with_tax_is_the_same_price)
{
    const auto& law = Thresholds::standard();
    for (const double step : {1.12, 1.16, 1.16 / 1.12})
        EXPECT_TRUE(law.is_vat_step(step)) << step;
    for (const double step : {1.0, 1.10, 1.125, 1.2})
        EXPECT_FALSE(law.is_vat_step(step)) << step;
}

TEST(Limits, Roads_have_a_winter_and_houses_none)
{
    const auto& law = Thresholds::standard();
    EXPECT_TRUE(law.season({"ENSTRU:421120.100.000000"}, make_date(2026, 1, 1)));
    EXPECT_FALSE(law.season({"ENSTRU:410040.000.000001"}, make_date(2026, 1, 1)));
}

TEST(Limits, A_method_is_known_by_its_name_number_and_sign)
{
    const auto& law = Thresholds::standard();
    for (const char* name : {"Электронный магазин", "60", "ЭМ"}) {
        ASSERT_TRUE(law.method_named(name)) << name;
        EXPECT_EQ(law.method_named(name)->id, "kz.catalogue");
    }
    EXPECT_FALSE(law.method_named(""));
    EXPECT_FALSE(law.method_named("999"));
}

TEST(Limits, A_bad_rule_is_named_with_its_field)
{
    const WorkingDays calendar{{}, make_date(2026, 1, 1)};
    const auto reading = [&](const std::string& list, const std::string& rest) {
        return Thresholds::read(R"({"currency":"KZT",")" + list +
                                    R"(":[{"id":"x","in_force":"2025-01-01","source":"s",)" + rest +
                                    "}]}",
                                calendar);
    };
    for (const auto& [list, rest, field] :
         {std::tuple{"units", R"("tenge":0)", "/units/0/tenge"},
          std::tuple{"limits", R"("mrp":5)", "/limits/0/methods"},
          std::tuple{"limits", R"("methods":["m"],"mrp":-1)", "/limits/0/mrp"},
          std::tuple{"vat", R"("rate":12)", "/vat/0/rate"},
          std::tuple{"seasons", R"("prefixes":["42"],"closed_months":[13])",
                     "/seasons/0/closed_months"}}) {
        const auto bad = reading(list, rest);
        ASSERT_FALSE(bad) << list;
        EXPECT_EQ(bad.error().params.at("field"), field);
    }
}

TEST(FlagParts, The_subparagraph_of_a_ground_is_read_in_both_languages)
{
    const auto& words = Thresholds::standard().ground_words();
    for (const auto* text : {"подпункт 28) пункта 3 статьи 16 Закона", "пп. 28 п. 3 ст. 16", "подпунктом 28 пункта 3",
                             "16-баптың 3-тармағының 28) тармақшасы", "16-баптың 3-тармағының 28 тармақшасы"})
        EXPECT_EQ(ground_number(text, words), 28) << text;
    EXPECT_EQ(ground_number("ст.16 п.3 пп.4) (в редакции 2025)", words), 4);
    EXPECT_FALSE(ground_number("приобретение (2025) по статье 16", words));
    EXPECT_FALSE(ground_number("", words));
}

} // namespace
} // namespace adal::procurement
