#include "oversight/pages.hpp"

namespace adal::oversight {

void add_routes(http::Router& router, files::Store& files)
{
    add_place_routes(router);
    add_control_routes(router);
    add_finding_routes(router, files);
    add_task_routes(router, files);
    add_review_routes(router, files);
    add_erasure_routes(router, files);
    add_desk_routes(router);
}

} // namespace adal::oversight
