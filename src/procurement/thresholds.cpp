#include "procurement/thresholds.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "embedded/data.hpp"

#include <algorithm>
#include <cmath>
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

// One flag after the other asks about the method of one process: it is folded once. Holds until the next call.
const std::string& folded_method(std::string_view name)
{
    thread_local std::string spelled, folded;
    if (spelled != name) spelled = name, folded = fold(name);
    return folded;
}

std::vector<std::string> folded_list(const json::value& entry, std::string_view key)
{
    std::vector<std::string> out;
    if (const auto* list = array_at(entry, key))
        for (const auto& item : *list)
            if (item.is_string()) out.push_back(fold(std::string_view{item.get_string()}));
    return out;
}

std::vector<std::string> plain_list(const json::value& entry, std::string_view key)
{
    std::vector<std::string> out;
    if (const auto* list = array_at(entry, key))
        for (const auto& item : *list)
            if (item.is_string()) out.emplace_back(item.get_string());
    return out;
}

bool is_true(const json::value& entry, std::string_view key)
{
    const auto* found = find(entry, key);
    return found && found->is_bool() && found->get_bool();
}

// What every rule says about its origin.
Result<Done> read_origin(const json::value& entry, std::string_view list, std::size_t index,
                         RuleOrigin& rule)
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
    if (const auto names = plain_list(entry, "names"); !names.empty()) rule.title = names.front();
    rule.codes = folded_list(entry, "codes");
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
    if (const auto* methods = array_at(entry, "methods"))
        for (const auto& id : *methods)
            if (id.is_string()) rule.methods.emplace_back(id.get_string());
    if (rule.words.empty() && rule.methods.empty()) return bad("floors", index, "words", "missing");
    rule.share = number_at(entry, "share").value_or(0);
    if (rule.share <= 0 || rule.share > 1) return bad("floors", index, "share", "out_of_range");
    return rule;
}

Result<UnitRule> read_unit(const json::value& entry, std::size_t index)
{
    UnitRule rule;
    if (const auto origin = read_origin(entry, "units", index, rule); !origin) return pass(origin);
    const auto tenge = int_at(entry, "tenge").value_or(0);
    if (tenge < 1 || tenge > 1'000'000) return bad("units", index, "tenge", "out_of_range");
    rule.hundredths = tenge * 100;
    return rule;
}

Result<LimitRule> read_limit(const json::value& entry, std::size_t index)
{
    LimitRule rule;
    if (const auto origin = read_origin(entry, "limits", index, rule); !origin)
        return pass(origin);
    rule.methods = plain_list(entry, "methods");
    if (rule.methods.empty()) return bad("limits", index, "methods", "missing");
    rule.categories = plain_list(entry, "categories");
    rule.buyer_words = folded_list(entry, "buyer_words");
    if (const auto* grounds = array_at(entry, "grounds"))
        for (const auto& ground : *grounds) {
            if (!ground.is_int64()) return bad("limits", index, "grounds", "not_a_number");
            rule.grounds.push_back(ground.get_int64());
        }
    rule.units = int_at(entry, "mrp").value_or(0);
    if (rule.units < 1 || rule.units > 1'000'000)
        return bad("limits", index, "mrp", "out_of_range");
    return rule;
}

Result<VatRule> read_vat(const json::value& entry, std::size_t index)
{
    VatRule rule;
    if (const auto origin = read_origin(entry, "vat", index, rule); !origin) return pass(origin);
    rule.rate = number_at(entry, "rate").value_or(0);
    if (rule.rate <= 0 || rule.rate >= 1) return bad("vat", index, "rate", "out_of_range");
    return rule;
}

Result<SeasonRule> read_season(const json::value& entry, std::size_t index)
{
    SeasonRule rule;
    if (const auto origin = read_origin(entry, "seasons", index, rule); !origin)
        return pass(origin);
    rule.prefixes = plain_list(entry, "prefixes");
    if (rule.prefixes.empty()) return bad("seasons", index, "prefixes", "missing");
    if (const auto* months = array_at(entry, "closed_months"))
        for (const auto& month : *months) {
            if (!month.is_int64() || month.get_int64() < 1 || month.get_int64() > 12)
                return bad("seasons", index, "closed_months", "out_of_range");
            rule.closed_months.push_back(static_cast<unsigned>(month.get_int64()));
        }
    return rule;
}

Result<RegisterRule> read_register_rule(const json::value& entry, std::size_t index)
{
    RegisterRule rule;
    if (const auto origin = read_origin(entry, "registers", index, rule); !origin)
        return pass(origin);
    const auto months = int_at(entry, "months").value_or(0);
    if (months < 1 || months > 1200) return bad("registers", index, "months", "out_of_range");
    rule.months = static_cast<int>(months);
    return rule;
}

// Each entry of the list through `read`, in order.
template <typename Rule>
Result<Done> read_rules(const json::value& document, std::string_view list,
                        Result<Rule> (*read)(const json::value&, std::size_t),
                        std::vector<Rule>& rules)
{
    const auto* entries = array_at(document, list);
    for (std::size_t i = 0; entries && i < entries->size(); ++i) {
        auto rule = read((*entries)[i], i);
        if (!rule) return pass(rule);
        rules.push_back(std::move(*rule));
    }
    return done();
}

// Of the rules in force on the day that fit, the latest; of equal ones the first.
template <typename Rule, typename Fits>
const Rule* latest(const std::vector<Rule>& rules, LocalDate day, Fits fits)
{
    const Rule* found = nullptr;
    for (const auto& rule : rules)
        if (rule.in_force <= day && fits(rule) && (!found || found->in_force < rule.in_force))
            found = &rule;
    return found;
}

bool holds(const std::vector<std::string>& list, std::string_view item)
{
    return std::ranges::find(list, item) != list.end();
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
    for (const auto& read_in : {read_rules(*document, "methods", read_method, out.m_methods),
                                read_rules(*document, "floors", read_floor, out.m_floors),
                                read_rules(*document, "units", read_unit, out.m_units),
                                read_rules(*document, "limits", read_limit, out.m_limits),
                                read_rules(*document, "vat", read_vat, out.m_vat),
                                read_rules(*document, "seasons", read_season, out.m_seasons),
                                read_rules(*document, "registers", read_register_rule, out.m_registers)})
        if (!read_in) return pass(read_in);
    if (const auto* words = find(*document, "ground_words"))
        out.m_ground_words = {folded_list(*words, "before"), folded_list(*words, "after")};
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
    const std::string& name = folded_method(process.method_details);
    return latest(m_methods, day, [&](const MethodRule& rule) { return holds(rule.names, name); });
}

const MethodRule* Thresholds::method_named(std::string_view name_or_code) const
{
    const std::string& name = folded_method(name_or_code);
    if (name.empty()) return nullptr;
    for (const auto& rule : m_methods)
        if (holds(rule.names, name) || holds(rule.codes, name)) return &rule;
    return nullptr;
}

std::optional<Limit> Thresholds::yearly_limit(const Process& process, int year) const
{
    const auto* method = method_named(process.method_details);
    if (!method) return std::nullopt;
    const LocalDate day = make_date(year, 12, 31);
    const auto* unit = latest(m_units, day, [](const UnitRule&) { return true; });
    if (!unit || unit->in_force.year() != year) return std::nullopt;
    const std::string buyer = fold(process.buyer.name);
    const auto find_limit = [&](bool narrow) {
        return latest(m_limits, day, [&](const LimitRule& rule) {
            return holds(rule.methods, method->id) && rule.buyer_words.empty() != narrow &&
                   (rule.categories.empty() || holds(rule.categories, process.category)) &&
                   (!narrow || has_word(buyer, rule.buyer_words));
        });
    };
    const auto* rule = find_limit(true);
    if (!rule) rule = find_limit(false);
    if (!rule) return std::nullopt;
    return Limit{rule, unit, {rule->units * unit->hundredths, m_currency}};
}

bool Thresholds::is_vat_step(double ratio) const
{
    constexpr double kRounding = 0.0005;
    const auto is = [&](double step) { return std::abs(ratio / step - 1) < kRounding; };
    for (const auto& rule : m_vat) {
        if (is(1 + rule.rate)) return true;
        for (const auto& other : m_vat)
            if (rule.rate > other.rate && is((1 + rule.rate) / (1 + other.rate))) return true;
    }
    return false;
}

const SeasonRule* Thresholds::season(const std::vector<std::string>& classifications,
                                     LocalDate day) const
{
    return latest(m_seasons, day, [&](const SeasonRule& rule) {
        for (const auto& code : classifications)
            for (const auto& prefix : rule.prefixes)
                if (std::string_view{code}.substr(code.find(':') + 1).starts_with(prefix))
                    return true;
        return false;
    });
}

const RegisterRule* Thresholds::register_rule(LocalDate day) const
{
    return latest(m_registers, day, [](const RegisterRule&) { return true; });
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

std::vector<double> Thresholds::floor_shares(const Process& process, LocalDate day) const
{
    std::vector<double> shares;
    if (const auto* of_works = floor(process, day)) shares.push_back(of_works->share);
    const MethodRule* used = method(process, day);
    if (!used) return shares;
    for (const auto& rule : m_floors)
        if (rule.in_force <= day && std::ranges::find(rule.methods, used->id) != rule.methods.end())
            shares.push_back(rule.share);
    return shares;
}

// What kind of competition a method is does not depend on the day its time limits came into force.
std::optional<Competition> Thresholds::competition(const Process& process) const
{
    const std::string& name = folded_method(process.method_details);
    if (!name.empty())
        for (const auto& rule : m_methods)
            if (std::ranges::find(rule.names, name) != rule.names.end()) return rule.competition;
    if (process.method == "open" || process.method == "selective" || process.method == "limited")
        return Competition::competitive;
    if (process.method == "direct") return Competition::single_source;
    return std::nullopt;
}

} // namespace adal::procurement
