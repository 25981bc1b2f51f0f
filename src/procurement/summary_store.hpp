// procurement/summary_store.hpp: the columns of a process as lists show it, and how a row of them is read.
#pragma once

#include "procurement/procurement.hpp"

namespace adal::procurement {

// Of processes p.
#define ADAL_SUMMARY_COLUMNS                                                                       \
    "p.id, p.ocid, p.title, p.description, p.buyer_id, p.buyer_name, p.supplier_id, "              \
    "p.supplier_name, p.locality, p.method, p.method_details, p.category, p.status, "              \
    "p.work_kind, p.estimate, p.estimate_currency, p.contract_sum, p.contract_currency, "          \
    "p.signed_at, p.ends_at, p.warranty_until, p.failed, p.applicable, p.rank "
inline constexpr int kSummaryRank = 23; // column of p.rank; the columns of a statement's own follow

Summary summary_of(const storage::Row& row);

} // namespace adal::procurement
