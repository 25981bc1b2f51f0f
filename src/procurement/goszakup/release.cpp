#include "procurement/goszakup/release.hpp"

#include "procurement/goszakup/portal_text.hpp"
#include "procurement/goszakup/release_parts.hpp"

#include <algorithm>

namespace adal::procurement::goszakup {

const CodeValue* Draft::value(const CodeList& list, const Coded& coded, const Record& record,
                              std::string_view field) const
{
    if (coded.is_empty()) return nullptr;
    const auto* found = list.find(coded);
    const std::string place = record.origin.pointer + "/" + std::string{field};
    if (!found && told.insert(record.origin.file + place).second)
        notes.note(RowVerdict::noted, record.origin, place, "unknown_code", purchase.ocid);
    return found;
}

const CodeValue* Draft::lot_status(const Lot& lot) const
{
    if (const auto* own = codes.lot.find(lot.status)) return own;
    return value(codes.announcement, lot.status, lot, "refLotStatusId");
}

const Plan* Draft::plan_of_root(const std::string& root) const
{
    const auto found = known.versions_by_root.find(root);
    return found == known.versions_by_root.end() ? nullptr : found->second.back();
}

namespace release {

std::string customer_name(const Purchase& purchase)
{
    const auto* announcement = purchase.announcement;
    if (announcement && announcement->customer.digits == purchase.customer && !announcement->customer_name.empty())
        return announcement->customer_name;
    for (const auto* lot : purchase.lots)
        if (lot->customer.digits == purchase.customer && !lot->customer_name.empty()) return lot->customer_name;
    for (const auto& family : purchase.contracts)
        for (const auto* version : family.versions)
            if (!version->customer_name.empty()) return version->customer_name;
    if (announcement && announcement->organizer.digits == purchase.customer) return announcement->organizer_name;
    return {};
}

} // namespace release

json::object release_of(const Purchase& purchase, const Reference& known, const PersonKey& key, PayloadRead& notes)
{
    const Codes& codes = Codes::standard();
    Parties parties{key, known, codes};
    std::set<std::string> told;
    Draft draft{purchase, known, codes, parties, notes, told};
    json::object release{{"ocid", purchase.ocid}, {"id", ""}};
    release["tag"] = json::array{"compiled"};
    release["initiationType"] = "tender";
    release["language"] = "ru";
    json::object buyer = parties.add({purchase.customer}, release::customer_name(purchase), "buyer");
    json::object planning = planning_of(draft);
    json::object tender = tender_of(draft);
    json::object bids = bids_of(draft);
    json::object deals;
    put_awards_and_contracts(draft, deals);
    put(release, "parties", parties.list());
    put(release, "buyer", std::move(buyer));
    put(release, "planning", std::move(planning));
    put(release, "tender", std::move(tender));
    put(release, "bids", std::move(bids));
    for (const auto& part : deals) release[part.key()] = part.value();
    put(release, "date", draft.latest);
    release["id"] = draft.latest ? purchase.ocid + "-" + std::to_string(draft.latest->at.ms / 1000) : purchase.ocid;
    return release;
}

} // namespace adal::procurement::goszakup
