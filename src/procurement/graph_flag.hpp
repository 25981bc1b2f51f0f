// procurement/graph_flag.hpp: a flag that looks at who bids against whom in the whole set.
//
// All of them look at one bid graph; prepare() may search it once, answer() speaks of one process that has contests
// there. answer() is const and thread-safe.
#pragma once

#include "procurement/bid_graph.hpp"

#include <span>

namespace adal::procurement {

class GraphFlag : public Flag {
public:
    explicit GraphFlag(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] int weight() const override { return kNetwork; }
    void look_at(const BidGraph& graph) override { m_graph = &graph; }
    void settle() override { prepare(); }
    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_no_contest(process, m_thresholds); !reason.empty())
            return not_applicable(std::move(reason));
        const auto contests = graph().contests_of(process.ocid);
        if (contests.empty()) return not_applicable("population_small"); // not of the set
        return answer(process, contests);
    }

protected:
    virtual void prepare() = 0;
    [[nodiscard]] virtual Answer answer(const Process& process,
                                        std::span<const Contest> contests) const = 0;

    [[nodiscard]] const BidGraph& graph() const { return *m_graph; }
    [[nodiscard]] const Thresholds& thresholds() const { return m_thresholds; }

    // Who bid here, as the source names them.
    [[nodiscard]] static Evidence bidder_evidence(const Process& process, std::uint32_t bid)
    {
        return {process.ocid, "/bids/details/" + std::to_string(bid) + "/tenderers/0/name",
                process.bids[bid].tenderers.empty() ? "" : process.bids[bid].tenderers[0].name};
    }
    // Where else: another contest of the set.
    [[nodiscard]] Evidence elsewhere(const Contest& contest, const Offer& offer) const
    {
        return {contest.ocid, "/bids/details/" + std::to_string(offer.bid) + "/tenderers/0/name",
                m_graph->firms()[offer.firm].name};
    }

private:
    const Thresholds& m_thresholds;
    const BidGraph* m_graph = nullptr;
};

} // namespace adal::procurement
