// procurement/goszakup/records.hpp: the objects of the portal's web services (OWS v3), as far as we use them.
//
// Names of fields are ours; which field of the portal fills which is one table per object in record_fields.cpp.
// Sums are hundredths of a tenge; moments are UTC, read from the wall clock of Almaty. Values.
#pragma once

#include "procurement/goszakup/codes.hpp"
#include "procurement/process.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adal::procurement::goszakup {

// Where an object was read, for messages.
struct Origin {
    std::string file{};
    std::int64_t line = 0;
    std::string pointer{};
};

using Sum = std::optional<std::int64_t>;
using When = std::optional<Moment>;

struct Number { // of a person or an organisation
    std::string digits{};
};

struct Record {
    std::string id{};
    When updated{};
    Origin origin{};
};

struct Document {
    std::string url{}, file_name{}, title{};
};

struct Announcement : Record { // TrdBuy
    std::string number{}, name{}, name_kk{}, parent{};
    Sum total{};
    Coded method{}, subject{}, status{};
    Number customer{}, organizer{}, single_supplier{};
    std::string customer_name{}, organizer_name{}, single_supplier_name{};
    When start{}, end{}, repeat_start{}, repeat_end{}, published{}, results{}, enquiry_start{},
        enquiry_end{};
    std::vector<std::string> years{}, kato{};
    std::vector<Document> documents{};
};

struct Plan : Record { // Plans: one version of a row of the annual plan
    std::string root{}, year{}, name{}, description{}, code{};
    Number customer{};
    std::string customer_name{};
    Sum price{}, amount{};
    std::optional<double> count{};
    Coded method{}, subject{}, unit{};
    When approved{}, created{}, changed{};
    std::vector<std::string> kato{}, budget_codes{};
};

struct Lot : Record { // Lots
    std::string announcement{}, announcement_number{}, number{}, name{}, name_kk{}, description{};
    Coded status{}, planned_method{}, actual_method{}, subject{};
    Sum amount{};
    std::optional<double> count{};
    Number customer{};
    std::string customer_name{};
    When published{};
    std::vector<std::string> kato{};
    std::vector<Plan> plans{}; // as nested: often only a code
};

struct Offer {
    std::string lot{}, plan{};
    Sum price{}, amount{};
};

struct LotApplication : Record { // AppLots
    std::string lot{}, reject_reason{};
    Sum price{}, amount{};
    Coded status{};
    std::vector<Offer> offers{};
};

struct Application : Record { // TrdApp
    std::string announcement{}, supplier_name{}, author{}, editor{};
    Number supplier{};
    When applied{};
    std::vector<LotApplication> lots{};
};

struct Unit : Record { // ContractUnits
    std::string lot{};
    Plan plan{};
    Sum price{}, total{};
    std::optional<double> quantity{};
};

struct ContractVersion : Record { // Contract
    std::string announcement{}, announcement_number{}, number{}, system_number{};
    std::string supplier_name{}, customer_name{}, year{}, description{};
    std::string supplier_account{}, customer_account{};
    Number supplier{}, customer{};
    Coded status{}, method{}, justification{};
    Sum sum{}, sum_with_vat{}, fact{};
    When signed_at{}, created{}, ends{};
    std::vector<Unit> units{};
};

struct AcceptanceAct : Record { // Acts
    std::string contract{};
    When approved{}, revoked{};
    Sum sum{};
};

struct TreasuryPayment : Record { // TreasuryPay
    std::string contract{};
    When paid{};
    Sum sum{};
};

struct Subject : Record { // Subjects
    Number bin{}, iin{};
    std::string name{}, name_kk{}, legal_form{}, address{}, email{}, phone{}, head{};
    std::vector<std::string> kato{};
};

struct Unscrupulous : Record { // Rnu: an entry of the register of unscrupulous suppliers
    Number supplier{}, head{}, customer{};
    std::string supplier_name{}, reason{}, court{};
    When court_date{}, start{}, end{};
};

// What one or several payloads hold. Each object once, by its id: see collection.hpp.
struct Records {
    std::vector<Announcement> announcements{};
    std::vector<Lot> lots{};
    std::vector<Plan> plans{};
    std::vector<Application> applications{};
    std::vector<ContractVersion> contracts{};
    std::vector<AcceptanceAct> acts{};
    std::vector<TreasuryPayment> payments{};
    std::vector<Subject> subjects{};
    std::vector<Unscrupulous> unscrupulous{};
};

} // namespace adal::procurement::goszakup
