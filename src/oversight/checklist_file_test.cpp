// The files of the checklists: what may stand in them, that a published version never changes, and that they
// ask and judge what the models do.
#include "oversight/checklist.hpp"

#include "support/support.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace adal::oversight {
namespace {

// The smallest checklist with everything in it; each test breaks one thing.
json::object small_file()
{
    return parse_json(R"json({
      "id": "bench", "title": {"kk": "Орындық", "ru": "Скамья", "en": "Bench"}, "place_kinds": ["park"],
      "photo_label": {"kk": "Фото", "ru": "Фото", "en": "Photo"},
      "choices": {"yes_no": [{"name": "yes", "kk": "Иә", "ru": "Да", "en": "Yes"}, {"name": "no", "kk": "Жоқ", "ru": "Нет", "en": "No"}]},
      "sections": [{"name": "seat", "title": {"kk": "Орын", "ru": "Место", "en": "Seat"},
        "items": [
          {"name": "whole", "type": "choice", "choices": "yes_no", "label": {"kk": "Бүтін бе?", "ru": "Цела?", "en": "Whole?"},
           "required": true, "bad": "no", "photo": true, "severity": "minor", "violation": {"kk": "Сынған", "ru": "Сломана", "en": "Broken"}},
          {"name": "height", "type": "integer", "unit": "cm", "constraint": ". > 0", "label": {"kk": "Биіктігі", "ru": "Высота", "en": "Height"}}],
        "derived": [{"name": "metres", "is": "${height} div 100", "unit": "m"}],
        "rules": [{"name": "low", "about": "height", "violation": {"kk": "Аласа", "ru": "Низкая", "en": "Low"}, "measured": ["height"],
                   "verdict": "if(${height} = '', 'not_measured', if(${metres} < 0.4, 'violation', 'ok'))", "severity": "minor",
                   "standard": {"text": "ережелер", "verified": false}}]}]})json")
        ->as_object();
}

json::object& section(json::object& file) { return file["sections"].as_array().at(0).as_object(); }
json::object& item(json::object& file, std::size_t n) { return section(file)["items"].as_array().at(n).as_object(); }
json::object& rule(json::object& file) { return section(file)["rules"].as_array().at(0).as_object(); }

TEST(ChecklistFile, is_read_with_its_rules_and_the_photo_of_each_violation)
{
    const auto checklist = parse_checklist(to_text(small_file()));
    ASSERT_TRUE(checklist) << checklist.error().params.at("at");
    EXPECT_EQ(checklist->hash, sha256(to_text(small_file())));
    ASSERT_NE(checklist->find_item("whole_ph"), nullptr);
    EXPECT_EQ(checklist->find_item("whole_ph")->photo_of, "whole");
    EXPECT_TRUE(checklist->find_item("whole_ph")->required);
    EXPECT_EQ(checklist->find_rule("low")->standard.text, "ережелер");
    EXPECT_FALSE(checklist->find_rule("low")->standard.verified);
    const auto seen = evaluate(*checklist, parse_json(R"({"whole":"no","height":30})")->as_object());
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(seen[0].verdict, Verdict::violation);
    EXPECT_EQ(seen[1].verdict, Verdict::violation);
    EXPECT_EQ(seen[1].value, "height=30");
}

struct Mistake {
    std::string_view name, at, reason;
    void (*make)(json::object&);
};

class WrongChecklistFile : public ::testing::TestWithParam<Mistake> {};

TEST_P(WrongChecklistFile, is_refused_with_the_path_and_the_reason)
{
    auto file = small_file();
    GetParam().make(file);
    const auto refused = parse_checklist(to_text(file));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(bad_checklist));
    EXPECT_EQ(refused.error().params.at("at"), GetParam().at);
    EXPECT_EQ(refused.error().params.at("reason"), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    With, WrongChecklistFile,
    ::testing::Values(
        Mistake{"an_unknown_field", "file.colour", "unknown_field", [](json::object& f) { f["colour"] = "red"; }},
        Mistake{"a_misspelt_field", "seat.whole.requird", "unknown_field", [](json::object& f) { item(f, 0)["requird"] = true; }},
        Mistake{"no_id", "file.id", "required", [](json::object& f) { f.erase("id"); }},
        Mistake{"no_Kazakh_title", "file.title.kk", "required", [](json::object& f) { f["title"].as_object().erase("kk"); }},
        Mistake{"no_Russian_label", "seat.whole.label.ru", "required", [](json::object& f) { item(f, 0)["label"].as_object().erase("ru"); }},
        Mistake{"an_empty_English_label", "seat.height.label.en", "required", [](json::object& f) { item(f, 1)["label"].as_object()["en"] = ""; }},
        Mistake{"a_kind_of_place_that_is_none", "place_kinds", "not_a_choice", [](json::object& f) { f["place_kinds"] = json::array{"moon"}; }},
        Mistake{"a_list_nobody_declared", "seat.whole.choices", "unknown_list", [](json::object& f) { item(f, 0)["choices"] = "maybe"; }},
        Mistake{"a_type_that_is_none", "seat.height.type", "not_a_choice", [](json::object& f) { item(f, 1)["type"] = "colour"; }},
        Mistake{"one_name_for_two_questions", "seat.whole", "name_twice", [](json::object& f) { item(f, 1)["name"] = "whole"; }},
        Mistake{"text_for_a_flag", "seat.whole.required", "wrong_type", [](json::object& f) { item(f, 0)["required"] = "yes"; }},
        Mistake{"a_number_for_the_repetition", "seat.repeats", "wrong_type", [](json::object& f) { section(f)["repeats"] = 1; }},
        Mistake{"a_list_for_a_condition", "seat.height.relevant", "required", [](json::object& f) { item(f, 1)["relevant"] = json::array{}; }},
        Mistake{"a_bad_answer_that_cannot_be_given", "seat.whole.bad", "not_a_choice", [](json::object& f) { item(f, 0)["bad"] = "perhaps"; }},
        Mistake{"a_broken_rule", "seat.rules.low.verdict", "ended", [](json::object& f) { rule(f)["verdict"] = "1 +"; }},
        Mistake{"a_rule_about_a_question_that_is_none", "low", "unknown_question", [](json::object& f) { rule(f)["about"] = "weight"; }},
        Mistake{"a_name_in_a_rule_that_is_none", "seat.rules.low.verdict", "unknown_question", [](json::object& f) { rule(f)["verdict"] = "${weight}"; }},
        Mistake{"a_severity_that_is_none", "seat.rules.low.severity", "not_a_choice", [](json::object& f) { rule(f)["severity"] = "awful"; }},
        Mistake{"two_rules_of_one_name", "whole", "name_twice", [](json::object& f) { rule(f)["name"] = "whole"; }},
        Mistake{"no_name_of_the_violation", "seat.rules.low.violation", "required", [](json::object& f) { rule(f).erase("violation"); }},
        Mistake{"a_norm_that_may_be_verified", "seat.rules.low.standard.verified", "wrong_type", [](json::object& f) { rule(f)["standard"].as_object()["verified"] = "maybe"; }},
        Mistake{"a_text_for_the_choices", "file", "wrong_type", [](json::object& f) { f["choices"].as_object()["yes_no"] = "yes"; }},
        Mistake{"a_number_among_the_measured", "file", "wrong_type", [](json::object& f) { rule(f)["measured"] = json::array{1}; }},
        Mistake{"no_sections", "sections", "required", [](json::object& f) { f.erase("sections"); }}),
    [](const auto& chosen) { return std::string(chosen.param.name); });

TEST(ChecklistFile, that_is_no_json_is_refused_with_the_line)
{
    const auto refused = parse_checklist("{\n\"id\": }");
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(bad_json));
    EXPECT_EQ(refused.error().params.at("line"), "2");
}

// --- the five that travel inside the program -----------------------------------------------------

TEST(I5, a_published_checklist_never_changes)
{
    std::string all;
    for (const auto& checklist : all_checklists()) all += fmt::format("{} {}\n", hex(view(checklist.hash)), checklist.id);
    test::expect_golden("tests/golden/checklist_hashes.txt", all);
}

bool is_whole(const i18n::Texts& texts) { return !texts.kk.empty() && !texts.ru.empty() && !texts.en.empty(); }

TEST(EveryChecklist, speaks_three_languages)
{
    for (const auto& checklist : all_checklists()) {
        EXPECT_TRUE(is_whole(checklist.title)) << checklist.id;
        for (const auto& [list, choices] : checklist.choices)
            for (const auto& choice : choices) EXPECT_TRUE(is_whole(choice.label)) << checklist.id << "." << list << "." << choice.name;
        for (const auto& part : checklist.sections) {
            EXPECT_TRUE(is_whole(part.title)) << checklist.id << "." << part.name;
            for (const auto& one : part.items) EXPECT_TRUE(is_whole(one.label)) << checklist.id << "." << one.name;
            for (const auto& one : part.rules) EXPECT_TRUE(is_whole(one.label)) << checklist.id << "." << one.name;
        }
    }
}

// Every choice of every question, and numbers around every threshold the rules name: each rule must always
// give a verdict and a severity that exist (evaluate() throws otherwise).
TEST(EveryChecklist, judges_any_answer)
{
    for (const auto& checklist : all_checklists())
        for (const auto& part : checklist.sections)
            for (const auto& asked : part.items) {
                std::vector<json::value> answers{nullptr, "", 0, 1, 59, 60, 61, 300, 301, -1, 1e9, 0.05, "x", json::array{"x"}, json::object{}, true};
                if (const auto list = checklist.choices.find(asked.choices); list != checklist.choices.end())
                    for (const auto& choice : list->second) answers.push_back(json::value(choice.name));
                for (const auto& answer : answers) {
                    json::object entry{{asked.name, answer}};
                    const json::object given = part.repeats ? json::object{{part.name, json::array{entry}}} : entry;
                    EXPECT_NO_THROW(evaluate(checklist, given)) << checklist.id << "." << asked.name << " = " << to_text(answer);
                }
            }
}

// --- against the models --------------------------------------------------------------------------

class AgainstItsModel : public ::testing::TestWithParam<std::string>
{
protected:
    void SetUp() override
    {
        const auto path = test::shared_path("checklists/" + GetParam() + ".json");
        if (!path) GTEST_SKIP() << test::kNoSharedData;
        model = *parse_json(test::read_file(*path));
        ours = find_checklist(GetParam());
        ASSERT_NE(ours, nullptr);
    }

    [[nodiscard]] std::string field(const json::value& question, std::string_view key) const { return std::string(text_at(question, key).value_or("")); }

    // The section a question of ours stands in.
    [[nodiscard]] const Section& section_of(std::string_view name) const
    {
        for (const auto& part : ours->sections)
            for (const auto& asked : part.items)
                if (asked.name == name) return part;
        throw std::runtime_error("no question " + std::string(name));
    }

    // Our type and list for "select_one ync".
    [[nodiscard]] static std::pair<std::optional<ItemType>, std::string> type_of(const std::string& model_type)
    {
        const auto space = model_type.find(' ');
        const auto first = model_type.substr(0, space), list = space == std::string::npos ? "" : model_type.substr(space + 1);
        if (first == "select_one") return {ItemType::choice, list};
        if (first == "select_multiple") return {ItemType::choices, list};
        if (first == "integer") return {ItemType::integer, ""};
        if (first == "decimal") return {ItemType::decimal, ""};
        if (first == "text") return {ItemType::text, ""};
        if (first == "image") return {ItemType::photo, ""};
        if (first == "geopoint") return {ItemType::position, ""};
        if (first == "acknowledge") return {ItemType::confirm, ""};
        return {std::nullopt, ""};
    }

    [[nodiscard]] std::vector<std::string> model_choices(const std::string& list) const
    {
        std::vector<std::string> names;
        for (const auto& choice : *array_at(*find(model, "choices"), list)) names.emplace_back(*text_at(choice, "name"));
        return names;
    }

    json::value model;
    const Checklist* ours = nullptr;
};

INSTANTIATE_TEST_SUITE_P(The, AgainstItsModel, ::testing::Values("road_repair", "playground", "public_space", "rail_stop", "procurement"),
                         [](const auto& chosen) { return chosen.param; });

TEST_P(AgainstItsModel, asks_every_question_with_the_same_type_choices_and_conditions)
{
    int compared = 0;
    for (const auto& question : *array_at(model, "questions")) {
        const auto name = field(question, "name");
        const auto [type, list] = type_of(field(question, "type"));
        if (!type) continue; // start, end, calculations
        const Item* asked = ours->find_item(name);
        ASSERT_NE(asked, nullptr) << name << " is not asked";
        EXPECT_EQ(asked->type, *type) << name;
        EXPECT_EQ(asked->required, field(question, "required") == "yes") << name;
        EXPECT_EQ(asked->constraint ? asked->constraint->text() : "", field(question, "constraint")) << name;
        EXPECT_EQ(asked->relevant ? asked->relevant->text() : "", field(question, "relevant")) << name;
        std::vector<std::string> names;
        if (!list.empty())
            for (const auto& choice : ours->choices.at(asked->choices)) names.push_back(choice.name);
        EXPECT_EQ(names, list.empty() ? std::vector<std::string>{} : model_choices(list)) << name;
        ++compared;
    }
    EXPECT_GE(compared, 18);
}

TEST_P(AgainstItsModel, repeats_what_the_model_repeats)
{
    std::string repeat;
    for (const auto& question : *array_at(model, "questions")) {
        const auto type = field(question, "type");
        if (type == "begin_repeat") repeat = field(question, "name");
        else if (type == "end_repeat") repeat.clear();
        else if (type_of(type).first) {
            const auto& part = section_of(field(question, "name"));
            EXPECT_EQ(part.repeats ? part.name : "", repeat) << field(question, "name");
        }
    }
}

// A yes-no question of the model has a calculation <name>_v: on every answer it must say what our rule says.
TEST_P(AgainstItsModel, judges_every_plain_question_alike)
{
    int compared = 0;
    for (const auto& question : *array_at(model, "questions")) {
        const auto name = field(question, "name");
        if (field(question, "type") != "calculate" || !name.ends_with("_v")) continue;
        const auto asked = name.substr(0, name.size() - 2);
        const auto* judged = ours->find_rule(asked);
        ASSERT_NE(judged, nullptr) << asked << " is not judged";
        if (ours->find_item(asked)->type != ItemType::choice) continue; // measured ones below
        const auto theirs = Expression::parse(field(question, "calculation"));
        ASSERT_TRUE(theirs) << name;
        for (const auto* answer : {"yes", "no", "na", "unk"}) {
            const auto seen = evaluate(*ours, {{asked, answer}});
            const auto found = std::find_if(seen.begin(), seen.end(), [&](const Observation& o) { return o.rule == asked; });
            ASSERT_NE(found, seen.end()) << asked;
            const auto expected = as_text(theirs->evaluate([&](std::string_view) { return Value{std::string(answer)}; }));
            EXPECT_EQ(oversight::name(found->verdict), expected) << asked << " = " << answer;
        }
        ++compared;
    }
    EXPECT_GE(compared, 4);
}

// The measured rules over a grid. We may be stricter about what is not known, never about what is.
void compare(const Checklist& checklist, std::string_view rule, const json::object& given, bool is_known, const std::string& expected)
{
    const auto seen = evaluate(checklist, given);
    const auto found = std::find_if(seen.begin(), seen.end(), [&](const Observation& o) { return o.rule == rule; });
    ASSERT_NE(found, seen.end());
    const bool is_stricter = !is_known && expected == "ok" && found->verdict == Verdict::not_checked;
    EXPECT_TRUE(is_stricter || name(found->verdict) == expected) << to_text(given) << ": ours " << name(found->verdict) << ", the model " << expected;
}

std::string calculation(const json::value& model, std::string_view wanted)
{
    for (const auto& question : *array_at(model, "questions"))
        if (text_at(question, "name") == wanted && text_at(question, "type") == "calculate") return std::string(*text_at(question, "calculation"));
    throw std::runtime_error("no calculation " + std::string(wanted));
}

TEST(TheRoadRule, agrees_with_the_model_around_every_threshold)
{
    const auto path = test::shared_path("checklists/road_repair.json");
    if (!path) GTEST_SKIP() << test::kNoSharedData;
    const auto model = *parse_json(test::read_file(*path));
    const auto area = *Expression::parse(calculation(model, "area")), verdict = *Expression::parse(calculation(model, "verdict"));
    for (const double length : {1, 14, 15, 16, 40, 100})
        for (const double width : {1, 39, 40, 41, 60, 300})
            for (const auto& depth : {Value{std::string{}}, Value{0.0}, Value{4.9}, Value{5.0}, Value{5.1}, Value{30.0}}) {
                const Lookup numbers = [&](std::string_view name) { return name == "len" ? Value{length} : name == "wid" ? Value{width} : depth; };
                const auto surface = area.evaluate(numbers);
                const auto expected = as_text(verdict.evaluate([&](std::string_view name) { return name == "area" ? surface : numbers(name); }));
                json::object entry{{"dtype", "pothole"}, {"len", length}, {"wid", width}};
                if (!as_text(depth).empty()) entry["dep"] = as_number(depth);
                compare(*find_checklist("road_repair"), "defect", {{"defect", json::array{entry}}}, true, expected);
            }
}

TEST(TheFallRule, agrees_with_the_model_on_every_surface_that_is_known)
{
    const auto path = test::shared_path("checklists/playground.json");
    if (!path) GTEST_SKIP() << test::kNoSharedData;
    const auto model = *parse_json(test::read_file(*path));
    const auto verdict = *Expression::parse(calculation(model, "fall_v"));
    const auto& playground = *find_checklist("playground");
    for (const auto& surface : playground.choices.at("surfaces"))
        for (const int fall : {-1, 0, 59, 60, 61, 299, 300, 301, 800}) { // -1: blank
            const Value height = fall < 0 ? Value{std::string{}} : Value{double(fall)};
            const auto expected = as_text(verdict.evaluate([&](std::string_view name) { return name == "fall" ? height : Value{surface.name}; }));
            json::object given{{"surf", surface.name}};
            if (fall >= 0) given["fall"] = fall;
            compare(playground, "fall", given, surface.name != "unk", expected);
        }
}

} // namespace
} // namespace adal::oversight
