#include "i18n/i18n.hpp"

#include "embedded/i18n.hpp"
#include "i18n/catalogue.hpp"

#include <gtest/gtest.h>
#include <set>
#include <thread>

namespace adal::i18n {
namespace {

constexpr auto kk = Language::kk;
constexpr auto ru = Language::ru;
constexpr auto en = Language::en;

std::set<std::string> placeholders(const Message& message)
{
    std::set<std::string> names;
    for (const auto& form : message.forms)
        for (auto open = form.find('{'); open != form.npos; open = form.find('{', open + 1))
            names.insert(form.substr(open + 1, form.find('}', open) - open - 1));
    names.erase("n");
    return names;
}

TEST(I18n, Every_message_exists_in_every_language_with_the_same_placeholders)
{
    std::vector<Catalogue> catalogues;
    for (const auto* name : {"kk.json", "ru.json", "en.json"})
        catalogues.emplace_back(embedded::find(embedded::i18n(), name)->bytes);
    EXPECT_EQ(catalogues[0].keys(), catalogues[1].keys());
    EXPECT_EQ(catalogues[0].keys(), catalogues[2].keys());
    for (const auto key : catalogues[0].keys())
        for (const auto& other : catalogues) {
            const auto* message = other.find(key);
            ASSERT_NE(message, nullptr) << key;
            EXPECT_EQ(placeholders(*catalogues[0].find(key)), placeholders(*message)) << key;
        }
}

TEST(I18n, Fills_values_and_leaves_unknown_names_visible)
{
    EXPECT_EQ(text(kk, "problem.bad_field", {{"field", "А"}, {"reason", "Б"}}),
              "Өрісті түзетіңіз: А. Себебі: Б.");
    EXPECT_EQ(text(en, "problem.bad_field", {{"field", "{reason}"}}),
              "Correct the field: {reason}. Reason: {reason}.");
    EXPECT_THROW(text(kk, "no.such.key"), CheckFailed);
    EXPECT_TRUE(has("problem.internal"));
    EXPECT_FALSE(has("no.such.key"));
}

TEST(I18n, A_problem_is_a_sentence_and_its_reason_a_word)
{
    const Problem missing{&bad_field, {{"field", "БСН"}, {"reason", "missing"}}};
    EXPECT_EQ(sentence(kk, missing), "Өрісті түзетіңіз: БСН. Себебі: толтырылмаған.");
    EXPECT_EQ(sentence(ru, missing), "Исправьте поле: БСН. Причина: не заполнено.");
}

TEST(I18n, A_problem_without_a_sentence_falls_back_and_never_throws)
{
    constexpr ProblemCode unheard{"test.unheard_of", 500};
    EXPECT_EQ(sentence(kk, {&unheard, {}}), text(kk, "problem.internal"));
    EXPECT_EQ(sentence(en, {}), text(en, "problem.internal"));
}

TEST(I18n, Plural_categories_are_those_of_cldr)
{
    for (const auto n : {1, 21, 101, 1001})
        EXPECT_EQ(plural_ru(n), Plural::one) << n;
    for (const auto n : {2, 3, 4, 22, 104})
        EXPECT_EQ(plural_ru(n), Plural::few) << n;
    for (const auto n : {0, 5, 11, 12, 14, 19, 20, 111, 112, 1000})
        EXPECT_EQ(plural_ru(n), Plural::many) << n;
    EXPECT_EQ(plural_kk_en(1), Plural::one);
    EXPECT_EQ(plural_kk_en(0), Plural::other);
    EXPECT_EQ(plural_kk_en(21), Plural::other);
}

TEST(I18n, A_catalogue_reads_plural_messages_and_falls_back_to_other)
{
    const Catalogue catalogue{R"({"a":{"one":"{n} көзі","other":"{n} көз"},"b":"x"})"};
    EXPECT_EQ(catalogue.find("a")->form(Plural::one), "{n} көзі");
    EXPECT_EQ(catalogue.find("a")->form(Plural::few), "{n} көз");
    EXPECT_EQ(catalogue.find("b")->form(Plural::many), "x");
    EXPECT_EQ(catalogue.find("c"), nullptr);
    EXPECT_THROW(Catalogue{"{"}, std::runtime_error);
    EXPECT_THROW(Catalogue{R"({"a":{"one":"x"}})"}, std::runtime_error);
}

TEST(I18n, Numbers_are_grouped_with_no_break_spaces)
{
    EXPECT_EQ(number(kk, 1'234'567), "1\u00a0234\u00a0567");
    EXPECT_EQ(number(ru, -999), "-999");
    EXPECT_EQ(number(en, -1000), "-1\u00a0000");
    EXPECT_EQ(number(kk, 3.5, 1), "3,5");
    EXPECT_EQ(number(en, 3.5, 1), "3.5");
    EXPECT_EQ(number(ru, 12345.678, 2), "12\u00a0345,68");
    EXPECT_EQ(number(kk, -0.001, 1), "0,0");
    EXPECT_EQ(number(kk, 2.0, 0), "2");
}

TEST(I18n, Shares_and_sums_follow_each_language)
{
    EXPECT_EQ(percent(kk, 0.74), "74%");
    EXPECT_EQ(percent(ru, 0.74), "74\u00a0%");
    EXPECT_EQ(percent(en, 1.0), "100%");
    EXPECT_EQ(money(kk, Money::tenge(2'500'000)), "2\u00a0500\u00a0000\u00a0₸");
    EXPECT_EQ(money(ru, {150}), "1,50\u00a0₸");
    EXPECT_EQ(money(en, {150}), "1.50\u00a0₸");
}

TEST(I18n, Dates_are_written_as_officials_write_them)
{
    const auto day = make_date(2026, 1, 29);
    EXPECT_EQ(date(kk, day), "29.01.2026");
    EXPECT_EQ(date(ru, day), "29.01.2026");
    EXPECT_EQ(date(en, day), "29 Jan 2026");
    EXPECT_EQ(long_date(kk, day), "2026 жылғы 29 қаңтар");
    EXPECT_EQ(long_date(ru, day), "29 января 2026 г.");
    EXPECT_EQ(long_date(en, day), "29 January 2026");
    EXPECT_EQ(date_time(kk, *parse_instant("2026-01-29T19:05:00Z")), "30.01.2026, 00:05");
}

// The table of kazakhstan.md §5.2 (ablative, locative, dative, genitive, accusative, ordinal).
struct Row {
    std::int64_t n;
    const char* forms[6];
};
constexpr Row kTable[] = {
    {0, {"ден", "де", "ге", "дің", "ді", "ші"}},
    {1, {"ден", "де", "ге", "дің", "ді", "ші"}},
    {2, {"ден", "де", "ге", "нің", "ні", "ші"}},
    {3, {"тен", "те", "ке", "тің", "ті", "ші"}},
    {4, {"тен", "те", "ке", "тің", "ті", "ші"}},
    {5, {"тен", "те", "ке", "тің", "ті", "ші"}},
    {6, {"дан", "да", "ға", "ның", "ны", "шы"}},
    {7, {"ден", "де", "ге", "нің", "ні", "ші"}},
    {8, {"ден", "де", "ге", "дің", "ді", "ші"}},
    {9, {"дан", "да", "ға", "дың", "ды", "шы"}},
    {10, {"нан", "да", "ға", "ның", "ды", "шы"}},
    {20, {"дан", "да", "ға", "ның", "ны", "шы"}},
    {30, {"дан", "да", "ға", "дың", "ды", "шы"}},
    {40, {"тан", "та", "қа", "тың", "ты", "шы"}},
    {50, {"ден", "де", "ге", "дің", "ді", "ші"}},
    {60, {"тан", "та", "қа", "тың", "ты", "шы"}},
    {70, {"тен", "те", "ке", "тің", "ті", "ші"}},
    {80, {"нен", "де", "ге", "нің", "ді", "ші"}},
    {90, {"нан", "да", "ға", "ның", "ды", "шы"}},
    {100, {"ден", "де", "ге", "дің", "ді", "ші"}},
    {1'000, {"нан", "да", "ға", "ның", "ды", "шы"}},
    {1'000'000, {"нан", "да", "ға", "ның", "ды", "шы"}},
    {1'000'000'000, {"тан", "та", "қа", "тың", "ты", "шы"}},
};

TEST(I18n, Case_suffixes_follow_the_last_spoken_word)
{
    constexpr Case cases[] = {Case::ablative, Case::locative,   Case::dative,
                              Case::genitive, Case::accusative, Case::ordinal};
    for (const auto& row : kTable)
        for (std::size_t i = 0; i < 6; ++i)
            EXPECT_EQ(with_suffix(row.n, cases[i]).substr(with_suffix(row.n, cases[i]).find('-')),
                      std::string{"-"} + row.forms[i]);
}

TEST(I18n, Suffixes_of_compound_numbers_come_from_their_last_part)
{
    EXPECT_EQ(with_suffix(300, Case::ablative), "300-ден");
    EXPECT_EQ(with_suffix(20, Case::ablative), "20-дан");
    EXPECT_EQ(with_suffix(3000, Case::ablative), "3000-нан");
    EXPECT_EQ(with_suffix(737, Case::ablative), "737-ден");
    EXPECT_EQ(with_suffix(2026, Case::ablative), "2026-дан");
    EXPECT_EQ(with_suffix(2'500'000'000, Case::ablative), "2\u00a0500\u00a0000\u00a0000-нан");
    EXPECT_EQ(with_suffix(110, Case::dative), "110-ға");
    EXPECT_EQ(with_suffix(-5, Case::dative), "-5-ке");
}

TEST(I18n, The_language_of_the_browser_wins_by_weight)
{
    EXPECT_EQ(negotiate(""), kk);
    EXPECT_EQ(negotiate("de, fr;q=0.8"), kk);
    EXPECT_EQ(negotiate("ru-RU,ru;q=0.9,en;q=0.8"), ru);
    EXPECT_EQ(negotiate("en;q=0.5, kk-KZ;q=0.7, ru;q=0.6"), kk);
    EXPECT_EQ(negotiate("ru;q=0, en;q=0.1"), en);
    EXPECT_EQ(negotiate("*"), kk);
    EXPECT_EQ(negotiate("EN-us"), en);
    EXPECT_EQ(negotiate(";;q=,,q=9"), kk);
}

TEST(I18n, Language_codes_come_back)
{
    for (const auto language : all_languages)
        EXPECT_EQ(language_from(code(language)), language);
    EXPECT_FALSE(language_from("de"));
}

TEST(I18n, Texts_fall_back_to_what_is_there)
{
    const Texts both{"қазақша", "", "english"};
    EXPECT_EQ(both.in(ru), "қазақша");
    EXPECT_EQ(both.in(en), "english");
    EXPECT_EQ((Texts{"", "", "english"}.in(kk)), "english");
}

TEST(I18n, Many_threads_may_read_at_once)
{
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([] {
            for (int n = 0; n < 500; ++n)
                for (const auto language : all_languages)
                    EXPECT_FALSE(text(language, "problem.internal").empty());
        });
}

} // namespace
} // namespace adal::i18n
