// app/routes.hpp: every address of the program in one place.
#pragma once

#include "app/house.hpp"
#include "auth/auth.hpp"
#include "http/router.hpp"

namespace adal::app {

// All references must outlive the router. origin: as people see the site.
http::Router all_routes(House& house, auth::Auth& auth, const std::string& origin);
// The routes without an installation, for `adal routes` and the tests of the repository.
http::Router routes_for_listing();
std::string route_table(const http::Router& router); // method, path, permission, what it is for

void set_site_navigation();

// Added by their own files.
void add_home_routes(http::Router& router, House& house);  // /, /verify, /health
void add_log_routes(http::Router& router, House& house);   // /log/…, /log-entries/…

} // namespace adal::app
