// cyber/pages.hpp: the room's addresses, each added by the file that owns them.
#pragma once

#include "cyber/cyber.hpp"

namespace adal::cyber {

void add_report_routes(http::Router& router, const Rulebook& rules, files::Store& files); // /cyber, /cyber/report
void add_case_routes(http::Router& router, const Rulebook& rules, files::Store& files); // /cyber/queue…, /cyber/desk…
void add_leader_routes(http::Router& router);                                           // /cyber/leaders
void add_probe_routes(http::Router& router);                                            // /cyber/probes…, /api/v1/probe-…
void add_feed_routes(http::Router& router, std::string origin);                         // /cyber/feeds, /feeds/…, /taxii2…

} // namespace adal::cyber
