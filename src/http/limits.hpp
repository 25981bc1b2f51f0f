// http/limits.hpp: how much of the server one client may take. The defaults come from measurements of slow and hostile
// clients (bench/README.md); tests shorten them through the environment.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace adal::http {

struct Limits {
    std::uint32_t header_bytes = 16 << 10;
    std::chrono::milliseconds header_time{10'000}; // for the whole header
    std::chrono::milliseconds idle_time{60'000};   // between requests
    std::chrono::milliseconds body_time{30'000};   // for each 16 KB of body
    std::chrono::milliseconds body_total{600'000}; // for a whole body
    std::chrono::milliseconds write_time{30'000};  // without the client reading anything
    std::chrono::milliseconds drain_time{10'000};  // after SIGTERM
    std::size_t connections = 15'000;
    std::size_t connections_per_address = 1'000;   // many people share one address of a mobile operator
    std::size_t queue = 512;                       // requests waiting for a worker; above: 503
};

// "idle=2000,header=1000,per_address=4": milliseconds and counts over the defaults; unknown names throw
// std::invalid_argument. Names: header_bytes header idle body body_total write drain connections
// per_address queue.
Limits limits_from(std::string_view text);
// The environment variable ADAL_HTTP_LIMITS over the defaults. For tests.
Limits limits_from_environment();

} // namespace adal::http
