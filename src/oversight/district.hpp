// oversight/district.hpp: a district of the city: its names and outline. Every place belongs to the district
// its representative point lies in.
#pragma once

#include "base/id.hpp"
#include "i18n/i18n.hpp"
#include "oversight/geometry.hpp"

#include <string>
#include <vector>

namespace adal::oversight {

struct District {
    DistrictId id{};
    std::string code{}; // stable, printable ASCII, e.g. "medeu"; goes into the public log
    i18n::Texts name{};
    Geometry outline{};
    std::string source{}; // file it was imported from
};

// The district a point lies in, or null. On a shared border the first in the list.
[[nodiscard]] const District* district_of(const std::vector<District>& districts, Point point);
// By any of its names or its code, folded ("Ауэзовский район", "Əуезов ауданы"), or null.
[[nodiscard]] const District* district_named(const std::vector<District>& districts, std::string_view name);

} // namespace adal::oversight
