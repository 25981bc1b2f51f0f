// auth/auth.hpp: the face of the room: who is asking, and how a person gets and loses access.
//
// app makes one Auth per process, gives `authenticate` to the server as its hook, adds the routes and runs
// `flush_last_seen` and `remove_dead` as jobs. Thread-safe: Auth. Not here yet: passkeys, device keys, TOTP.
#pragma once

#include "auth/invitation.hpp"
#include "auth/passphrase.hpp"
#include "auth/roles.hpp"
#include "auth/session.hpp"
#include "auth/throttle.hpp"
#include "http/message.hpp"
#include "http/router.hpp"
#include "people/people.hpp"
#include "storage/storage.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adal::auth {

struct Account; // auth_store.hpp

inline constexpr ProblemCode wrong_sign_in{"auth.wrong_sign_in", 401};
inline constexpr ProblemCode wrong_passphrase{"auth.wrong_passphrase", 422};
inline constexpr ProblemCode sign_in_name_taken{"auth.sign_in_name_taken", 409};
inline constexpr ProblemCode no_access{"auth.no_access", 403}; // suspended or left

// --- operations inside a transaction (pages, `adal user`, demo) ------------------------------------
struct NewInvitation {
    InvitationId id{};
    PersonId person{};
    std::string code{}; // shown once, stored nowhere
    Instant expires_at{};
};
// A new person with an invitation. `by` unset: the console.
Result<NewInvitation> invite(storage::Transaction& tx, const people::Details& details, PersonId by, Instant now);
// A fresh invitation for somebody who lost access: the passphrase is forgotten, sessions end, earlier
// invitations are revoked.
Result<NewInvitation> invite_again(storage::Transaction& tx, PersonId person, PersonId by, Instant now);

struct SignInLink {
    std::chrono::hours valid_for = kInvitationLife;
    bool is_reusable = false; // demonstration: opens as often as wanted while it is valid
};
// For the demonstration and tests: a link for a person who exists. Leaves earlier ones alone.
Result<NewInvitation> make_sign_in_link(storage::Transaction& tx, PersonId person, Instant now,
                                        const SignInLink& link = {});
// origin "http://127.0.0.1:8080" → "http://127.0.0.1:8080/kk/invitation/0abc…"
std::string invitation_link(std::string_view origin, i18n::Language language, std::string_view code);

Result<Done> revoke_invitation(storage::Transaction& tx, InvitationId id, PersonId by, Instant now);
// Suspends, ends all sessions, revokes open invitations (`adal user revoke`).
Result<Done> revoke_access(storage::Transaction& tx, PersonId person, PersonId by, std::string_view reason, Instant now);
// Consumes the code, activates the person, begins a session; returns the token for the cookie.
struct SignedIn {
    PersonId person{};
    std::string token{};
    people::Roles roles{};
};
Result<SignedIn> use_invitation(storage::Transaction& tx, std::string_view code, std::string_view device, Instant now);

std::vector<Invitation> open_invitations(storage::Snapshot& snapshot, PersonId person, Instant now);
std::vector<Session> live_sessions(storage::Snapshot& snapshot, PersonId person, Instant now);
std::optional<std::string> sign_in_name(storage::Snapshot& snapshot, PersonId person);

// --- the process -----------------------------------------------------------------------------------
struct Settings {
    std::string origin{};                 // "https://…" switches to the __Host- cookie with Secure
    std::string after_sign_in = "/account"; // where a sign-in leads when no address was asked for
};

class Auth
{
public:
    Auth(storage::Database& database, Settings settings);

    // The server's hook, on every request. One or two indexed reads, never a write: the moment is kept in
    // memory and written by flush_last_seen.
    std::optional<http::Principal> authenticate(storage::Snapshot& snapshot, const http::Request& request);

    // By name and passphrase. Slow on purpose: never call it inside a transaction.
    Result<SignedIn> sign_in(std::string_view name, std::string_view passphrase, std::string_view peer,
                             std::string_view device, Instant now);
    // First or new passphrase; the old one is asked for when there is one. Ends all other sessions and
    // returns a new token for this one.
    struct NewPassphrase {
        std::string sign_in_name{};
        std::string old_passphrase{};
        std::string passphrase{};
    };
    Result<SignedIn> set_passphrase(PersonId person, const NewPassphrase& wanted, std::string_view peer,
                                    std::string_view device, Instant now);

    // Jobs, each about once a minute and once an hour.
    void flush_last_seen();
    std::int64_t remove_dead(Instant now); // sessions and invitations that ended 30 days ago or more

    [[nodiscard]] bool is_https() const { return m_is_https; }
    [[nodiscard]] std::string_view cookie() const { return cookie_name(m_is_https); }
    [[nodiscard]] const Settings& settings() const { return m_settings; }
    [[nodiscard]] storage::Database& database() { return m_database; }
    Throttle& throttle() { return m_throttle; }

private:
    Result<Done> prove(const Account& account, std::string_view passphrase, std::string_view peer, Instant now);
    storage::Database& m_database;
    Settings m_settings;
    bool m_is_https;
    Hasher m_hasher;
    Throttle m_throttle;
    std::mutex m_mutex;
    std::unordered_map<std::string, Instant> m_seen; // session id → last request
};

// /sign-in, /sign-out, /invitation, /account…, /invite, /people/{id}/invitation.
void add_auth_routes(http::Router& router, Auth& auth);

} // namespace adal::auth
