// R061: the winner was chosen, or the contract signed, unusually fast or late. Method, example and
// sources: README.md in this folder.
#include "procurement/flag_parts.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace adal::procurement {

namespace r061 {

constexpr std::size_t kSmallestPopulation = 100; // below, one per cent is nobody
constexpr double kMsInDay = 24.0 * 60 * 60 * 1000;

enum Stage : std::size_t { decision, signing };
constexpr std::array<std::string_view, 2> kNames{"decision", "signing"};

struct Length {
    double days = 0;
    Instant from{}, to{};
    std::string from_pointer{}, to_pointer{};
};
using Lengths = std::array<std::optional<Length>, 2>;

// Only what runs forward: an end before its start is a fault of the data.
std::optional<Length> between(const std::optional<Moment>& from, std::string from_pointer,
                              const std::optional<Moment>& to, std::string to_pointer)
{
    if (!from || !to || to->at < from->at) return std::nullopt;
    return Length{static_cast<double>(to->at.ms - from->at.ms) / kMsInDay, from->at, to->at,
                  std::move(from_pointer), std::move(to_pointer)};
}

Lengths lengths_of(const Process& process, std::size_t award)
{
    const auto& decided = process.awards[award].date;
    const std::string decided_at = "/awards/" + std::to_string(award) + "/date";
    Lengths lengths;
    lengths[decision] =
        between(process.tender_period.end, "/tender/tenderPeriod/endDate", decided, decided_at);
    const auto contract = contract_in_force(process);
    if (contract)
        lengths[signing] = between(decided, decided_at, process.contracts[*contract].signed_at,
                                   "/contracts/" + std::to_string(*contract) + "/dateSigned");
    return lengths;
}

struct Population {
    std::vector<double> days{}; // sorted by settle()
    double least = 0,
           most = 0; // the middle 98 per cent, and at least from half to twice the median
};

std::string group_of(const Process& process, std::size_t stage)
{
    const std::string name =
        process.method_details.empty() ? process.method : fold(process.method_details);
    return std::string{kNames[stage]} + "|" + name + "|" +
           (process.estimate ? process.estimate->currency : "");
}

class Delays final : public Flag {
public:
    explicit Delays(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R061"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        if (!why_not(process).empty()) return;
        const auto lengths = lengths_of(process, active_awards(process).front());
        for (const auto stage : {decision, signing})
            if (lengths[stage])
                m_populations[group_of(process, stage)].days.push_back(lengths[stage]->days);
    }

    void settle() override
    {
        for (auto& [group, population] : m_populations) {
            auto& days = population.days;
            std::ranges::sort(days);
            const std::size_t hundredth = (days.size() + 99) / 100 - 1; // nearest rank
            const double median = days[days.size() / 2];
            population.least = std::min(days[hundredth], median / 2);
            population.most = std::max(days[days.size() - 1 - hundredth], median * 2);
        }
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not(process); !reason.empty())
            return not_applicable(std::move(reason));
        const auto lengths = lengths_of(process, active_awards(process).front());
        if (!lengths[decision] && !lengths[signing]) return not_applicable("dates_unknown");
        std::optional<Answer> passed;
        for (const auto stage : {decision, signing}) {
            if (!lengths[stage]) continue;
            const auto found = m_populations.find(group_of(process, stage));
            if (found == m_populations.end() || found->second.days.size() < kSmallestPopulation)
                continue;
            auto answer = compare(process, stage, *lengths[stage], found->second);
            if (answer.outcome == Outcome::fail) return answer;
            if (!passed) passed = std::move(answer);
        }
        return passed ? std::move(*passed) : not_applicable("population_small");
    }

private:
    // The reason for which the question makes no sense here; empty when it does.
    [[nodiscard]] std::string why_not(const Process& process) const
    {
        if (is_called_off(process)) return "cancelled";
        const auto competition = m_thresholds.competition(process);
        if (!competition) return "method_unknown";
        if (*competition == Competition::single_source) return "single_source";
        if (*competition == Competition::catalogue) return "catalogue";
        const auto active = active_awards(process);
        if (active.empty()) return "not_awarded";
        if (active.size() > 1) return "several_awards";
        return {};
    }

    static Answer compare(const Process& process, std::size_t stage, const Length& length,
                          const Population& population)
    {
        const bool is_late = length.days > population.most;
        const double threshold = is_late ? population.most : population.least;
        Answer answer;
        answer.outcome = is_late || length.days < population.least ? Outcome::fail : Outcome::pass;
        answer.sentence = std::string{kNames[stage]} + (is_late ? "_late" : "_fast");
        answer.value = length.days;
        answer.threshold = threshold;
        answer.population = static_cast<std::int64_t>(population.days.size());
        answer.facts = {
            {"days", length.days},          {"median", population.days[population.days.size() / 2]},
            {"threshold", threshold},       {"start", local_date(length.from)},
            {"end", local_date(length.to)}, {"population", answer.population}};
        answer.evidence = {{process.ocid, length.from_pointer, iso(length.from)},
                           {process.ocid, length.to_pointer, iso(length.to)}};
        return answer;
    }

    const Thresholds& m_thresholds;
    std::map<std::string, Population> m_populations;
};

} // namespace r061

std::unique_ptr<Flag> make_R061(const Thresholds& thresholds)
{
    return std::make_unique<r061::Delays>(thresholds);
}

} // namespace adal::procurement
