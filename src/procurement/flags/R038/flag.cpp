// R038: a buyer or its commission disqualifies far more bids than others do. Method, example and sources: README.md in
// this folder.
#include "procurement/flag.hpp"
#include "procurement/rate_answer.hpp"
#include "procurement/tenderers.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace adal::procurement {

namespace r038 {

constexpr std::int64_t kLeast = 3;       // disqualified bids, to speak of a habit
constexpr std::size_t kShown = 20;

enum Who : std::size_t { buyer, entity };
constexpr std::array<const char*, 2> kSentences{"buyer", "entity"};

std::string key_of(const PartyRef& party)
{
    return party.id.empty() ? fold(party.name) : party.id;
}

bool is_disqualified(const Bid& bid)
{
    return bid.status == "disqualified";
}

class Disqualifications final : public Flag {
public:
    explicit Disqualifications(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R038"; }
    [[nodiscard]] int weight() const override { return kStatistical; }

    void observe(const Process& process) override
    {
        if (!why_not(process).empty()) return;
        for (const auto who : {buyer, entity})
            for (const auto& bid : process.bids)
                if (const auto key = key_of(party(process, who)); !key.empty() && was_submitted(bid))
                    m_rates[who].add("", key, is_disqualified(bid));
    }

    void settle() override
    {
        for (auto& rates : m_rates) rates.settle();
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not(process); !reason.empty()) return not_applicable(std::move(reason));
        if (key_of(process.buyer).empty() && key_of(process.procuring_entity).empty()) return not_applicable("buyer_unknown");
        std::optional<Answer> passed;
        for (const auto who : {buyer, entity}) {
            const auto rate = m_rates[who].find("", key_of(party(process, who)));
            if (!rate) continue;
            Answer answer = of_rate(process, who, *rate);
            if (answer.outcome == Outcome::fail) return answer;
            if (!passed) passed = std::move(answer);
        }
        return passed ? std::move(*passed) : not_applicable("population_small");
    }

private:
    static const PartyRef& party(const Process& process, Who who)
    {
        return who == buyer ? process.buyer : process.procuring_entity;
    }

    [[nodiscard]] std::string why_not(const Process& process) const
    {
        const auto competition = m_thresholds.competition(process);
        if (!competition) return "method_unknown";
        if (*competition == Competition::single_source) return "single_source";
        if (*competition == Competition::catalogue) return "catalogue";
        if (process.bids.empty()) return "bids_unknown";
        if (std::ranges::none_of(process.bids, was_submitted)) return "no_bids";
        return {};
    }

    // The habit shows where a bid was disqualified; other purchases of the same buyer pass.
    static Answer of_rate(const Process& process, Who who, const ShrunkRate& rate)
    {
        Answer answer = rate_answer(rate, party(process, who).name, "bids");
        if (stands_out(rate, kLeast) && std::ranges::any_of(process.bids, is_disqualified)) answer.outcome = Outcome::fail;
        answer.sentence = kSentences[who];
        for (std::size_t i = 0; i < process.bids.size() && answer.evidence.size() < kShown; ++i)
            if (is_disqualified(process.bids[i]))
                answer.evidence.push_back({process.ocid, "/bids/details/" + std::to_string(i) + "/status", process.bids[i].status});
        return answer;
    }

    const Thresholds& m_thresholds;
    std::array<ShrunkRates, 2> m_rates{ShrunkRates{{}}, ShrunkRates{{}}};
};

} // namespace r038

std::unique_ptr<Flag> make_R038(const Thresholds& thresholds)
{
    return std::make_unique<r038::Disqualifications>(thresholds);
}

} // namespace adal::procurement
