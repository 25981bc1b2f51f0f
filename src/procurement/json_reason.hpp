// procurement/json_reason.hpp: why a text is no JSON, in the few words a person can act on.
#pragma once

#include <simdjson.h>
#include <string_view>

namespace adal::procurement {

// One of not_utf8, empty, incomplete, too_large, bad_text, syntax: the last part of a message key.
std::string_view reason_of(simdjson::error_code error);

} // namespace adal::procurement
