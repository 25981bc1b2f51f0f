// procurement/goszakup/release.hpp: one purchase as an OCDS 1.1 compiled release (docs/formats/goszakup.md).
//
// Deterministic: the same objects give the same bytes. Codes that no list knows are left out and noted. Pure.
#pragma once

#include "procurement/goszakup/parties.hpp"

namespace adal::procurement::goszakup {

json::object release_of(const Purchase& purchase, const Reference& known, const PersonKey& key,
                        PayloadRead& notes);

} // namespace adal::procurement::goszakup
