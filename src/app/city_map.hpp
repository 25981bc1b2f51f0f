// app/city_map.hpp: the city as a drawing inside the page: districts, places, and how many findings. Server
// made SVG, so the public home needs no script and prints well; the map with zoom is a page of its own.
#pragma once

#include "http/html.hpp"
#include "i18n/i18n.hpp"
#include "oversight/district.hpp"

#include <string>
#include <vector>

namespace adal::app {

struct MapDot {
    oversight::Point at{};
    bool has_findings = false;
};

struct DistrictNote {
    const oversight::District* district = nullptr;
    std::string link{};  // address of the list of its places
    std::string label{}; // "Алмалы ауданы: 8 орын"
};

// Width of the drawing in user units; the height follows from the outlines. Equirectangular projection
// around the middle latitude, which is straight enough for a city.
http::Html city_map(const std::vector<DistrictNote>& districts, const std::vector<MapDot>& dots,
                    std::string_view title);

} // namespace adal::app
