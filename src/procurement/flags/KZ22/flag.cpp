// KZ22: the plan was changed shortly before the purchase, or away from competition. Method, example
// and sources: README.md in this folder.
#include "procurement/flag_parts.hpp"

#include <algorithm>

namespace adal::procurement {

namespace kz22 {

constexpr double kMuch = 0.20;    // growth of price or sum
constexpr double kShortDays = 30; // before publication
constexpr double kImplausibleHigh = 10;
constexpr std::string_view kDirect = "kz.single_source_direct"; // id in the data of the law

struct Start {
    Instant at{};
    std::string pointer{};
};

// When the purchase began: announced, opened for bids, or, without competition, signed.
std::optional<Start> start_of_purchase(const Process& process)
{
    if (process.published) return Start{process.published->at, "/tender/datePublished"};
    if (process.tender_period.start)
        return Start{process.tender_period.start->at, "/tender/tenderPeriod/startDate"};
    const auto contract = contract_in_force(process);
    if (!contract || !process.contracts[*contract].signed_at) return std::nullopt;
    return Start{process.contracts[*contract].signed_at->at,
                 "/contracts/" + std::to_string(*contract) + "/dateSigned"};
}

struct Dated {
    const PlanVersion* version = nullptr;
    std::string pointer{};
};

// Versions of before the purchase, in time; of one moment in the order of the source.
std::vector<Dated> versions_before(const Process& process, Instant start)
{
    std::vector<Dated> versions;
    for (std::size_t i = 0; i < process.plan_versions.size(); ++i) {
        const auto& version = process.plan_versions[i];
        if (version.date && version.date->at <= start)
            versions.push_back({&version, "/planning/x_versions/" + std::to_string(i)});
    }
    std::ranges::stable_sort(versions, [](const Dated& a, const Dated& b) {
        return a.version->date->at < b.version->date->at;
    });
    return versions;
}

struct Growth {
    double share = 0;
    std::int64_t before = 0, after = 0;
    std::string field{}; // price, amount
    const Dated *from = nullptr, *to = nullptr;
};

void consider(const Dated& from, const Dated& to, std::string field,
              std::optional<std::int64_t> before, std::optional<std::int64_t> after,
              std::optional<Growth>& largest)
{
    if (!before || !after || *before <= 0 || *after <= 0) return;
    const double share = growth(*before, *after);
    if (share > kImplausibleHigh - 1 || (largest && largest->share >= share)) return;
    largest = Growth{share, *before, *after, std::move(field), &from, &to};
}

class PlanTampering final : public Flag {
public:
    explicit PlanTampering(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "KZ22"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (is_called_off(process)) return not_applicable("cancelled");
        if (process.plan_versions.empty()) return not_applicable("plan_unknown");
        const auto start = start_of_purchase(process);
        if (!start) return not_applicable("no_publication");
        const auto versions = versions_before(process, start->at);
        if (versions.empty()) return not_applicable("plan_unknown");
        if (auto answer = by_method(process, versions)) return std::move(*answer);
        return by_growth(process, *start, versions);
    }

private:
    [[nodiscard]] bool is_competitive(std::string_view method) const
    {
        const auto* rule = m_thresholds.method_named(method);
        return rule && rule->competition == Competition::competitive;
    }

    [[nodiscard]] bool is_direct(std::string_view method) const
    {
        const auto* rule = m_thresholds.method_named(method);
        return rule && rule->id == kDirect;
    }

    [[nodiscard]] std::optional<Answer> by_method(const Process& process,
                                                  const std::vector<Dated>& versions) const
    {
        for (std::size_t i = 1; i < versions.size(); ++i) {
            const auto& before = versions[i - 1];
            const auto& after = versions[i];
            if (!is_competitive(before.version->method) || !is_direct(after.version->method))
                continue;
            if (!is_direct(versions.back().version->method)) continue; // put back before buying
            Answer answer;
            answer.outcome = Outcome::fail;
            answer.sentence = "method";
            answer.value = 1; // changes of the method
            answer.threshold = 0;
            answer.facts = {{"before", m_thresholds.method_named(before.version->method)->title},
                            {"after", m_thresholds.method_named(after.version->method)->title},
                            {"changed", local_date(after.version->date->at)}};
            answer.evidence = {{process.ocid, before.pointer + "/method", before.version->method},
                               {process.ocid, after.pointer + "/method", after.version->method}};
            return answer;
        }
        return std::nullopt;
    }

    [[nodiscard]] Answer by_growth(const Process& process, const Start& start,
                                   const std::vector<Dated>& versions) const
    {
        std::optional<Growth> largest;
        bool has_late_change = false;
        for (std::size_t i = 1; i < versions.size(); ++i) {
            const auto& before = versions[i - 1];
            const auto& after = versions[i];
            if (days_between(after.version->date->at, start.at) > kShortDays) continue;
            has_late_change = true;
            consider(before, after, "price", before.version->price, after.version->price, largest);
            consider(before, after, "amount", before.version->amount, after.version->amount,
                     largest);
        }
        if (has_late_change && !largest) return not_applicable("no_estimate");
        Answer answer;
        answer.outcome = largest && largest->share >= kMuch ? Outcome::fail : Outcome::pass;
        answer.value = largest ? largest->share : 0;
        answer.threshold = kMuch;
        if (largest) tell(process, start, *largest, answer);
        return answer;
    }

    void tell(const Process& process, const Start& start, const Growth& growth,
              Answer& answer) const
    {
        const std::string currency =
            process.budget ? process.budget->currency : m_thresholds.currency();
        answer.sentence = growth.field;
        answer.facts = {{"before", CurrencyAmount{growth.before, currency}},
                        {"after", CurrencyAmount{growth.after, currency}},
                        {"share", Share{growth.share}},
                        {"days", days_between(growth.to->version->date->at, start.at)}};
        for (const auto* side : {growth.from, growth.to})
            answer.evidence.push_back(
                {process.ocid, side->pointer + "/" + growth.field,
                 plain(CurrencyAmount{side == growth.from ? growth.before : growth.after, ""})});
        answer.evidence.push_back(
            {process.ocid, growth.to->pointer + "/date", iso(growth.to->version->date->at)});
        answer.evidence.push_back({process.ocid, start.pointer, iso(start.at)});
    }

    const Thresholds& m_thresholds;
};

} // namespace kz22

std::unique_ptr<Flag> make_KZ22(const Thresholds& thresholds)
{
    return std::make_unique<kz22::PlanTampering>(thresholds);
}

} // namespace adal::procurement
