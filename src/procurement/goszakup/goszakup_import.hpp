// procurement/goszakup/goszakup_import.hpp: mapped payloads into the tables of the room.
#pragma once

#include "procurement/goszakup/goszakup.hpp"
#include "procurement/procurement.hpp"
#include "procurement/rnu_store.hpp"

namespace adal::procurement::goszakup {

// params: ocid, part (the object of the portal whose facts would go), count (how many purchases)
inline constexpr ProblemCode facts_would_be_lost{"procurement.facts_would_be_lost", 409};

struct Imported {
    ImportReport purchases{};
    RegisterReport register_entries{};
};

// As import_ocds: all or nothing, the same again changes nothing. Refuses when a purchase that is stored would lose
// lots, bids, contracts, versions, acts, payments or plan versions: the files do not hold all of it. Entries of the
// register of unscrupulous suppliers go to that register; files with nothing else are fine. Does not screen.
enum class Less { refuse, replace }; // replace: the portal itself took something back
Result<Imported> import_mapped(storage::Transaction& tx, const Mapped& mapped, Instant now, Less less = Less::refuse);

} // namespace adal::procurement::goszakup
