// auth/auth_store.hpp: the tables auth_invitations, auth_passphrases and auth_sessions. Checks nothing.
#pragma once

#include "auth/invitation.hpp"
#include "auth/session.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::auth {

struct Account {
    PersonId person{};
    std::string sign_in_name{};
    std::string hash{}; // "$argon2id$…"
};

class AuthReader
{
public:
    explicit AuthReader(storage::Snapshot& snapshot) : m_snapshot(snapshot) {}

    std::optional<Invitation> invitation(const Hash& code_hash);
    std::optional<Invitation> invitation(InvitationId id);
    std::vector<Invitation> open_invitations(PersonId person, Instant now);
    std::optional<Session> session(const Hash& token_hash);
    std::vector<Session> sessions(PersonId person); // newest first
    std::optional<Account> account(std::string_view sign_in_name);
    std::optional<Account> account(PersonId person);

private:
    storage::Snapshot& m_snapshot;
};

class AuthStore : public AuthReader
{
public:
    explicit AuthStore(storage::Transaction& tx) : AuthReader(tx), m_tx(tx) {}

    void add(const Invitation& invitation, const Hash& code_hash);
    void mark_used(InvitationId id, Instant now);
    std::int64_t revoke(InvitationId id, Instant now);          // 0: it was not open
    std::int64_t revoke_invitations(PersonId person, Instant now);
    void add(const Session& session, const Hash& token_hash);
    void seen(std::string_view session_id, Instant at);         // never back in time
    std::int64_t end(SessionId id, PersonId person);            // 0: not theirs
    std::int64_t end_by_token(const Hash& token_hash);
    std::int64_t end_sessions(PersonId person);
    std::int64_t end_other_sessions(PersonId person, const Hash& kept);
    void save(const Account& account, Instant now);
    void remove_passphrase(PersonId person);
    std::int64_t remove_dead(Instant before); // began and ended before that moment

private:
    storage::Transaction& m_tx;
};

} // namespace adal::auth
