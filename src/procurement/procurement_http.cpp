#include "procurement/pages.hpp"
#include "procurement/procurement.hpp"

namespace adal::procurement {

void add_routes(http::Router& router)
{
    add_search_routes(router);
    add_party_routes(router);
    add_process_routes(router);
    add_export_routes(router);
}

} // namespace adal::procurement
