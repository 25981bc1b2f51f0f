// R003: the time to prepare a bid was short. Method, example and sources: README.md in this folder.
#include "procurement/flag.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

namespace r003 {

constexpr std::size_t kSmallestPopulation = 20;
constexpr double kMsInDay = 24.0 * 60 * 60 * 1000;

// Periods are compared only with those of the same method, category and currency.
std::string group_of(const Process& process)
{
    return (process.estimate ? process.estimate->currency : "") + "|" + process.method + "|" +
           fold(process.method_details) + "|" + process.category;
}

std::optional<std::int64_t> length_ms(const Process& process)
{
    const auto& [start, end] = process.tender_period;
    if (!start || !end) return std::nullopt;
    return end->at.ms - start->at.ms;
}

double days(std::int64_t ms)
{
    return std::round(static_cast<double>(ms) / kMsInDay * 10) / 10;
}

struct Population {
    std::vector<std::int64_t> lengths{};
    std::int64_t threshold = 0;
};

// Half the median, but at most three robust deviations below it: how much lengths (as logarithms, they are
// spread by factors) lie around their median does not depend on how many short ones there are.
std::int64_t threshold_of(const std::vector<std::int64_t>& sorted)
{
    const auto median = static_cast<double>(sorted[sorted.size() / 2]);
    std::vector<double> distances;
    for (const auto length : sorted)
        distances.push_back(std::abs(std::log(static_cast<double>(length) / median)));
    std::ranges::nth_element(distances, distances.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2));
    constexpr double kToDeviation = 1.4826; // of a normal distribution
    const double deviation = kToDeviation * distances[sorted.size() / 2];
    return static_cast<std::int64_t>(std::min(median / 2, median * std::exp(-3 * deviation)));
}

class ShortPeriod final : public Flag
{
public:
    explicit ShortPeriod(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R003"; }
    [[nodiscard]] int weight() const override { return kLaw; }

    void observe(const Process& process) override
    {
        if (!why_not(process).empty()) return;
        m_populations[group_of(process)].lengths.push_back(*length_ms(process));
    }

    void settle() override
    {
        for (auto& [group, population] : m_populations) {
            auto& lengths = population.lengths;
            std::sort(lengths.begin(), lengths.end());
            population.threshold = threshold_of(lengths);
        }
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not(process); !reason.empty())
            return not_applicable(std::move(reason));
        const LocalDate start = local_date(process.tender_period.start->at);
        const auto* rule = m_thresholds.method(process, start);
        Answer answer = rule && rule->least_days ? by_law(process, *rule, start) : by_set(process);
        if (answer.sentence == "law") {
            Answer compared = by_set(process);
            // Enough for the law may still be far less than what others are given.
            if (answer.outcome == Outcome::pass && compared.outcome == Outcome::fail) answer = std::move(compared);
            // A number that nobody compared with the act does not decide against what is usual: where it differs, the
            // number or the calendar may be wrong.
            else if (answer.outcome == Outcome::fail && compared.outcome == Outcome::pass && !rule->verified)
                answer.outcome = Outcome::pass;
        }
        answer.facts["start"] = start;
        answer.facts["end"] = local_date(process.tender_period.end->at);
        answer.evidence = {
            {process.ocid, "/tender/tenderPeriod/startDate", iso(process.tender_period.start->at)},
            {process.ocid, "/tender/tenderPeriod/endDate", iso(process.tender_period.end->at)},
            {process.ocid, "/tender/procurementMethodDetails", process.method_details}};
        return answer;
    }

private:
    // The reason for which the question makes no sense here; empty when it does.
    [[nodiscard]] std::string why_not(const Process& process) const
    {
        if (process.status == "cancelled" || process.status == "withdrawn") return "cancelled";
        const auto competition = m_thresholds.competition(process);
        if (!competition) return "method_unknown";
        if (*competition == Competition::single_source) return "single_source";
        if (*competition == Competition::catalogue) return "catalogue";
        const auto length = length_ms(process);
        if (!length) return "no_period";
        if (*length < 0) return "period_reversed";
        if (*length == 0) return "period_empty";
        return {};
    }

    [[nodiscard]] Answer by_law(const Process& process, const MethodRule& rule,
                                LocalDate start) const
    {
        // With the day of publication: it is not always clear whether it counts, and only what is short in
        // either way is a breach.
        const auto& calendar = m_thresholds.calendar();
        const int working = calendar.between(start, local_date(process.tender_period.end->at)) +
                            (calendar.is_working(start) ? 1 : 0);
        Answer answer;
        answer.outcome = working < *rule.least_days ? Outcome::fail : Outcome::pass;
        answer.sentence = "law";
        answer.value = working;
        answer.threshold = *rule.least_days;
        answer.facts = {{"days", std::int64_t{working}},
                        {"least", std::int64_t{*rule.least_days}},
                        {"act", rule.act},
                        {"article", rule.article},
                        {"verified", std::int64_t{rule.verified}}};
        return answer;
    }

    [[nodiscard]] Answer by_set(const Process& process) const
    {
        const auto found = m_populations.find(group_of(process));
        if (found == m_populations.end() || found->second.lengths.size() < kSmallestPopulation)
            return not_applicable("population_small");
        const Population& population = found->second;
        const std::int64_t length = *length_ms(process);
        Answer answer;
        answer.outcome = length < population.threshold ? Outcome::fail : Outcome::pass;
        answer.sentence = "set";
        answer.value = days(length);
        answer.threshold = days(population.threshold);
        answer.population = static_cast<std::int64_t>(population.lengths.size());
        answer.facts = {{"days", days(length)},
                        {"threshold", days(population.threshold)},
                        {"median", days(population.lengths[population.lengths.size() / 2])},
                        {"population", answer.population}};
        return answer;
    }

    const Thresholds& m_thresholds;
    std::map<std::string, Population> m_populations;
};

} // namespace r003

std::unique_ptr<Flag> make_R003(const Thresholds& thresholds)
{
    return std::make_unique<r003::ShortPeriod>(thresholds);
}

} // namespace adal::procurement
