// ledger/jcs.hpp: RFC 8785 (JSON Canonicalization Scheme) for any JSON value: what is committed as
// a document (answers of a form, a capture statement) is hashed in this form. Leaves use the
// narrower canonical.hpp. Pure; thread-safe.
#pragma once

#include "base/json.hpp"

#include <string>

namespace adal::ledger {

// Keys sorted by UTF-16 units, numbers as ECMAScript writes them, the fewest escapes. Whole numbers
// beyond 2^53 are written as the double they are in JSON.
std::string jcs_text(const json::value& value);

} // namespace adal::ledger
