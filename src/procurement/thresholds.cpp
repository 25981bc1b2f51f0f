#include "procurement/thresholds.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <stdexcept>

namespace adal::procurement {

namespace {

tl::unexpected<Problem> bad(std::string_view list, std::size_t index, std::string_view field,
                            std::string_view reason)
{
    return fail(bad_thresholds,
                {{"field", "/" + std::string{list} + "/" + std::to_string(index) + "/" +
                               std::string{field}},
                 {"reason", std::string{reason}}});
}

std::optional<Competition> competition_from(std::string_view name)
{
    if (name == "competitive") return Competition::competitive;
    if (name == "catalogue") return Competition::catalogue;
    if (name == "single_source") return Competition::single_source;
    return std::nullopt;
}

std::vector<std::string> folded_list(const json::value& entry, std::string_view key)
{
    std::vector<std::string> out;
    if (const auto* list = array_at(entry, key))
        for (const auto& item : *list)
            if (item.is_string()) out.push_back(fold(std::string_view{item.get_string()}));
    return out;
}

bool is_true(const json::value& entry, std::string_view key)
{
    const auto* found = find(entry, key);
    return found && found->is_bool() && found->get_bool();
}

// What every rule says about its origin.
template <typename Rule>
Result<Done> read_origin(const json::value& entry, std::string_view list, std::size_t index,
                         Rule& rule)
{
    rule.id = text_at(entry, "id").value_or("");
    if (rule.id.empty()) return bad(list, index, "id", "missing");
    const auto day = parse_date(text_at(entry, "in_force").value_or(""));
    if (!day) return bad(list, index, "in_force", "not_a_date");
    rule.in_force = *day;
    rule.act = text_at(entry, "act").value_or("");
    rule.article = text_at(entry, "article").value_or("");
    rule.source = text_at(entry, "source").value_or("");
    if (rule.source.empty()) return bad(list, index, "source", "missing");
    rule.verified = is_true(entry, "verified");
    return done();
}

Result<MethodRule> read_method(const json::value& entry, std::size_t index)
{
    MethodRule rule;
    if (const auto origin = read_origin(entry, "methods", index, rule); !origin)
        return pass(origin);
    rule.names = folded_list(entry, "names");
    if (rule.names.empty()) return bad("methods", index, "names", "missing");
    const auto competition = competition_from(text_at(entry, "competition").value_or(""));
    if (!competition) return bad("methods", index, "competition", "unknown");
    rule.competition = *competition;
    if (const auto days = int_at(entry, "least_working_days")) {
        if (*days < 1 || *days > 365)
            return bad("methods", index, "least_working_days", "out_of_range");
        rule.least_days = static_cast<int>(*days);
    }
    return rule;
}

Result<FloorRule> read_floor(const json::value& entry, std::size_t index)
{
    FloorRule rule;
    if (const auto origin = read_origin(entry, "floors", index, rule); !origin)
        return pass(origin);
    rule.words = folded_list(entry, "words");
    rule.share = number_at(entry, "share").value_or(0);
    if (rule.share <= 0 || rule.share > 1) return bad("floors", index, "share", "out_of_range");
    return rule;
}

// Any word of the folded text begins with one of the stems.
bool has_word(std::string_view folded, const std::vector<std::string>& stems)
{
    for (const auto word : split(folded, ' '))
        for (const auto& stem : stems)
            if (word.starts_with(stem)) return true;
    return false;
}

std::string_view embedded_text(std::string_view name)
{
    const auto* file = embedded::find(embedded::data(), name);
    if (!file) throw std::runtime_error("not built in: " + std::string{name});
    return file->bytes;
}

} // namespace

Result<Thresholds> Thresholds::read(std::string_view text, WorkingDays calendar)
{
    const auto document = parse_json(text);
    if (!document) return pass(document);
    Thresholds out{std::move(calendar)};
    out.m_currency = text_at(*document, "currency").value_or("");
    if (out.m_currency.empty())
        return fail(bad_thresholds, {{"field", "/currency"}, {"reason", "missing"}});
    if (const auto* methods = array_at(*document, "methods"))
        for (std::size_t i = 0; i < methods->size(); ++i) {
            auto rule = read_method((*methods)[i], i);
            if (!rule) return pass(rule);
            out.m_methods.push_back(std::move(*rule));
        }
    if (const auto* floors = array_at(*document, "floors"))
        for (std::size_t i = 0; i < floors->size(); ++i) {
            auto rule = read_floor((*floors)[i], i);
            if (!rule) return pass(rule);
            out.m_floors.push_back(std::move(*rule));
        }
    out.m_version = hex(view(sha256(text))).substr(0, 12);
    return out;
}

const Thresholds& Thresholds::standard()
{
    static const Thresholds instance = [] {
        const auto days = read_calendar(embedded_text("calendar/kz.json"), 2015, 2035);
        if (!days) throw std::runtime_error("the built-in calendar is malformed");
        auto read_in = read(embedded_text("law/procurement-thresholds.json"),
                            WorkingDays{*days, make_date(2100, 1, 1)});
        if (!read_in) throw std::runtime_error("the built-in thresholds are malformed");
        return std::move(*read_in);
    }();
    return instance;
}

const MethodRule* Thresholds::method(const Process& process, LocalDate day) const
{
    if (!process.estimate || process.estimate->currency != m_currency) return nullptr;
    const std::string name = fold(process.method_details);
    const MethodRule* latest = nullptr;
    for (const auto& rule : m_methods)
        if (rule.in_force <= day && std::ranges::find(rule.names, name) != rule.names.end() &&
            (!latest || latest->in_force < rule.in_force))
            latest = &rule;
    return latest;
}

const FloorRule* Thresholds::floor(const Process& process, LocalDate day) const
{
    if (!process.estimate || process.estimate->currency != m_currency) return nullptr;
    if (process.category != "works") return nullptr;
    const std::string title = fold(process.title);
    for (const auto& rule : m_floors)
        if (rule.in_force <= day && has_word(title, rule.words)) return &rule;
    return nullptr;
}

// What kind of competition a method is does not depend on the day its time limits came into force.
std::optional<Competition> Thresholds::competition(const Process& process) const
{
    const std::string name = fold(process.method_details);
    if (!name.empty())
        for (const auto& rule : m_methods)
            if (std::ranges::find(rule.names, name) != rule.names.end()) return rule.competition;
    if (process.method == "open" || process.method == "selective" || process.method == "limited")
        return Competition::competitive;
    if (process.method == "direct") return Competition::single_source;
    return std::nullopt;
}

} // namespace adal::procurement
