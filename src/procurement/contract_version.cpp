#include "procurement/contract_version.hpp"

#include <algorithm>

namespace adal::procurement {

namespace {

std::optional<double> growth_between(const std::optional<CurrencyAmount>& first, const std::optional<CurrencyAmount>& last)
{
    if (!first || !last || first->currency != last->currency || first->hundredths <= 0) return std::nullopt;
    return static_cast<double>(last->hundredths - first->hundredths) / static_cast<double>(first->hundredths);
}

const Item* same_item(const std::vector<Item>& items, const Item& wanted, std::size_t place)
{
    if (!wanted.id.empty()) {
        const auto found = std::ranges::find(items, wanted.id, &Item::id);
        return found == items.end() ? nullptr : &*found;
    }
    return place < items.size() && items[place].code == wanted.code ? &items[place] : nullptr;
}

} // namespace

std::vector<ContractVersion> versions_of(const Contract& contract)
{
    const auto first = contract.initial_value ? contract.initial_value : contract.amendments.empty() ? contract.value : std::nullopt;
    std::vector<ContractVersion> out{{.kind = ContractVersion::Kind::first, .date = contract.signed_at, .value = first}};
    for (const auto& amendment : contract.amendments)
        out.push_back({.kind = ContractVersion::Kind::amendment,
                       .date = amendment.date,
                       .value = amendment.value,
                       .growth = growth_between(first, amendment.value),
                       .note = amendment.rationale.empty() ? amendment.description : amendment.rationale});
    if (contract.value && out.back().value != contract.value)
        out.push_back({.kind = ContractVersion::Kind::now, .value = contract.value, .growth = growth_between(first, contract.value)});
    return out;
}

namespace {

// Lists of items in the order they came to hold.
std::vector<const std::vector<Item>*> item_lists(const Process& process, const Contract& contract)
{
    std::vector<const std::vector<Item>*> lists;
    const auto award = std::ranges::find(process.awards, contract.award_id, &Award::id);
    if (award != process.awards.end() && !award->items.empty()) lists.push_back(&award->items);
    const auto before = lists.size();
    for (const auto& amendment : contract.amendments)
        if (!amendment.items.empty()) lists.push_back(&amendment.items);
    if (lists.size() == before && !contract.items.empty()) lists.push_back(&contract.items);
    return lists;
}

} // namespace

std::vector<UnitPrice> changed_prices(const Process& process, const Contract& contract)
{
    std::vector<UnitPrice> out;
    const auto lists = item_lists(process, contract);
    if (lists.size() < 2) return out;
    for (std::size_t i = 0; i < lists.front()->size(); ++i) {
        const auto& item = (*lists.front())[i];
        UnitPrice price{.description = item.description, .unit = item.unit, .first = item.unit_value, .last = item.unit_value};
        for (std::size_t n = 1; n < lists.size(); ++n)
            if (const auto* later = same_item(*lists[n], item, i); later && later->unit_value) price.last = later->unit_value;
        const auto growth = growth_between(price.first, price.last);
        if (!growth || *growth == 0) continue;
        price.growth = *growth;
        out.push_back(std::move(price));
    }
    std::ranges::stable_sort(out, std::ranges::greater{}, &UnitPrice::growth);
    return out;
}

} // namespace adal::procurement
