// Answers and questions in the words of the reader; the ground of a control in another language.
#include "oversight/label_view.hpp"

#include "oversight/checklist.hpp"
#include "oversight/process_place.hpp"

#include <gtest/gtest.h>

namespace adal::oversight {
namespace {

http::Request reader(i18n::Language language)
{
    http::Request request;
    request.language = language;
    return request;
}

const auto kazakh = reader(i18n::Language::kk);
const auto english = reader(i18n::Language::en);

std::string label(const Checklist& checklist, std::string_view item)
{
    return checklist.find_item(item)->label.in(i18n::Language::kk);
}

TEST(MeasuredText, a_choice_is_said_by_its_label_and_not_by_its_name)
{
    const auto* checklist = find_checklist("road_repair");
    EXPECT_EQ(measured_text(kazakh, checklist, "board", "no"), "Жоқ");
    EXPECT_EQ(measured_text(english, checklist, "board", "no"), "No");
}

TEST(MeasuredText, several_choices_are_a_list)
{
    const auto* checklist = find_checklist("playground");
    const auto& item = *checklist->find_item("edef");
    const auto sharp = answer_text(kazakh, *checklist, item, "sharp");
    EXPECT_NE(sharp, "sharp");
    EXPECT_EQ(measured_text(kazakh, checklist, "equipment", "sharp sharp"), sharp + ", " + sharp);
}

TEST(MeasuredText, numbers_have_their_question_and_unit)
{
    const auto* checklist = find_checklist("road_repair");
    EXPECT_EQ(measured_text(kazakh, checklist, "defect", "len=40 area=0.12"), label(*checklist, "len") + ": 40\u00a0см; 0.12\u00a0м²");
}

TEST(MeasuredText, what_the_checklist_does_not_know_is_shown_as_it_is)
{
    EXPECT_EQ(measured_text(kazakh, nullptr, "defect", "len=40"), "len=40");
    EXPECT_EQ(measured_text(kazakh, find_checklist("road_repair"), "no_such_rule", "7"), "7");
}

TEST(QuestionText, a_path_is_its_question_with_the_number_of_its_entry)
{
    const auto* checklist = find_checklist("road_repair");
    EXPECT_EQ(question_text(kazakh, checklist, "board"), label(*checklist, "board"));
    EXPECT_EQ(question_text(kazakh, checklist, "defect[1].dep"), label(*checklist, "dep") + " 2");
    EXPECT_EQ(question_text(kazakh, checklist, "no_such_question"), "");
    EXPECT_EQ(question_text(kazakh, nullptr, "board"), "");
}

procurement::Reason reason()
{
    return {"R018", {.outcome = procurement::Outcome::fail, .sentence = "one", .facts = {{"count", std::int64_t{1}}, {"method", std::string{"open"}}, {"supplier", std::string{"Жол"}}}}};
}

TEST(GroundForReader, is_in_the_language_of_the_reader_while_the_flag_says_the_same)
{
    const Ground written{.flag = "R018", .explanation = reason().in(i18n::Language::kk)};
    EXPECT_EQ(ground_in(written, {reason()}, i18n::Language::en).explanation, reason().in(i18n::Language::en));
    EXPECT_NE(reason().in(i18n::Language::en), written.explanation);
}

TEST(GroundForReader, keeps_the_words_of_that_day_when_the_flag_says_something_else_now)
{
    const Ground written{.flag = "R018", .explanation = "бұрынғы түсіндірме"};
    EXPECT_EQ(ground_in(written, {reason()}, i18n::Language::en).explanation, written.explanation);
    EXPECT_EQ(ground_in(written, {}, i18n::Language::en).explanation, written.explanation);
}

} // namespace
} // namespace adal::oversight
