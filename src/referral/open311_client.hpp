// referral/open311_client.hpp: what is said to an Open311 server, and one HTTP call over libcurl: TLS verified, no
// redirect, at most 1 MB and 30 seconds. The call blocks; all of it is thread-safe.
#pragma once

#include "oversight/oversight.hpp"
#include "referral/open311.hpp"

#include <functional>
#include <string>

namespace adal::referral {

inline constexpr std::size_t kOpen311Description = 4000; // characters, GeoReport v2

struct Open311Request {
    std::string description{}; // cut at kOpen311Description
    std::optional<oversight::Point> at{};
    std::string address{};   // in words; must be there when there is no point
    std::string media_url{}; // public page; may be empty
};
// Bodies and addresses; a body is application/x-www-form-urlencoded.
std::string open311_form(const Open311Endpoint& to, const Open311Request& request, std::string_view key);
std::string open311_post_url(const Open311Endpoint& to);
std::string open311_token_url(const Open311Endpoint& to, std::string_view token);
std::string open311_status_url(const Open311Endpoint& to, std::string_view request);

// form: the body of a POST; null: GET.
using WebCall = std::function<WebAnswer(const std::string& url, const std::string* form)>;
WebAnswer call_web(const std::string& url, const std::string* form);

} // namespace adal::referral
