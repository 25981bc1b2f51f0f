// cyber/punycode.hpp: RFC 3492, one label without its "xn--". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace adal::cyber {

std::optional<std::u32string> punycode_decoded(std::string_view ascii); // nothing: not Punycode
std::optional<std::string> punycode_encoded(std::u32string_view label); // nothing: too long to count

} // namespace adal::cyber
