// oversight/place_view.hpp: pages of places: list with search, map, one place.
#pragma once

#include "http/page.hpp"
#include "oversight/control.hpp"
#include "oversight/district.hpp"
#include "oversight/finding.hpp"
#include "oversight/place.hpp"
#include "oversight/place_store.hpp"

#include <string>
#include <vector>

namespace adal::oversight {

struct PlaceListPage {
    std::vector<PlaceRow> places{};
    std::vector<District> districts{};
    std::string search{}, kind{}, district{}; // as asked
    std::string next{};                       // keyset of the next page, empty at the end
    std::int64_t total = 0;                   // that fit the filter
};
http::Page place_list(const http::Request& request, const PlaceListPage& view);

http::Page place_map(const http::Request& request);

struct PlacePage {
    Place place{};
    std::vector<District> districts{};
    std::vector<Control> controls{};
    std::vector<Finding> findings{}; // published ones, or all for the office
    bool is_under_warranty = false;
    std::string process_link{};      // of the procurement page, empty when unknown
};
http::Page place_page(const http::Request& request, const PlacePage& view);

} // namespace adal::oversight
