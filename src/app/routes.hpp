// app/routes.hpp: every address of the program in one place.
#pragma once

#include "app/house.hpp"
#include "auth/auth.hpp"
#include "http/router.hpp"

namespace adal::app {

// All references must outlive the router. origin: as people see the site.
http::Router all_routes(House& house, auth::Auth& auth, const std::string& origin);
// Method, path, permission and what it is for, sorted: `adal routes` and the tests of the repository. Handlers
// hold references to an installation, so one is made in a temporary directory and thrown away.
std::string route_table();

void set_site_navigation();

// Added by their own files.
void add_home_routes(http::Router& router, House& house);  // /, /verify, /health
void add_log_routes(http::Router& router, House& house);   // /log/…, /log-entries/…
void add_target_routes(http::Router& router);              // /procurement/targets

} // namespace adal::app
