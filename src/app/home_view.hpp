// app/home_view.hpp: the public home (map, funnel, honest figures, newest findings) and the page that says how
// to check us.
#pragma once

#include "app/city_map.hpp"
#include "http/page.hpp"
#include "impact/impact.hpp"
#include "impact/figures.hpp"
#include "oversight/finding_store.hpp"

#include <string>
#include <vector>

namespace adal::app {

struct NewestFinding {
    std::string link{}, title{}, place{};
    oversight::FindingState state{};
    Instant at{};
};

struct HomePage {
    std::vector<DistrictNote> districts{};
    std::vector<MapDot> dots{};
    oversight::Funnel funnel{};
    impact::Figures figures{};
    std::vector<NewestFinding> newest{};
    std::int64_t log_size = 0;
    Instant as_of{};
};
http::Page home(const http::Request& request, const HomePage& view);

struct VerifyPage {
    std::string vkey{}, origin{};
    std::int64_t log_size = 0;
};
http::Page how_to_verify(const http::Request& request, const VerifyPage& view);

} // namespace adal::app
