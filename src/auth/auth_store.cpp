#include "auth/auth_store.hpp"

#include "base/text.hpp"

namespace adal::auth {
namespace {

const std::string select_invitation =
    "select id, person_id, made_by, made_at, expires_at, used_at, revoked_at, is_reusable "
    "from auth_invitations ";
const std::string select_session =
    "select id, person_id, started_at, last_seen_at, device from auth_sessions ";
const std::string select_account = "select person_id, sign_in_name, hash from auth_passphrases ";

storage::Blob blob(const Hash& hash) { return {view(hash)}; }

Invitation invitation_of(const storage::Row& row)
{
    return {.id = row.get<InvitationId>(0),
            .person = row.get<PersonId>(1),
            .by = row.get<PersonId>(2),
            .made_at = row.get<Instant>(3),
            .expires_at = row.get<Instant>(4),
            .used_at = row.get<std::optional<Instant>>(5),
            .revoked_at = row.get<std::optional<Instant>>(6),
            .is_reusable = row.get<bool>(7)};
}

Session session_of(const storage::Row& row)
{
    return {.id = row.get<SessionId>(0),
            .person = row.get<PersonId>(1),
            .started_at = row.get<Instant>(2),
            .last_seen_at = row.get<Instant>(3),
            .device = row.get<std::string>(4)};
}

Account account_of(const storage::Row& row)
{
    return {.person = row.get<PersonId>(0),
            .sign_in_name = row.get<std::string>(1),
            .hash = row.get<std::string>(2)};
}

} // namespace

std::optional<Invitation> AuthReader::invitation(const Hash& code_hash)
{
    return m_snapshot.first(select_invitation + "where code_hash = ?1", invitation_of, blob(code_hash));
}

std::optional<Invitation> AuthReader::invitation(InvitationId id)
{
    return m_snapshot.first(select_invitation + "where id = ?1", invitation_of, id);
}

std::vector<Invitation> AuthReader::open_invitations(PersonId person, Instant now)
{
    return m_snapshot.all(select_invitation + R"(
        where person_id = ?1 and revoked_at is null and (used_at is null or is_reusable = 1)
          and expires_at > ?2 order by made_at)",
                          invitation_of, person, now);
}

std::optional<Session> AuthReader::session(const Hash& token_hash)
{
    return m_snapshot.first(select_session + "where token_hash = ?1", session_of, blob(token_hash));
}

std::vector<Session> AuthReader::sessions(PersonId person)
{
    return m_snapshot.all(select_session + "where person_id = ?1 order by last_seen_at desc, id",
                          session_of, person);
}

std::optional<Account> AuthReader::account(std::string_view sign_in_name)
{
    return m_snapshot.first(select_account + "where name_key = ?1", account_of, fold(sign_in_name));
}

std::optional<Account> AuthReader::account(PersonId person)
{
    return m_snapshot.first(select_account + "where person_id = ?1", account_of, person);
}

void AuthStore::add(const Invitation& invitation, const Hash& code_hash)
{
    m_tx.exec(R"(insert into auth_invitations (id, code_hash, person_id, made_by, made_at, expires_at,
                     is_reusable)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7))",
              invitation.id, blob(code_hash), invitation.person, invitation.by, invitation.made_at,
              invitation.expires_at, invitation.is_reusable);
}

void AuthStore::mark_used(InvitationId id, Instant now)
{
    m_tx.exec("update auth_invitations set used_at = ?1 where id = ?2", now, id);
}

std::int64_t AuthStore::revoke(InvitationId id, Instant now)
{
    return m_tx.exec(R"(update auth_invitations set revoked_at = ?1
                        where id = ?2 and revoked_at is null and (used_at is null or is_reusable = 1))",
                     now, id);
}

std::int64_t AuthStore::revoke_invitations(PersonId person, Instant now)
{
    return m_tx.exec(R"(update auth_invitations set revoked_at = ?1
                        where person_id = ?2 and revoked_at is null and (used_at is null or is_reusable = 1))",
                     now, person);
}

void AuthStore::add(const Session& session, const Hash& token_hash)
{
    m_tx.exec(R"(insert into auth_sessions (id, token_hash, person_id, started_at, last_seen_at, device)
                 values (?1, ?2, ?3, ?4, ?5, ?6))",
              session.id, blob(token_hash), session.person, session.started_at, session.last_seen_at,
              session.device);
}

void AuthStore::seen(std::string_view session_id, Instant at)
{
    m_tx.exec("update auth_sessions set last_seen_at = ?1 where id = ?2 and last_seen_at < ?3", at,
              session_id, at);
}

std::int64_t AuthStore::end(SessionId id, PersonId person)
{
    return m_tx.exec("delete from auth_sessions where id = ?1 and person_id = ?2", id, person);
}

std::int64_t AuthStore::end_by_token(const Hash& token_hash)
{
    return m_tx.exec("delete from auth_sessions where token_hash = ?1", blob(token_hash));
}

std::int64_t AuthStore::end_sessions(PersonId person)
{
    return m_tx.exec("delete from auth_sessions where person_id = ?1", person);
}

std::int64_t AuthStore::end_other_sessions(PersonId person, const Hash& kept)
{
    return m_tx.exec("delete from auth_sessions where person_id = ?1 and token_hash <> ?2", person,
                     blob(kept));
}

void AuthStore::save(const Account& account, Instant now)
{
    m_tx.exec(R"(insert into auth_passphrases (person_id, sign_in_name, name_key, hash, changed_at)
                 values (?1, ?2, ?3, ?4, ?5)
                 on conflict (person_id) do update set sign_in_name = excluded.sign_in_name,
                     name_key = excluded.name_key, hash = excluded.hash, changed_at = excluded.changed_at)",
              account.person, account.sign_in_name, fold(account.sign_in_name), account.hash, now);
}

void AuthStore::remove_passphrase(PersonId person)
{
    m_tx.exec("delete from auth_passphrases where person_id = ?1", person);
}

std::int64_t AuthStore::remove_dead(Instant before)
{
    const auto invitations = m_tx.exec(
        "delete from auth_invitations where expires_at < ?1 or used_at < ?1 and is_reusable = 0 or revoked_at < ?1",
        before);
    return invitations + m_tx.exec("delete from auth_sessions where last_seen_at < ?1", before);
}

} // namespace adal::auth
