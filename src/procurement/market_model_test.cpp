#include "procurement/market_model.hpp"

#include "procurement/bid_permutation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace adal::procurement::test_model {
namespace {

class Maker {
public:
    explicit Maker(const ModelSettings& settings)
        : m_settings(settings), m_dice("model " + std::to_string(settings.seed))
    {
    }

    Model make()
    {
        for (int m = 0; m < m_settings.markets; ++m) {
            const std::string kind = std::to_string(421120 + m) + ".100.000000";
            const auto firms = make_firms(m);
            for (int i = 0; i < m_settings.contests; ++i)
                honest(kind, firms);
            for (int i = 0; i < m_settings.rings; ++i)
                ring(kind, firms);
        }
        return std::move(m_model);
    }

private:
    struct MadeFirm {
        std::string key{};
        double size = 1;
        std::uint32_t home = 0;
    };
    static constexpr std::uint32_t kHomes = 4, kBuyers = 16;

    double unit() { return static_cast<double>(m_dice.next() >> 11) / 9007199254740992.0; }
    std::uint32_t between(std::uint32_t low, std::uint32_t high)
    {
        return low + m_dice.below(high - low + 1);
    }

    std::vector<MadeFirm> make_firms(int market)
    {
        std::vector<MadeFirm> firms(between(25, 60));
        for (std::size_t i = 0; i < firms.size(); ++i) {
            const double normal =
                std::sqrt(-2 * std::log(1 - unit())) * std::cos(6.283185307 * unit());
            firms[i] = {"F" + std::to_string(market) + "-" + std::to_string(i),
                        std::exp(0.8 * normal), m_dice.below(kHomes)};
        }
        return firms;
    }

    // Where and when the next call is.
    struct Call {
        std::uint32_t buyer = 0;
        double estimate = 0;
        LocalDate day{};
    };
    Call call()
    {
        return {m_dice.below(kBuyers), std::round(std::exp(12 + 4 * unit())),
                make_date(static_cast<int>(between(2023, 2025)), between(1, 12), between(1, 28))};
    }

    std::vector<std::string> draw(const std::vector<MadeFirm>& firms, std::uint32_t home,
                                  std::size_t count, std::vector<std::string> drawn = {})
    {
        while (drawn.size() < count) {
            double all = 0;
            for (const auto& firm : firms)
                all += weight(firm, home);
            double at = unit() * all;
            const auto* chosen = &firms.back();
            for (const auto& firm : firms)
                if ((at -= weight(firm, home)) < 0) {
                    chosen = &firm;
                    break;
                }
            if (std::ranges::find(drawn, chosen->key) == drawn.end()) drawn.push_back(chosen->key);
        }
        return drawn;
    }
    double weight(const MadeFirm& firm, std::uint32_t home) const
    {
        return firm.size * (firm.home == home ? m_settings.home : 1);
    }

    void add(const std::string& kind, const Call& at, const std::vector<std::string>& bidders,
             const std::vector<double>& shares, bool staged)
    {
        std::vector<double> amounts;
        for (const double share : shares)
            amounts.push_back(std::round(at.estimate * share * 100) / 100);
        std::string ocid = "m-" + std::to_string(m_model.processes.size());
        if (staged) m_model.staged.insert(ocid);
        auto process = contest(std::move(ocid), kind, bidders, amounts, at.estimate, at.day);
        process.buyer = {"B" + std::to_string(at.buyer), "B" + std::to_string(at.buyer)};
        process.locality = "H" + std::to_string(at.buyer % kHomes);
        m_model.processes.push_back(std::move(process));
    }

    void honest(const std::string& kind, const std::vector<MadeFirm>& firms)
    {
        std::size_t count = 1;
        while (count < 8 && unit() < 0.6)
            ++count;
        const Call at = call();
        const auto bidders = draw(firms, at.buyer % kHomes, count);
        std::vector<double> shares;
        for (std::size_t i = 0; i < count; ++i)
            shares.push_back(0.7 + 0.3 * unit());
        std::swap(shares.front(), *std::ranges::min_element(shares));
        add(kind, at, bidders, shares, false);
    }

    void ring(const std::string& kind, const std::vector<MadeFirm>& firms)
    {
        const auto members = draw(firms, m_dice.below(kHomes), between(3, 6));
        m_model.rings.emplace_back(members.begin(), members.end());
        const std::uint32_t times = between(5, 12);
        for (std::uint32_t i = 0; i < times; ++i) {
            const Call at = call();
            std::vector<std::string> present{members[i % members.size()]}; // takes turns
            for (const auto& member : members)
                if (member != present.front() &&
                    (members.size() == 3 || unit() >= m_settings.absent))
                    present.push_back(member);
            if (unit() < m_settings.outsider)
                present = draw(firms, at.buyer % kHomes, present.size() + 1, present);
            std::vector<double> shares{0.95 + 0.05 * unit()};
            while (shares.size() < present.size())
                shares.push_back(shares.front() *
                                 (1.01 + 0.01 * static_cast<double>(shares.size())));
            add(kind, at, present, shares, true);
        }
    }

    const ModelSettings m_settings;
    Dice m_dice;
    Model m_model;
};

} // namespace

Model make_model(const ModelSettings& settings)
{
    return Maker{settings}.make();
}

Process contest(std::string ocid, const std::string& kind, const std::vector<std::string>& firms,
                const std::vector<double>& amounts, double estimate, LocalDate day)
{
    const auto tenge = [](double amount) {
        return CurrencyAmount{static_cast<std::int64_t>(std::llround(amount * 100)), "KZT"};
    };
    Process process{.ocid = std::move(ocid)};
    process.title = "Жол жөндеу";
    process.status = "complete";
    process.buyer = {"B", "B"};
    process.method = "open";
    process.method_details = "Открытый конкурс";
    process.category = "works";
    process.classifications = {"ENSTRU:" + kind};
    process.estimate = tenge(estimate);
    process.tender_period = {Moment{start_of(day.plus_days(-20))}, Moment{start_of(day)}};
    for (std::size_t i = 0; i < firms.size(); ++i)
        process.bids.push_back({.id = std::to_string(i),
                                .status = "valid",
                                .date = Moment{start_of(day.plus_days(-1))},
                                .tenderers = {{firms[i], firms[i]}},
                                .value = tenge(amounts[i])});
    if (!firms.empty())
        process.awards.push_back({.id = "a",
                                  .status = "active",
                                  .date = Moment{start_of(day.plus_days(5))},
                                  .suppliers = {{firms[0], firms[0]}},
                                  .value = tenge(amounts[0])});
    return process;
}

namespace {

TEST(MarketModel, Has_the_rings_that_it_names)
{
    const auto model = make_model({.seed = 3});
    EXPECT_EQ(model.rings.size(), 2U);
    std::size_t staged = 0;
    for (const auto& process : model.processes) {
        if (!model.staged.contains(process.ocid)) continue;
        ++staged;
        const bool by_a_ring = std::ranges::any_of(model.rings, [&](const auto& ring) {
            return std::ranges::count_if(process.bids, [&](const Bid& bid) {
                       return ring.contains(bid.tenderers.front().id);
                   }) >= 2;
        });
        EXPECT_TRUE(by_a_ring) << process.ocid;
    }
    EXPECT_EQ(staged, model.staged.size());
}

} // namespace
} // namespace adal::procurement::test_model
