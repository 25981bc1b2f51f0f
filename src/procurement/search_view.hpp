// procurement/search_view.hpp: the list of processes with what it can be narrowed by; every filter is a link.
#pragma once

#include "procurement/label_view.hpp"
#include "procurement/procurement_store.hpp"

namespace adal::procurement {

struct SearchPage {
    Search search{};
    Found found{};
    ListPage list{};
    std::int64_t all = 0; // processes known here
};
http::Page search_page(const http::Request& request, const SearchPage& view);

} // namespace adal::procurement
