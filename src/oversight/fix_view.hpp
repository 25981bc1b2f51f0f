// oversight/fix_view.hpp: the form of somebody who goes and looks whether a defect is mended.
#pragma once

#include "http/page.hpp"
#include "oversight/finding.hpp"
#include "oversight/fix.hpp"
#include "oversight/place.hpp"

namespace adal::oversight {

http::Page fix_check_form(const http::Request& request, const Finding& finding, const FixClaim& claim, const Place& place);
// Latitude, longitude, accuracy with the button that asks the phone (web/position.js).
http::Html position_fields(const http::Request& request);

} // namespace adal::oversight
