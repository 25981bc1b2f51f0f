// What can be told from one process alone: R003, R018, R028, R030, R035, and the map of who
// submitted bids.
#include "procurement/cardinal/scene.hpp"

#include <algorithm>
#include <unordered_map>

namespace adal::procurement::cardinal {

using columns::kAbsent;
using columns::MomentKind;

namespace {

// A method passes when no methods are named, or it is among them.
bool passes_methods(const Scene& scene, const ProcessRow& process, const Names& names)
{
    return names.empty() || (process.method_text != kAbsent &&
                             names.contains(scene.facts.name(process.method_text)));
}

// Sorted, each once.
void make_set(std::vector<Symbol>& symbols)
{
    std::ranges::sort(symbols);
    const auto rest = std::ranges::unique(symbols);
    symbols.erase(rest.begin(), rest.end());
}

void add_tenderers(const Scene& scene, const BidRow& bid, std::vector<Symbol>& into)
{
    if (!bid.has(BidRow::tenderer_list)) return;
    for (auto i = bid.tenderers.begin; i < bid.tenderers.end(); ++i)
        if (const auto id = scene.tenderer(i); id != kAbsent) into.push_back(id);
}

void add_suppliers(const Scene& scene, const AwardRow& award, std::vector<Symbol>& into)
{
    if (!award.has(AwardRow::supplier_list)) return;
    for (auto i = award.suppliers.begin; i < award.suppliers.end(); ++i)
        if (const auto id = scene.supplier(i); id != kAbsent) into.push_back(id);
}

constexpr std::int64_t kDayUs = 86'400'000'000;

} // namespace

void short_submission(Scene& scene)
{
    for (const auto& one : scene.cases) {
        const auto& process = *one.process;
        if (!process.has(ProcessRow::has_tender) || process.start_kind != MomentKind::exact ||
            process.end_kind != MomentKind::exact ||
            !passes_methods(scene, process, scene.settings.r003_methods))
            continue;
        auto threshold = scene.settings.r003_threshold;
        if (process.method_details != kAbsent) {
            const auto own =
                scene.settings.r003_details.find(scene.facts.name(process.method_details));
            if (own != scene.settings.r003_details.end()) threshold = own->second;
        }
        // Whole days, towards zero: a period that ends before it begins is short, too.
        if ((process.end_us - process.start_us) / kDayUs < threshold)
            scene.flag(Code::R003, one.row, 1);
    }
}

void single_bid(Scene& scene)
{
    for (const auto& one : scene.cases) {
        const auto& process = *one.process;
        if (process.has(ProcessRow::tenderers_is_number) && process.tenderers == 1 &&
            passes_methods(scene, process, scene.settings.r018_methods))
            scene.flag(Code::R018, one.row, 1);
    }
}

namespace {

struct Price {
    double amount;
    Symbol currency;
    bool operator==(const Price&) const = default;
};
struct PriceHash {
    std::size_t operator()(const Price& price) const
    {
        return std::hash<double>{}(price.amount) * 31 + price.currency;
    }
};

// Bids of one process with the same price by different tenderers; `involved` gets the tenderers of
// each pair.
bool has_identical_prices(const Scene& scene, const Case& one, std::vector<Symbol>& involved)
{
    std::unordered_map<Price, std::vector<Symbol>, PriceHash> last;
    std::vector<Symbol> ids;
    for (std::uint32_t i = 0; i < one.bid_count; ++i) {
        const auto& bid = one.bids[i];
        if (!is_submitted(bid.status) || !Scene::has_price(bid)) continue;
        ids.clear();
        add_tenderers(scene, bid, ids);
        if (ids.empty()) continue;
        make_set(ids);
        auto& known = last[{bid.amount, bid.currency}];
        // A tenderer may submit further bids at the same price.
        if (!known.empty() && known != ids) {
            involved.insert(involved.end(), ids.begin(), ids.end());
            involved.insert(involved.end(), known.begin(), known.end());
        }
        known = ids;
    }
    return !involved.empty();
}

// Most processes have no two equal prices: a look before anything is allocated.
bool may_have_identical_prices(const Case& one)
{
    if (one.bid_count > 32) return true;
    for (std::uint32_t i = 1; i < one.bid_count; ++i)
        for (std::uint32_t j = 0; j < i; ++j)
            if (one.bids[i].amount == one.bids[j].amount) return true;
    return false;
}

} // namespace

void identical_prices(Scene& scene)
{
    std::vector<Symbol> involved;
    for (const auto& one : scene.cases) {
        if (!one.compares_prices || !may_have_identical_prices(one)) continue;
        involved.clear();
        if (!has_identical_prices(scene, one, involved)) continue;
        scene.flag(Code::R028, one.row, 1);
        make_set(involved);
        for (const auto id : involved)
            scene.flag_tenderer(Code::R028, id, 1);
        if (scene.maps) scene.answer.r028.add(one.row, involved);
    }
}

void late_bid_won(Scene& scene)
{
    std::vector<Symbol> winners, late;
    for (const auto& one : scene.cases) {
        late.clear();
        for (std::uint32_t i = 0; i < one.bid_count; ++i)
            if (one.bids[i].status == BidStatus::valid && one.bids[i].has(BidRow::late_as_text))
                add_tenderers(scene, one.bids[i], late);
        if (late.empty()) continue;
        winners.clear();
        for (std::uint32_t i = 0; i < one.award_count; ++i)
            if (one.awards[i].status == AwardStatus::active)
                add_suppliers(scene, one.awards[i], winners);
        make_set(late);
        make_set(winners);
        std::vector<Symbol> both;
        std::ranges::set_intersection(late, winners, std::back_inserter(both));
        if (both.empty()) continue;
        scene.flag(Code::R030, one.row, 1);
        for (const auto id : both)
            scene.flag_tenderer(Code::R030, id, 1);
        if (scene.maps) scene.answer.r030.add(one.row, both);
    }
}

void all_but_winner_disqualified(Scene& scene)
{
    std::vector<Symbol> winners, valid, out;
    for (const auto& one : scene.cases) {
        if (!one.awards_final || one.active == 0) continue;
        winners.clear(), valid.clear(), out.clear();
        for (std::uint32_t i = 0; i < one.bid_count; ++i) {
            if (one.bids[i].status == BidStatus::valid) add_tenderers(scene, one.bids[i], valid);
            if (one.bids[i].status == BidStatus::disqualified)
                add_tenderers(scene, one.bids[i], out);
        }
        make_set(valid);
        if (valid.size() != 1) continue;
        for (std::uint32_t i = 0; i < one.award_count; ++i)
            if (one.awards[i].status == AwardStatus::active)
                add_suppliers(scene, one.awards[i], winners);
        make_set(winners);
        if (winners != valid) continue;
        make_set(out);
        const auto others = out.size() - (std::ranges::binary_search(out, valid.front()) ? 1 : 0);
        if (others < scene.settings.r035_threshold) continue;
        scene.flag(Code::R035, one.row, static_cast<double>(others));
        scene.flag_tenderer(Code::R035, valid.front(), 0);
        if (scene.maps) scene.answer.r035.add(one.row, valid);
    }
}

void submitted_tenderers(Scene& scene)
{
    std::vector<Symbol> ids;
    for (const auto& one : scene.cases) {
        ids.clear();
        for (std::uint32_t i = 0; i < one.bid_count; ++i)
            if (is_submitted(one.bids[i].status)) add_tenderers(scene, one.bids[i], ids);
        make_set(ids);
        scene.answer.tenderer.add(one.row, ids);
    }
}

} // namespace adal::procurement::cardinal
