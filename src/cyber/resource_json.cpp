#include "cyber/resource_json.hpp"

#include "base/json.hpp"

#include <boost/json.hpp>

namespace adal::cyber {

namespace resource_rows {

template <typename F> void each_in(std::string_view text, F f)
{
    const auto parsed = parse_json(text);
    ADAL_CHECK(parsed && parsed->is_array());
    for (const auto& value : parsed->get_array()) f(value);
}

std::string text(const json::value& value, std::string_view key)
{
    const auto found = text_at(value, key);
    ADAL_CHECK(found.has_value());
    return std::string{*found};
}

} // namespace resource_rows

std::string reasons_text(const std::vector<Reason>& reasons)
{
    json::array out;
    for (const auto& reason : reasons) out.push_back(json::object{{"feature", reason.feature}, {"points", reason.points}, {"seen", reason.seen}});
    return to_text(out);
}

std::vector<Reason> reasons_from(std::string_view text)
{
    std::vector<Reason> out;
    resource_rows::each_in(text, [&](const json::value& value) {
        out.push_back({.feature = resource_rows::text(value, "feature"), .points = static_cast<int>(*int_at(value, "points")), .seen = resource_rows::text(value, "seen")});
    });
    return out;
}

std::string guards_text(const std::vector<GuardHit>& guards)
{
    json::array out;
    for (const auto& hit : guards) out.push_back(json::object{{"name", hit.name}, {"protection", text(hit.protection)}});
    return to_text(out);
}

std::vector<GuardHit> guards_from(std::string_view text)
{
    std::vector<GuardHit> out;
    resource_rows::each_in(text, [&](const json::value& value) {
        const auto named = resource_rows::text(value, "protection");
        for (const auto known : {Protection::government, Protection::education, Protection::press, Protection::bank, Protection::popular, Protection::civic,
                                 Protection::hosting, Protection::shortener, Protection::public_suffix, Protection::local})
            if (cyber::text(known) == named) out.push_back({.protection = known, .name = resource_rows::text(value, "name")});
    });
    return out;
}

std::string answers_text(const std::vector<Answer>& answers)
{
    json::array out;
    for (const auto& answer : answers) out.push_back(json::object{{"question", answer.question}, {"where", answer.where}, {"yes", answer.yes}});
    return to_text(out);
}

std::vector<Answer> answers_from(std::string_view text)
{
    std::vector<Answer> out;
    resource_rows::each_in(text, [&](const json::value& value) {
        out.push_back({.question = resource_rows::text(value, "question"), .yes = value.at("yes").as_bool(), .where = resource_rows::text(value, "where")});
    });
    return out;
}

} // namespace adal::cyber
