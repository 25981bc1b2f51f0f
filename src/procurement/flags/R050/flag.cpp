// R050: one supplier takes most of a buyer's money, and lives on that buyer. Method, example and
// sources: README.md in this folder.
#include "procurement/flag.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <set>

namespace adal::procurement {

namespace r050 {

constexpr double kOfBuyer = 0.5;    // of what the buyer gave out in competition
constexpr double kOfSupplier = 0.8; // of what the supplier earned from all buyers of the set
constexpr std::size_t kLeastContracts = 5;
constexpr std::size_t kSmallestPopulation = 10; // contracts of the buyer in the year
constexpr std::size_t kLeastBuyers = 3; // in the set; with one alone everybody depends on it
constexpr int kDays = 365;
constexpr std::size_t kElsewhere = 5;

struct Deed { // one award
    std::string ocid{}, buyer{}, supplier{}, name{};
    std::size_t award = 0;
    std::int64_t hundredths = 0;
    Instant at{};
};

std::string key_of(const PartyRef& party)
{
    return party.id.empty() ? fold(party.name) : party.id;
}

class Capture final : public Flag {
public:
    explicit Capture(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "R050"; }
    [[nodiscard]] int weight() const override { return kNetwork; }

    void observe(const Process& process) override
    {
        if (!why_not(process).empty()) return;
        m_deeds.push_back(deed_of(process));
    }

    void settle() override
    {
        std::ranges::sort(m_deeds, {},
                          [](const Deed& deed) { return std::tie(deed.at, deed.ocid); });
        std::set<std::string> buyers;
        for (std::size_t i = 0; i < m_deeds.size(); ++i) {
            m_of_buyer[m_deeds[i].buyer].push_back(i);
            m_of_supplier[m_deeds[i].supplier].push_back(i);
            buyers.insert(m_deeds[i].buyer);
        }
        m_buyers = buyers.size();
    }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (auto reason = why_not(process); !reason.empty())
            return not_applicable(std::move(reason));
        const Deed deed = deed_of(process);
        const auto of_buyer = in_year(m_of_buyer, deed.buyer, deed.at);
        if (of_buyer.size() < kSmallestPopulation || m_buyers < kLeastBuyers)
            return not_applicable("population_small");

        std::vector<const Deed*> both;
        for (const auto* one : of_buyer)
            if (one->supplier == deed.supplier) both.push_back(one);
        const double together = sum(both);
        const double of_all = together / sum(of_buyer);
        const double dependence = together / sum(in_year(m_of_supplier, deed.supplier, deed.at));

        Answer answer;
        const bool captured =
            of_all >= kOfBuyer && dependence >= kOfSupplier && both.size() >= kLeastContracts;
        answer.outcome = captured ? Outcome::fail : Outcome::pass;
        answer.sentence = "capture";
        answer.value = of_all;
        answer.threshold = kOfBuyer;
        answer.population = static_cast<std::int64_t>(of_buyer.size());
        answer.facts = {{"supplier", deed.name},
                        {"buyer", process.buyer.name},
                        {"share", Share{of_all}},
                        {"dependence", Share{dependence}},
                        {"count", static_cast<std::int64_t>(both.size())},
                        {"contracts", answer.population},
                        {"end", local_date(deed.at)}};
        answer.evidence = {{process.ocid, "/awards/" + std::to_string(deed.award) + "/value",
                            plain(*process.awards[deed.award].value)}};
        for (const auto* one : both)
            if (captured && one->ocid != deed.ocid && answer.evidence.size() <= kElsewhere)
                answer.evidence.push_back({one->ocid,
                                           "/awards/" + std::to_string(one->award) + "/value",
                                           plain(Money{one->hundredths})});
        return answer;
    }

private:
    using Index = std::map<std::string, std::vector<std::size_t>>; // into m_deeds, by time

    // Only sums in tenge of awards in competition are added up.
    [[nodiscard]] std::string why_not(const Process& process) const
    {
        if (process.status == "cancelled" || process.status == "withdrawn") return "cancelled";
        const auto competition = m_thresholds.competition(process);
        if (!competition) return "method_unknown";
        if (*competition == Competition::single_source) return "single_source";
        const auto awards = active_awards(process);
        if (awards.empty()) return "not_awarded";
        if (awards.size() > 1) return "several_awards";
        const Award& award = process.awards[awards.front()];
        if (!award.value || !award.value->tenge() || award.value->hundredths <= 0)
            return "no_price";
        if (!award.date) return "no_award_date";
        if (award.suppliers.size() != 1 || key_of(award.suppliers.front()).empty() ||
            key_of(process.buyer).empty())
            return "parties_unknown";
        return {};
    }

    static Deed deed_of(const Process& process)
    {
        const std::size_t number = active_awards(process).front();
        const Award& award = process.awards[number];
        return {.ocid = process.ocid,
                .buyer = key_of(process.buyer),
                .supplier = key_of(award.suppliers.front()),
                .name = award.suppliers.front().name,
                .award = number,
                .hundredths = award.value->hundredths,
                .at = award.date->at};
    }

    // Awards of the 365 days that end with this moment.
    [[nodiscard]] std::vector<const Deed*> in_year(const Index& index, const std::string& key,
                                                   Instant end) const
    {
        std::vector<const Deed*> deeds;
        const auto found = index.find(key);
        if (found == index.end()) return deeds;
        const Instant start = end.plus(-std::chrono::hours{24 * kDays});
        const auto first = std::ranges::upper_bound(found->second, start, {},
                                                    [&](std::size_t i) { return m_deeds[i].at; });
        for (auto i = first; i != found->second.end() && m_deeds[*i].at <= end; ++i)
            deeds.push_back(&m_deeds[*i]);
        return deeds;
    }

    static double sum(const std::vector<const Deed*>& deeds)
    {
        double all = 0;
        for (const auto* deed : deeds)
            all += static_cast<double>(deed->hundredths);
        return all;
    }

    const Thresholds& m_thresholds;
    std::vector<Deed> m_deeds;
    Index m_of_buyer, m_of_supplier;
    std::size_t m_buyers = 0;
};

} // namespace r050

std::unique_ptr<Flag> make_R050(const Thresholds& thresholds)
{
    return std::make_unique<r050::Capture>(thresholds);
}

} // namespace adal::procurement
