// procurement/portal_link.hpp: the page of a purchase on the portal it came from (data/procurement/portals.json).
#pragma once

#include <string>
#include <string_view>

namespace adal::procurement {

// "" when the OCID is not of a portal known here. Thread-safe.
std::string portal_address(std::string_view ocid);

} // namespace adal::procurement
