// procurement/goszakup/purchase.hpp: which objects of the portal belong to one contracting process.
//
// One purchase per announcement and customer; a contract without announcement (concluded directly) is a purchase of
// its own. Lots join by the announcement, bids by the lot, contracts by the announcement (else by the lot), versions
// of a contract by the number without "/NN", acts and payments by the contract, plan rows by the number of the lot or
// the unit of the contract. What finds no purchase is named in the notes. Pure, deterministic.
#pragma once

#include "procurement/goszakup/payload_reader.hpp"

#include <map>
#include <string>
#include <vector>

namespace adal::procurement::goszakup {

struct PurchaseBid {
    const Application* application = nullptr;
    const LotApplication* part = nullptr;
};

// All versions of a contract, "/00" first.
struct ContractFamily {
    std::string base{}; // "970140002674/260023"
    std::vector<const ContractVersion*> versions{};
    std::vector<const AcceptanceAct*> acts{};
    std::vector<const TreasuryPayment*> payments{};
};

struct Purchase {
    std::string ocid{}, announcement_id{}; // "" of a direct contract
    std::string customer{};                // BIN
    bool is_shared = false;                // the announcement has other customers, too
    const Announcement* announcement = nullptr;
    std::vector<const Lot*> lots{};
    std::vector<PurchaseBid> bids{};
    std::vector<ContractFamily> contracts{};
};

// What purchases refer to.
struct Reference {
    std::map<std::string, std::vector<const Plan*>> versions_by_root{}; // oldest first
    std::map<std::string, const Plan*> plan_by_id{};
    std::map<std::string, const Subject*> subject_by_number{};
};

struct Joined {
    std::vector<Purchase> purchases{}; // by OCID
    Reference known{};
};

// `read.records` must be merged (collection.hpp) and outlive the result.
Joined join(PayloadRead& read, std::string_view ocid_prefix);

// Roots of the plan rows behind a lot or a unit; "" when unknown.
std::string plan_root_of(const Lot& lot);
std::string plan_root_of(const Unit& unit, const Reference& known);

} // namespace adal::procurement::goszakup
