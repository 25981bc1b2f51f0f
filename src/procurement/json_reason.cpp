#include "procurement/json_reason.hpp"

namespace adal::procurement {

std::string_view reason_of(simdjson::error_code error)
{
    switch (error) {
    case simdjson::UTF8_ERROR: return "not_utf8";
    case simdjson::EMPTY: return "empty";
    case simdjson::UNCLOSED_STRING:
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return "incomplete";
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC: return "too_large";
    case simdjson::STRING_ERROR: return "bad_text";
    default: return "syntax";
    }
}

} // namespace adal::procurement
