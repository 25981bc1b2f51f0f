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
    case TermUnit::months: return "months";
    case TermUnit::hours: return "hours";
    }
    return {};
}

std::optional<TermUnit> term_unit_from(std::string_view text)
{
    for (const auto unit : {TermUnit::working_days, TermUnit::calendar_days, TermUnit::months, TermUnit::hours})
        if (name(unit) == text) return unit;
    return std::nullopt;
}

std::string_view name(Counting counting)
{
    switch (counting) {
    case Counting::next_day: return "next_day";
    case Counting::next_working_day: return "next_working_day";
    case Counting::before: return "before";
    case Counting::moment: return "moment";
    }
    return {};
}

std::optional<Counting> counting_from(std::string_view text)
{
    using enum Counting;
    for (const auto counting : {next_day, next_working_day, before, moment})
        if (name(counting) == text) return counting;
    return std::nullopt;
}

const DeadlineRule* DeadlineRules::find(std::string_view code) const
{
    const DeadlineRule* newest = nullptr;
    for (const auto& rule : m_rules)
        if (rule.code == code && (newest == nullptr || rule.valid_from > newest->valid_from)) newest = &rule;
    return newest;
}

const DeadlineRule* DeadlineRules::find_on(std::string_view code, LocalDate day) const
{
    const auto it = std::ranges::find_if(m_rules, [&](const DeadlineRule& rule) {
        return rule.code == code && (!rule.valid_from || *rule.valid_from <= day) &&
               (!rule.valid_to || day <= *rule.valid_to);
    });
    return it == m_rules.end() ? nullptr : &*it;
}

const DeadlineRule& DeadlineRules::get_on(std::string_view code, LocalDate day) const
{
    const auto* rule = find_on(code, day);
    return rule == nullptr ? get(code) : *rule;
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

// "extension" and "extension_unit"; "extension_months" in what programs before 2026-11-26 kept.
bool read_extension(const json::value& entry, DeadlineRule& rule)
{
    const auto months = int_at(entry, "extension_months");
    const auto extension = int_at(entry, "extension").value_or(months.value_or(0));
    if (extension < 0 || extension > 3660) return false;
    rule.extension = static_cast<int>(extension);
    const auto unit = term_unit_from(text_at(entry, "extension_unit").value_or("months"));
    if (!unit || *unit == TermUnit::hours) return false;
    rule.extension_unit = *unit;
    return true;
}

bool read_validity(const json::value& entry, std::string_view key, std::optional<LocalDate>& out)
{
    if (find(entry, key) == nullptr) return true;
    out = parse_date(text_at(entry, key).value_or(""));
    return out.has_value();
}

// Hours run from a moment, days do not; only working days are counted back.
bool fit(TermUnit unit, Counting counting)
{
    if ((unit == TermUnit::hours) != (counting == Counting::moment)) return false;
    return counting != Counting::before || unit == TermUnit::working_days;
}

Result<DeadlineRule> read_rule(const json::value& entry)
{
    const std::string code{text_at(entry, "code").value_or("")};
    if (code.empty()) return bad_rule("?", "code");
    const auto unit = term_unit_from(text_at(entry, "unit").value_or(""));
    if (!unit) return bad_rule(code, "unit");
    const auto counting = counting_from(text_at(entry, "counting").value_or(""));
    if (!counting || !fit(*unit, *counting)) return bad_rule(code, "counting");
    const auto term = int_at(entry, "term").value_or(0);
    if (term < 1 || term > 3660) return bad_rule(code, "term");
    const auto* verified = find(entry, "verified");
    if (verified == nullptr || !verified->is_bool()) return bad_rule(code, "verified");

    DeadlineRule rule{.code = code, .term = static_cast<int>(term), .unit = *unit, .counting = *counting};
    rule.act = text_at(entry, "act").value_or("");
    rule.article = text_at(entry, "article").value_or("");
    rule.trigger = text_at(entry, "trigger").value_or("");
    rule.source = text_at(entry, "source").value_or("");
    rule.verified = verified->as_bool();
    if (rule.act.empty()) return bad_rule(code, "act");
    if (rule.trigger.empty()) return bad_rule(code, "trigger");
    if (rule.source.empty()) return bad_rule(code, "source");
    if (!read_extension(entry, rule)) return bad_rule(code, "extension");
    if (!read_validity(entry, "valid_from", rule.valid_from)) return bad_rule(code, "valid_from");
    if (!read_validity(entry, "valid_to", rule.valid_to)) return bad_rule(code, "valid_to");
    rule.text = to_text(entry);
    rule.version = version_of(code, rule.text);
    return rule;
}

bool overlaps(const DeadlineRule& a, const DeadlineRule& b)
{
    const bool a_is_over = a.valid_to && b.valid_from && *a.valid_to < *b.valid_from;
    const bool b_is_over = b.valid_to && a.valid_from && *b.valid_to < *a.valid_from;
    return a.code == b.code && !a_is_over && !b_is_over;
}

} // namespace

Result<DeadlineRule> read_deadline_rule(std::string_view text)
{
    auto parsed = parse_json(text);
    if (!parsed) return pass(parsed);
    if (auto* object = parsed->if_object(); object != nullptr && text_at(*parsed, "unit") == "hours")
        (*object)["counting"] = name(Counting::moment);
    auto rule = read_rule(*parsed);
    if (rule) rule->version = version_of(rule->code, rule->text = text);
    return rule;
}

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
        if (std::ranges::any_of(rules, [&](const auto& other) { return overlaps(other, *rule); }))
            return bad_rule(rule->code, "code");
        rules.push_back(std::move(*rule));
    }
    return DeadlineRules{std::move(rules)};
}

LocalDate plus_months(LocalDate date, int n)
{
    const auto month = std::chrono::year_month{date.ymd.year(), date.ymd.month()} + std::chrono::months{n};
    const std::chrono::year_month_day wanted{month.year(), month.month(), date.ymd.day()};
    if (wanted.ok()) return {wanted};
    return {std::chrono::year_month_day{month.year() / month.month() / std::chrono::last}};
}

namespace {

LocalDate after(LocalDate start, int term, TermUnit unit, const WorkingDays& calendar)
{
    constexpr int hours_a_day = 24;
    switch (unit) {
    case TermUnit::working_days: return calendar.add(start, term);
    case TermUnit::calendar_days: return start.plus_days(term);
    case TermUnit::months: return plus_months(start, term);
    case TermUnit::hours: return start.plus_days((term + hours_a_day - 1) / hours_a_day);
    }
    return start;
}

} // namespace

Deadline deadline_of(const DeadlineRule& rule, LocalDate start, const WorkingDays& calendar)
{
    auto due = rule.counting == Counting::before ? calendar.subtract(start, rule.term)
                                                 : after(start, rule.term, rule.unit, calendar);
    if (rule.counting == Counting::next_working_day) due = calendar.working_day_from(due);
    return {.rule_version = rule.version,
            .calendar_version = calendar.version(),
            .start = start,
            .due = due};
}

Instant moment_of(const DeadlineRule& rule, Instant start)
{
    ADAL_CHECK(rule.unit == TermUnit::hours);
    return start.plus(std::chrono::hours{rule.term});
}

std::optional<LocalDate> extension_limit(const DeadlineRule& rule, LocalDate due, const WorkingDays& calendar)
{
    if (rule.extension == 0) return std::nullopt;
    return after(due, rule.extension, rule.extension_unit, calendar);
}

} // namespace adal::referral
