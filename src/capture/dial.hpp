// capture/dial.hpp: a connection to the server a link names, made by us and only to where it is right to go.
#pragma once

#include "capture/hop.hpp"
#include "files/child.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace adal::capture {

struct Target {
    std::string host{}; // ASCII name or address in digits, IPv6 in brackets
    int port = 0;
};
struct Dialed {
    files::OpenFile socket{-1}; // connected; blocking
    std::string address{};      // in digits; empty through a gateway
    Failure failure = Failure::none;
};
using Dialer = std::function<Dialed(const Target&, std::chrono::steady_clock::time_point until)>;

// Resolves, and connects to the first public address: the very address that was judged, so a name that answers differently the
// second time gains nothing. Resolving is bound by the system's resolver, not by `until`.
Dialed dial_public(const Target& target, std::chrono::steady_clock::time_point until);

// Through an HTTP gateway (CONNECT, RFC 9110 §9.3.6) of the operator, which resolves and which keeps its own network closed: a way
// out in another network, or one whose address strangers may see. Addresses in digits are judged here all the same.
Dialer dial_by_gateway(const std::string& host, int port);

// To that address, whatever it is.
Dialed dial_address(const std::string& digits, int port, std::chrono::steady_clock::time_point until);

} // namespace adal::capture
