#include "auth/access_http.hpp"

#include "auth/auth_store.hpp"
#include "auth/auth_view.hpp"

#include <charconv>
#include <fmt/format.h>

namespace adal::auth {
namespace {

using http::Reply;
using http::Request;

// Only these are raised before anything is written; the form may be shown again for them.
bool is_refused_by_rule(const Problem& problem)
{
    const auto& key = problem.code->key;
    return key.starts_with("people.") || key.starts_with("auth.") || problem.is(bad_field);
}

// The address that people type, from the settings or as the browser said it.
std::string origin_of(const Auth& auth, const Request& request)
{
    if (!auth.settings().origin.empty()) return auth.settings().origin;
    return fmt::format("http://{}", request.header("host"));
}

Result<people::Details> details_from_form(const Request& request)
{
    people::Details details{.given_name = std::string(request.field("given_name")),
                            .family_name = std::string(request.field("family_name")),
                            .pseudonym = std::string(request.field("pseudonym")),
                            .language = i18n::language_from(request.field("language")).value_or(request.language)};
    for (const auto text : request.fields("roles")) {
        const auto role = people::role_from(text);
        if (!role) return fail(bad_field, {{"field", "roles"}, {"reason", "unknown"}});
        details.roles.insert(*role);
    }
    const auto year = request.field("birth_year");
    if (year.empty()) return details;
    int number = 0;
    const auto [end, error] = std::from_chars(year.data(), year.data() + year.size(), number);
    if (error != std::errc{} || end != year.data() + year.size())
        return fail(bad_field, {{"field", "birth_year"}, {"reason", "not_a_number"}});
    details.birth_year = number;
    return details;
}

Result<Reply> show_invite(storage::Snapshot& snapshot, const Request& request)
{
    return invite_page(request, people::acting_roles(snapshot, request.person()));
}

Result<Reply> shown_once(const Auth& auth, storage::Snapshot& snapshot, const Request& request, const NewInvitation& made)
{
    const auto person = people::get(snapshot, made.person);
    if (!person) return pass(person);
    const auto link = invitation_link(origin_of(auth, request), person->language, made.code);
    return invited_page(request, *person, made, link);
}

Result<Reply> post_invite(const Auth& auth, storage::Transaction& tx, const Request& request)
{
    const auto details = details_from_form(request);
    const auto made = details ? invite(tx, *details, request.person(), request.at) : Result<NewInvitation>{pass(details)};
    if (made) return shown_once(auth, tx, request, *made);
    if (!is_refused_by_rule(made.error())) return pass(made);
    return invite_page(request, people::acting_roles(tx, request.person()), &made.error());
}

Result<Reply> access_of(storage::Snapshot& snapshot, const Request& request, PersonId id, const Problem* refused)
{
    const auto person = people::get(snapshot, id);
    if (!person) return pass(person);
    return access_page(request,
                       {.person = *person,
                        .sign_in_name = sign_in_name(snapshot, id),
                        .open = open_invitations(snapshot, id, request.at),
                        .sessions = live_sessions(snapshot, id, request.at).size()},
                       refused);
}

Result<Reply> show_access(storage::Snapshot& snapshot, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    return access_of(snapshot, request, *id, nullptr);
}

Result<Reply> post_invitation(const Auth& auth, storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    const auto made = invite_again(tx, *id, request.person(), request.at);
    if (made) return shown_once(auth, tx, request, *made);
    if (!is_refused_by_rule(made.error())) return pass(made);
    return access_of(tx, request, *id, &made.error());
}

Result<Reply> post_revoke(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<InvitationId>();
    if (!id) return pass(id);
    const auto invitation = AuthReader{tx}.invitation(*id);
    if (!invitation) return fail(not_found);
    const auto revoked = revoke_invitation(tx, *id, request.person(), request.at);
    if (revoked) return http::see_other(request.link(fmt::format("/people/{}/access", invitation->person.text())));
    if (!is_refused_by_rule(revoked.error())) return pass(revoked);
    return access_of(tx, request, invitation->person, &revoked.error());
}

} // namespace

void add_access_routes(http::Router& router, const Auth& auth)
{
    constexpr auto needed = Permission::manage_people;
    router.page("/invite", needed, show_invite, {.doc = "Form to invite a person"});
    router.form("/invite", needed,
                [&auth](storage::Transaction& tx, const Request& r) { return post_invite(auth, tx, r); },
                {.doc = "Make a person and a one-time invitation"});
    router.page("/people/{id}/access", needed, show_access, {.doc = "Somebody's way in: sign-in name, open invitations"});
    router.form("/people/{id}/invitation", needed,
                [&auth](storage::Transaction& tx, const Request& r) { return post_invitation(auth, tx, r); },
                {.doc = "A fresh invitation for somebody who lost access"});
    router.form("/invitations/{id}/revoke", needed, post_revoke, {.doc = "Revoke an open invitation"});
}

} // namespace adal::auth
