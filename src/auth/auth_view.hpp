// auth/auth_view.hpp: the pages of signing in, of one's own account, and of giving access.
#pragma once

#include "auth/auth.hpp"
#include "http/page.hpp"

#include <string>
#include <vector>

namespace adal::auth {

http::Reply sign_in_page(const http::Request& request, const Problem* refused = nullptr);

struct InvitationView {
    std::string code{};
    people::Person person{};
    Instant expires_at{};
};
// What the invitation is, and one button; opening the address alone consumes nothing, because messengers
// open every link to show a preview.
http::Reply invitation_page(const http::Request& request, const InvitationView& view);

struct AccountView {
    people::Person person{};
    std::optional<std::string> sign_in_name{};
    std::vector<Session> sessions{};
    SessionId current{};
};
http::Reply account_page(const http::Request& request, const AccountView& view);

struct PassphraseView {
    people::Person person{};
    std::optional<std::string> sign_in_name{};
    std::string suggestion{};
};
http::Reply passphrase_page(const http::Request& request, const PassphraseView& view, const Problem* refused = nullptr);

http::Reply invite_page(const http::Request& request, const people::Roles& actor, const Problem* refused = nullptr);
// The code and the link, shown this one time.
http::Reply invited_page(const http::Request& request, const people::Person& person, const NewInvitation& invitation,
                         const std::string& link);

struct AccessView {
    people::Person person{};
    std::optional<std::string> sign_in_name{};
    std::vector<Invitation> open{};
    std::size_t sessions = 0;
};
http::Reply access_page(const http::Request& request, const AccessView& view, const Problem* refused = nullptr);

} // namespace adal::auth
