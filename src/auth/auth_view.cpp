#include "auth/auth_view.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace adal::auth {
namespace {

using namespace adal::http;

std::string words(const Request& request, std::string_view key) { return i18n::text(request.language, key); }

std::string role_key(people::Role role) { return "people.role." + std::string(people::name(role)); }

std::string role_words(const Request& request, const people::Roles& roles)
{
    std::string out;
    for (const auto role : roles) out += (out.empty() ? "" : ", ") + words(request, role_key(role));
    return out;
}

Html problem_of(const Request& request, const Problem* refused)
{
    return refused == nullptr ? Html{} : error_summary(request, *refused);
}

int status_of(const Problem* refused) { return refused == nullptr ? 200 : refused->code->http_status; }

Reply office(const Request& request, std::string_view title_key, const Html& body, int status = 200, std::string active = "")
{
    return render(request,
                  {.title = words(request, title_key), .audience = Audience::office, .body = body, .active = std::move(active)},
                  status);
}

Html passphrase_field(const Request& request, std::string_view name, std::string_view autocomplete, const Html& hint = {})
{
    return text_field(name, t(request, "field." + std::string(name)), "",
                      {Attr{"type", "password"}, Attr{"autocomplete", autocomplete}, Attr{"required"}}, hint);
}

std::vector<Choice> languages(const Request& request)
{
    std::vector<Choice> out;
    for (const auto language : i18n::all_languages) {
        const auto code = std::string(i18n::code(language));
        out.push_back({code, t(request, "people.language." + code)});
    }
    return out;
}

Html session_row(const Request& request, const Session& session, bool is_current)
{
    const auto device = session.device.empty() ? words(request, "auth.unknown_device") : session.device;
    Html inner = strong({}, device) + Html(" ");
    if (is_current) inner += badge(t(request, "auth.this_session"), "good");
    inner += facts({{t(request, "auth.started_at"), i18n::date_time(request.language, session.started_at)},
                    {t(request, "auth.last_seen_at"), i18n::date_time(request.language, session.last_seen_at)}});
    if (!is_current)
        inner += post_form(request, fmt::format("/account/sessions/{}/end", session.id.text()),
                           submit(t(request, "auth.end_session"), "quiet"));
    return li({}, inner);
}

} // namespace

Reply sign_in_page(const Request& request, const Problem* refused)
{
    const auto next = request.field("next").empty() ? request.query_value("next") : request.field("next");
    Html fields = next.empty() ? Html{} : hidden_field("next", next);
    fields += text_field("sign_in_name", t(request, "field.sign_in_name"), request.field("sign_in_name"),
                         {Attr{"autocomplete", "username"}, Attr{"autocapitalize", "none"}, Attr{"required"}});
    fields += passphrase_field(request, "passphrase", "current-password");
    fields += submit(t(request, "http.sign_in"));
    Html body = problem_of(request, refused) + h1({}, t(request, "http.sign_in")) +
                section({cls("panel")}, post_form(request, "/sign-in", fields));
    body += section({cls("panel")}, h2({}, t(request, "auth.have_code")),
                    post_form(request, "/invitation",
                              text_field("code", t(request, "field.code"), "",
                                         {Attr{"autocomplete", "off"}, Attr{"autocapitalize", "characters"},
                                          Attr{"spellcheck", "false"}, Attr{"required"}},
                                         t(request, "auth.code_hint")) +
                                  submit(t(request, "auth.open_invitation"), "quiet")));
    body += p({cls("quiet")}, t(request, "auth.lost_access"));
    return office(request, "http.sign_in", body, status_of(refused));
}

Reply invitation_page(const Request& request, const InvitationView& view)
{
    Html body = h1({}, t(request, "auth.invitation_title"));
    body += p({cls("lead")}, t(request, "auth.invitation_for", {{"name", view.person.given_name}}));
    body += facts({{t(request, "people.roles"), role_words(request, view.person.roles)},
                   {t(request, "auth.expires_at"), i18n::date_time(request.language, view.expires_at)}});
    if (request.principal) body += notice(t(request, "auth.signed_in_already", {{"name", request.principal->display_name}}), "warn");
    body += post_form(request, "/invitation/" + view.code, submit(t(request, "auth.enter")));
    body += p({cls("quiet")}, t(request, "auth.not_for_you"));
    return office(request, "auth.invitation_title", body);
}

Reply account_page(const Request& request, const AccountView& view)
{
    Html body = h1({}, view.person.full_name());
    body += facts({{t(request, "field.pseudonym"), view.person.pseudonym},
                   {t(request, "people.roles"), role_words(request, view.person.roles)},
                   {t(request, "field.sign_in_name"), view.sign_in_name.value_or("")}});
    if (!view.sign_in_name) body += notice(t(request, "auth.no_passphrase_yet"), "warn");
    body += p({cls("actions")},
              a({cls("button"), href(request.link("/account/passphrase"))},
                t(request, view.sign_in_name ? "auth.change_passphrase" : "auth.choose_passphrase")));
    body += section({cls("panel")}, h2({}, t(request, "people.language")),
                    post_form(request, "/account/language",
                              select_field("language", t(request, "auth.language_question"), languages(request),
                                           i18n::code(view.person.language)) +
                                  submit(t(request, "auth.save"), "quiet")));
    Html sessions;
    for (const auto& session : view.sessions) sessions += session_row(request, session, session.id == view.current);
    Html listed = h2({}, t(request, "auth.sessions")) + ul({cls("sessions")}, sessions);
    if (view.sessions.size() > 1)
        listed += post_form(request, "/account/sessions/end-others", submit(t(request, "auth.end_other_sessions"), "danger"));
    body += section({cls("panel")}, listed);
    return office(request, "auth.account", body);
}

Reply passphrase_page(const Request& request, const PassphraseView& view, const Problem* refused)
{
    const auto typed = request.field("sign_in_name");
    const auto name = !typed.empty() ? std::string(typed) : view.sign_in_name.value_or(view.person.given_name);
    Html fields = text_field("sign_in_name", t(request, "field.sign_in_name"), name,
                             {Attr{"autocomplete", "username"}, Attr{"autocapitalize", "none"}, Attr{"required"}},
                             t(request, "auth.sign_in_name_hint"));
    if (view.sign_in_name) fields += passphrase_field(request, "old_passphrase", "current-password");
    fields += passphrase_field(request, "passphrase", "new-password", t(request, "auth.passphrase_hint"));
    fields += submit(t(request, "auth.save"));
    const auto bits = std::to_string(static_cast<int>(std::floor(passphrase_bits())));
    Html body = problem_of(request, refused);
    body += h1({}, t(request, view.sign_in_name ? "auth.change_passphrase" : "auth.choose_passphrase"));
    if (!view.sign_in_name) body += p({cls("lead")}, t(request, "auth.why_passphrase"));
    body += notice(t(request, "auth.suggestion", {{"passphrase", view.suggestion}, {"bits", bits}}));
    body += section({cls("panel")}, post_form(request, "/account/passphrase", fields));
    body += p({}, a({href(request.link("/account"))}, t(request, "auth.later")));
    return office(request, "auth.choose_passphrase", body, status_of(refused));
}

Reply invite_page(const Request& request, const people::Roles& actor, const Problem* refused)
{
    const auto typed = request.fields("roles");
    Html boxes;
    for (const auto role : people::all_roles) {
        if (!people::may_give(actor, role)) continue;
        const bool is_typed = std::find(typed.begin(), typed.end(), people::name(role)) != typed.end();
        boxes += check_field("roles", people::name(role), t(request, role_key(role)),
                             refused == nullptr ? role == people::Role::volunteer : is_typed);
    }
    const auto language = request.field("language");
    Html fields = text_field("given_name", t(request, "field.given_name"), request.field("given_name"), {Attr{"required"}});
    fields += text_field("family_name", t(request, "field.family_name"), request.field("family_name"), {Attr{"required"}});
    fields += text_field("birth_year", t(request, "field.birth_year"), request.field("birth_year"),
                         {Attr{"inputmode", "numeric"}}, t(request, "auth.birth_year_hint"));
    fields += text_field("pseudonym", t(request, "field.pseudonym"), request.field("pseudonym"), {}, t(request, "auth.pseudonym_hint"));
    fields += select_field("language", t(request, "people.language"), languages(request),
                           language.empty() ? i18n::code(request.language) : language);
    fields += fieldset({cls("field"), id_("f-roles")}, legend({}, t(request, "people.roles_question")), boxes);
    fields += submit(t(request, "people.invite"));
    const Html body = problem_of(request, refused) + h1({}, t(request, "people.invite")) +
                      p({cls("lead")}, t(request, "auth.invite_lead")) + section({cls("panel")}, post_form(request, "/invite", fields));
    return office(request, "people.invite", body, status_of(refused), "nav.people");
}

Reply invited_page(const Request& request, const people::Person& person, const NewInvitation& invitation, const std::string& link)
{
    Html body = h1({}, t(request, "auth.invited_title", {{"name", person.full_name()}}));
    body += notice(t(request, "auth.shown_once"), "warn");
    body += facts({{t(request, "field.code"), code({cls("code")}, readable_code(invitation.code))},
                   {t(request, "auth.link"), code({cls("link-text")}, link)},
                   {t(request, "auth.expires_at"), i18n::date_time(request.language, invitation.expires_at)}});
    body += p({}, t(request, "auth.hand_over"));
    body += p({cls("actions")}, a({cls("button"), href(request.link(fmt::format("/people/{}", person.id.text())))}, person.full_name()));
    return office(request, "people.invite", body, 200, "nav.people");
}

Reply access_page(const Request& request, const AccessView& view, const Problem* refused)
{
    const auto path = fmt::format("/people/{}", view.person.id.text());
    Html body = p({cls("back")}, a({href(request.link(path))}, view.person.full_name()));
    body += problem_of(request, refused) + h1({}, t(request, "people.access"));
    body += facts({{t(request, "field.sign_in_name"), view.sign_in_name ? Html(*view.sign_in_name) : t(request, "auth.none_yet")},
                   {t(request, "auth.sessions"), static_cast<std::int64_t>(view.sessions)}});
    Html open;
    for (const auto& invitation : view.open)
        open += li({}, t(request, "auth.expires_at"), ": ", i18n::date_time(request.language, invitation.expires_at),
                   post_form(request, fmt::format("/invitations/{}/revoke", invitation.id.text()),
                             submit(t(request, "auth.revoke_invitation"), "quiet")));
    if (!open.empty()) body += section({cls("panel")}, h2({}, t(request, "auth.open_invitations")), ul({}, open));
    body += section({cls("panel")}, h2({}, t(request, "auth.new_invitation")), p({cls("hint")}, t(request, "auth.new_invitation_hint")),
                    post_form(request, path + "/invitation", submit(t(request, "auth.new_invitation"))));
    return office(request, "people.access", body, status_of(refused), "nav.people");
}

} // namespace adal::auth
