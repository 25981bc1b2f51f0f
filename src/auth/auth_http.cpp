// The pages of signing in and of one's own account; giving access to others is in access_http.cpp.
#include "auth/access_http.hpp"
#include "auth/auth.hpp"
#include "auth/auth_store.hpp"
#include "auth/auth_view.hpp"
#include "http/target.hpp"

namespace adal::auth {
namespace {

using http::Reply;
using http::Request;

Reply with_session(const Auth& auth, Reply reply, const SignedIn& signed_in)
{
    const auto& limits = is_staff(signed_in.roles) ? kStaffLimits : kVolunteerLimits;
    reply.headers.emplace_back("Set-Cookie", session_cookie(signed_in.token, limits, auth.is_https()));
    return reply;
}

// Says to programs as well how long to wait (RFC 9110 §10.2.3).
Reply slowed(Reply reply, const Problem& refused)
{
    const auto seconds = refused.params.find("seconds");
    if (refused.is(too_many_tries) && seconds != refused.params.end()) reply.headers.emplace_back("Retry-After", seconds->second);
    return reply;
}

Result<Reply> show_sign_in(storage::Snapshot&, const Request& request)
{
    if (request.principal) return http::see_other(request.link("/account"));
    return sign_in_page(request);
}

Result<Reply> post_sign_in(Auth& auth, const Request& request)
{
    const auto signed_in = auth.sign_in(request.field("sign_in_name"), request.field("passphrase"), request.peer,
                                        request.header("user-agent"), request.at);
    if (!signed_in) return slowed(sign_in_page(request, &signed_in.error()), signed_in.error());
    const auto next = request.field("next");
    const auto where = next.empty() ? request.link(auth.settings().after_sign_in) : http::safe_next(next);
    return with_session(auth, http::see_other(where), *signed_in);
}

Result<Reply> sign_out(const Auth& auth, storage::Transaction& tx, const Request& request)
{
    const auto token = request.cookie(auth.cookie());
    if (is_token(token)) AuthStore{tx}.end_by_token(token_hash(token));
    auto reply = http::see_other(request.link("/"));
    reply.headers.emplace_back("Set-Cookie", ended_cookie(auth.is_https()));
    return reply;
}

Result<Reply> post_code(const Request& request)
{
    const auto code = read_code(request.field("code"));
    if (code) return http::see_other(request.link("/invitation/" + *code));
    const Problem unknown{&invitation_unknown};
    return sign_in_page(request, &unknown);
}

Result<Reply> show_invitation(storage::Snapshot& snapshot, const Request& request)
{
    const auto code = read_code(request.param("code"));
    if (!code) return fail(invitation_unknown);
    const auto invitation = AuthReader{snapshot}.invitation(code_hash(*code));
    if (!invitation) return fail(invitation_unknown);
    if (const auto usable = may_be_used(*invitation, request.at); !usable) return pass(usable);
    const auto person = people::get(snapshot, invitation->person);
    if (!person) return pass(person);
    return invitation_page(request, {.code = *code, .person = *person, .expires_at = invitation->expires_at});
}

Result<Reply> enter(const Auth& auth, storage::Transaction& tx, const Request& request)
{
    const auto signed_in = use_invitation(tx, request.param("code"), request.header("user-agent"), request.at);
    if (!signed_in) return pass(signed_in);
    const auto old = request.cookie(auth.cookie()); // who was signed in here is so no more
    if (is_token(old)) AuthStore{tx}.end_by_token(token_hash(old));
    const bool has_passphrase = sign_in_name(tx, signed_in->person).has_value();
    const auto where = has_passphrase ? auth.settings().after_sign_in : "/account/passphrase";
    return with_session(auth, http::see_other(request.link(where)), *signed_in);
}

SessionId current_session(const Auth& auth, storage::Snapshot& snapshot, const Request& request)
{
    const auto session = AuthReader{snapshot}.session(token_hash(request.cookie(auth.cookie())));
    return session ? session->id : SessionId{};
}

Result<Reply> show_account(const Auth& auth, storage::Snapshot& snapshot, const Request& request)
{
    const auto person = people::get(snapshot, request.person());
    if (!person) return pass(person);
    return account_page(request, {.person = *person,
                                  .sign_in_name = sign_in_name(snapshot, person->id),
                                  .sessions = live_sessions(snapshot, person->id, request.at),
                                  .current = current_session(auth, snapshot, request)});
}

Result<Reply> end_session(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<SessionId>();
    if (!id) return pass(id);
    if (AuthStore{tx}.end(*id, request.person()) == 0) return fail(not_found);
    return http::see_other(request.link("/account"));
}

Result<Reply> end_others(const Auth& auth, storage::Transaction& tx, const Request& request)
{
    AuthStore{tx}.end_other_sessions(request.person(), token_hash(request.cookie(auth.cookie())));
    return http::see_other(request.link("/account"));
}

Result<Reply> save_language(storage::Transaction& tx, const Request& request)
{
    const auto language = i18n::language_from(request.field("language"));
    if (!language) return fail(bad_field, {{"field", "language"}, {"reason", "unknown"}});
    const auto saved = people::set_language(tx, request.person(), *language);
    if (!saved) return pass(saved);
    return http::see_other("/" + std::string(i18n::code(*language)) + "/account");
}

Result<Reply> passphrase_form(storage::Snapshot& snapshot, const Request& request, const Problem* refused)
{
    const auto person = people::get(snapshot, request.person());
    if (!person) return pass(person);
    return passphrase_page(
        request,
        {.person = *person, .sign_in_name = sign_in_name(snapshot, person->id), .suggestion = make_passphrase()},
        refused);
}

Result<Reply> save_passphrase(Auth& auth, const Request& request)
{
    const auto changed = auth.set_passphrase(request.person(),
                                             {.sign_in_name = std::string(request.field("sign_in_name")),
                                              .old_passphrase = std::string(request.field("old_passphrase")),
                                              .passphrase = std::string(request.field("passphrase"))},
                                             request.peer, request.header("user-agent"), request.at);
    if (changed) return with_session(auth, http::see_other(request.link("/account")), *changed);
    auto shown = auth.database().read([&](storage::Snapshot& snapshot) { return passphrase_form(snapshot, request, &changed.error()); });
    if (!shown) return pass(shown);
    return slowed(std::move(*shown), changed.error());
}

void add_sign_in_routes(http::Router& router, Auth& auth)
{
    router.page("/sign-in", Permission::anyone, show_sign_in, {.doc = "Sign in by name and passphrase"});
    router.plain_form("/sign-in", Permission::anyone, [&auth](const Request& r) { return post_sign_in(auth, r); },
                      {.body_limit = 8 << 10, .doc = "Begin a session"});
    router.form("/sign-out", Permission::signed_in,
                [&auth](storage::Transaction& tx, const Request& r) { return sign_out(auth, tx, r); }, {.doc = "End this session"});
    router.plain_form("/invitation", Permission::anyone, post_code, {.body_limit = 8 << 10, .doc = "Open a typed invitation code"});
    router.page("/invitation/{code}", Permission::anyone, show_invitation, {.doc = "What an invitation is"});
    router.form("/invitation/{code}", Permission::anyone,
                [&auth](storage::Transaction& tx, const Request& r) { return enter(auth, tx, r); },
                {.body_limit = 8 << 10, .doc = "Use an invitation: begins a session"});
}

void add_account_routes(http::Router& router, Auth& auth)
{
    constexpr auto mine = Permission::signed_in;
    router.page("/account", mine, [&auth](storage::Snapshot& s, const Request& r) { return show_account(auth, s, r); },
                {.doc = "Own account: sessions, language, passphrase"});
    router.form("/account/sessions/{id}/end", mine, end_session, {.doc = "End one of the own sessions"});
    router.form("/account/sessions/end-others", mine,
                [&auth](storage::Transaction& tx, const Request& r) { return end_others(auth, tx, r); },
                {.doc = "End all own sessions but this one"});
    router.form("/account/language", mine, save_language, {.doc = "Choose the own language"});
    router.page("/account/passphrase", mine,
                [](storage::Snapshot& s, const Request& r) { return passphrase_form(s, r, nullptr); },
                {.doc = "Choose or change the passphrase"});
    router.plain_form("/account/passphrase", mine, [&auth](const Request& r) { return save_passphrase(auth, r); },
                      {.body_limit = 8 << 10, .doc = "Save the passphrase; other sessions end"});
}

} // namespace

void add_auth_routes(http::Router& router, Auth& auth)
{
    add_sign_in_routes(router, auth);
    add_account_routes(router, auth);
    add_access_routes(router, auth);
}

} // namespace adal::auth
