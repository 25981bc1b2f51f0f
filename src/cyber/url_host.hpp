// cyber/url_host.hpp: the host parser and serializer of the URL Standard (§3.5, §3.6). Pure, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace adal::cyber {

// Appends the serialised host; false: the standard refuses it. `special`: domain or address; otherwise opaque.
bool append_host(std::string& out, std::string_view written, bool special);

// UTS #46 non-transitional ToASCII as the URL Standard calls it (beStrict = false): lower-case ASCII labels, or
// nothing. ICU does the mapping; an ASCII name is only lowered, its xn-- labels are taken as they are.
std::optional<std::string> domain_to_ascii(std::string_view domain);

// For people: xn-- labels as letters where they decode; the same text otherwise.
std::string domain_to_unicode(std::string_view ascii);

bool is_ip_address(std::string_view host); // of a serialised host: 1.2.3.4 or [::1]

} // namespace adal::cyber
