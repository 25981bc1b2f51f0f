// R067: accepted before it was signed for, in the frost, or faster than it can be built. Method,
// example and sources: README.md in this folder.
#include "procurement/flag_parts.hpp"

#include <algorithm>
#include <tuple>

namespace adal::procurement {

namespace r067 {

constexpr std::size_t kSmallestPopulation = 20;
constexpr double kWhole = 0.95;          // of the contract: accepted or paid so far, it is done
constexpr double kImplausibleDays = 365; // before the signature
constexpr double kMsInDay = 24.0 * 60 * 60 * 1000;

struct Step { // an act or a payment
    Instant at{};
    std::optional<CurrencyAmount> value{};
    std::string pointer{};
};

struct Work {
    const Contract* contract = nullptr;
    std::string base{}; // "/contracts/0"
    Instant signed_at{};
    std::vector<Step> acts{};   // not revoked, in time
    std::optional<Step> done{}; // accepted or paid as a whole
};

void sort_in_time(std::vector<Step>& steps)
{
    std::ranges::stable_sort(steps, [](const Step& a, const Step& b) { return a.at < b.at; });
}

std::vector<Step> acts_of(const Contract& contract, const std::string& base)
{
    std::vector<Step> acts;
    for (std::size_t i = 0; i < contract.acts.size(); ++i)
        if (const Act& act = contract.acts[i]; act.approved && !act.revoked)
            acts.push_back({act.approved->at, act.value,
                            base + "/x_acts/" + std::to_string(i) + "/approveDate"});
    sort_in_time(acts);
    return acts;
}

std::vector<Step> payments_of(const Contract& contract, const std::string& base)
{
    std::vector<Step> payments;
    for (std::size_t i = 0; i < contract.payments.size(); ++i)
        if (const Payment& payment = contract.payments[i]; payment.date && payment.value)
            payments.push_back(
                {payment.date->at, payment.value,
                 base + "/implementation/transactions/" + std::to_string(i) + "/date"});
    sort_in_time(payments);
    return payments;
}

// The step by which nearly the whole sum of the contract was reached.
std::optional<Step> completing(const std::vector<Step>& steps, const Contract& contract)
{
    if (!contract.value || contract.value->hundredths <= 0) return std::nullopt;
    std::int64_t reached = 0;
    for (const auto& step : steps) {
        if (!step.value || step.value->currency != contract.value->currency) return std::nullopt;
        reached += step.value->hundredths;
        if (static_cast<double>(reached) >=
            kWhole * static_cast<double>(contract.value->hundredths))
            return step;
    }
    return std::nullopt;
}

std::optional<Work> work_of(const Process& process)
{
    const auto index = contract_in_force(process);
    if (!index || !process.contracts[*index].signed_at) return std::nullopt;
    const Contract& contract = process.contracts[*index];
    Work work{.contract = &contract,
              .base = "/contracts/" + std::to_string(*index),
              .signed_at = contract.signed_at->at};
    work.acts = acts_of(contract, work.base);
    work.done = completing(work.acts, contract);
    // Acts without sums: the last one, when the contract says it is over.
    if (!work.done && !work.acts.empty() && contract.status == "terminated" &&
        std::ranges::none_of(work.acts, [](const Step& act) { return act.value.has_value(); }))
        work.done = work.acts.back();
    // Nobody pays the whole before accepting the whole.
    if (!work.done) work.done = completing(payments_of(contract, work.base), contract);
    return work;
}

bool is_closed(const SeasonRule& season, Instant at)
{
    return std::ranges::find(season.closed_months, local_date(at).month()) !=
           season.closed_months.end();
}

struct Population {
    std::vector<double> days{}; // sorted by settle()
    double threshold = 0;       // the 5th percentile, but at most half the median
};

class FastAcceptance final : public Flag {
public:
    explicit FastAcceptance(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R067"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        if (const auto days = length(process, work_of(process)))
            m_populations[shared_code(process, kKindDigits)].days.push_back(*days);
    }

    void settle() override
    {
        for (auto& [kind, population] : m_populations) {
            auto& days = population.days;
            std::ranges::sort(days);
            const std::size_t fifth = (days.size() * 5 + 99) / 100 - 1; // nearest rank
            population.threshold = std::min(days[fifth], days[days.size() / 2] / 2);
        }
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (is_called_off(process)) return not_applicable("cancelled");
        const auto work = work_of(process);
        if (!work) return not_applicable("not_signed");
        if (!work->acts.empty() && local_date(work->acts.front().at) < local_date(work->signed_at))
            return before_signature(process, *work);
        if (auto answer = in_winter(process, *work)) return std::move(*answer);
        if (process.category != "works") return not_applicable("not_works");
        const auto days = length(process, work);
        if (!days) return not_applicable("not_accepted");
        return by_set(process, *work, *days);
    }

private:
    static std::optional<double> length(const Process& process, const std::optional<Work>& work)
    {
        if (is_called_off(process) || process.category != "works" || !work || !work->done)
            return std::nullopt;
        if (work->done->at <= work->signed_at || shared_code(process, kKindDigits).empty())
            return std::nullopt;
        return static_cast<double>(work->done->at.ms - work->signed_at.ms) / kMsInDay;
    }

    static std::vector<Evidence> evidence(const Process& process, const Work& work,
                                          const Step& step)
    {
        return {{process.ocid, work.base + "/dateSigned", iso(work.signed_at)},
                {process.ocid, step.pointer, iso(step.at)}};
    }

    static Answer before_signature(const Process& process, const Work& work)
    {
        const Step& act = work.acts.front();
        const double days = days_between(work.signed_at, act.at);
        if (-days > kImplausibleDays) return not_applicable("dates_implausible");
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "before";
        answer.value = days;
        answer.threshold = 0;
        answer.facts = {{"signed", local_date(work.signed_at)}, {"accepted", local_date(act.at)}};
        answer.evidence = evidence(process, work, act);
        return answer;
    }

    // All the work that an act accepts was done after the step before it: the earlier act, or the
    // signature.
    [[nodiscard]] std::optional<Answer> in_winter(const Process& process, const Work& work) const
    {
        const auto* season =
            m_thresholds.season(process.classifications, local_date(work.signed_at));
        if (!season || process.category != "works") return std::nullopt;
        Instant from = work.signed_at;
        for (const auto& act : work.acts) {
            if (is_closed(*season, from) && is_closed(*season, act.at) &&
                days_between(from, act.at) <
                    31.0 * static_cast<double>(season->closed_months.size()))
                return winter_answer(process, work, act, from, *season);
            from = act.at;
        }
        return std::nullopt;
    }

    static Answer winter_answer(const Process& process, const Work& work, const Step& act,
                                Instant from, const SeasonRule& season)
    {
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "winter";
        answer.value = days_between(from, act.at);
        answer.threshold = 0;
        answer.facts = {{"start", local_date(from)}, {"accepted", local_date(act.at)}};
        name_origin(season, answer.facts);
        answer.evidence = evidence(process, work, act);
        return answer;
    }

    [[nodiscard]] Answer by_set(const Process& process, const Work& work, double days) const
    {
        const std::string kind = shared_code(process, kKindDigits);
        const auto found = m_populations.find(kind);
        if (found == m_populations.end() || found->second.days.size() < kSmallestPopulation)
            return not_applicable("population_small");
        const Population& population = found->second;
        Answer answer;
        answer.outcome = days < population.threshold ? Outcome::fail : Outcome::pass;
        answer.sentence = "fast";
        answer.value = days;
        answer.threshold = population.threshold;
        answer.population = static_cast<std::int64_t>(population.days.size());
        answer.facts = {{"signed", local_date(work.signed_at)},
                        {"accepted", local_date(work.done->at)},
                        {"days", days},
                        {"median", population.days[population.days.size() / 2]},
                        {"threshold", population.threshold},
                        {"classification", kind},
                        {"population", answer.population}};
        answer.evidence = evidence(process, work, *work.done);
        return answer;
    }

    const Thresholds& m_thresholds;
    std::map<std::string, Population> m_populations;
};

} // namespace r067

std::unique_ptr<Flag> make_R067(const Thresholds& thresholds)
{
    return std::make_unique<r067::FastAcceptance>(thresholds);
}

} // namespace adal::procurement
