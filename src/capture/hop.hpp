// capture/hop.hpp: one request to a stranger's server and what came back, and how the worker process tells it.
// Rules only; thread-safe.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::capture {

// What went wrong; stored by name, "capture.failure." + name.
enum class Failure { none, name, address_not_public, port_not_web, connect, gateway, tls, http, time, size, redirects, worker };
std::string_view name(Failure failure);
std::optional<Failure> failure_from(std::string_view name);

struct Hop {
    std::string url{};      // as asked, an absolute http(s) address
    std::string address{};  // in digits; empty through a gateway
    Instant at{};
    Failure failure = Failure::none; // what ended it early; there may be a part of a response all the same
    std::string request{};  // bytes as sent
    std::string response{}; // bytes as received: the last head and its body, transfer coding and compression untouched
    int status = 0;
    std::string mime{};     // lower case, without parameters
    std::string location{}; // of a redirect; as the server wrote it
    std::string title{};    // of HTML, ≤ 300 letters
    std::string text{};     // that a person would read, UTF-8, ≤ 64 KB
    std::vector<std::string> links{}; // of HTML: where its anchors lead, absolute ones as written, printable ASCII, ≤ kMostLinks of ≤ kMostLink bytes
    std::string body{};     // SHA-256 of the body without its codings, hex; empty without one or when it was cut off
    std::string tls{};      // "TLSv1.3"; empty without TLS
    std::string certificate{}; // SHA-256 of the server's certificate (DER), hex; not judged
    [[nodiscard]] bool is_redirect() const { return status >= 301 && status <= 308 && status != 304 && status != 305 && status != 306 && !location.empty(); }
};

// What the worker is told on standard input.
struct Errand {
    std::string url{};
    std::chrono::milliseconds time{};
    std::size_t bytes = 0; // of head and body
};
std::string write_errand(const Errand& errand);
std::optional<Errand> read_errand(std::string_view bytes);

// A line of JSON, then the bytes of request and response. Of the hop only what the worker knows.
std::string write_hop(const Hop& hop);
// Believes nothing: lengths must fit, texts are cleaned and cut, numbers are in range; otherwise nothing.
std::optional<Hop> read_hop(std::string_view answer);

// ASCII letters made small; other bytes stay.
std::string small(std::string_view text);

inline constexpr std::size_t kMostText = 64 << 10, kMostTitle = 300, kMostLocation = 8 << 10, kMostLinks = 200, kMostLink = 300;

} // namespace adal::capture
