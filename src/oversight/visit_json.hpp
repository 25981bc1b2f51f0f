// oversight/visit_json.hpp: photos and observations as the JSON text that rows hold. Pure.
#pragma once

#include "oversight/visit.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

std::string photos_text(const std::vector<Photo>& photos);
std::vector<Photo> photos_from(std::string_view text); // a broken row throws CheckFailed
std::string observations_text(const std::vector<Observation>& observations);
std::vector<Observation> observations_from(std::string_view text);

} // namespace adal::oversight
