// procurement/ocds_writer.hpp: stored facts as an OCDS 1.1 compiled release (standard.open-contracting.org/1.1).
//
// Lists keep the order of the source, so a JSON pointer of an evidence finds the same place here. What OCDS 1.1 does
// not have is written under names with "x_", as it was read. Individuals have an id of this release only ("person-1")
// and no name; contacts, accounts and who filed a bid are not written. Pure, thread-safe.
#pragma once

#include "base/json.hpp"
#include "procurement/process.hpp"

namespace adal::procurement {

// `otherwise`: the date of a release whose source gives none.
json::object release_of(const Process& process, Instant otherwise);

} // namespace adal::procurement
