// procurement/goszakup/portal_client.hpp: polite requests to the web services of the portal (OWS v3), over libcurl.
//
// At most so many requests a second; answers 429 and 5xx, time-outs and broken connections are tried again after a
// wait that doubles and is spread at random (Retry-After is kept). No redirect is followed and TLS is verified, so that
// the token goes to the portal only; it is in no message. An answer over the limit is cut off and refused. The portal
// answers 404 "Invalid Route" when the token is missing or wrong. Not thread-safe; blocks.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace adal::procurement::goszakup {

inline constexpr ProblemCode token_file_unusable{"procurement.token_file_unusable", 422}; // params: file, reason
inline constexpr ProblemCode token_refused{"procurement.token_refused", 403};             // params: address
inline constexpr ProblemCode portal_unreachable{"procurement.portal_unreachable", 502};   // params: address, reason, tries
inline constexpr ProblemCode portal_answer_too_large{"procurement.portal_answer_too_large", 502}; // params: address, limit
inline constexpr ProblemCode bad_portal_address{"procurement.bad_portal_address", 422};   // params: address

// The token, from a file that only its owner may read. Also unreadable_file.
Result<std::string> read_token(const std::string& file);

// "https://…" anywhere, "http://…" on this machine only: the token would travel in the open.
Result<Done> check_portal_address(std::string_view base);

struct ClientSettings {
    std::string base = "https://ows.goszakup.gov.kz";
    std::string token{};
    double rate = 1.0; // requests a second
    int tries = 8;     // of one request
    std::chrono::milliseconds first_wait{1000}, longest_wait{60'000}, timeout{120'000};
    std::int64_t most_bytes = 64 * 1024 * 1024; // of one answer
    // Told before each wait: what happened ("500", "timeout"), the try, the wait.
    std::function<void(std::string_view, int, std::chrono::milliseconds)> on_wait{};
};

class PortalClient {
public:
    explicit PortalClient(ClientSettings settings);
    ~PortalClient();
    PortalClient(PortalClient&&) noexcept;

    Result<std::string> get(const std::string& path);
    Result<std::string> post(const std::string& path, const std::string& json);

private:
    struct Answer;
    Result<std::string> request(const std::string& path, const std::string* json);
    Answer perform(const std::string& address, const std::string* json);
    void wait_turn();
    std::chrono::milliseconds wait_after(int attempt, std::int64_t retry_after_seconds);

    ClientSettings m_settings;
    struct Handle;
    std::unique_ptr<Handle> m_handle;
    std::chrono::steady_clock::time_point m_last{};
};

} // namespace adal::procurement::goszakup
