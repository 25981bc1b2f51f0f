#include "oversight/checklist.hpp"

#include "embedded/checklists.hpp"
#include "oversight/named.hpp"

#include <algorithm>
#include <cmath>

namespace adal::oversight {
namespace {

constexpr std::array<Named<ItemType>, 8> kTypes{{{ItemType::choice, "choice"},
                                                 {ItemType::choices, "choices"},
                                                 {ItemType::integer, "integer"},
                                                 {ItemType::decimal, "decimal"},
                                                 {ItemType::text, "text"},
                                                 {ItemType::photo, "photo"},
                                                 {ItemType::position, "position"},
                                                 {ItemType::confirm, "confirm"}}};
constexpr std::array<Named<Verdict>, 5> kVerdicts{{{Verdict::ok, "ok"},
                                                   {Verdict::violation, "violation"},
                                                   {Verdict::not_measured, "not_measured"},
                                                   {Verdict::not_checked, "not_checked"},
                                                   {Verdict::na, "na"}}};
constexpr std::array<Named<Severity>, 3> kSeverities{{{Severity::minor, "minor"}, {Severity::major, "major"}, {Severity::danger, "danger"}}};

template <typename T> const T* named(const std::vector<T>& list, std::string_view name)
{
    const auto found = std::find_if(list.begin(), list.end(), [&](const T& one) { return one.name == name; });
    return found == list.end() ? nullptr : &*found;
}

// The value of a question as rules see it: blank is the empty string.
Value value_of(const json::value* answer)
{
    if (!answer) return std::string{};
    if (answer->is_string()) return std::string(answer->get_string());
    if (answer->is_bool()) return std::string(answer->get_bool() ? "yes" : "");
    if (answer->is_number()) return answer->to_number<double>();
    if (answer->is_object()) return std::string("given");
    std::vector<std::string> names;
    if (answer->is_array())
        for (const auto& name : answer->get_array())
            if (name.is_string()) names.emplace_back(name.get_string());
    return names;
}

// One reading of one checklist's answers: looks up names, inside an entry of a repeated section first.
class Reading
{
public:
    Reading(const Checklist& checklist, const json::object& answers) : m_checklist(checklist), m_answers(answers) {}

    [[nodiscard]] std::size_t entries(const Section& section) const
    {
        if (!section.repeats) return 1;
        const json::array* list = this->list(section);
        return list ? std::min(list->size(), kMaxEntries) : 0;
    }

    [[nodiscard]] const json::array* list(const Section& section) const
    {
        const json::value* found = m_answers.if_contains(section.name);
        return found ? found->if_array() : nullptr;
    }

    [[nodiscard]] const json::value* raw(const Section& section, std::string_view name, std::size_t entry) const
    {
        if (!section.repeats) return m_answers.if_contains(name);
        const json::object* one = (*list(section))[entry].if_object();
        return one ? one->if_contains(name) : nullptr;
    }

    [[nodiscard]] bool is_relevant(const Section& section, const Item& item, std::size_t entry) const
    {
        return !item.relevant || as_bool(evaluate(*item.relevant, section, entry));
    }

    [[nodiscard]] Value evaluate(const Expression& expression, const Section& section, std::size_t entry,
                                 const Value& self = std::string{}) const
    {
        return expression.evaluate([&](std::string_view name) { return value(name, section, entry); }, self);
    }

    [[nodiscard]] Value value(std::string_view name, const Section& section, std::size_t entry) const
    {
        if (const auto found = value_in(section, name, entry)) return *found;
        for (const auto& other : m_checklist.sections)
            if (!other.repeats && &other != &section)
                if (const auto found = value_in(other, name, 0)) return *found;
        return std::string{};
    }

    [[nodiscard]] std::string path(const Section& section, std::string_view name, std::size_t entry) const
    {
        if (!section.repeats) return std::string(name);
        return section.name + "[" + std::to_string(entry) + "]." + std::string(name);
    }

private:
    [[nodiscard]] std::optional<Value> value_in(const Section& section, std::string_view name, std::size_t entry) const
    {
        if (const Item* item = named(section.items, name))
            return is_relevant(section, *item, entry) ? value_of(raw(section, name, entry)) : Value{std::string{}};
        if (const Derived* derived = named(section.derived, name)) {
            const Value worked_out = evaluate(derived->is, section, entry);
            const auto* number = std::get_if<double>(&worked_out);
            return number && std::isnan(*number) ? Value{std::string{}} : worked_out;
        }
        return std::nullopt;
    }

    const Checklist& m_checklist;
    const json::object& m_answers;
};

bool is_unanswered(const Value& value)
{
    return as_text(value).empty();
}

std::vector<std::string> words(const Value& value)
{
    if (const auto* names = std::get_if<std::vector<std::string>>(&value)) return *names;
    std::vector<std::string> out(1);
    for (const char c : as_text(value)) {
        if (c != ' ') out.back() += c;
        else if (!out.back().empty()) out.emplace_back();
    }
    if (out.back().empty()) out.pop_back();
    return out;
}

bool is_position(const json::value& answer)
{
    const auto latitude = number_at(answer, "latitude"), longitude = number_at(answer, "longitude"), accuracy = number_at(answer, "accuracy");
    return latitude && longitude && std::abs(*latitude) <= 90 && std::abs(*longitude) <= 180 && (!accuracy || *accuracy >= 0);
}

// What is wrong with the type of an answer that is there; empty when nothing.
std::string_view type_problem(const Checklist& checklist, const Item& item, const json::value& raw, const Value& value)
{
    switch (item.type) {
    case ItemType::integer:
    case ItemType::decimal: {
        const double number = as_number(value);
        if (std::isnan(number) || raw.is_bool() || raw.is_array()) return "not_a_number";
        if (item.type == ItemType::integer && number != std::floor(number)) return "not_whole";
        return "";
    }
    case ItemType::choice:
        return raw.is_string() && checklist.find_choice(item, as_text(value)) ? "" : "not_a_choice";
    case ItemType::choices: {
        if (raw.is_array() && words(value).size() != raw.get_array().size()) return "not_a_choice";
        const auto chosen = words(value);
        return std::all_of(chosen.begin(), chosen.end(), [&](const std::string& name) { return checklist.find_choice(item, name); }) ? "" : "not_a_choice";
    }
    case ItemType::position: return is_position(raw) ? "" : "not_a_position";
    case ItemType::text: return !raw.is_string() ? "not_a_text" : raw.get_string().size() > kMaxAnswerText ? "too_long" : "";
    case ItemType::photo: return "answered_by_photo";
    case ItemType::confirm: return raw.is_bool() || (raw.is_string() && (raw.get_string() == "yes" || raw.get_string() == "true")) ? "" : "not_a_choice";
    }
    check_failed("item type is known", __FILE__, __LINE__);
}

class Checker
{
public:
    Checker(const Checklist& checklist, const json::object& answers, const std::vector<std::string>& given)
        : m_checklist(checklist), m_answers(answers), m_given(given), m_reading(checklist, answers)
    {}

    std::vector<AnswerProblem> all()
    {
        for (const auto& section : m_checklist.sections) {
            if (section.repeats && !check_list(section)) continue;
            for (std::size_t entry = 0; entry < m_reading.entries(section); ++entry)
                for (const auto& item : section.items) check(section, item, entry);
        }
        for (const auto& answer : m_answers)
            if (!is_top_level(std::string_view(answer.key()))) add(std::string(answer.key()), "unknown_question");
        if (m_found.empty()) check_evidence();
        return std::move(m_found);
    }

private:
    void add(std::string path, std::string_view reason) { m_found.push_back({std::move(path), std::string(reason)}); }

    [[nodiscard]] bool is_given(const std::string& path) const
    {
        return std::find(m_given.begin(), m_given.end(), path) != m_given.end();
    }

    [[nodiscard]] bool is_top_level(std::string_view key) const
    {
        return std::any_of(m_checklist.sections.begin(), m_checklist.sections.end(), [&](const Section& section) {
            return section.repeats ? section.name == key : named(section.items, key) != nullptr;
        });
    }

    bool check_list(const Section& section)
    {
        const json::value* found = m_answers.if_contains(section.name);
        if (!found || found->is_null()) return false; // no entries is an answer too
        if (!found->is_array()) return add(section.name, "not_a_list"), false;
        if (found->get_array().size() > kMaxEntries) return add(section.name, "too_many"), false;
        for (std::size_t entry = 0; entry < found->get_array().size(); ++entry) {
            const auto& one = found->get_array()[entry];
            const std::string at = section.name + "[" + std::to_string(entry) + "]";
            if (!one.is_object()) return add(at, "not_an_object"), false;
            for (const auto& answer : one.get_object())
                if (!named(section.items, std::string_view(answer.key()))) add(at + "." + std::string(answer.key()), "unknown_question");
        }
        return true;
    }

    void check(const Section& section, const Item& item, std::size_t entry)
    {
        if (!m_reading.is_relevant(section, item, entry)) return;
        const std::string path = m_reading.path(section, item.name, entry);
        const json::value* raw = m_reading.raw(section, item.name, entry);
        const Value value = value_of(raw);
        const bool is_strange_list = raw && raw->is_array() && !raw->get_array().empty(); // [5] says something, if not what was asked
        if (is_unanswered(value) && !is_strange_list) {
            if (item.required && !is_given(path)) add(path, "required");
            return;
        }
        if (const auto problem = type_problem(m_checklist, item, *raw, value); !problem.empty()) return add(path, problem);
        if (item.constraint && !as_bool(m_reading.evaluate(*item.constraint, section, entry, value))) add(path, "out_of_range");
    }

    // I6: what is called a violation is seen on a photo or was measured.
    void check_evidence()
    {
        for (const auto& observation : evaluate(m_checklist, m_answers)) {
            if (observation.verdict != Verdict::violation || observation.value.find('=') != std::string::npos) continue;
            const auto& photos = observation.photo_questions;
            const bool is_shown = std::any_of(photos.begin(), photos.end(), [&](const std::string& path) { return is_given(path); });
            if (!is_shown && !(photos.empty() && is_given("overview"))) add(observation.question, "evidence_missing");
        }
    }

    const Checklist& m_checklist;
    const json::object& m_answers;
    const std::vector<std::string>& m_given;
    Reading m_reading;
    std::vector<AnswerProblem> m_found{};
};

std::string shown(const Reading& reading, const Section& section, const Rule& rule, std::size_t entry)
{
    if (rule.measured.empty()) return as_text(reading.value(rule.about, section, entry));
    std::string all;
    for (const auto& name : rule.measured) {
        const std::string text = as_text(reading.value(name, section, entry));
        if (!text.empty()) all += (all.empty() ? "" : " ") + name + "=" + text;
    }
    return all;
}

Observation observe(const Reading& reading, const Section& section, const Rule& rule, std::size_t entry)
{
    Observation seen{.question = reading.path(section, rule.about, entry), .rule = rule.name, .value = shown(reading, section, rule, entry), .severity = rule.severity};
    const auto verdict = verdict_from(as_text(reading.evaluate(rule.verdict, section, entry)));
    ADAL_CHECK(verdict.has_value());
    seen.verdict = *verdict;
    if (rule.severity_rule) {
        const auto severity = severity_from(as_text(reading.evaluate(*rule.severity_rule, section, entry)));
        ADAL_CHECK(severity.has_value());
        seen.severity = *severity;
    }
    for (const auto& photo : rule.photos) seen.photo_questions.push_back(reading.path(section, photo, entry));
    return seen;
}

} // namespace

std::string_view name(ItemType type)
{
    return name_in(kTypes, type);
}

std::optional<ItemType> item_type_from(std::string_view name)
{
    return value_in(kTypes, name);
}

std::string_view name(Verdict verdict)
{
    return name_in(kVerdicts, verdict);
}

std::optional<Verdict> verdict_from(std::string_view name)
{
    return value_in(kVerdicts, name);
}

std::string_view name(Severity severity)
{
    return name_in(kSeverities, severity);
}

std::optional<Severity> severity_from(std::string_view name)
{
    return value_in(kSeverities, name);
}

const Item* Checklist::find_item(std::string_view wanted) const
{
    for (const auto& section : sections)
        if (const Item* item = named(section.items, wanted)) return item;
    return nullptr;
}

const Rule* Checklist::find_rule(std::string_view wanted) const
{
    for (const auto& section : sections)
        if (const Rule* rule = named(section.rules, wanted)) return rule;
    return nullptr;
}

const ChecklistChoice* Checklist::find_choice(const Item& item, std::string_view wanted) const
{
    const auto list = choices.find(item.choices);
    return list == choices.end() ? nullptr : named(list->second, wanted);
}

const std::vector<Checklist>& all_checklists()
{
    static const std::vector<Checklist> all = [] {
        std::vector<Checklist> read;
        for (const auto& file : embedded::checklists()) {
            auto checklist = parse_checklist(file.bytes);
            if (!checklist) check_failed(checklist.error().params["at"].c_str(), __FILE__, __LINE__);
            read.push_back(std::move(*checklist));
        }
        return read;
    }();
    return all;
}

const Checklist* find_checklist(std::string_view id)
{
    const auto& all = all_checklists();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Checklist& c) { return c.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const Checklist* find_checklist(const Hash& hash)
{
    const auto& all = all_checklists();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Checklist& c) { return c.hash == hash; });
    return found == all.end() ? nullptr : &*found;
}

const Checklist* checklist_for(PlaceKind kind)
{
    for (const auto& checklist : all_checklists())
        if (std::find(checklist.place_kinds.begin(), checklist.place_kinds.end(), kind) != checklist.place_kinds.end()) return &checklist;
    return nullptr;
}

std::vector<AnswerProblem> check_answers(const Checklist& checklist, const json::object& answers, const std::vector<std::string>& given)
{
    return Checker{checklist, answers, given}.all();
}

bool is_relevant(const Checklist& checklist, const Section& section, const Item& item, const json::object& answers, std::size_t entry)
{
    const Reading reading{checklist, answers};
    if (section.repeats && entry >= reading.entries(section)) return !item.relevant; // an entry not begun yet
    return reading.is_relevant(section, item, entry);
}

std::vector<Observation> evaluate(const Checklist& checklist, const json::object& answers)
{
    const Reading reading{checklist, answers};
    std::vector<Observation> all;
    for (const auto& section : checklist.sections)
        for (std::size_t entry = 0; entry < reading.entries(section); ++entry)
            for (const auto& rule : section.rules)
                if (reading.is_relevant(section, *named(section.items, rule.about), entry)) all.push_back(observe(reading, section, rule, entry));
    return all;
}

} // namespace adal::oversight
