// R036: the lowest bid was disqualified and a dearer one won. Method, example and sources: README.md in this folder.
#include "procurement/contest.hpp"
#include "procurement/flag_parts.hpp"

#include <algorithm>

namespace adal::procurement {

namespace r036 {

constexpr double kImplausibleGap = 9; // the winner ten times dearer: not the same thing

class LowestDisqualified final : public Flag {
public:
    explicit LowestDisqualified(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R036"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not_decided(process, m_thresholds); !reason.empty()) return not_applicable(std::move(reason));
        // The lot with the largest gap speaks.
        std::optional<Answer> worst;
        std::string reason = "one_bidder";
        for (const auto& contest : contests_in(process, m_thresholds).contests) {
            if (contest.offers.size() < 2) continue;
            const Offer* winner = contest.winner();
            if (!winner || winner->amount <= 0) {
                reason = winner ? "no_price" : "winner_unknown";
                continue;
            }
            auto answer = of_contest(process, contest, *winner);
            if (!answer) reason = lawful_floor(process, contest) > 0 ? "price_floor" : "bids_few";
            else if (!worst || *answer->value > *worst->value) worst = std::move(answer);
        }
        return worst ? std::move(*worst) : not_applicable(reason);
    }

private:
    // What the law leaves no choice but to reject: below the floor of these works.
    [[nodiscard]] std::int64_t lawful_floor(const Process& process, const Contest& contest) const
    {
        const auto* rule = m_thresholds.floor(process, contest.day);
        if (!rule || contest.estimate <= 0) return 0;
        return static_cast<std::int64_t>(static_cast<double>(contest.estimate) * (rule->share - kSamePrice));
    }

    // Nothing when no other bid has a price that may be compared.
    [[nodiscard]] std::optional<Answer> of_contest(const Process& process, const Contest& contest, const Offer& winner) const
    {
        const std::int64_t floor = lawful_floor(process, contest);
        const Offer* lowest = nullptr;
        for (const auto& offer : contest.offers) {
            if (&offer == &winner || offer.amount <= 0) continue;
            if (offer.disqualified && offer.amount < floor) continue;
            if (growth(offer.amount, winner.amount) > kImplausibleGap) continue;
            if (!lowest || offer.amount < lowest->amount || (offer.amount == lowest->amount && !offer.disqualified)) lowest = &offer;
        }
        if (!lowest) return std::nullopt;
        const double gap = growth(lowest->amount, winner.amount);
        const std::string& currency = process.bids[winner.bid].value->currency;
        Answer answer;
        answer.outcome = lowest->disqualified && gap > 0 ? Outcome::fail : Outcome::pass;
        answer.sentence = "lowest";
        answer.value = gap;
        answer.threshold = 0;
        answer.facts = {{"lowest", CurrencyAmount{lowest->amount, currency}},
                        {"bidder", process.bids[lowest->bid].tenderers.front().name},
                        {"price", CurrencyAmount{winner.amount, currency}},
                        {"winner", process.bids[winner.bid].tenderers.front().name},
                        {"gap", CurrencyAmount{winner.amount - lowest->amount, currency}},
                        {"share", Share{gap}}};
        answer.evidence = {{process.ocid, "/bids/details/" + std::to_string(lowest->bid) + "/status", process.bids[lowest->bid].status},
                           bid_evidence(process, lowest->bid),
                           bid_evidence(process, winner.bid)};
        return answer;
    }

    const Thresholds& m_thresholds;
};

} // namespace r036

std::unique_ptr<Flag> make_R036(const Thresholds& thresholds)
{
    return std::make_unique<r036::LowestDisqualified>(thresholds);
}

} // namespace adal::procurement
