// base/json_text.hpp: JSON written straight as text, where it is too large to be held as values. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace adal {

// What stands between the quotes of a JSON string (RFC 8259 §7), as to_text writes it. The text is UTF-8.
void append_json_text(std::string& out, std::string_view text);

} // namespace adal
