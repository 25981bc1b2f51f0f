// auth/session.hpp: a signed-in browser.
//
// The token is 256 random bits in an HttpOnly cookie; the server keeps its SHA-256 only. Limits (ASVS 7.3):
// staff 30 minutes idle and 12 hours in all, volunteers 12 hours idle and 30 days (a phone in the field).
// A new token at every sign-in. Pure but for the random bytes.
#pragma once

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace adal::auth {

struct Limits {
    std::chrono::milliseconds idle{};
    std::chrono::milliseconds absolute{};
};
inline constexpr Limits kStaffLimits{std::chrono::minutes{30}, std::chrono::hours{12}};
inline constexpr Limits kVolunteerLimits{std::chrono::hours{12}, std::chrono::hours{24 * 30}};

struct Session {
    SessionId id{};
    PersonId person{};
    Instant started_at{};
    Instant last_seen_at{};
    std::string device{}; // what the browser calls itself, cut to 120 letters; shown to its owner only
};

// Alive at `now`: inside both limits, and begun when the person's sessions counted.
bool is_alive(const Session& session, const Limits& limits, Instant sessions_from, Instant now);

std::string make_token();                 // 43 characters, base64url
bool is_token(std::string_view text);     // the right shape; nothing else is looked up
Hash token_hash(std::string_view token);
// HMAC-SHA-256 keyed with the token: nothing to store, other for every session.
std::string csrf_token(std::string_view token);

// "__Host-adal" on https (RFC 6265bis: Secure, no Domain, Path=/), "adal" on plain http (loopback demo).
// SameSite=Lax, not Strict: a coordinator who follows a task's link from a messenger must arrive signed in.
// Lax never travels with a foreign POST, and each form is guarded by its token as well.
std::string_view cookie_name(bool is_https);
std::string session_cookie(std::string_view token, const Limits& limits, bool is_https);
std::string ended_cookie(bool is_https);

} // namespace adal::auth
