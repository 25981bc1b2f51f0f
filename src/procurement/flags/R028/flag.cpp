// R028: rivals offered exactly the same sum. Method, example and sources: README.md in this folder.
#include "procurement/graph_flag.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace adal::procurement {

namespace r028 {

constexpr std::size_t kCommon = 3; // contests with the same sum in the set: a price list, a tariff

class IdenticalPrices final : public GraphFlag {
public:
    using GraphFlag::GraphFlag;

    [[nodiscard]] std::string_view code() const override { return "R028"; }

protected:
    // A sum that many different buyers were offered is the price of a catalogue, not of an
    // agreement.
    void prepare() override
    {
        for (const auto& contest : graph().contests()) {
            std::set<std::int64_t> sums;
            for (const auto& offer : contest.offers)
                if (offer.amount > 0) sums.insert(offer.amount);
            for (const auto sum : sums)
                ++m_contests_with[{contest.market, sum}];
        }
    }

    [[nodiscard]] Answer answer(const Process& process,
                                std::span<const Contest> contests) const override
    {
        std::size_t most = 0;
        Answer known = not_applicable("one_bidder");
        for (const auto& contest : contests) {
            std::map<std::int64_t, std::vector<std::uint32_t>> bids;
            std::size_t priced = 0;
            for (const auto& offer : contest.offers)
                if (offer.amount > 0) bids[offer.amount].push_back(offer.bid), ++priced;
            most = std::max(most, priced);
            for (const auto& [sum, same] : bids) {
                if (same.size() < 2) continue;
                if (is_explained(contest, sum))
                    known = not_applicable("price_common");
                else
                    return of_sum(process, sum, same, priced);
            }
        }
        if (most < 2 || known.reason == "price_common") return known;
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.value = 1;
        answer.threshold = 2;
        return answer;
    }

private:
    [[nodiscard]] bool is_explained(const Contest& contest, std::int64_t sum) const
    {
        const auto at = std::ranges::find(contest.offers, sum, &Offer::amount);
        return at->known_price || is_round(sum) ||
               m_contests_with.at({contest.market, sum}) >= kCommon;
    }

    // At most three digits before the zeros: 2 500 000, 990 000; not 2 512 000. Many choose such
    // sums.
    static bool is_round(std::int64_t hundredths)
    {
        while (hundredths > 0 && hundredths % 10 == 0)
            hundredths /= 10;
        return hundredths < 1000;
    }

    static Answer of_sum(const Process& process, std::int64_t sum,
                         const std::vector<std::uint32_t>& same, std::size_t priced)
    {
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = "same";
        answer.value = static_cast<double>(same.size());
        answer.threshold = 2;
        answer.facts = {{"count", static_cast<std::int64_t>(same.size())},
                        {"bids", static_cast<std::int64_t>(priced)},
                        {"price", CurrencyAmount{sum, process.bids[same.front()].value->currency}}};
        for (const auto bid : same) {
            answer.evidence.push_back(bid_evidence(process, bid));
            answer.evidence.push_back(bidder_evidence(process, bid));
        }
        return answer;
    }

    std::map<std::pair<std::uint32_t, std::int64_t>, std::size_t> m_contests_with;
};

} // namespace r028

std::unique_ptr<Flag> make_R028(const Thresholds& thresholds)
{
    return std::make_unique<r028::IdenticalPrices>(thresholds);
}

} // namespace adal::procurement
