#include "referral/deadline_rule.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"

#include <algorithm>

namespace adal::referral {

std::string_view name(TermUnit unit)
{
    switch (unit) {
    case TermUnit::working_days: return "working_days";
    case TermUnit::calendar_days: return "calendar_days";
    case TermUnit::hours: return "hours";
    }
    return {};
}

std::optional<TermUnit> term_unit_from(std::string_view text)
{
    for (const auto unit : {TermUnit::working_days, TermUnit::calendar_days, TermUnit::hours})
        if (name(unit) == text) return unit;
    return std::nullopt;
}

std::string_view name(Counting counting)
{
    switch (counting) {
    case Counting::next_day: return "next_day";
    }
    return {};
}

std::optional<Counting> counting_from(std::string_view text)
{
    if (text == name(Counting::next_day)) return Counting::next_day;
    return std::nullopt;
}

const DeadlineRule* DeadlineRules::find(std::string_view code) const
{
    const auto it = std::ranges::find(m_rules, code, &DeadlineRule::code);
    return it == m_rules.end() ? nullptr : &*it;
}

const DeadlineRule& DeadlineRules::get(std::string_view code) const
{
    const auto* rule = find(code);
    ADAL_CHECK(rule != nullptr);
    return *rule;
}

namespace {

std::string version_of(std::string_view code, std::string_view text)
{
    return std::string(code) + "@" + hex(view(sha256(text))).substr(0, 16);
}

tl::unexpected<Problem> bad_rule(std::string_view rule, std::string_view field)
{
    return fail(bad_deadline_rule, {{"rule", std::string(rule)}, {"field", std::string(field)}});
}

Result<DeadlineRule> read_rule(const json::value& entry)
{
    const std::string code{text_at(entry, "code").value_or("")};
    if (code.empty()) return bad_rule("?", "code");
    const auto unit = term_unit_from(text_at(entry, "unit").value_or(""));
    if (!unit) return bad_rule(code, "unit");
    const auto counting = counting_from(text_at(entry, "counting").value_or(""));
    if (!counting) return bad_rule(code, "counting");
    const auto term = int_at(entry, "term").value_or(0);
    if (term < 1 || term > 3660) return bad_rule(code, "term");
    const auto* verified = find(entry, "verified");
    if (verified == nullptr || !verified->is_bool()) return bad_rule(code, "verified");

    DeadlineRule rule{.code = code, .term = static_cast<int>(term), .unit = *unit, .counting = *counting};
    rule.act = text_at(entry, "act").value_or("");
    rule.article = text_at(entry, "article").value_or("");
    rule.trigger = text_at(entry, "trigger").value_or("");
    rule.source = text_at(entry, "source").value_or("");
    rule.extension_months = static_cast<int>(int_at(entry, "extension_months").value_or(0));
    rule.verified = verified->as_bool();
    if (rule.act.empty()) return bad_rule(code, "act");
    if (rule.trigger.empty()) return bad_rule(code, "trigger");
    if (rule.source.empty()) return bad_rule(code, "source");
    rule.text = to_text(entry);
    rule.version = version_of(code, rule.text);
    return rule;
}

} // namespace

Result<DeadlineRules> read_deadline_rules(std::string_view text)
{
    const auto parsed = parse_json(text);
    if (!parsed) return pass(parsed);
    const auto* entries = array_at(*parsed, "rules");
    if (entries == nullptr) return bad_rule("?", "rules");

    std::vector<DeadlineRule> rules;
    for (const auto& entry : *entries) {
        auto rule = read_rule(entry);
        if (!rule) return pass(rule);
        if (std::ranges::find(rules, rule->code, &DeadlineRule::code) != rules.end())
            return bad_rule(rule->code, "code");
        rules.push_back(std::move(*rule));
    }
    return DeadlineRules{std::move(rules)};
}

Deadline deadline_of(const DeadlineRule& rule, LocalDate start, const WorkingDays& calendar)
{
    ADAL_CHECK(rule.unit != TermUnit::hours);
    const auto due = rule.unit == TermUnit::working_days ? calendar.add(start, rule.term)
                                                         : start.plus_days(rule.term);
    return {.rule_version = rule.version,
            .calendar_version = calendar.version(),
            .start = start,
            .due = due};
}

} // namespace adal::referral
