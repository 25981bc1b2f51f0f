// procurement/goszakup/collection.hpp: the same object read several times, as one.
//
// Files overlap: a lot stands alone and inside its announcement, pages repeat, a later answer has fields that an
// earlier one lacks. Of two, the one updated later (else: read later) speaks; what it leaves empty is taken from the
// other. The result does not depend on how objects were spread over files, and is sorted by id. Pure.
#pragma once

#include "procurement/goszakup/records.hpp"

namespace adal::procurement::goszakup {

void merge_same(Records& records);

} // namespace adal::procurement::goszakup
