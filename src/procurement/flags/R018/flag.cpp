// R018: one bid in a competitive procedure. Method, example and sources: README.md in this folder.
#include "procurement/flag.hpp"
#include "procurement/tenderers.hpp"

namespace adal::procurement {

namespace r018 {

class SingleBid final : public Flag
{
public:
    explicit SingleBid(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R018"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not(process); !reason.empty())
            return not_applicable(std::move(reason));
        auto tenderers = count_tenderers(process);
        if (!tenderers) return not_applicable("bids_unknown");
        if (tenderers->count == 0) return not_applicable("no_bids");
        Answer answer;
        answer.outcome = tenderers->count == 1 ? Outcome::fail : Outcome::pass;
        answer.sentence = "one";
        answer.value = static_cast<double>(tenderers->count);
        answer.threshold = 1;
        answer.facts = {{"count", tenderers->count},
                        {"supplier", deal_of(process).supplier.name},
                        {"method", process.method_details.empty() ? process.method
                                                                  : process.method_details}};
        answer.evidence = std::move(tenderers->evidence);
        answer.evidence.push_back({process.ocid, "/tender/procurementMethod", process.method});
        return answer;
    }

private:
    [[nodiscard]] std::string why_not(const Process& process) const
    {
        if (process.status == "cancelled" || process.status == "withdrawn") return "cancelled";
        const auto competition = m_thresholds.competition(process);
        if (!competition) return "method_unknown";
        if (*competition == Competition::single_source) return "single_source";
        if (*competition == Competition::catalogue) return "catalogue";
        if (active_awards(process).empty()) return "not_awarded";
        return {};
    }

    const Thresholds& m_thresholds;
};

} // namespace r018

std::unique_ptr<Flag> make_R018(const Thresholds& thresholds)
{
    return std::make_unique<r018::SingleBid>(thresholds);
}

} // namespace adal::procurement
