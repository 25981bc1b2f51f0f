#include "procurement/goszakup/portal_text.hpp"
#include "procurement/goszakup/release_parts.hpp"

#include <algorithm>
#include <set>

namespace adal::procurement::goszakup {

namespace release_tender {

constexpr std::string_view kDirect = "direct";
constexpr std::size_t kLongestDescription = 2000;

std::string title_of(const Purchase& purchase)
{
    if (purchase.announcement && !purchase.announcement->name.empty()) return purchase.announcement->name;
    if (!purchase.lots.empty() && !purchase.lots.front()->name.empty()) return purchase.lots.front()->name;
    for (const auto& family : purchase.contracts)
        for (const auto* version : family.versions)
            if (!version->description.empty()) return version->description;
    return {};
}

// What the lots say, each once.
std::string description_of(const Purchase& purchase)
{
    std::string all;
    for (const auto* lot : purchase.lots) {
        std::string one = lot->name;
        if (!lot->description.empty() && lot->description != lot->name)
            one += (one.empty() ? "" : ": ") + lot->description;
        if (one.empty() || all.find(one) != std::string::npos) continue;
        if (all.size() + one.size() > kLongestDescription) break;
        all += (all.empty() ? "" : "; ") + one;
    }
    return all;
}

std::string status_of(const Draft& draft)
{
    std::set<std::string> of_lots;
    for (const auto* lot : draft.purchase.lots) {
        const auto* status = draft.lot_status(*lot);
        of_lots.insert(status ? status->ocds : "");
    }
    const bool lots_agree = of_lots.size() == 1 && !of_lots.begin()->empty();
    const auto* announcement = draft.purchase.announcement;
    const auto* own = announcement
                          ? draft.value(draft.codes.announcement, announcement->status, *announcement, "refBuyStatusId")
                          : nullptr;
    if (own && (own->ocds != "complete" || !lots_agree)) return own->ocds;
    if (lots_agree) return *of_lots.begin();
    return own ? own->ocds : "";
}

// How it was bought: the announcement says, else the lot, else its number, else the contract, else the plan.
const CodeValue* method_of(const Draft& draft)
{
    const auto& methods = draft.codes.methods;
    if (const auto* announcement = draft.purchase.announcement)
        if (const auto* method = draft.value(methods, announcement->method, *announcement, "refTradeMethodsId"))
            return method;
    for (const auto* lot : draft.purchase.lots)
        if (const auto* method = draft.value(methods, lot->actual_method, *lot, "refBuyTradeMethodsId")) return method;
    for (const auto* lot : draft.purchase.lots)
        if (const auto number = parse_lot_number(lot->number))
            if (const auto* method = draft.codes.method_of_sign(number->sign)) return method;
    for (const auto& family : draft.purchase.contracts)
        for (const auto* version : family.versions)
            if (const auto* method = draft.value(methods, version->method, *version, "FaktTradeMethods")) return method;
    for (const auto* lot : draft.purchase.lots)
        if (const auto* method = draft.value(methods, lot->planned_method, *lot, "refTradeMethodsId")) return method;
    return nullptr;
}

// Goods, works or services; "" when the objects disagree.
std::string category_of(const Draft& draft)
{
    std::set<std::string> found;
    const auto consider = [&](const Coded& coded, const Record& record) {
        if (const auto* value = draft.value(draft.codes.subjects, coded, record, "refSubjectTypeId"))
            found.insert(value->ocds);
    };
    if (const auto* announcement = draft.purchase.announcement) consider(announcement->subject, *announcement);
    if (!found.empty()) return *found.begin();
    for (const auto* lot : draft.purchase.lots) {
        consider(lot->subject, *lot);
        if (const auto* plan = draft.plan_of_root(plan_root_of(*lot))) consider(plan->subject, *plan);
    }
    for (const auto& family : draft.purchase.contracts)
        for (const auto* version : family.versions)
            for (const auto& unit : version->units)
                if (const auto* plan = draft.plan_of_root(plan_root_of(unit, draft.known))) consider(plan->subject, *plan);
    return found.size() == 1 ? *found.begin() : "";
}

json::object lot_json(const Draft& draft, const Lot& lot)
{
    json::object one{{"id", lot.id}};
    put(one, "title", lot.name);
    put(one, "description", lot.description);
    if (const auto* status = draft.lot_status(lot)) one["status"] = status->ocds;
    put_money(one, "value", lot.amount, draft.codes.currency);
    put(one, "x_lotNumber", lot.number);
    put(one, "x_planRoot", plan_root_of(lot));
    if (const auto number = parse_lot_number(lot.number)) one["x_attempt"] = number->attempt;
    if (!lot.kato.empty()) put(one, "x_kato", lot.kato.front());
    return one;
}

json::object item_json(const Draft& draft, const Lot& lot)
{
    const Plan* plan = draft.plan_of_root(plan_root_of(lot));
    if (!plan && !lot.plans.empty()) plan = &lot.plans.front();
    json::object item{{"id", lot.id}};
    put(item, "description", lot.name);
    if (plan && !plan->code.empty())
        item["classification"] = json::object{{"scheme", "KZ-ENSTRU"}, {"id", plan->code}};
    if (lot.count) item["quantity"] = *lot.count;
    else if (plan && plan->count) item["quantity"] = *plan->count;
    json::object unit;
    if (plan) {
        put(unit, "name", plan->unit.name);
        put_money(unit, "value", plan->price, draft.codes.currency);
    }
    put(item, "unit", std::move(unit));
    item["relatedLot"] = lot.id;
    return item;
}

// A direct contract has no lots: its units are what was bought.
json::object item_json(const Draft& draft, const Unit& unit, std::size_t index)
{
    const Plan* plan = draft.plan_of_root(plan_root_of(unit, draft.known));
    if (!plan) plan = &unit.plan;
    json::object item{{"id", std::to_string(index + 1)}};
    put(item, "description", plan->name);
    if (!plan->code.empty())
        item["classification"] = json::object{{"scheme", "KZ-ENSTRU"}, {"id", plan->code}};
    if (unit.quantity) item["quantity"] = *unit.quantity;
    json::object measure;
    put(measure, "name", plan->unit.name);
    put_money(measure, "value", plan->price, draft.codes.currency);
    put(item, "unit", std::move(measure));
    return item;
}

json::array items_of(const Draft& draft)
{
    json::array items;
    for (const auto* lot : draft.purchase.lots) items.push_back(item_json(draft, *lot));
    if (!items.empty() || !draft.purchase.announcement_id.empty()) return items;
    for (const auto& family : draft.purchase.contracts)
        for (std::size_t i = 0; i < family.versions.front()->units.size(); ++i)
            items.push_back(item_json(draft, family.versions.front()->units[i], i));
    return items;
}

// Of this customer: the sum of the announcement is that of all customers.
Sum value_of(const Draft& draft)
{
    const auto& purchase = draft.purchase;
    if (!purchase.is_shared && purchase.announcement && purchase.announcement->total) return purchase.announcement->total;
    Sum total;
    for (const auto* lot : purchase.lots) {
        if (!lot->amount) return std::nullopt;
        total = total.value_or(0) + *lot->amount;
    }
    return total;
}

json::array documents_of(const Purchase& purchase)
{
    json::array documents;
    if (!purchase.announcement_id.empty())
        documents.push_back(json::object{
            {"id", "announcement"},
            {"documentType", "tenderNotice"},
            {"url", "https://goszakup.gov.kz/ru/announce/index/" + purchase.announcement_id + "?tab=lots"}});
    if (!purchase.announcement) return documents;
    for (const auto& file : purchase.announcement->documents) {
        if (!file.url.starts_with("https://")) continue;
        json::object document{{"id", std::to_string(documents.size())}};
        put(document, "title", file.title.empty() ? file.file_name : file.title);
        document["url"] = file.url;
        documents.push_back(std::move(document));
    }
    return documents;
}

void put_dates(Draft& draft, json::object& tender)
{
    const auto* announcement = draft.purchase.announcement;
    When published = announcement ? announcement->published : std::nullopt;
    for (const auto* lot : draft.purchase.lots) {
        if (!published) published = lot->published;
        draft.saw(lot->updated);
    }
    put(tender, "x_datePublished", published);
    draft.saw(published);
    if (!announcement) return;
    // Bids are taken from the publication on when no other beginning is named.
    const auto begin = announcement->start ? announcement->start : announcement->published;
    put_period(tender, "tenderPeriod", begin, announcement->end);
    put_period(tender, "enquiryPeriod", announcement->enquiry_start, announcement->enquiry_end);
    put_period(tender, "awardPeriod", std::nullopt, announcement->results);
    if (announcement->repeat_start || announcement->repeat_end) {
        json::object amendment{{"id", "repeat"}};
        put(amendment, "date", announcement->repeat_start);
        put_period(amendment, "x_tenderPeriod", announcement->repeat_start, announcement->repeat_end);
        tender["amendments"] = json::array{std::move(amendment)};
    }
    for (const auto* when : {&announcement->results, &announcement->updated}) draft.saw(*when);
}

void put_tenderers(Draft& draft, json::object& tender)
{
    std::set<std::string> seen;
    json::array tenderers;
    for (const auto& bid : draft.purchase.bids) {
        auto one = draft.parties.add(bid.application->supplier, bid.application->supplier_name, "tenderer");
        if (!one.empty() && seen.insert(draft.parties.id_of(bid.application->supplier)).second)
            tenderers.push_back(std::move(one));
    }
    if (tenderers.empty()) return;
    tender["numberOfTenderers"] = tenderers.size();
    tender["tenderers"] = std::move(tenderers);
}

json::object version_json(const Draft& draft, const Plan& plan)
{
    json::object version{{"id", plan.id}};
    if (const auto* method = draft.value(draft.codes.methods, plan.method, plan, "refTradeMethodsId"))
        version["method"] = method->name;
    if (plan.price) version["price"] = number(*plan.price);
    if (plan.amount) version["amount"] = number(*plan.amount);
    put(version, "date", plan.approved ? plan.approved : plan.changed ? plan.changed : plan.created);
    return version;
}

std::set<std::string> roots_of(const Draft& draft)
{
    std::set<std::string> roots;
    for (const auto* lot : draft.purchase.lots) roots.insert(plan_root_of(*lot));
    for (const auto& family : draft.purchase.contracts)
        for (const auto* version : family.versions)
            for (const auto& unit : version->units) roots.insert(plan_root_of(unit, draft.known));
    roots.erase("");
    return roots;
}

json::object bid_json(Draft& draft, const PurchaseBid& bid)
{
    const auto& [application, part] = bid;
    json::object one{{"id", part->id}};
    if (const auto* status = draft.value(draft.codes.bid, part->status, *part, "RefAppStatus")) one["status"] = status->ocds;
    put(one, "date", application->applied);
    auto supplier = draft.parties.add(application->supplier, application->supplier_name, "tenderer");
    if (!supplier.empty()) one["tenderers"] = json::array{std::move(supplier)};
    put_money(one, "value", part->amount, draft.codes.currency);
    if (!part->lot.empty()) one["relatedLots"] = json::array{part->lot};
    if (part->price) {
        json::object item{{"id", part->lot.empty() ? part->id : part->lot}};
        json::object unit;
        put_money(unit, "value", part->price, draft.codes.currency);
        item["unit"] = std::move(unit);
        item["relatedLot"] = part->lot;
        one["items"] = json::array{std::move(item)};
    }
    put(one, "x_author", draft.parties.mark("person", application->author));
    put(one, "x_editor", draft.parties.mark("person", application->editor));
    put(one, "x_rejectReason", part->reject_reason);
    draft.saw(application->applied);
    return one;
}

} // namespace release_tender

json::object tender_of(Draft& draft)
{
    namespace t = release_tender;
    const auto& purchase = draft.purchase;
    const auto* announcement = purchase.announcement;
    json::object tender;
    put(tender, "id", announcement && !announcement->number.empty() ? announcement->number : purchase.announcement_id);
    put(tender, "title", t::title_of(purchase));
    if (announcement) put(tender, "title_kk", announcement->name_kk);
    put(tender, "description", t::description_of(purchase));
    put(tender, "status", t::status_of(draft));
    put_money(tender, "value", t::value_of(draft), draft.codes.currency);
    if (const auto* method = t::method_of(draft)) {
        tender["procurementMethod"] = method->ocds;
        tender["procurementMethodDetails"] = method->name;
    } else if (purchase.announcement_id.empty()) tender["procurementMethod"] = t::kDirect;
    put(tender, "mainProcurementCategory", t::category_of(draft));
    t::put_dates(draft, tender);
    if (announcement)
        put(tender, "procuringEntity",
            draft.parties.add(announcement->organizer, announcement->organizer_name, "procuringEntity"));
    t::put_tenderers(draft, tender);
    json::array lots;
    for (const auto* lot : purchase.lots) lots.push_back(t::lot_json(draft, *lot));
    put(tender, "lots", std::move(lots));
    put(tender, "items", t::items_of(draft));
    if (announcement) put(tender, "x_finYear", texts(announcement->years));
    put(tender, "documents", t::documents_of(purchase));
    return tender;
}

// Versions of one row compare; those of several rows would not, so they are given for one row only.
json::object planning_of(Draft& draft)
{
    const auto roots = release_tender::roots_of(draft);
    Sum total;
    std::string codes;
    for (const auto& root : roots) {
        const Plan* plan = draft.plan_of_root(root);
        if (!plan) continue;
        if (plan->amount) total = total.value_or(0) + *plan->amount;
        for (const auto& code : plan->budget_codes) codes += (codes.empty() ? "" : ", ") + code;
        draft.saw(plan->changed);
    }
    json::object planning, budget;
    if (total && roots.size() == 1) put(budget, "id", *roots.begin());
    put(budget, "x_budgetCodes", codes);
    put_money(budget, "amount", total, draft.codes.currency);
    put(planning, "budget", std::move(budget));
    if (roots.size() != 1) return planning;
    json::array versions;
    const auto found = draft.known.versions_by_root.find(*roots.begin());
    if (found != draft.known.versions_by_root.end())
        for (const auto* plan : found->second) versions.push_back(release_tender::version_json(draft, *plan));
    put(planning, "x_versions", std::move(versions));
    return planning;
}

json::object bids_of(Draft& draft)
{
    json::array details;
    for (const auto& bid : draft.purchase.bids) details.push_back(release_tender::bid_json(draft, bid));
    json::object bids;
    put(bids, "details", std::move(details));
    return bids;
}

} // namespace adal::procurement::goszakup
