// impact/pages.hpp: the room's addresses, each added by the file that owns them.
#pragma once

#include "impact/impact.hpp"

namespace adal::impact {

void add_figures_routes(http::Router& router);
void add_saving_routes(http::Router& router, files::Store& files);

} // namespace adal::impact
