// R057: a small group of firms keeps meeting each other and takes turns at winning. Method, example
// and sources: README.md in this folder.
#include "procurement/graph_flag.hpp"
#include "procurement/ring.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

namespace r057 {

constexpr std::size_t kElsewhere = 5; // other contests named as evidence

class Rotation final : public GraphFlag {
public:
    using GraphFlag::GraphFlag;

    [[nodiscard]] std::string_view code() const override { return "R057"; }

protected:
    void prepare() override
    {
        m_rings = find_rings(graph(), m_settings);
        m_ring_of.assign(graph().contests().size(), nullptr);
        for (const auto& ring : m_rings)
            for (const auto contest : ring.joint)
                m_ring_of[contest] = &ring;
    }

    [[nodiscard]] Answer answer(const Process& process,
                                std::span<const Contest> contests) const override
    {
        if (std::ranges::all_of(contests, [](const Contest& c) { return c.offers.size() < 2; }))
            return not_applicable("one_bidder");
        const auto population = graph().markets()[contests.front().market].contests.size();
        if (population < m_settings.least_contests) return not_applicable("population_small");
        for (const auto& contest : contests)
            if (const Ring* ring = m_ring_of[graph().number_of(contest)])
                return of_ring(process, contest, *ring);
        Answer answer;
        answer.outcome = Outcome::pass;
        answer.population = static_cast<std::int64_t>(population);
        return answer;
    }

private:
    [[nodiscard]] Answer of_ring(const Process& process, const Contest& contest,
                                 const Ring& ring) const
    {
        const auto winners = std::ranges::count_if(ring.wins, [](int wins) { return wins > 0; });
        Answer answer;
        answer.outcome = Outcome::fail;
        answer.sentence = winners > 1 ? "rotation" : "together";
        answer.value = ring.count;
        // Rounded up: people read "at most".
        answer.threshold = std::ceil(ring.expected * 10) / 10;
        answer.population =
            static_cast<std::int64_t>(graph().markets()[ring.market].contests.size());
        answer.facts = {{"members", names_of(graph(), ring.members)},
                        {"firms", static_cast<std::int64_t>(ring.members.size())},
                        {"count", std::int64_t{ring.count}},
                        {"expected", *answer.threshold},
                        {"winners", static_cast<std::int64_t>(winners)},
                        {"p", ring.p},
                        {"population", answer.population}};
        for (const auto& offer : contest.offers)
            if (std::ranges::binary_search(ring.members, offer.firm))
                answer.evidence.push_back(bidder_evidence(process, offer.bid));
        add_elsewhere(answer, contest, ring);
        return answer;
    }

    void add_elsewhere(Answer& answer, const Contest& contest, const Ring& ring) const
    {
        std::size_t named = 0;
        for (const auto number : ring.joint) {
            const Contest& other = graph().contests()[number];
            if (other.ocid == contest.ocid) continue;
            const auto member = std::ranges::find_if(other.offers, [&](const Offer& offer) {
                return std::ranges::binary_search(ring.members, offer.firm);
            });
            answer.evidence.push_back(elsewhere(other, *member));
            if (++named == kElsewhere) return;
        }
    }

    const RingSettings m_settings{};
    std::vector<Ring> m_rings;
    std::vector<const Ring*> m_ring_of; // by contest
};

} // namespace r057

std::unique_ptr<Flag> make_R057(const Thresholds& thresholds)
{
    return std::make_unique<r057::Rotation>(thresholds);
}

} // namespace adal::procurement
