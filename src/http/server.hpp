// http/server.hpp: the transport. Connections are callbacks on one io_context per I/O thread; handlers are plain functions on a
// bounded pool of workers. Slow, greedy and malformed clients are cut by Limits; when the pool is full the
// answer is 503 with Retry-After. No TLS here: a proxy in front ends it (docs/decisions/0004-http-transport.md).
//
//   http::Server server{std::move(router), database, hooks, options};
//   fmt::print("listening on {}\n", server.listen());
//   server.run(); // until SIGTERM, SIGINT or stop(); answers what it has begun, then returns
#pragma once

#include "http/dispatch.hpp"
#include "http/limits.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace adal::http {

struct ServerOptions {
    std::string listen = "127.0.0.1:8080"; // "ADDRESS:PORT", "[::1]:PORT"; port 0 takes a free one
    int io_threads = 1;
    int workers = 4;
    Limits limits = limits_from_environment();
    DispatchOptions dispatch{};
};

struct ServerCounts {
    std::uint64_t requests = 0;
    std::uint64_t timeouts = 0;   // connections cut for slowness
    std::uint64_t refused = 0;    // malformed requests
    std::uint64_t overloads = 0;  // 503 and connections above the limits
    std::size_t connections = 0;  // now
};

class Server
{
public:
    Server(Router router, storage::Database& database, Hooks hooks, ServerOptions options);
    ~Server();

    // Binds, and catches SIGTERM and SIGINT from now on. Returns the address in use, "http://127.0.0.1:8080". Throws std::system_error when it is taken.
    std::string listen();
    // Once, after listen(). Ends after SIGTERM, SIGINT or stop(); SIGPIPE is ignored for good.
    void run();
    void stop(); // from any thread
    [[nodiscard]] ServerCounts counts() const;

    struct Core;

private:
    std::unique_ptr<Core> m_core;
};

} // namespace adal::http
