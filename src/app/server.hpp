// app/server.hpp: the running server: routes, jobs, access log. Returns when it was told to stop.
#pragma once

#include "app/house.hpp"

#include <functional>
#include <string>

namespace adal::app {

struct Serving {
    bool behind_proxy = false;
    // Called once with the address in use, after the sockets are open and before the first answer.
    std::function<void(const std::string& address)> ready{};
};

void serve(House& house, const Serving& serving);

} // namespace adal::app
