// R058: the winner is far below the next bid, and what it bid may not be what is paid. Method, example and sources:
// README.md in this folder.
#include "procurement/contest.hpp"
#include "procurement/flag_parts.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

namespace r058 {

constexpr std::size_t kSmallestPopulation = 20;
constexpr double kLeast = 0.1;      // below the next bid; less is no dumping in any set
constexpr double kGrown = 0.1;      // of the contract by amendments
constexpr double kImplausible = 0.9; // below the next bid: not the same thing

struct Gap { // of the winner below the lowest other admitted bid
    std::uint32_t winner = 0, next = 0; // bids
    std::int64_t won = 0, other = 0;
    std::string currency{};

    [[nodiscard]] double share() const { return 1 - static_cast<double>(won) / static_cast<double>(other); }
    [[nodiscard]] double log() const { return std::log(static_cast<double>(other) / static_cast<double>(won)); }
};

std::optional<Gap> gap_of(const Process& process, const Contest& contest)
{
    const Offer* winner = contest.winner();
    if (!winner || winner->amount <= 0) return std::nullopt;
    const Offer* next = nullptr;
    for (const auto& offer : contest.offers)
        if (&offer != winner && !offer.disqualified && offer.amount > 0 && (!next || offer.amount < next->amount)) next = &offer;
    if (!next || next->amount < winner->amount) return std::nullopt;
    Gap gap{winner->bid, next->bid, winner->amount, next->amount, process.bids[winner->bid].value->currency};
    if (gap.share() > kImplausible) return std::nullopt;
    return gap;
}

class Discount final : public Flag {
public:
    explicit Discount(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R058"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        if (!why_not_decided(process, m_thresholds).empty()) return;
        for (const auto& gap : gaps_of(process)) m_logs[gap.currency].push_back(gap.log());
    }

    void settle() override
    {
        for (auto& [currency, logs] : m_logs) std::ranges::sort(logs);
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not_decided(process, m_thresholds); !reason.empty()) return not_applicable(std::move(reason));
        // The lot with the largest gap speaks.
        const auto gaps = gaps_of(process);
        if (gaps.empty()) return not_applicable("bids_few");
        const Gap& gap = *std::ranges::max_element(gaps, {}, &Gap::log);
        const auto logs = m_logs.find(gap.currency);
        if (logs == m_logs.end() || logs->second.size() < kSmallestPopulation) return not_applicable("population_small");
        return of_gap(process, gap, logs->second);
    }

private:
    [[nodiscard]] std::vector<Gap> gaps_of(const Process& process) const
    {
        std::vector<Gap> gaps;
        for (const auto& contest : contests_in(process, m_thresholds).contests)
            if (auto gap = gap_of(process, contest)) gaps.push_back(std::move(*gap));
        return gaps;
    }

    static Answer of_gap(const Process& process, const Gap& gap, const std::vector<double>& logs)
    {
        const double limit = std::max(1 - std::exp(-upper_fence(logs)), kLeast);
        Answer answer;
        answer.outcome = gap.share() > limit ? Outcome::fail : Outcome::pass;
        answer.sentence = "discount";
        answer.value = gap.share();
        answer.threshold = limit;
        answer.population = static_cast<std::int64_t>(logs.size());
        answer.facts = {{"price", CurrencyAmount{gap.won, gap.currency}},
                        {"next", CurrencyAmount{gap.other, gap.currency}},
                        {"share", Share{gap.share()}},
                        {"threshold", Share{limit}},
                        {"population", answer.population},
                        {"winner", process.bids[gap.winner].tenderers.front().name}};
        answer.evidence = {bid_evidence(process, gap.winner), bid_evidence(process, gap.next)};
        add_growth(process, answer);
        return answer;
    }

    // Low at the bid, dearer afterwards.
    static void add_growth(const Process& process, Answer& answer)
    {
        const auto at = contract_in_force(process);
        if (!at) return;
        const Contract& contract = process.contracts[*at];
        if (!contract.initial_value || !contract.value || contract.initial_value->hundredths <= 0) return;
        if (contract.initial_value->currency != contract.value->currency || contract.amendments.empty()) return;
        const double grown = growth(contract.initial_value->hundredths, contract.value->hundredths);
        if (grown < kGrown) return;
        answer.sentence = "amended";
        answer.facts["growth"] = Share{grown};
        answer.facts["last"] = *contract.value;
        answer.evidence.push_back({process.ocid, "/contracts/" + std::to_string(*at) + "/value", plain(*contract.value)});
    }

    const Thresholds& m_thresholds;
    std::map<std::string, std::vector<double>> m_logs; // by currency
};

} // namespace r058

std::unique_ptr<Flag> make_R058(const Thresholds& thresholds)
{
    return std::make_unique<r058::Discount>(thresholds);
}

} // namespace adal::procurement
