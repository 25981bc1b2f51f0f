// http/security_headers.hpp: what every answer says to browsers (integrity.md §6): nothing inline, nothing
// foreign, no frames, no guessing of types.
#pragma once

#include <string_view>

// One line, so that the two policies differ where they differ and nowhere else.
#define ADAL_POLICY                                                                                \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "        \
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "                \
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

namespace adal::http {

inline constexpr std::string_view kPolicy = ADAL_POLICY "; require-trusted-types-for 'script'";
// Leaflet 1.9 assigns innerHTML (attribution, popups): pages with a map go without Trusted Types.
inline constexpr std::string_view kPolicyForLeaflet = ADAL_POLICY;

} // namespace adal::http

#undef ADAL_POLICY
