// R010: a buyer buys without competition far more often than its like. Method, example and sources: README.md in this
// folder.
#include "procurement/flag_parts.hpp"
#include "procurement/legal_form.hpp"
#include "procurement/rate_answer.hpp"

#include "base/text.hpp"

namespace adal::procurement {

namespace r010 {

constexpr double kTimes = 1.5;     // the typical share
constexpr std::int64_t kLeast = 5; // direct contracts
constexpr std::string_view kAfterFailure = "kz.single_source_failed"; // KZ03 asks about these

std::string key_of(const PartyRef& party)
{
    return party.id.empty() ? fold(party.name) : party.id;
}

class WithoutCompetition final : public Flag {
public:
    explicit WithoutCompetition(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R010"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        std::string form;
        if (why_not(process, form).empty()) m_rates.add(form, key_of(process.buyer), is_direct(process));
    }

    void settle() override { m_rates.settle(); }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        std::string form;
        if (auto reason = why_not(process, form); !reason.empty()) return not_applicable(std::move(reason));
        const auto rate = m_rates.find(form, key_of(process.buyer));
        if (!rate) return not_applicable("population_small");
        Answer answer = rate_answer(*rate, process.buyer.name, "purchases");
        if (stands_out(*rate, kLeast) && is_direct(process)) answer.outcome = Outcome::fail;
        answer.sentence = "share";
        answer.evidence = {{process.ocid, "/tender/procurementMethodDetails", process.method_details},
                           {process.ocid, "/buyer/name", process.buyer.name}};
        return answer;
    }

private:
    [[nodiscard]] bool is_direct(const Process& process) const
    {
        return m_thresholds.competition(process) == Competition::single_source;
    }

    // The reason for which the question makes no sense here; empty when it does, then `form` is the buyer's kind.
    std::string why_not(const Process& process, std::string& form) const
    {
        if (is_called_off(process)) return "cancelled";
        if (key_of(process.buyer).empty()) return "buyer_unknown";
        if (!m_thresholds.competition(process)) return "method_unknown";
        const auto* method = m_thresholds.method_named(process.method_details);
        if (method && method->id == kAfterFailure) return "after_failure";
        if (active_awards(process).empty() && !contract_in_force(process)) return "not_awarded";
        form = legal_form_of(process, process.buyer);
        return form.empty() ? "legal_form_unknown" : "";
    }

    const Thresholds& m_thresholds;
    ShrunkRates m_rates{{.times = kTimes}};
};

} // namespace r010

std::unique_ptr<Flag> make_R010(const Thresholds& thresholds)
{
    return std::make_unique<r010::WithoutCompetition>(thresholds);
}

} // namespace adal::procurement
