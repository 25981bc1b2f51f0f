#include "procurement/flag.hpp"

#include <cmath>
#include <stdexcept>

namespace adal::procurement {

std::string_view text(Outcome outcome)
{
    switch (outcome) {
    case Outcome::fail: return "fail";
    case Outcome::pass: return "pass";
    case Outcome::not_applicable: return "not_applicable";
    }
    return "not_applicable";
}

std::optional<Outcome> outcome_from(std::string_view name)
{
    for (const auto outcome : {Outcome::fail, Outcome::pass, Outcome::not_applicable})
        if (text(outcome) == name) return outcome;
    return std::nullopt;
}

Answer not_applicable(std::string reason)
{
    Answer answer;
    answer.reason = std::move(reason);
    return answer;
}

namespace {

// Whole numbers without an exponent: "5", not "5E0".
json::value number(double n)
{
    if (n == std::floor(n) && std::abs(n) < 1e15) return static_cast<std::int64_t>(n);
    return n;
}

struct FactWriter {
    json::value operator()(std::int64_t n) const { return {{"count", n}}; }
    json::value operator()(double n) const { return {{"number", number(n)}}; }
    json::value operator()(Share share) const { return {{"share", number(share.value)}}; }
    json::value operator()(const CurrencyAmount& sum) const
    {
        return {{"hundredths", sum.hundredths}, {"currency", sum.currency}};
    }
    json::value operator()(LocalDate day) const { return {{"day", iso(day)}}; }
    json::value operator()(const std::string& words) const { return {{"text", words}}; }
};

[[noreturn]] void malformed()
{
    throw std::runtime_error("stored answer of a flag is malformed");
}

double to_number(const json::value& v)
{
    if (v.is_double()) return v.get_double();
    if (v.is_int64()) return static_cast<double>(v.get_int64());
    malformed();
}

Fact read_fact(const json::value& v)
{
    if (const auto n = int_at(v, "count")) return *n;
    if (const auto* n = find(v, "number")) return to_number(*n);
    if (const auto* share = find(v, "share")) return Share{to_number(*share)};
    if (const auto sum = int_at(v, "hundredths"))
        return CurrencyAmount{*sum, std::string{text_at(v, "currency").value_or("")}};
    if (const auto day = text_at(v, "day"))
        if (const auto date = parse_date(*day)) return *date;
    if (const auto words = text_at(v, "text")) return std::string{*words};
    malformed();
}

std::optional<double> optional_number(const json::value& v, std::string_view key)
{
    const auto* found = find(v, key);
    if (!found) return std::nullopt;
    return to_number(*found);
}

} // namespace

json::object to_json(const Answer& answer)
{
    json::object out{{"outcome", text(answer.outcome)}};
    if (!answer.reason.empty()) out["reason"] = answer.reason;
    if (!answer.sentence.empty()) out["sentence"] = answer.sentence;
    if (answer.value) out["value"] = number(*answer.value);
    if (answer.threshold) out["threshold"] = number(*answer.threshold);
    if (answer.population > 0) out["population"] = answer.population;
    json::object facts;
    for (const auto& [name, fact] : answer.facts) facts[name] = std::visit(FactWriter{}, fact);
    if (!facts.empty()) out["facts"] = std::move(facts);
    json::array evidence;
    for (const auto& item : answer.evidence)
        evidence.push_back(
            {{"ocid", item.ocid}, {"pointer", item.pointer}, {"value", item.value}});
    if (!evidence.empty()) out["evidence"] = std::move(evidence);
    return out;
}

Answer answer_from(const json::value& v)
{
    const auto outcome = outcome_from(text_at(v, "outcome").value_or(""));
    if (!outcome) malformed();
    Answer answer{.outcome = *outcome,
                  .reason = std::string{text_at(v, "reason").value_or("")},
                  .sentence = std::string{text_at(v, "sentence").value_or("")},
                  .value = optional_number(v, "value"),
                  .threshold = optional_number(v, "threshold"),
                  .population = int_at(v, "population").value_or(0)};
    if (const auto* facts = object_at(v, "facts"))
        for (const auto& [name, fact] : *facts)
            answer.facts.emplace(std::string{name}, read_fact(fact));
    if (const auto* evidence = array_at(v, "evidence"))
        for (const auto& item : *evidence)
            answer.evidence.push_back({.ocid = std::string{text_at(item, "ocid").value_or("")},
                                       .pointer = std::string{text_at(item, "pointer").value_or("")},
                                       .value = std::string{text_at(item, "value").value_or("")}});
    return answer;
}

#define ADAL_FLAG(CODE) std::unique_ptr<Flag> make_##CODE(const Thresholds& thresholds);
#include "procurement/flags/all_flags.hpp"
#undef ADAL_FLAG

FlagSet all_flags(const Thresholds& thresholds)
{
    FlagSet flags;
#define ADAL_FLAG(CODE) flags.push_back(make_##CODE(thresholds));
#include "procurement/flags/all_flags.hpp"
#undef ADAL_FLAG
    return flags;
}

std::vector<std::string_view> all_flag_codes()
{
    return {
#define ADAL_FLAG(CODE) #CODE,
#include "procurement/flags/all_flags.hpp"
#undef ADAL_FLAG
    };
}

} // namespace adal::procurement
