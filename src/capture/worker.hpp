// capture/worker.hpp: one request to a stranger's server, made by a process that can do nothing but talk on the one connection it
// was given (seccomp; files/sandbox.hpp). TLS, HTTP, decompression and HTML are read there, never in the server.
#pragma once

#include "capture/dial.hpp"
#include "capture/hop.hpp"

#include <string>

namespace adal::capture {

// What may be asked of a stranger in all, redirects together.
inline constexpr std::chrono::seconds kMostTime{15};
inline constexpr std::size_t kMostBytes = 20u << 20;

// `program`: this program, run as `program capture-worker`. `target`: where `errand.url` points. The hop says what went wrong;
// throws std::runtime_error only when no worker can be run at all.
Hop fetch_hop(const std::string& program, const Dialer& dial, const Target& target, const Errand& errand, Instant at);

// The whole of `adal capture-worker`: an errand on standard input, a connected socket as file 3, the hop on standard output.
int run_capture_worker();

} // namespace adal::capture
