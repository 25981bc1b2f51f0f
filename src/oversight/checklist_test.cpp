// Verdicts and checks of answers, on the checklists the program carries.
#include "oversight/checklist.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace adal::oversight {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const Checklist& road() { return *find_checklist("road_repair"); }

json::object answers(std::string_view text) { return parse_json(text)->as_object(); }

json::object road_answers(std::string_view defects = "[]")
{
    return answers(R"({"state":"done","board":"yes","fence":"na","signs":"yes","wet":"no","thick":5,"defect":)" + std::string(defects) +
                   R"(,"mark":"yes","ramp":"yes","aryk":"no","debris":"yes","note":"","truth":true})");
}

std::vector<Observation> of_rule(const std::vector<Observation>& all, std::string_view rule)
{
    std::vector<Observation> out;
    std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const Observation& seen) { return seen.rule == rule; });
    return out;
}

Verdict verdict(const Checklist& checklist, const json::object& given, std::string_view rule)
{
    const auto seen = of_rule(evaluate(checklist, given), rule);
    EXPECT_EQ(seen.size(), 1u) << rule;
    return seen.at(0).verdict;
}

struct Pothole {
    std::string_view entry;
    Verdict verdict;
};

class RoadRule : public ::testing::TestWithParam<Pothole> {};

TEST_P(RoadRule, judges_a_pothole_by_length_depth_and_area)
{
    EXPECT_EQ(verdict(road(), road_answers("[" + std::string(GetParam().entry) + "]"), "defect"), GetParam().verdict) << GetParam().entry;
}

INSTANTIATE_TEST_SUITE_P(Of, RoadRule,
                         ::testing::Values(Pothole{R"({"dtype":"pothole","len":40,"wid":30})", Verdict::not_measured},
                                           Pothole{R"({"dtype":"pothole","len":40,"wid":30,"dep":""})", Verdict::not_measured},
                                           Pothole{R"({"dtype":"pothole","len":40,"wid":30,"dep":6})", Verdict::violation},
                                           Pothole{R"({"dtype":"pothole","len":"40","wid":"30","dep":"6"})", Verdict::violation},
                                           Pothole{R"({"dtype":"pothole","len":40,"wid":30,"dep":5})", Verdict::violation},
                                           Pothole{R"({"dtype":"pothole","len":40,"wid":30,"dep":4.9})", Verdict::ok},
                                           Pothole{R"({"dtype":"pothole","len":40,"wid":30,"dep":0})", Verdict::ok},
                                           Pothole{R"({"dtype":"pothole","len":10,"wid":10,"dep":9})", Verdict::ok},
                                           Pothole{R"({"dtype":"pothole","len":15,"wid":40,"dep":5})", Verdict::violation},
                                           Pothole{R"({"dtype":"pothole","len":15,"wid":39,"dep":5})", Verdict::ok},
                                           Pothole{R"({"dtype":"pothole","len":14,"wid":900,"dep":50})", Verdict::ok},
                                           Pothole{R"({"dtype":"pothole","wid":30,"dep":6})", Verdict::not_measured},
                                           Pothole{R"({"dtype":"pothole","len":40,"dep":6})", Verdict::not_measured},
                                           Pothole{R"({})", Verdict::not_measured}));

TEST(Observation, says_what_was_measured_and_which_photo_shows_it)
{
    const auto seen = of_rule(evaluate(road(), road_answers(R"([{"dtype":"crack","len":5,"wid":5},{"dtype":"pothole","len":40,"wid":30,"dep":6}])")), "defect");
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(seen[0].question, "defect[0].dep");
    EXPECT_EQ(seen[1].question, "defect[1].dep");
    EXPECT_EQ(seen[1].value, "len=40 wid=30 dep=6 area=0.12");
    EXPECT_EQ(seen[1].severity, Severity::major);
    EXPECT_THAT(seen[1].photo_questions, ElementsAre("defect[1].dph"));
}

TEST(Observation, of_a_road_without_defects_has_no_defect)
{
    EXPECT_THAT(of_rule(evaluate(road(), road_answers("[]")), "defect"), IsEmpty());
    auto without_list = road_answers();
    without_list.erase("defect");
    EXPECT_THAT(of_rule(evaluate(road(), without_list), "defect"), IsEmpty());
}

TEST(PlainRule, knows_yes_no_does_not_apply_and_could_not_be_checked)
{
    auto given = road_answers();
    const auto with = [&](std::string_view board) { return given["board"] = board, verdict(road(), given, "board"); };
    EXPECT_EQ(with("no"), Verdict::violation);
    EXPECT_EQ(with("yes"), Verdict::ok);
    EXPECT_EQ(with("na"), Verdict::na);
    EXPECT_EQ(with("unk"), Verdict::not_checked);
    EXPECT_EQ(with(""), Verdict::not_checked);
    given.erase("board");
    EXPECT_EQ(verdict(road(), given, "board"), Verdict::not_checked);
}

TEST(PlaygroundRule, judges_the_fall_by_height_and_surface)
{
    const auto& playground = *find_checklist("playground");
    const auto fall = [&](std::string_view fields) { return verdict(playground, answers("{" + std::string(fields) + "}"), "fall"); };
    EXPECT_EQ(fall(R"("surf":"hard")"), Verdict::not_measured);
    EXPECT_EQ(fall(R"("surf":"hard","fall":60)"), Verdict::ok);
    EXPECT_EQ(fall(R"("surf":"hard","fall":61)"), Verdict::violation);
    EXPECT_EQ(fall(R"("surf":"sand","fall":61)"), Verdict::ok);
    EXPECT_EQ(fall(R"("surf":"sand","fall":301)"), Verdict::violation);
    // A surface that nobody could tell is not a soft one.
    EXPECT_EQ(fall(R"("surf":"unk","fall":61)"), Verdict::not_checked);
    EXPECT_EQ(fall(R"("surf":"unk","fall":60)"), Verdict::ok);
    EXPECT_EQ(fall(R"("surf":"unk","fall":301)"), Verdict::violation);
}

TEST(PlaygroundRule, calls_what_can_hurt_a_child_a_danger_and_the_rest_minor)
{
    const auto& playground = *find_checklist("playground");
    const auto severity = [&](std::string_view damage) {
        return of_rule(evaluate(playground, answers(R"({"item":[{"eq":"swing","edef":)" + std::string(damage) + "}]}")), "equipment").at(0).severity;
    };
    EXPECT_EQ(severity(R"(["rust"])"), Severity::minor);
    EXPECT_EQ(severity(R"(["rust","sharp"])"), Severity::danger);
    EXPECT_EQ(severity(R"("trap")"), Severity::danger);
}

// Nothing answered, and one entry begun in each list.
json::object blank_answers(const Checklist& checklist)
{
    json::object blank;
    for (const auto& section : checklist.sections)
        if (section.repeats) blank[section.name] = json::array{json::object{}};
    return blank;
}

TEST(I7, what_was_not_measured_or_not_checked_is_never_ok_on_any_checklist)
{
    for (const auto& checklist : all_checklists()) {
        const auto blank = evaluate(checklist, blank_answers(checklist));
        EXPECT_THAT(blank, Not(IsEmpty())) << checklist.id;
        for (const auto& seen : blank) {
            const bool is_open = seen.verdict == Verdict::not_measured || seen.verdict == Verdict::not_checked;
            EXPECT_TRUE(is_open) << checklist.id << "." << seen.rule << " says " << name(seen.verdict) << " of nothing";
        }
    }
}

// --- checks of answers ---------------------------------------------------------------------------

const std::vector<std::string> kGiven{"loc", "overview"};

std::vector<AnswerProblem> problems(const json::object& given, const std::vector<std::string>& media = kGiven) { return check_answers(road(), given, media); }

TEST(Answers, complete_and_right_have_no_problem)
{
    EXPECT_THAT(problems(road_answers()), IsEmpty());
    EXPECT_THAT(problems(road_answers(R"([{"dtype":"crack","len":5,"wid":"5"}])"), {"loc", "overview", "defect[0].dph"}), IsEmpty());
}

TEST(Answers, of_nothing_name_every_question_that_is_required)
{
    const auto found = problems({}, {});
    for (const auto* question : {"loc", "overview", "state", "board", "fence", "signs", "wet", "mark", "ramp", "aryk", "debris", "truth"})
        EXPECT_THAT(found, Contains(AnswerProblem{question, "required"}));
    EXPECT_THAT(found, Not(Contains(AnswerProblem{"thick", "required"})));
    EXPECT_THAT(found, Not(Contains(AnswerProblem{"board_ph", "required"}))); // only while relevant
}

struct WrongAnswer {
    std::string_view name, question, json, reason;
};

class Wrong : public ::testing::TestWithParam<WrongAnswer> {};

TEST_P(Wrong, answer_is_named_with_its_reason)
{
    auto given = road_answers();
    given[GetParam().question] = *parse_json(GetParam().json);
    EXPECT_THAT(problems(given), ElementsAre(AnswerProblem{std::string(GetParam().question), std::string(GetParam().reason)}));
}

INSTANTIATE_TEST_SUITE_P(
    An, Wrong,
    ::testing::Values(WrongAnswer{"text_for_a_number", "thick", R"("thick")", "not_a_number"}, WrongAnswer{"comma_for_a_point", "thick", R"("5,5")", "not_a_number"},
                      WrongAnswer{"list_for_a_number", "thick", R"([5])", "not_a_number"}, WrongAnswer{"truth_for_a_number", "thick", R"(true)", "not_a_number"},
                      WrongAnswer{"number_too_large", "thick", "60.1", "out_of_range"}, WrongAnswer{"number_too_small", "thick", "0", "out_of_range"},
                      WrongAnswer{"choice_that_is_none", "mark", R"("maybe")", "not_a_choice"}, WrongAnswer{"list_for_a_choice", "mark", R"(["yes"])", "not_a_choice"},
                      WrongAnswer{"number_for_a_text", "note", "7", "not_a_text"}, WrongAnswer{"answer_to_a_photo", "overview", R"("data:")", "answered_by_photo"},
                      WrongAnswer{"question_nobody_asked", "colour", R"("red")", "unknown_question"}, WrongAnswer{"object_for_the_list", "defect", R"({"len":1})", "not_a_list"},
                      WrongAnswer{"position_off_the_globe", "loc", R"({"latitude":91,"longitude":0})", "not_a_position"},
                      WrongAnswer{"position_without_longitude", "loc", R"({"latitude":43})", "not_a_position"}),
    [](const auto& chosen) { return std::string(chosen.param.name); });

TEST(Answers, that_confirm_nothing_are_no_confirmation)
{
    auto given = road_answers();
    for (const auto* refusal : {"\"no\"", "\"false\"", "{}", "1"}) {
        given["truth"] = *parse_json(refusal);
        EXPECT_THAT(problems(given), ElementsAre(AnswerProblem{"truth", "not_a_choice"})) << refusal;
    }
    given["truth"] = false;
    EXPECT_THAT(problems(given), ElementsAre(AnswerProblem{"truth", "required"}));
    for (const auto* consent : {"true", "\"yes\"", "\"true\""}) {
        given["truth"] = *parse_json(consent);
        EXPECT_THAT(problems(given), IsEmpty()) << consent;
    }
}

TEST(Answers, in_an_entry_are_named_with_their_path)
{
    const auto found = problems(road_answers(R"([{"dtype":"pothole","len":40.5,"wid":30,"hue":"red"}])"), {"loc", "overview", "defect[0].dph"});
    EXPECT_THAT(found, ElementsAre(AnswerProblem{"defect[0].hue", "unknown_question"}, AnswerProblem{"defect[0].len", "not_whole"}));
    EXPECT_THAT(problems(road_answers(R"(["a pothole"])")), ElementsAre(AnswerProblem{"defect[0]", "not_an_object"}));
}

TEST(Answers, of_too_many_entries_or_letters_are_refused)
{
    json::array entries(kMaxEntries + 1, json::object{{"dtype", "crack"}, {"len", 1}, {"wid", 1}});
    auto given = road_answers();
    given["defect"] = entries;
    EXPECT_THAT(problems(given), ElementsAre(AnswerProblem{"defect", "too_many"}));
    given = road_answers();
    given["note"] = std::string(kMaxAnswerText + 1, 'a');
    EXPECT_THAT(problems(given), ElementsAre(AnswerProblem{"note", "too_long"}));
}

TEST(Answers, of_a_multiple_choice_come_as_a_list_or_as_words)
{
    const auto& playground = *find_checklist("playground");
    const auto found = [&](std::string_view damage) {
        auto all = check_answers(playground, answers(R"({"item":[{"eq":"swing","edef":)" + std::string(damage) + "}]}"), {"item[0].eph"});
        std::erase_if(all, [](const AnswerProblem& one) { return one.question != "item[0].edef"; });
        return all;
    };
    EXPECT_THAT(found(R"(["rust","sharp"])"), IsEmpty());
    EXPECT_THAT(found(R"("rust sharp")"), IsEmpty());
    EXPECT_THAT(found(R"(["rust","ghost"])"), ElementsAre(AnswerProblem{"item[0].edef", "not_a_choice"}));
    EXPECT_THAT(found(R"(["rust",7])"), ElementsAre(AnswerProblem{"item[0].edef", "not_a_choice"}));
    EXPECT_THAT(found("[]"), ElementsAre(AnswerProblem{"item[0].edef", "required"}));
}

TEST(I6, a_violation_without_photo_or_measurement_is_refused)
{
    auto given = road_answers();
    given["board"] = "no";
    EXPECT_THAT(problems(given), ElementsAre(AnswerProblem{"board_ph", "required"}));
    EXPECT_THAT(problems(given, {"loc", "overview", "board_ph"}), IsEmpty());
}

TEST(I6, a_violation_whose_question_has_no_photo_of_its_own_needs_the_overview)
{
    const auto& playground = *find_checklist("playground");
    const auto* rule = playground.find_rule("light");
    ASSERT_THAT(rule->photos, IsEmpty());
    const auto given = answers(R"({"sign":"yes","surf":"sand","road":"yes","light":"no","glass":"no","access":"yes","truth":true})");
    EXPECT_THAT(check_answers(playground, given, {"loc", "overview"}), IsEmpty());
    EXPECT_THAT(check_answers(playground, given, {"loc"}), ElementsAre(AnswerProblem{"overview", "required"}));
}

TEST(Question, of_a_photo_is_asked_only_of_a_violation)
{
    const auto& site = road().sections.at(1);
    ASSERT_EQ(site.name, "site");
    auto given = road_answers();
    EXPECT_FALSE(is_relevant(road(), site, *road().find_item("board_ph"), given));
    given["board"] = "no";
    EXPECT_TRUE(is_relevant(road(), site, *road().find_item("board_ph"), given));
    EXPECT_TRUE(is_relevant(road(), site, *road().find_item("state"), given));
}

TEST(Checklist, is_found_by_id_hash_and_kind_of_place)
{
    EXPECT_EQ(all_checklists().size(), 5u);
    for (const auto& checklist : all_checklists()) {
        EXPECT_EQ(find_checklist(checklist.id), &checklist);
        EXPECT_EQ(find_checklist(checklist.hash), &checklist);
        for (const auto kind : checklist.place_kinds) EXPECT_EQ(checklist_for(kind), &checklist);
    }
    EXPECT_EQ(find_checklist("moon"), nullptr);
    EXPECT_EQ(find_checklist(Hash{}), nullptr);
    EXPECT_EQ(checklist_for(PlaceKind::road_section)->id, "road_repair");
    EXPECT_EQ(checklist_for(PlaceKind::procurement_lot)->id, "procurement");
}

TEST(Checklist, names_of_types_verdicts_and_severities_are_looked_up_both_ways)
{
    for (const auto one : all_verdicts) EXPECT_EQ(verdict_from(name(one)), one);
    for (const auto one : all_severities) EXPECT_EQ(severity_from(name(one)), one);
    for (const auto* one : {"choice", "choices", "integer", "decimal", "text", "photo", "position", "confirm"}) EXPECT_EQ(name(*item_type_from(one)), one);
    EXPECT_EQ(verdict_from("fine"), std::nullopt);
}

} // namespace
} // namespace adal::oversight
