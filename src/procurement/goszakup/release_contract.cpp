#include "procurement/goszakup/portal_text.hpp"
#include "procurement/goszakup/release_parts.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace adal::procurement::goszakup {

namespace release_contract {

// A contract as its versions tell it.
struct Story {
    const ContractVersion* original = nullptr; // "/00"; absent when only a later version was brought
    const ContractVersion* current = nullptr;  // the last one that was signed, else the last one
    std::vector<const ContractVersion*> changes{}; // signed ones after "/00"
};

std::string status_of(const Draft& draft, const ContractVersion& version)
{
    const auto* value = draft.value(draft.codes.contract, version.status, version, "refContractStatusId");
    return value ? value->ocds : "";
}

bool is_signed(const Draft& draft, const ContractVersion& version)
{
    const std::string status = status_of(draft, version);
    return status != "pending" && status != "cancelled";
}

Story story_of(const Draft& draft, const ContractFamily& family)
{
    Story story{.current = family.versions.back()};
    bool has_signed = false;
    for (const auto* version : family.versions) {
        const bool is_original = parse_contract_number(version->system_number).version == 0;
        if (is_original) story.original = version;
        if (!is_signed(draft, *version)) continue;
        story.current = version;
        has_signed = true;
        if (!is_original) story.changes.push_back(version);
    }
    if (!has_signed && story.original) story.current = family.versions.back();
    return story;
}

const Lot* lot_named(const Purchase& purchase, std::string_view id)
{
    const auto found = std::ranges::find(purchase.lots, id, [](const Lot* lot) { return std::string_view{lot->id}; });
    return found == purchase.lots.end() ? nullptr : *found;
}

// The same thing has the same id in every version: its lot, or its row of the plan, whose root never changes.
std::string item_id(const Draft& draft, const ContractVersion& version, std::size_t index)
{
    const Unit& unit = version.units[index];
    const auto same_lot = std::ranges::count(version.units, unit.lot, &Unit::lot);
    if (!unit.lot.empty() && same_lot == 1) return unit.lot;
    const std::string root = plan_root_of(unit, draft.known);
    if (!root.empty()) return root;
    return unit.plan.id.empty() ? std::to_string(index + 1) : unit.plan.id;
}

json::array items_of(const Draft& draft, const ContractVersion& version)
{
    json::array items;
    for (std::size_t i = 0; i < version.units.size(); ++i) {
        const Unit& unit = version.units[i];
        const Lot* lot = lot_named(draft.purchase, unit.lot);
        const std::string root = plan_root_of(unit, draft.known);
        const Plan* plan = draft.plan_of_root(!root.empty() || !lot ? root : plan_root_of(*lot));
        if (!plan && lot && lot->plans.size() == 1) plan = &lot->plans.front();
        if (!plan) plan = &unit.plan;
        json::object item{{"id", item_id(draft, version, i)}};
        put(item, "description", lot ? lot->name : plan->name);
        if (!plan->code.empty())
            item["classification"] = json::object{{"scheme", "KZ-ENSTRU"}, {"id", plan->code}};
        if (unit.quantity) item["quantity"] = *unit.quantity;
        json::object measure;
        put(measure, "name", plan->unit.name);
        put_money(measure, "value", unit.price, draft.codes.currency);
        put(item, "unit", std::move(measure));
        put(item, "relatedLot", unit.lot);
        items.push_back(std::move(item));
    }
    return items;
}

json::array lots_of(const ContractVersion& version)
{
    std::set<std::string> lots;
    for (const auto& unit : version.units)
        if (!unit.lot.empty()) lots.insert(unit.lot);
    return json::array(lots.begin(), lots.end());
}

bool is_winner(const Draft& draft, const PurchaseBid& bid)
{
    const auto* status = draft.codes.bid.find(bid.part->status);
    return status && status->is_winner;
}

std::vector<const PurchaseBid*> winning_bids(const Draft& draft, const ContractVersion& version)
{
    std::vector<const PurchaseBid*> won;
    for (const auto& bid : draft.purchase.bids) {
        if (!is_winner(draft, bid) || bid.application->supplier.digits != version.supplier.digits) continue;
        if (std::ranges::find(version.units, bid.part->lot, &Unit::lot) != version.units.end()) won.push_back(&bid);
    }
    return won;
}

json::object award_of_bids(Draft& draft, const std::vector<const PurchaseBid*>& bids)
{
    const auto* application = bids.front()->application;
    json::object award{{"id", bids.front()->part->id}, {"status", "active"}};
    if (draft.purchase.announcement) put(award, "date", draft.purchase.announcement->results);
    auto supplier = draft.parties.add(application->supplier, application->supplier_name, "supplier");
    if (!supplier.empty()) award["suppliers"] = json::array{std::move(supplier)};
    Sum total;
    json::array lots;
    for (const auto* bid : bids) {
        if (bid->part->amount) total = total.value_or(0) + *bid->part->amount;
        if (!bid->part->lot.empty()) lots.emplace_back(bid->part->lot);
    }
    put_money(award, "value", total, draft.codes.currency);
    put(award, "relatedLots", std::move(lots));
    return award;
}

// The decision behind a contract: its winning bids, else what was signed first.
json::object award_of_contract(Draft& draft, const ContractFamily& family, const Story& story,
                               std::set<const LotApplication*>& awarded)
{
    json::object award;
    if (const auto bids = winning_bids(draft, *story.current); !bids.empty()) {
        award = award_of_bids(draft, bids);
        for (const auto* bid : bids) awarded.insert(bid->part);
    } else {
        award = json::object{{"id", family.base}, {"status", "active"}};
        auto supplier = draft.parties.add(story.current->supplier, story.current->supplier_name, "supplier");
        if (!supplier.empty()) award["suppliers"] = json::array{std::move(supplier)};
        if (story.original) put_money(award, "value", story.original->sum, draft.codes.currency);
        put(award, "relatedLots", lots_of(*story.current));
    }
    if (status_of(draft, *story.current) == "cancelled") award["status"] = "cancelled";
    if (story.original) put(award, "items", items_of(draft, *story.original));
    return award;
}

json::object amendment_json(Draft& draft, const ContractVersion& version)
{
    json::object amendment{{"id", version.system_number}};
    put(amendment, "date", version.signed_at);
    put(amendment, "rationale", version.justification.name);
    put_money(amendment, "x_value", version.sum, draft.codes.currency);
    put(amendment, "x_items", items_of(draft, version));
    return amendment;
}

void put_life(Draft& draft, const ContractFamily& family, json::object& contract)
{
    json::array transactions, acts;
    for (const auto* payment : family.payments) {
        json::object one{{"id", payment->id}};
        put(one, "date", payment->paid);
        put_money(one, "value", payment->sum, draft.codes.currency);
        transactions.push_back(std::move(one));
        draft.saw(payment->paid);
    }
    for (const auto* act : family.acts) {
        json::object one{{"id", act->id}};
        put(one, "approveDate", act->approved);
        put(one, "revokeDate", act->revoked);
        put_money(one, "value", act->sum, draft.codes.currency);
        acts.push_back(std::move(one));
        draft.saw(act->approved);
    }
    json::object implementation;
    put(implementation, "transactions", std::move(transactions));
    put(contract, "implementation", std::move(implementation));
    put(contract, "x_acts", std::move(acts));
}

json::object contract_json(Draft& draft, const ContractFamily& family, const Story& story, const json::object& award)
{
    const ContractVersion& current = *story.current;
    json::object contract{{"id", family.base}, {"awardID", award.at("id")}};
    put(contract, "title", current.description);
    put(contract, "status", status_of(draft, current));
    put_money(contract, "value", current.sum, draft.codes.currency);
    put_money(contract, "x_valueWithTax", current.sum_with_vat, draft.codes.currency);
    if (story.original && !story.changes.empty())
        put_money(contract, "x_initialValue", story.original->sum, draft.codes.currency);
    const When signed_at = story.original ? story.original->signed_at : std::nullopt;
    put(contract, "dateSigned", signed_at);
    put_period(contract, "period", signed_at, current.ends);
    auto supplier = draft.parties.add(current.supplier, current.supplier_name, "supplier");
    draft.parties.add_account(current.supplier, current.supplier_account);
    if (!supplier.empty()) contract["suppliers"] = json::array{std::move(supplier)};
    put(contract, "items", items_of(draft, current));
    json::array amendments;
    for (const auto* change : story.changes) amendments.push_back(amendment_json(draft, *change));
    put(contract, "amendments", std::move(amendments));
    put(contract, "x_justification", current.justification.name);
    put_life(draft, family, contract);
    contract["documents"] = json::array{json::object{
        {"id", "contract"}, {"documentType", "contractSigned"},
        {"url", "https://goszakup.gov.kz/ru/contract/show/" + current.id}}};
    return contract;
}

} // namespace release_contract

void put_awards_and_contracts(Draft& draft, json::object& release)
{
    namespace c = release_contract;
    json::array awards, contracts;
    std::set<const LotApplication*> awarded;
    for (const auto& family : draft.purchase.contracts) {
        const auto story = c::story_of(draft, family);
        if (!story.original)
            draft.notes.note(RowVerdict::noted, story.current->origin, story.current->origin.pointer + "/contractNumberSys",
                             "original_contract_missing", draft.purchase.ocid);
        auto award = c::award_of_contract(draft, family, story, awarded);
        contracts.push_back(c::contract_json(draft, family, story, award));
        awards.push_back(std::move(award));
        for (const auto* version : family.versions)
            for (const auto* when : {&version->updated, &version->signed_at, &version->created}) draft.saw(*when);
    }
    for (const auto& bid : draft.purchase.bids)
        if (c::is_winner(draft, bid) && !awarded.contains(bid.part)) awards.push_back(c::award_of_bids(draft, {&bid}));
    put(release, "awards", std::move(awards));
    put(release, "contracts", std::move(contracts));
}

} // namespace adal::procurement::goszakup
