// Reads the JSON of a checklist. What our files may say is in docs/formats/checklist.md; anything else is
// refused with the path to it, so that a typing mistake is not a question that silently never comes.
#include "oversight/checklist.hpp"

#include <algorithm>
#include <set>

namespace adal::oversight {
namespace {

struct Wrong {
    std::string at, reason;
};

// Inside this file a mistake is thrown, because every field may be one; parse_checklist makes it a Problem.
[[noreturn]] void wrong(const std::string& at, std::string_view reason)
{
    throw Wrong{at, std::string(reason)};
}

const json::object& object_in(const json::value& value, const std::string& at)
{
    if (!value.is_object()) wrong(at, "not_an_object");
    return value.get_object();
}

void only(const json::object& object, const std::set<std::string_view>& keys, const std::string& at)
{
    for (const auto& member : object)
        if (!keys.contains(std::string_view(member.key()))) wrong(at + "." + std::string(member.key()), "unknown_field");
}

std::string text(const json::value& object, std::string_view key, const std::string& at)
{
    const auto found = text_at(object, key);
    if (!found || found->empty()) wrong(at + "." + std::string(key), "required");
    return std::string(*found);
}

bool flag(const json::value& object, std::string_view key, const std::string& at)
{
    const json::value* found = find(object, key);
    if (found && !found->is_bool()) wrong(at + "." + std::string(key), "wrong_type");
    return found && found->get_bool();
}

// A text that may be missing, but not be something else.
std::string text_or_none(const json::value& object, std::string_view key, const std::string& at)
{
    return find(object, key) ? text(object, key, at) : std::string{};
}

i18n::Texts texts(const json::value& object, const std::string& at)
{
    only(object_in(object, at), {"name", "kk", "ru", "en"}, at);
    return {text(object, "kk", at), text(object, "ru", at), text(object, "en", at)};
}

i18n::Texts texts_at(const json::value& object, std::string_view key, const std::string& at)
{
    const json::value* found = find(object, key);
    if (!found) wrong(at + "." + std::string(key), "required");
    return texts(*found, at + "." + std::string(key));
}

std::vector<std::string> names_at(const json::value& object, std::string_view key)
{
    std::vector<std::string> names;
    if (const json::array* list = array_at(object, key))
        for (const auto& name : *list) names.emplace_back(name.as_string());
    return names;
}

class FileReader
{
public:
    Checklist read(const json::value& file)
    {
        only(object_in(file, "file"), {"id", "title", "place_kinds", "photo_label", "choices", "sections"}, "file");
        m_out.id = text(file, "id", "file");
        m_out.title = texts_at(file, "title", "file");
        m_photo_label = texts_at(file, "photo_label", "file");
        for (const auto& kind_name : names_at(file, "place_kinds")) {
            const auto kind = place_kind_from(kind_name);
            if (!kind) wrong("place_kinds", "not_a_choice");
            m_out.place_kinds.push_back(*kind);
        }
        const json::object* choices = object_at(file, "choices");
        if (!choices) wrong("choices", "required");
        for (const auto& list : *choices)
            for (const auto& choice : list.value().as_array())
                m_out.choices[std::string(list.key())].push_back({text(choice, "name", "choices"), texts(choice, "choices")});
        const json::array* sections = array_at(file, "sections");
        if (!sections) wrong("sections", "required");
        for (const auto& section : *sections) read_section(section);
        check_names();
        return std::move(m_out);
    }

private:
    Expression expression(std::string_view source, const std::string& at)
    {
        auto parsed = Expression::parse(source);
        if (!parsed) wrong(at, parsed.error().params.at("reason"));
        for (const auto& used : parsed->names())
            if (!m_known.contains(used)) wrong(at, "unknown_question");
        return std::move(*parsed);
    }

    std::optional<Expression> expression_at(const json::value& object, std::string_view key, const std::string& at)
    {
        if (!find(object, key)) return std::nullopt;
        return expression(text(object, key, at), at + "." + std::string(key));
    }

    void know(const std::string& name, const std::string& at)
    {
        if (!m_known.insert(name).second) wrong(at, "name_twice");
    }

    void read_section(const json::value& value)
    {
        only(object_in(value, "section"), {"name", "title", "repeats", "items", "derived", "rules"}, "section");
        Section section;
        section.name = text(value, "name", "section");
        section.title = texts_at(value, "title", section.name);
        section.repeats = flag(value, "repeats", section.name);
        const auto outside = m_known;
        if (const json::array* items = array_at(value, "items"))
            for (const auto& item : *items) read_item(item, section);
        if (const json::array* derived = array_at(value, "derived"))
            for (const auto& one : *derived) read_derived(one, section);
        if (const json::array* rules = array_at(value, "rules"))
            for (const auto& rule : *rules) read_rule(rule, section);
        if (section.repeats) { // its names mean nothing outside, but stay unique
            m_taken.insert(m_known.begin(), m_known.end());
            m_known = outside;
        }
        m_out.sections.push_back(std::move(section));
    }

    void read_item(const json::value& value, Section& section)
    {
        Item item;
        item.name = text(value, "name", section.name);
        const std::string at = section.name + "." + item.name;
        only(object_in(value, at), {"name", "type", "label", "hint", "choices", "required", "relevant", "constraint", "unit",
                                    "photo_of", "bad", "photo", "severity", "violation", "standard"}, at);
        const auto type = item_type_from(text(value, "type", at));
        if (!type) wrong(at + ".type", "not_a_choice");
        item.type = *type;
        item.label = texts_at(value, "label", at);
        if (find(value, "hint")) item.hint = texts_at(value, "hint", at);
        item.required = flag(value, "required", at);
        item.relevant = expression_at(value, "relevant", at);
        item.constraint = expression_at(value, "constraint", at);
        item.unit = text_or_none(value, "unit", at);
        item.photo_of = text_or_none(value, "photo_of", at);
        if (item.type == ItemType::choice || item.type == ItemType::choices) {
            item.choices = text(value, "choices", at);
            if (!m_out.choices.contains(item.choices)) wrong(at + ".choices", "unknown_list");
        }
        know(item.name, at);
        const Item asked = item;
        section.items.push_back(std::move(item));
        if (find(value, "bad")) add_plain_rule(value, asked, text(value, "bad", at), section, at);
    }

    // `bad` names the answer that is a violation; with `photo` a photo is asked for then.
    void add_plain_rule(const json::value& value, const Item& asked, std::string_view bad, Section& section,
                        const std::string& at)
    {
        if (!m_out.find_choice(asked, bad)) wrong(at + ".bad", "not_a_choice");
        const std::string name = "${" + asked.name + "}", is_bad = name + " = '" + std::string(bad) + "'";
        Rule rule{.name = asked.name, .about = asked.name, .label = texts_at(value, "violation", at)};
        rule.verdict = expression("if(" + is_bad + ", 'violation', if(" + name + " = 'unk' or " + name +
                                      " = '', 'not_checked', if(" + name + " = 'na', 'na', 'ok')))", at);
        read_severity(value, rule, at);
        read_standard(value, rule, at);
        if (flag(value, "photo", at)) {
            Item photo{.name = asked.name + "_ph", .type = ItemType::photo, .label = m_photo_label, .required = true};
            photo.relevant = expression(is_bad, at);
            photo.photo_of = asked.name;
            rule.photos.push_back(photo.name);
            know(photo.name, at);
            section.items.push_back(std::move(photo));
        }
        section.rules.push_back(std::move(rule));
    }

    void read_derived(const json::value& value, Section& section)
    {
        Derived derived;
        derived.name = text(value, "name", section.name);
        const std::string at = section.name + "." + derived.name;
        only(object_in(value, at), {"name", "is", "unit"}, at);
        derived.is = expression(text(value, "is", at), at);
        derived.unit = text_or_none(value, "unit", at);
        know(derived.name, at);
        section.derived.push_back(std::move(derived));
    }

    void read_rule(const json::value& value, Section& section)
    {
        Rule rule;
        rule.name = text(value, "name", section.name);
        const std::string at = section.name + ".rules." + rule.name;
        only(object_in(value, at), {"name", "about", "violation", "verdict", "severity", "severity_rule", "standard", "measured", "photos"}, at);
        rule.about = text(value, "about", at);
        rule.label = texts_at(value, "violation", at);
        rule.verdict = expression(text(value, "verdict", at), at + ".verdict");
        rule.severity_rule = expression_at(value, "severity_rule", at);
        rule.measured = names_at(value, "measured");
        rule.photos = names_at(value, "photos");
        read_severity(value, rule, at);
        read_standard(value, rule, at);
        section.rules.push_back(std::move(rule));
    }

    static void read_severity(const json::value& value, Rule& rule, const std::string& at)
    {
        const auto severity = severity_from(text(value, "severity", at));
        if (!severity) wrong(at + ".severity", "not_a_choice");
        rule.severity = *severity;
    }

    static void read_standard(const json::value& value, Rule& rule, const std::string& at)
    {
        const json::value* standard = find(value, "standard");
        if (!standard) return;
        only(object_in(*standard, at + ".standard"), {"text", "verified"}, at + ".standard");
        rule.standard = {text(*standard, "text", at + ".standard"), flag(*standard, "verified", at + ".standard")};
    }

    void check_names()
    {
        std::set<std::string> rules;
        for (const auto& section : m_out.sections)
            for (const auto& rule : section.rules) {
                if (!rules.insert(rule.name).second) wrong(rule.name, "name_twice");
                auto named = rule.photos;
                named.push_back(rule.about);
                for (const auto& question : named)
                    if (std::none_of(section.items.begin(), section.items.end(), [&](const Item& i) { return i.name == question; }))
                        wrong(rule.name, "unknown_question");
            }
        for (const auto& name : m_taken)
            if (std::count_if(m_out.sections.begin(), m_out.sections.end(), [&](const Section& s) {
                    return std::any_of(s.items.begin(), s.items.end(), [&](const Item& i) { return i.name == name; });
                }) > 1)
                wrong(name, "name_twice");
    }

    Checklist m_out{};
    i18n::Texts m_photo_label{};
    std::set<std::string> m_known{}, m_taken{};
};

} // namespace

Result<Checklist> parse_checklist(std::string_view file)
{
    const auto value = parse_json(file);
    if (!value) return pass(value);
    try {
        Checklist checklist = FileReader{}.read(*value);
        checklist.hash = sha256(file);
        return checklist;
    } catch (const Wrong& mistake) {
        return fail(bad_checklist, {{"at", mistake.at}, {"reason", mistake.reason}});
    } catch (const std::exception&) { // a list where a text should be, met inside the JSON library
        return fail(bad_checklist, {{"at", "file"}, {"reason", "wrong_type"}});
    }
}

} // namespace adal::oversight
