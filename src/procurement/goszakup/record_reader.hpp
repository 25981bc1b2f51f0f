// procurement/goszakup/record_reader.hpp: one JSON object of the portal into one of our records. Used by
// payload_reader only.
//
// A sum that is no number refuses the object (throws Refused), as does a missing id; a date, a name or a check digit
// that is wrong is noted and left out or kept as it is. simdjson_error ends the object, too.
#pragma once

#include "procurement/goszakup/records.hpp"
#include "procurement/release_parts.hpp"

namespace adal::procurement::goszakup {

// The objects of the portal; `other` is one we have no use for (News).
enum class Kind {
    announcement, lot, plan, application, contract, act, payment, subject, unscrupulous, other
};

// By the name of a GraphQL root or of a REST path: "TrdBuy", "trd-buy", "ObLots".
Kind kind_named(std::string_view root);
// By the fields an object has, for REST answers, which do not say.
Kind kind_of(od::value object);

// Appends what the object holds, nested objects in lists of their own.
void read_record(Kind kind, od::value object, const Cursor& cursor, const Origin& origin,
                 Records& records);

} // namespace adal::procurement::goszakup
