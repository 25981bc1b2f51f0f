// procurement/bid_chart_view.hpp: bids beside estimate and floor, drawn as SVG, with the same in a table.
#pragma once

#include "procurement/label_view.hpp"

#include <map>
#include <string>

namespace adal::procurement {

// `shown`: without individuals. Nothing when there are no bids.
http::Html bids_section(const http::Request& request, const Process& shown, const std::map<std::string, std::string>& parties);

} // namespace adal::procurement
