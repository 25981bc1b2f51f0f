// app/check.hpp: the named invariants of all rooms over one installation (design: what must always be true).
#pragma once

#include "app/house.hpp"

#include <string>
#include <vector>

namespace adal::app {

// One line per broken promise; empty when all hold.
std::vector<std::string> broken_invariants(House& house);

} // namespace adal::app
