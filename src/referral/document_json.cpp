#include "referral/document_json.hpp"

#include "base/json.hpp"

namespace adal::referral {

namespace {

json::array texts_to(const i18n::Texts& texts)
{
    return {texts.kk, texts.ru, texts.en};
}

i18n::Texts texts_from(const json::array& array)
{
    ADAL_CHECK(array.size() == 3);
    const auto at = [&](std::size_t i) { return std::string{array.at(i).as_string()}; };
    return {at(0), at(1), at(2)};
}

i18n::Texts texts_from(const json::value& object, std::string_view key)
{
    const auto* array = array_at(object, key);
    ADAL_CHECK(array != nullptr);
    return texts_from(*array);
}

std::string string_at(const json::value& object, std::string_view key)
{
    const auto text = text_at(object, key);
    ADAL_CHECK(text.has_value());
    return std::string{*text};
}

bool bool_at(const json::value& object, std::string_view key)
{
    const auto* value = find(object, key);
    ADAL_CHECK(value != nullptr && value->is_bool());
    return value->as_bool();
}

json::array read_array(std::string_view text)
{
    auto parsed = parse_json(text);
    ADAL_CHECK(parsed.has_value() && parsed->is_array());
    return std::move(parsed->as_array());
}

} // namespace

std::string texts_to_text(const i18n::Texts& texts)
{
    return to_text(texts_to(texts));
}

std::string subjects_to_text(const std::vector<Subject>& subjects)
{
    json::array out;
    for (const auto& subject : subjects)
        out.push_back(json::object{{"person", subject.person.text()},
                                   {"name", subject.display_name},
                                   {"role", subject.role},
                                   {"declared", subject.has_declared},
                                   {"conflict", subject.has_conflict}});
    return to_text(out);
}

std::string facts_to_text(const std::vector<Fact>& facts)
{
    json::array out;
    for (const auto& fact : facts)
        out.push_back(json::object{{"finding", fact.finding.text()},
                                   {"case", fact.case_id},
                                   {"title", texts_to(fact.title)},
                                   {"value", texts_to(fact.value)},
                                   {"summary", fact.summary},
                                   {"note", fact.note},
                                   {"place", texts_to(fact.place)},
                                   {"severity", fact.severity},
                                   {"sealed_at", fact.sealed_at.ms},
                                   {"leaf", fact.leaf_index}});
    return to_text(out);
}

i18n::Texts texts_from_text(std::string_view text)
{
    return texts_from(read_array(text));
}

std::vector<Subject> subjects_from_text(std::string_view text)
{
    std::vector<Subject> out;
    for (const auto& value : read_array(text))
        out.push_back({.person = PersonId::parse(string_at(value, "person")).value_or(PersonId{}),
                       .display_name = string_at(value, "name"),
                       .role = string_at(value, "role"),
                       .has_declared = bool_at(value, "declared"),
                       .has_conflict = bool_at(value, "conflict")});
    return out;
}

std::vector<Fact> facts_from_text(std::string_view text)
{
    std::vector<Fact> out;
    for (const auto& value : read_array(text))
        out.push_back({.finding = FindingId::parse(string_at(value, "finding")).value_or(FindingId{}),
                       .case_id = string_at(value, "case"),
                       .title = texts_from(value, "title"),
                       .value = texts_from(value, "value"),
                       .summary = string_at(value, "summary"),
                       .note = string_at(value, "note"),
                       .place = texts_from(value, "place"),
                       .severity = string_at(value, "severity"),
                       .sealed_at = Instant{int_at(value, "sealed_at").value_or(0)},
                       .leaf_index = int_at(value, "leaf").value_or(0)});
    return out;
}

} // namespace adal::referral
