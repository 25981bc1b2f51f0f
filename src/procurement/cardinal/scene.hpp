// procurement/cardinal/scene.hpp: what the indicators share while they run. Used inside this folder
// only.
#pragma once

#include "procurement/cardinal/indicators.hpp"

#include <cstdint>
#include <vector>

namespace adal::procurement::cardinal {

using columns::AwardRow;
using columns::AwardStatus;
using columns::BidRow;
using columns::BidStatus;
using columns::ProcessRow;

// A process that is not excluded, with its rows at hand.
struct Case {
    std::uint32_t row = 0;
    const ProcessRow* process = nullptr;
    const BidRow* bids = nullptr;
    const AwardRow* awards = nullptr;
    std::uint32_t bid_count = 0, award_count = 0;
    bool compares_prices = false; // by its procurement method details
    bool awards_final = false;    // lists of awards and bids are there, and no award is pending
    std::uint32_t active = 0;     // active awards, when final
    const AwardRow* only_active = nullptr; // when there is exactly one and all are final
};

// The lowest losing and the winning price of a process: R024 and R058.
struct Ratio {
    std::uint32_t row = 0;
    double ratio = 0;
    Symbol winner = 0, runner_up = 0;
};

class Scene {
public:
    Scene(const Facts& facts, const Settings& settings, WithMaps maps, Answer& answer);

    const Facts& facts;
    const Settings& settings;
    const bool maps;
    Answer& answer;
    std::vector<Case> cases{};

    // Ids written as texts; numbers are no ids to Cardinal.
    [[nodiscard]] Symbol tenderer(std::uint32_t at) const
    {
        return columns::only_text(facts.tenderers[at]);
    }
    [[nodiscard]] Symbol supplier(std::uint32_t at) const
    {
        return columns::only_text(facts.suppliers[at]);
    }
    // The id of the only tenderer of a bid; kAbsent when there are several or it has none.
    [[nodiscard]] Symbol only_tenderer(const BidRow& bid) const;
    [[nodiscard]] Symbol only_supplier(const AwardRow& award) const;
    static bool has_price(const BidRow& bid)
    {
        return bid.sum_kind == columns::SumKind::number && bid.currency != columns::kAbsent;
    }
    // Whether prices in this currency are compared; counts those that are not.
    bool is_main_currency(Symbol currency);

    void flag(Code code, std::uint32_t row, double value);
    // Organisations get one value per indicator: the same organisation again keeps the last one.
    void flag_tenderer(Code code, Symbol tenderer, double value);
    void fence(Code code, std::string key, double value);
    void finish(); // organisations in the order of their names

private:
    using Symbols = std::vector<Symbol>;
    [[nodiscard]] Symbols symbols_of(const Names& names) const;
    void add_case(std::uint32_t row);
    bool is_excluded(const ProcessRow& process);

    Symbols m_include{}, m_exclude{}, m_excluded{};
    std::array<std::vector<bool>, kCodes> m_flagged{}; // by symbol
};

// Each in a file of its own group.
void short_submission(Scene& scene);                              // R003
void single_bid(Scene& scene);                                    // R018
void choose_currency(Scene& scene);                               // before whatever compares prices
std::vector<Ratio> second_lowest_ratios(Scene& scene);            // for R024 and R058
void price_close(Scene& scene, const std::vector<Ratio>& ratios); // R024
void heavily_discounted(Scene& scene, const std::vector<Ratio>& ratios); // R058
void excessive_unsuccessful(Scene& scene);                               // R025
void identical_prices(Scene& scene);                                     // R028
void late_bid_won(Scene& scene);                                         // R030
void all_but_winner_disqualified(Scene& scene);                          // R035
void lowest_disqualified(Scene& scene);                                  // R036
void excessive_disqualified(Scene& scene);                               // R038
void heterogeneous_supplier(Scene& scene);                               // R048
void submitted_tenderers(Scene& scene);                                  // the map ocid_tenderer

} // namespace adal::procurement::cardinal
