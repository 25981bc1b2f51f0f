// R031: the winner's price is at or above the estimate, and almost nobody competed. Method, example and
// sources: README.md in this folder.
#include "procurement/flag.hpp"
#include "procurement/tenderers.hpp"

namespace adal::procurement {

namespace r031 {

constexpr double kNear = 0.98;          // of the estimate
constexpr std::int64_t kFew = 2;        // tenderers
constexpr double kImplausibleLow = 0.1; // outside, the sums are not of the same thing
constexpr double kImplausibleHigh = 10;

class PriceAtEstimate final : public Flag
{
public:
    explicit PriceAtEstimate(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R031"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        const auto awards = active_awards(process);
        if (auto reason = why_not(process, awards); !reason.empty())
            return not_applicable(std::move(reason));
        const auto tenderers = count_tenderers(process);
        if (!tenderers) return not_applicable("bids_unknown");

        const CurrencyAmount& estimate = *process.estimate;
        const CurrencyAmount& price = *process.awards[awards.front()].value;
        const double share =
            static_cast<double>(price.hundredths) / static_cast<double>(estimate.hundredths);
        if (share < kImplausibleLow || share > kImplausibleHigh)
            return not_applicable("price_implausible");
        if (share <= 1 && floor_forbids_less(process)) return not_applicable("price_floor");

        Answer answer;
        answer.outcome =
            share >= kNear && tenderers->count <= kFew ? Outcome::fail : Outcome::pass;
        answer.sentence = share > 1 ? "above" : "near";
        answer.value = share;
        answer.threshold = kNear;
        answer.facts = {{"price", price},
                        {"estimate", estimate},
                        {"share", Share{share}},
                        {"count", tenderers->count}};
        answer.evidence = tenderers->evidence;
        answer.evidence.push_back({process.ocid, "/tender/value", plain(estimate)});
        answer.evidence.push_back({process.ocid,
                                   "/awards/" + std::to_string(awards.front()) + "/value",
                                   plain(price)});
        return answer;
    }

private:
    [[nodiscard]] std::string why_not(const Process& process,
                                      const std::vector<std::size_t>& awards) const
    {
        if (process.status == "cancelled" || process.status == "withdrawn") return "cancelled";
        const auto competition = m_thresholds.competition(process);
        if (!competition) return "method_unknown";
        if (*competition == Competition::single_source) return "single_source";
        if (*competition == Competition::catalogue) return "catalogue";
        if (awards.empty()) return "not_awarded";
        if (awards.size() > 1) return "several_awards";
        if (!process.estimate || process.estimate->hundredths <= 0) return "no_estimate";
        const auto& price = process.awards[awards.front()].value;
        if (!price || price->hundredths <= 0) return "no_price";
        if (price->currency != process.estimate->currency) return "currencies_differ";
        return {};
    }

    // Where the law forbids to bid below 98 % of the estimate, a price near it says nothing.
    [[nodiscard]] bool floor_forbids_less(const Process& process) const
    {
        if (!process.tender_period.start) return false;
        const auto* floor =
            m_thresholds.floor(process, local_date(process.tender_period.start->at));
        return floor && floor->share >= kNear;
    }

    const Thresholds& m_thresholds;
};

} // namespace r031

std::unique_ptr<Flag> make_R031(const Thresholds& thresholds)
{
    return std::make_unique<r031::PriceAtEstimate>(thresholds);
}

} // namespace adal::procurement
