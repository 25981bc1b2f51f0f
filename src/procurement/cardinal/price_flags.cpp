// What compares prices in one currency: R024, R036, R058.
#include "procurement/cardinal/scene.hpp"
#include "procurement/cardinal/statistics.hpp"

namespace adal::procurement::cardinal {

using columns::kAbsent;

namespace {

// All bids compete for all items when the only award in force has one supplier; many awards mean
// lots.
Symbol sole_winner(const Scene& scene, const Case& one)
{
    if (!one.compares_prices || !one.only_active) return kAbsent;
    return scene.only_supplier(*one.only_active);
}

bool takes_part_in_ratio(const Scene& scene, const BidRow& bid)
{
    return bid.status == BidStatus::valid && Scene::has_price(bid) &&
           scene.only_tenderer(bid) != kAbsent;
}

bool has_active_award(const Case& one)
{
    for (std::uint32_t i = 0; i < one.award_count; ++i)
        if (one.awards[i].status == AwardStatus::active) return true;
    return false;
}

// The currency the first comparison of this process would meet.
Symbol first_currency(const Scene& scene, const Case& one, bool ratios, bool lowest)
{
    if (ratios && sole_winner(scene, one) != kAbsent)
        for (std::uint32_t i = 0; i < one.bid_count; ++i)
            if (takes_part_in_ratio(scene, one.bids[i])) return one.bids[i].currency;
    if (lowest && one.compares_prices && has_active_award(one))
        for (std::uint32_t i = 0; i < one.bid_count; ++i)
            if (is_submitted(one.bids[i].status) && Scene::has_price(one.bids[i]))
                return one.bids[i].currency;
    return kAbsent;
}

struct Lowest {
    Symbol tenderer = kAbsent;
    double amount = 0;
    void meet(Symbol who, double price)
    {
        if (tenderer != kAbsent && !(price < amount)) return;
        tenderer = who;
        amount = price;
    }
};

std::vector<double> values_of(const std::vector<Ratio>& ratios)
{
    std::vector<double> values;
    values.reserve(ratios.size());
    for (const auto& ratio : ratios)
        values.push_back(ratio.ratio);
    return values;
}

} // namespace

void choose_currency(Scene& scene)
{
    if (scene.settings.currency) {
        scene.answer.currency = scene.facts.symbols.find(*scene.settings.currency);
        return;
    }
    const bool ratios = scene.settings.has(Code::R024) || scene.settings.has(Code::R058);
    const bool lowest = scene.settings.has(Code::R036);
    for (const auto& one : scene.cases) {
        scene.answer.currency = first_currency(scene, one, ratios, lowest);
        if (scene.answer.currency != kAbsent) return;
    }
}

std::vector<Ratio> second_lowest_ratios(Scene& scene)
{
    std::vector<Ratio> ratios;
    for (const auto& one : scene.cases) {
        const auto supplier = sole_winner(scene, one);
        if (supplier == kAbsent) continue;
        Lowest winner, other;
        for (std::uint32_t i = 0; i < one.bid_count; ++i) {
            const auto& bid = one.bids[i];
            if (!takes_part_in_ratio(scene, bid) || !scene.is_main_currency(bid.currency)) continue;
            const auto tenderer = scene.only_tenderer(bid);
            (tenderer == supplier ? winner : other).meet(tenderer, bid.amount);
        }
        // If the lowest bid did not win, price was not all that counted.
        if (winner.tenderer == kAbsent || other.tenderer == kAbsent ||
            !(other.amount >= winner.amount))
            continue;
        ratios.push_back({one.row, (other.amount - winner.amount) / winner.amount, winner.tenderer,
                          other.tenderer});
    }
    return ratios;
}

void price_close(Scene& scene, const std::vector<Ratio>& ratios)
{
    double fence = scene.settings.r024_threshold.value_or(0), q1 = 1;
    if (!scene.settings.r024_threshold) {
        Distribution distribution{values_of(ratios)};
        q1 = distribution.q1();
        fence = distribution.lower_fence();
        scene.fence(Code::R024, "q1", q1);
        scene.fence(Code::R024, "q3", distribution.q3());
    }
    scene.fence(Code::R024, "lower_fence", fence);
    if (!(q1 > 0 && fence > 0)) return;
    for (const auto& ratio : ratios) {
        if (!(ratio.ratio <= fence)) continue;
        scene.flag(Code::R024, ratio.row, ratio.ratio);
        scene.flag_tenderer(Code::R024, ratio.winner, 0);
        scene.flag_tenderer(Code::R024, ratio.runner_up, 0);
        if (scene.maps) scene.answer.r024.add(ratio.row, {ratio.winner, ratio.runner_up});
    }
}

void heavily_discounted(Scene& scene, const std::vector<Ratio>& ratios)
{
    double fence = scene.settings.r058_threshold.value_or(0);
    if (!scene.settings.r058_threshold) {
        Distribution distribution{values_of(ratios)};
        fence = distribution.upper_fence();
        scene.fence(Code::R058, "q1", distribution.q1());
        scene.fence(Code::R058, "q3", distribution.q3());
    }
    scene.fence(Code::R058, "upper_fence", fence);
    if (!(fence > 0)) return;
    for (const auto& ratio : ratios) {
        if (!(ratio.ratio >= fence)) continue;
        scene.flag(Code::R058, ratio.row, ratio.ratio);
        scene.flag_tenderer(Code::R058, ratio.winner, 0);
        if (scene.maps) scene.answer.r058.add(ratio.row, {ratio.winner});
    }
}

void lowest_disqualified(Scene& scene)
{
    for (const auto& one : scene.cases) {
        if (!one.compares_prices || !has_active_award(one)) continue;
        bool any = false, disqualified = false, has_valid = false;
        double lowest = 0;
        for (std::uint32_t i = 0; i < one.bid_count; ++i) {
            const auto& bid = one.bids[i];
            if (!is_submitted(bid.status) || !Scene::has_price(bid) ||
                !scene.is_main_currency(bid.currency))
                continue;
            has_valid = has_valid || bid.status == BidStatus::valid;
            if (any && !(bid.amount < lowest)) continue;
            any = true;
            lowest = bid.amount;
            disqualified = bid.status == BidStatus::disqualified;
        }
        if (has_valid && disqualified) scene.flag(Code::R036, one.row, 1);
    }
}

} // namespace adal::procurement::cardinal
