// R035: everybody but the winner was disqualified. Method, example and sources: README.md in this folder.
#include "procurement/contest.hpp"

#include <algorithm>

namespace adal::procurement {

namespace r035 {

constexpr std::int64_t kLeast = 2; // rivals disqualified

class AllButWinner final : public Flag {
public:
    explicit AllButWinner(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R035"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not_decided(process, m_thresholds); !reason.empty()) return not_applicable(std::move(reason));
        // The lot with the most disqualified rivals speaks.
        std::optional<Answer> worst;
        std::string reason = "one_bidder";
        for (const auto& contest : contests_in(process, m_thresholds).contests) {
            if (contest.offers.size() < 2) continue;
            if (!contest.winner()) {
                reason = "winner_unknown";
                continue;
            }
            Answer answer = of_contest(process, contest);
            if (!worst || worse(answer, *worst)) worst = std::move(answer);
        }
        return worst ? std::move(*worst) : not_applicable(reason);
    }

private:
    static bool worse(const Answer& a, const Answer& b)
    {
        const bool a_failed = a.outcome == Outcome::fail, b_failed = b.outcome == Outcome::fail;
        return a_failed != b_failed ? a_failed : *a.value > *b.value;
    }

    static Answer of_contest(const Process& process, const Contest& contest)
    {
        const Offer& winner = *contest.winner();
        std::int64_t disqualified = 0, left = 0;
        for (const auto& offer : contest.offers)
            if (&offer != &winner) ++(offer.disqualified ? disqualified : left);
        Answer answer;
        answer.outcome = left == 0 && disqualified >= kLeast ? Outcome::fail : Outcome::pass;
        answer.sentence = "all";
        answer.value = static_cast<double>(disqualified);
        answer.threshold = static_cast<double>(kLeast);
        answer.facts = {{"count", disqualified},
                        {"bids", static_cast<std::int64_t>(contest.offers.size())},
                        {"winner", process.bids[winner.bid].tenderers.front().name}};
        if (answer.outcome != Outcome::fail) return answer;
        for (const auto& offer : contest.offers) {
            const std::string at = "/bids/details/" + std::to_string(offer.bid);
            answer.evidence.push_back({process.ocid, at + "/status", process.bids[offer.bid].status});
            answer.evidence.push_back({process.ocid, at + "/tenderers/0/name", process.bids[offer.bid].tenderers.front().name});
        }
        return answer;
    }

    const Thresholds& m_thresholds;
};

} // namespace r035

std::unique_ptr<Flag> make_R035(const Thresholds& thresholds)
{
    return std::make_unique<r035::AllButWinner>(thresholds);
}

} // namespace adal::procurement
