// oversight/pages.hpp: the room's pages and addresses, each added by the file that owns them.
#pragma once

#include "oversight/oversight.hpp"

namespace adal::oversight {

// `files` must outlive the router.
void add_place_routes(http::Router& router);                       // /places…, /api/v1/places.geojson, districts
void add_control_routes(http::Router& router);                     // /controls…
void add_finding_routes(http::Router& router, files::Store& files); // /findings…, photos, proofs
void add_task_routes(http::Router& router, files::Store& files);    // /tasks…, the visit form
void add_review_routes(http::Router& router, files::Store& files);  // /review…
void add_erasure_routes(http::Router& router, files::Store& files); // /erasures…
void add_desk_routes(http::Router& router);                        // /desk

void add_routes(http::Router& router, files::Store& files); // all of them

} // namespace adal::oversight
