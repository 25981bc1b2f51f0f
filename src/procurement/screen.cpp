#include "procurement/screen.hpp"

#include <algorithm>
#include <numeric>

namespace adal::procurement {

std::int64_t rank(int failed, int applicable)
{
    return std::int64_t{failed} * 1000 + (999 - applicable);
}

std::vector<Screened> screen(std::span<const Process> processes, const Thresholds& thresholds)
{
    const FlagSet flags = all_flags(thresholds);
    for (const auto& flag : flags) {
        for (const auto& process : processes) flag->observe(process);
        flag->settle();
    }
    std::vector<Screened> out;
    out.reserve(processes.size());
    for (const auto& process : processes) {
        Screened screened{.ocid = process.ocid};
        for (const auto& flag : flags) {
            Answer answer = flag->judge(process);
            if (answer.outcome != Outcome::not_applicable) ++screened.applicable;
            if (answer.outcome == Outcome::fail) ++screened.failed;
            else answer.sentence.clear();
            screened.answers.push_back({std::string{flag->code()}, std::move(answer)});
        }
        out.push_back(std::move(screened));
    }
    return out;
}

std::vector<std::size_t> flagged(std::span<const Screened> screened)
{
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < screened.size(); ++i)
        if (screened[i].failed > 0) positions.push_back(i);
    std::ranges::sort(positions, [&](std::size_t a, std::size_t b) {
        const auto rank_a = rank(screened[a].failed, screened[a].applicable);
        const auto rank_b = rank(screened[b].failed, screened[b].applicable);
        return rank_a != rank_b ? rank_a > rank_b : screened[a].ocid < screened[b].ocid;
    });
    return positions;
}

std::vector<FlagCount> count_by_flag(std::span<const Screened> screened)
{
    std::vector<FlagCount> counts;
    for (const auto code : all_flag_codes()) counts.push_back({.code = std::string{code}});
    for (const auto& one : screened)
        for (std::size_t i = 0; i < one.answers.size(); ++i) {
            const Outcome outcome = one.answers[i].answer.outcome;
            ++(outcome == Outcome::fail   ? counts[i].failed
               : outcome == Outcome::pass ? counts[i].passed
                                          : counts[i].not_applicable);
        }
    return counts;
}

namespace {

struct FactSpeaker {
    i18n::Language language;

    std::string operator()(std::int64_t n) const { return i18n::number(language, n); }
    std::string operator()(double n) const { return i18n::number(language, n, 1); }
    std::string operator()(Share share) const { return i18n::percent(language, share.value); }
    std::string operator()(const CurrencyAmount& sum) const { return say(language, sum); }
    std::string operator()(LocalDate day) const { return i18n::date(language, day); }
    std::string operator()(const std::string& words) const { return words; }
};

bool says_unverified(const Facts& facts)
{
    const auto found = facts.find("verified");
    return found != facts.end() && found->second == Fact{std::int64_t{0}};
}

} // namespace

std::string say(i18n::Language language, const CurrencyAmount& amount)
{
    if (const auto tenge = amount.tenge()) return i18n::money(language, *tenge);
    const bool whole = amount.hundredths % 100 == 0;
    std::string text = whole ? i18n::number(language, amount.hundredths / 100)
                             : i18n::number(language, static_cast<double>(amount.hundredths) / 100, 2);
    if (!amount.currency.empty()) text += "\u00A0" + amount.currency;
    return text;
}

std::string title_of(i18n::Language language, std::string_view code)
{
    return i18n::text(language, "procurement.flag." + std::string{code} + ".title");
}

std::string explain(i18n::Language language, std::string_view code, const Answer& answer)
{
    if (answer.outcome == Outcome::pass) return {};
    i18n::Params params;
    for (const auto& [name, fact] : answer.facts) params[name] = std::visit(FactSpeaker{language}, fact);
    if (answer.outcome == Outcome::not_applicable)
        return i18n::text(language, "procurement.reason." + answer.reason, params);
    std::string sentence = i18n::text(
        language, "procurement.flag." + std::string{code} + "." + answer.sentence, params);
    if (says_unverified(answer.facts)) sentence += " " + i18n::text(language, "procurement.unverified");
    return sentence;
}

} // namespace adal::procurement
