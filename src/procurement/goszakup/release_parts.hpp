// procurement/goszakup/release_parts.hpp: what the files that write a release share. Used by release*.cpp only.
#pragma once

#include "procurement/goszakup/ocds_json.hpp"
#include "procurement/goszakup/parties.hpp"

#include <set>
#include <string>

namespace adal::procurement::goszakup {

struct Draft {
    const Purchase& purchase;
    const Reference& known;
    const Codes& codes;
    Parties& parties;
    PayloadRead& notes;
    std::set<std::string>& told; // where an unknown code was noted: once is enough
    When latest{};               // of all moments of the objects

    void saw(const When& when)
    {
        if (when && (!latest || latest->at < when->at)) latest = when;
    }
    // The value of the list; an unknown one is noted at `field` of the object.
    const CodeValue* value(const CodeList& list, const Coded& coded, const Record& record,
                           std::string_view field) const;
    const CodeValue* lot_status(const Lot& lot) const;
    // As it stood last; nullptr when the plan is not among the objects.
    [[nodiscard]] const Plan* plan_of_root(const std::string& root) const;
};

// release_tender.cpp
json::object tender_of(Draft& draft);
json::object planning_of(Draft& draft);
json::object bids_of(Draft& draft);

// release_contract.cpp: awards and contracts belong together.
void put_awards_and_contracts(Draft& draft, json::object& release);

} // namespace adal::procurement::goszakup
