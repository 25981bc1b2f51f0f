// probe/web.hpp: HTTP over libcurl: the page of an address that is fixed beforehand, and the server a probe works for.
// Blocks within the limit. Thread-safe.
#pragma once

#include "base/result.hpp"
#include "probe/block_page.hpp"
#include "probe/measurement.hpp"

#include <chrono>

namespace adal::probe {

inline constexpr std::size_t kMostBody = 64 << 10;

struct PageRequest {
    std::string scheme{}, host{}, path{}; // host: in the Host header
    Server server{};                      // where it goes, whatever the name resolves to
};
// No redirect is followed, no cookie kept, no proxy used; the certificate is judged by tls.hpp.
WebStep get_page(const PageRequest& request, const std::vector<BlockPage>& pages, std::chrono::milliseconds limit);

inline constexpr ProblemCode server_refused{"probe.server_refused", 502};         // params: status
inline constexpr ProblemCode server_unreachable{"probe.server_unreachable", 502}; // params: reason
inline constexpr ProblemCode bad_server_address{"probe.bad_server_address", 422};

// https, or http to this machine; no user, query or fragment. Without the slash at its end.
Result<std::string> server_address(std::string_view text);
// TLS verified, no redirect; 4 MB at most.
Result<std::string> post_note(const std::string& address, const std::string& note);

// Printable ASCII without quote and backslash, the rest as %XX; 500 characters at most.
std::string plain_text(std::string_view text);

} // namespace adal::probe
