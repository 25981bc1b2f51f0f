#include "auth/auth.hpp"

#include "auth/auth_store.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace adal::auth {
namespace {

constexpr std::chrono::hours kKeepDead{24 * 30};
constexpr std::size_t kShortestName = 3, kLongestName = 40, kLongestDevice = 120;

const Limits& limits_of(const people::Roles& roles)
{
    return is_staff(roles) ? kStaffLimits : kVolunteerLimits;
}

std::string cut(std::string_view text, std::size_t letters)
{
    const auto clean = clean_text(text).value_or("");
    std::size_t at = 0;
    for (std::size_t i = 0; i < letters && at < clean.size(); ++i) next_code_point(clean, at);
    return clean.substr(0, at);
}

// A person who may not sign in is told so only after the right code or passphrase.
Result<SignedIn> begin_session(storage::Transaction& tx, PersonId id, std::string_view device, Instant now)
{
    const auto person = people::activate(tx, id, now);
    if (!person) return fail(no_access);
    // A session may begin in the very millisecond of a resume.
    const auto begun = std::max(now, Instant{person->sessions_from.ms + 1});
    SignedIn signed_in{.person = id, .token = make_token(), .roles = person->roles};
    AuthStore{tx}.add(Session{.id = SessionId::make(now),
                              .person = id,
                              .started_at = begun,
                              .last_seen_at = begun,
                              .device = cut(device, kLongestDevice)},
                      token_hash(signed_in.token));
    return signed_in;
}

NewInvitation add_invitation(storage::Transaction& tx, PersonId person, PersonId by, Instant now,
                             const SignInLink& link)
{
    const auto code = make_code();
    const Invitation invitation{.id = InvitationId::make(now),
                                .person = person,
                                .by = by,
                                .made_at = now,
                                .expires_at = now.plus(link.valid_for),
                                .is_reusable = link.is_reusable};
    AuthStore{tx}.add(invitation, code_hash(code));
    return {.id = invitation.id, .person = person, .code = code, .expires_at = invitation.expires_at};
}

Result<std::string> checked_sign_in_name(std::string_view typed)
{
    const auto text = clean_text(typed);
    if (!text) return fail(bad_field, {{"field", "sign_in_name"}, {"reason", "not_utf8"}});
    const auto length = length_in_letters(fold(*text));
    if (length < kShortestName) return fail(bad_field, {{"field", "sign_in_name"}, {"reason", "too_short"}});
    if (length_in_letters(*text) > kLongestName)
        return fail(bad_field, {{"field", "sign_in_name"}, {"reason", "too_long"}});
    return *text;
}

Result<Done> check_pace(Throttle& throttle, std::string_view account, std::string_view address, Instant now)
{
    const auto wait = throttle.wait(account, address, now);
    if (wait.count() == 0) return done();
    return fail(too_many_tries, {{"seconds", std::to_string((wait.count() + 999) / 1000)}});
}

} // namespace

Result<NewInvitation> invite(storage::Transaction& tx, const people::Details& details, PersonId by, Instant now)
{
    const auto person = people::create(tx, details, by, now);
    if (!person) return pass(person);
    people::record_event(tx, person->id, by, "invited", "", now);
    return add_invitation(tx, person->id, by, now, {});
}

Result<NewInvitation> invite_again(storage::Transaction& tx, PersonId id, PersonId by, Instant now)
{
    const auto person = people::get(tx, id);
    if (!person) return pass(person);
    if (by == id) return fail(people::own_state);
    const auto actor = people::acting_roles(tx, by);
    if (const auto allowed = people::may_manage(actor, *person); !allowed) return pass(allowed);
    if (const auto possible = people::activate(*person); !possible) return pass(possible);

    AuthStore store{tx};
    store.revoke_invitations(id, now);
    store.end_sessions(id);
    store.remove_passphrase(id);
    people::record_event(tx, id, by, "invited", "", now);
    return add_invitation(tx, id, by, now, {});
}

Result<NewInvitation> make_sign_in_link(storage::Transaction& tx, PersonId id, Instant now, const SignInLink& link)
{
    const auto person = people::get(tx, id);
    if (!person) return pass(person);
    people::record_event(tx, id, {}, "sign_in_link", "", now);
    return add_invitation(tx, id, {}, now, link);
}

std::string invitation_link(std::string_view origin, i18n::Language language, std::string_view code)
{
    return std::string(origin) + "/" + std::string(i18n::code(language)) + "/invitation/" + std::string(code);
}

Result<Done> revoke_invitation(storage::Transaction& tx, InvitationId id, PersonId by, Instant now)
{
    AuthStore store{tx};
    const auto invitation = store.invitation(id);
    if (!invitation) return fail(not_found);
    const auto person = people::get(tx, invitation->person);
    if (!person) return pass(person);
    const auto actor = people::acting_roles(tx, by);
    if (const auto allowed = people::may_manage(actor, *person); !allowed) return pass(allowed);
    if (store.revoke(id, now) == 0) return fail(invitation->revoked_at ? invitation_revoked : invitation_used);
    people::record_event(tx, person->id, by, "invitation_revoked", "", now);
    return done();
}

Result<Done> revoke_access(storage::Transaction& tx, PersonId id, PersonId by, std::string_view reason, Instant now)
{
    const auto suspended = people::suspend(tx, id, by, reason, now);
    if (!suspended) return pass(suspended);
    AuthStore store{tx};
    store.end_sessions(id);
    store.revoke_invitations(id, now);
    return done();
}

Result<SignedIn> use_invitation(storage::Transaction& tx, std::string_view typed, std::string_view device, Instant now)
{
    const auto code = read_code(typed);
    if (!code) return fail(invitation_unknown);
    AuthStore store{tx};
    const auto invitation = store.invitation(code_hash(*code));
    if (!invitation) return fail(invitation_unknown);
    if (const auto usable = may_be_used(*invitation, now); !usable) return pass(usable);
    auto signed_in = begin_session(tx, invitation->person, device, now);
    if (!signed_in) return signed_in;
    store.mark_used(invitation->id, now);
    return signed_in;
}

std::vector<Invitation> open_invitations(storage::Snapshot& snapshot, PersonId person, Instant now)
{
    return AuthReader{snapshot}.open_invitations(person, now);
}

std::vector<Session> live_sessions(storage::Snapshot& snapshot, PersonId id, Instant now)
{
    const auto person = people::find(snapshot, id);
    if (!person || person->state != people::State::active) return {};
    auto sessions = AuthReader{snapshot}.sessions(id);
    std::erase_if(sessions, [&](const Session& session) {
        return !is_alive(session, limits_of(person->roles), person->sessions_from, now);
    });
    return sessions;
}

std::optional<std::string> sign_in_name(storage::Snapshot& snapshot, PersonId person)
{
    const auto account = AuthReader{snapshot}.account(person);
    if (!account) return std::nullopt;
    return account->sign_in_name;
}

Auth::Auth(storage::Database& database, Settings settings)
    : m_database(database), m_settings(std::move(settings)),
      m_is_https(m_settings.origin.starts_with("https://"))
{
}

std::optional<http::Principal> Auth::authenticate(storage::Snapshot& snapshot, const http::Request& request)
{
    const auto token = request.cookie(cookie());
    if (!is_token(token)) return std::nullopt;
    auto session = AuthReader{snapshot}.session(token_hash(token));
    if (!session) return std::nullopt;
    const auto person = people::find(snapshot, session->person);
    if (!person || person->state != people::State::active) return std::nullopt;

    const std::lock_guard lock(m_mutex);
    auto& seen = m_seen[session->id.str()];
    session->last_seen_at = std::max(session->last_seen_at, seen);
    if (!is_alive(*session, limits_of(person->roles), person->sessions_from, request.at)) {
        m_seen.erase(session->id.str());
        return std::nullopt;
    }
    seen = std::max(request.at, session->last_seen_at);
    return http::Principal{.person = person->id,
                           .display_name = person->full_name(),
                           .permissions = permissions_of(person->roles),
                           .csrf = csrf_token(token)};
}

Result<SignedIn> Auth::sign_in(std::string_view name, std::string_view passphrase, std::string_view peer,
                               std::string_view device, Instant now)
{
    const std::string key = fold(name), address = address_group(peer);
    if (const auto pace = check_pace(m_throttle, key, address, now); !pace) return pass(pace);
    m_throttle.tried(key, address, now);
    const auto account = m_database.read(
        [&](storage::Snapshot& snapshot) { return AuthReader{snapshot}.account(key); });
    const auto is_right = m_hasher.verify(account ? &account->hash : nullptr, passphrase);
    if (!is_right) return pass(is_right);
    if (!*is_right) return fail(wrong_sign_in);
    m_throttle.succeeded(key, address);
    return m_database.write([&](storage::Transaction& tx) -> Result<SignedIn> {
        const auto current = AuthReader{tx}.account(account->person);
        if (!current || current->hash != account->hash) return fail(wrong_sign_in);
        return begin_session(tx, account->person, device, now);
    });
}

Result<SignedIn> Auth::set_passphrase(PersonId id, const NewPassphrase& wanted, std::string_view peer,
                                      std::string_view device, Instant now)
{
    const auto name = checked_sign_in_name(wanted.sign_in_name);
    if (!name) return pass(name);
    struct Known {
        Result<people::Person> person;
        std::optional<Account> account;
    };
    const auto known = m_database.read([&](storage::Snapshot& snapshot) {
        return Known{people::get(snapshot, id), AuthReader{snapshot}.account(id)};
    });
    if (!known.person) return pass(known.person);
    const auto& person = *known.person;
    const auto accepted = may_be_passphrase(
        wanted.passphrase, {person.given_name, person.family_name, person.pseudonym, *name});
    if (!accepted) return pass(accepted);
    if (known.account)
        if (const auto proven = prove(*known.account, wanted.old_passphrase, peer, now); !proven)
            return pass(proven);

    const auto hash = m_hasher.hash(wanted.passphrase);
    if (!hash) return pass(hash);
    return m_database.write([&](storage::Transaction& tx) -> Result<SignedIn> {
        AuthStore store{tx};
        const auto mine = store.account(id);
        if ((mine ? mine->hash : "") != (known.account ? known.account->hash : "")) return fail(stale_form);
        const auto holder = store.account(*name);
        if (holder && holder->person != id) return fail(sign_in_name_taken);
        store.save({.person = id, .sign_in_name = *name, .hash = *hash}, now);
        store.end_sessions(id);
        people::record_event(tx, id, id, "passphrase", "", now);
        return begin_session(tx, id, device, now);
    });
}

Result<Done> Auth::prove(const Account& account, std::string_view passphrase, std::string_view peer, Instant now)
{
    const std::string key = fold(account.sign_in_name), address = address_group(peer);
    if (const auto pace = check_pace(m_throttle, key, address, now); !pace) return pace;
    m_throttle.tried(key, address, now);
    const auto is_right = m_hasher.verify(&account.hash, passphrase);
    if (!is_right) return pass(is_right);
    if (!*is_right) return fail(wrong_passphrase);
    m_throttle.succeeded(key, address);
    return done();
}

void Auth::flush_last_seen()
{
    std::unordered_map<std::string, Instant> seen;
    {
        const std::lock_guard lock(m_mutex);
        seen = m_seen;
    }
    if (seen.empty()) return;
    const auto written = m_database.write([&](storage::Transaction& tx) {
        AuthStore store{tx};
        for (const auto& [id, at] : seen) store.seen(id, at);
        return done();
    });
    if (!written) return;
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_seen, [&](const auto& entry) {
        const auto flushed = seen.find(entry.first);
        return flushed != seen.end() && flushed->second == entry.second;
    });
}

std::int64_t Auth::remove_dead(Instant now)
{
    return m_database
        .write([&](storage::Transaction& tx) -> Result<std::int64_t> {
            return AuthStore{tx}.remove_dead(now.plus(-kKeepDead));
        })
        .value();
}

} // namespace adal::auth
