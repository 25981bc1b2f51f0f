// procurement/pages.hpp: the routes of each page of the room; add_routes() lists them all.
#pragma once

#include "procurement/procurement.hpp"

namespace adal::procurement {

class ImportDesk;

void add_search_routes(http::Router& router);
void add_party_routes(http::Router& router);
void add_process_routes(http::Router& router);
void add_export_routes(http::Router& router);
// Uploads go to the desk, which outlives the router.
void add_import_routes(http::Router& router, ImportDesk& desk);

} // namespace adal::procurement
