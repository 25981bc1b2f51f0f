// KZ06: the price of a unit was raised by an amendment. Method, example and sources: README.md in
// this folder.
#include "procurement/flag_parts.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace adal::procurement {

namespace kz06 {

constexpr double kRounding = 0.001; // a price may be rounded anew
constexpr double kFits = 0.01;      // items may differ from the sum of the contract by so much

struct Version {
    std::string pointer{}; // of the list of items
    const std::vector<Item>* items = nullptr;
};

struct Raise {
    double share = 0;
    const Item *before = nullptr, *after = nullptr;
    std::string before_pointer{}, after_pointer{};
};

double total_of(const std::vector<Item>& items)
{
    double total = 0;
    for (const auto& item : items) {
        if (!item.unit_value || !item.quantity) return 0;
        total += *item.quantity * static_cast<double>(item.unit_value->hundredths);
    }
    return total;
}

// The items of the contract are those after its last amendment only when they make up its sum.
bool fits(const std::vector<Item>& items, const std::optional<CurrencyAmount>& sum)
{
    return sum && sum->hundredths > 0 &&
           std::abs(total_of(items) / static_cast<double>(sum->hundredths) - 1) <= kFits;
}

std::vector<std::size_t> in_time(const std::vector<Amendment>& amendments)
{
    std::vector<std::size_t> order(amendments.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
        const auto& first = amendments[a].date;
        const auto& second = amendments[b].date;
        return first && second && first->at < second->at;
    });
    return order;
}

// As first awarded, after each amendment, as it stands now.
std::vector<Version> versions_of(const Process& process, std::size_t index)
{
    const Contract& contract = process.contracts[index];
    const std::string base = "/contracts/" + std::to_string(index);
    std::vector<Version> versions;
    if (const Award* award = award_of(process, contract); award && !award->items.empty())
        versions.push_back(
            {"/awards/" + std::to_string(award - process.awards.data()) + "/items", &award->items});
    bool last_has_items = false;
    for (const auto i : in_time(contract.amendments)) {
        const auto& items = contract.amendments[i].items;
        last_has_items = !items.empty();
        if (last_has_items)
            versions.push_back({base + "/amendments/" + std::to_string(i) + "/x_items", &items});
    }
    if (!last_has_items && fits(contract.items, contract.value))
        versions.push_back({base + "/items", &contract.items});
    return versions;
}

bool is_same(const Item& a, const Item& b)
{
    return a.id == b.id && a.code == b.code && fold(a.unit) == fold(b.unit);
}

// The only item of the list that is the same thing in the same unit.
const Item* counterpart(const Item& item, const std::vector<Item>& list)
{
    const Item* found = nullptr;
    for (const auto& other : list) {
        if (!is_same(item, other)) continue;
        if (found) return nullptr;
        found = &other;
    }
    return found;
}

bool is_priced(const Item& item)
{
    return item.unit_value && item.unit_value->hundredths > 0;
}

class RaisedByAmendment final : public Flag {
public:
    explicit RaisedByAmendment(const Thresholds& thresholds) : m_thresholds(thresholds) {}

    [[nodiscard]] std::string_view code() const override { return "KZ06"; }
    [[nodiscard]] int weight() const override { return kLaw; }

    [[nodiscard]] Answer judge(const Process& process) const override
    {
        if (is_called_off(process)) return not_applicable("cancelled");
        if (process.category == "works") return not_applicable("works_redesign");
        std::string reason = "no_contract";
        std::optional<Raise> largest;
        std::int64_t compared = 0;
        for (std::size_t i = 0; i < process.contracts.size(); ++i) {
            const Contract& contract = process.contracts[i];
            if (contract.status == "cancelled" || contract.status == "pending") continue;
            if (reason == "no_contract") reason = "no_amendments";
            if (contract.amendments.empty()) continue;
            reason = "unit_prices_unknown";
            const auto versions = versions_of(process, i);
            for (std::size_t v = 1; v < versions.size(); ++v)
                compare(versions[v - 1], versions[v], largest, compared);
        }
        if (compared == 0) return not_applicable(std::move(reason));
        return answer_for(process, largest, compared);
    }

private:
    void compare(const Version& before, const Version& after, std::optional<Raise>& largest,
                 std::int64_t& compared) const
    {
        for (std::size_t i = 0; i < after.items->size(); ++i) {
            const Item& item = (*after.items)[i];
            const Item* earlier = counterpart(item, *before.items);
            if (!earlier || counterpart(item, *after.items) != &item) continue;
            if (!is_priced(item) || !is_priced(*earlier)) continue;
            if (item.unit_value->currency != earlier->unit_value->currency) continue;
            ++compared;
            const double share =
                growth(earlier->unit_value->hundredths, item.unit_value->hundredths);
            if (m_thresholds.is_vat_step(1 + share)) continue;
            if (largest && largest->share >= share) continue;
            largest =
                Raise{share, earlier, &item, pointer_to(before, *earlier), pointer_to(after, item)};
        }
    }

    static std::string pointer_to(const Version& version, const Item& item)
    {
        return version.pointer + "/" + std::to_string(&item - version.items->data()) +
               "/unit/value";
    }

    static Answer answer_for(const Process& process, const std::optional<Raise>& raise,
                             std::int64_t compared)
    {
        Answer answer;
        answer.outcome = raise && raise->share > kRounding ? Outcome::fail : Outcome::pass;
        answer.sentence = "raised";
        answer.value = raise ? raise->share : 0;
        answer.threshold = 0;
        answer.facts = {{"compared", compared}};
        if (!raise) return answer;
        answer.facts["before"] = *raise->before->unit_value;
        answer.facts["after"] = *raise->after->unit_value;
        answer.facts["share"] = Share{raise->share};
        answer.facts["unit"] = raise->after->unit;
        answer.evidence = {{process.ocid, raise->before_pointer, plain(*raise->before->unit_value)},
                           {process.ocid, raise->after_pointer, plain(*raise->after->unit_value)}};
        return answer;
    }

    const Thresholds& m_thresholds;
};

} // namespace kz06

std::unique_ptr<Flag> make_KZ06(const Thresholds& thresholds)
{
    return std::make_unique<kz06::RaisedByAmendment>(thresholds);
}

} // namespace adal::procurement
