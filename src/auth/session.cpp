#include "auth/session.hpp"

#include <algorithm>

namespace adal::auth {

bool is_alive(const Session& session, const Limits& limits, Instant sessions_from, Instant now)
{
    if (session.started_at <= sessions_from) return false;
    if (now.since(session.started_at) >= limits.absolute) return false;
    return now.since(session.last_seen_at) < limits.idle;
}

std::string make_token() { return base64url(random_bytes(32)); }

bool is_token(std::string_view text)
{
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    };
    return text.size() == 43 && std::all_of(text.begin(), text.end(), is_letter);
}

Hash token_hash(std::string_view token) { return sha256(token); }

std::string csrf_token(std::string_view token)
{
    return base64url(view(hmac_sha256(token, "adal form token 1")));
}

std::string_view cookie_name(bool is_https) { return is_https ? "__Host-adal" : "adal"; }

std::string session_cookie(std::string_view token, const Limits& limits, bool is_https)
{
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(limits.absolute).count();
    std::string cookie{cookie_name(is_https)};
    cookie += "=" + std::string(token) + "; Path=/; Max-Age=" + std::to_string(age) +
              "; HttpOnly; SameSite=Lax";
    if (is_https) cookie += "; Secure";
    return cookie;
}

std::string ended_cookie(bool is_https) { return session_cookie("", Limits{}, is_https); }

} // namespace adal::auth
