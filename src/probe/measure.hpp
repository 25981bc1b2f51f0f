// probe/measure.hpp: one address from here, step by step: the name by two resolvers, connection, TLS, page.
//
// Two addresses of a side at most. What is not public is not connected to, unless allow_private (a lab). Ten seconds a step, two
// handshakes and two pages an address at most; nothing of a body is kept. Blocks; thread-safe.
#pragma once

#include "probe/block_page.hpp"
#include "probe/measurement.hpp"

#include <chrono>

namespace adal::probe {

struct Settings {
    Server dns{}, control_dns{};
    std::string control_name = "www.example.org"; // sent in place of the true name; nobody blocks it
    std::string authorities{};                    // PEM file; empty: the system's
    std::vector<BlockPage> pages = block_pages();
    std::chrono::milliseconds step_limit{10'000};
    std::uint16_t plain_port = 80;
    bool allow_private = false;
};

Measurement measure(const Target& target, const Settings& settings, Instant now);

} // namespace adal::probe
