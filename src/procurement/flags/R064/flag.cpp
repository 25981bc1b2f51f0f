// R064: the sum of a contract grew by amendments. Method, example and sources: README.md in this
// folder.
#include "procurement/flag_parts.hpp"

namespace adal::procurement {

namespace r064 {

constexpr double kMuch = 0.10;          // growth of the sum
constexpr std::size_t kMany = 3;        // amendments of a sum that grew
constexpr double kEarlyDays = 30;       // from signature to the first amendment
constexpr double kImplausibleHigh = 10; // growth outside, the sums are not of the same thing

struct Growth {
    std::size_t contract = 0;
    CurrencyAmount first{}, last{};
    std::string last_pointer{};
    double share = 0; // last/first − 1
};

// The sum after the last amendment: of the contract itself, else of the last amendment that says
// it.
void set_last(const Process& process, Growth& growth)
{
    const Contract& contract = process.contracts[growth.contract];
    const std::string base = "/contracts/" + std::to_string(growth.contract);
    if (contract.value) {
        growth.last = *contract.value;
        growth.last_pointer = base + "/value";
        return;
    }
    for (std::size_t i = contract.amendments.size(); i-- > 0;)
        if (const auto& value = contract.amendments[i].value) {
            growth.last = *value;
            growth.last_pointer = base + "/amendments/" + std::to_string(i) + "/x_value";
            return;
        }
}

std::string why_not(const Contract& contract, const Growth& growth)
{
    if (contract.amendments.empty()) return "no_amendments";
    if (!contract.initial_value || contract.initial_value->hundredths <= 0)
        return "no_initial_value";
    if (growth.last.hundredths <= 0) return "no_contract_value";
    if (growth.first.currency != growth.last.currency) return "currencies_differ";
    if (growth.share > kImplausibleHigh - 1) return "price_implausible";
    return {};
}

// Of the contracts of the process, the one whose sum grew most; the first of equal ones.
std::optional<Growth> largest(const Process& process, std::string& reason)
{
    std::optional<Growth> found;
    reason = "no_contract";
    for (std::size_t i = 0; i < process.contracts.size(); ++i) {
        const Contract& contract = process.contracts[i];
        if (contract.status == "cancelled" || contract.status == "pending") continue;
        Growth growth{.contract = i, .first = contract.initial_value.value_or(CurrencyAmount{})};
        set_last(process, growth);
        if (growth.first.hundredths > 0)
            growth.share = procurement::growth(growth.first.hundredths, growth.last.hundredths);
        if (auto why = why_not(contract, growth); !why.empty()) {
            reason = std::move(why);
            continue;
        }
        if (!found || found->share < growth.share) found = growth;
    }
    return found;
}

std::optional<double> days_to_first(const Contract& contract)
{
    std::optional<Instant> first;
    for (const auto& amendment : contract.amendments)
        if (amendment.date && (!first || amendment.date->at < *first)) first = amendment.date->at;
    if (!first || !contract.signed_at || *first < contract.signed_at->at) return std::nullopt;
    return days_between(contract.signed_at->at, *first);
}

class AmendmentGrowth final : public Flag {
public:
    [[nodiscard]] std::string_view code() const override { return "R064"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        std::string reason;
        const auto growth = largest(process, reason);
        if (!growth) return not_applicable(std::move(reason));
        const Contract& contract = process.contracts[growth->contract];
        const auto days = days_to_first(contract);
        const bool is_many = contract.amendments.size() >= kMany && growth->share > 0;
        Answer answer;
        answer.outcome = growth->share > kMuch || is_many ? Outcome::fail : Outcome::pass;
        answer.sentence = growth->share <= kMuch        ? "many"
                          : days && *days <= kEarlyDays ? "early"
                                                        : "growth";
        answer.value = growth->share;
        answer.threshold = kMuch;
        answer.facts = {{"first", growth->first},
                        {"last", growth->last},
                        {"share", Share{growth->share}},
                        {"count", static_cast<std::int64_t>(contract.amendments.size())}};
        if (days) answer.facts["days"] = *days;
        answer.evidence = evidence(process, *growth);
        return answer;
    }

private:
    static std::vector<Evidence> evidence(const Process& process, const Growth& growth)
    {
        const Contract& contract = process.contracts[growth.contract];
        const std::string base = "/contracts/" + std::to_string(growth.contract);
        std::vector<Evidence> list{
            {process.ocid, initial_pointer(process, growth.contract), plain(growth.first)},
            {process.ocid, growth.last_pointer, plain(growth.last)}};
        if (contract.signed_at)
            list.push_back({process.ocid, base + "/dateSigned", iso(contract.signed_at->at)});
        for (std::size_t i = 0; i < contract.amendments.size(); ++i)
            if (const auto& date = contract.amendments[i].date)
                list.push_back({process.ocid, base + "/amendments/" + std::to_string(i) + "/date",
                                iso(date->at)});
        return list;
    }
};

} // namespace r064

std::unique_ptr<Flag> make_R064(const Thresholds&)
{
    return std::make_unique<r064::AmendmentGrowth>();
}

} // namespace adal::procurement
