#include "base/text.hpp"
#include "people/people.hpp"
#include "people/people_view.hpp"

#include <charconv>
#include <fmt/format.h>

namespace adal::people {
namespace {

using http::Reply;
using http::Request;

Result<Reply> list_people(storage::Snapshot& snapshot, const Request& request)
{
    Filter filter{.role = role_from(request.query_value("role")),
                  .state = state_from(request.query_value("state")),
                  .search = clean_text(request.query_value("q")).value_or("")};
    filter.after = PersonId::parse(request.query_value("after")).value_or(PersonId{});
    return list_page(request, list(snapshot, filter), filter);
}

Result<Reply> show(storage::Snapshot& snapshot, const Request& request, const Problem* refused = nullptr)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    const auto person = get(snapshot, *id);
    if (!person) return pass(person);
    PersonView view{.person = *person,
                    .events = events(snapshot, *id),
                    .actor = acting_roles(snapshot, request.person()),
                    .today = local_date(request.at)};
    std::vector<PersonId> actors;
    for (const auto& event : view.events)
        if (event.by.is_set()) actors.push_back(event.by);
    view.names = full_names(snapshot, actors);
    return person_page(request, view, refused);
}

Result<Reply> show_person(storage::Snapshot& snapshot, const Request& request) { return show(snapshot, request); }

// The rules of this room refuse before anything is written, so the page may be shown (and the empty
// transaction committed). A refusal from elsewhere, such as the release of assignments, must roll back.
bool is_refused_by_rule(const Problem& problem)
{
    return problem.code->key.starts_with("people.") || problem.is(bad_field) || problem.is(stale_form);
}

// Back to the person after a change; a refusal shows the form again with what was typed.
Result<Reply> after(storage::Transaction& tx, const Request& request, const Result<Person>& changed)
{
    if (changed) return http::see_other(request.link(fmt::format("/people/{}", changed->id.text())));
    if (!is_refused_by_rule(changed.error())) return pass(changed);
    return show(tx, request, &changed.error());
}

Result<Reply> save_roles(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    Roles wanted;
    for (const auto text : request.fields("roles")) {
        const auto role = role_from(text);
        if (!role) return fail(bad_field, {{"field", "roles"}, {"reason", "unknown"}});
        wanted.insert(*role);
    }
    std::int64_t version = -1; // without one the form is stale
    const auto typed = request.field("version");
    std::from_chars(typed.data(), typed.data() + typed.size(), version);
    if (version == 0) version = -1;
    return after(tx, request, change_roles(tx, *id, wanted, request.person(), version, request.at));
}

Result<Reply> suspend_person(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    return after(tx, request, suspend(tx, *id, request.person(), request.field("reason"), request.at));
}

Result<Reply> resume_person(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    return after(tx, request, resume(tx, *id, request.person(), request.at));
}

Result<Reply> let_leave(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    return after(tx, request, leave(tx, *id, request.person(), request.field("reason"), request.at));
}

Result<Person> consent_from_form(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    const auto method = consent_method_from(request.field("method"));
    if (!method) return fail(bad_field, {{"field", "method"}, {"reason", "unknown"}});
    const auto given_on = parse_date(request.field("given_on"));
    if (!given_on) return fail(bad_field, {{"field", "given_on"}, {"reason", "not_a_date"}});
    return record_consent(tx, *id,
                          {.guardian = std::string(request.field("guardian")),
                           .relation = std::string(request.field("relation")),
                           .method = *method,
                           .given_on = *given_on,
                           .by = request.person()},
                          request.at);
}

Result<Reply> save_consent(storage::Transaction& tx, const Request& request)
{
    return after(tx, request, consent_from_form(tx, request));
}

Result<Reply> end_consent(storage::Transaction& tx, const Request& request)
{
    const auto id = request.path_id<PersonId>();
    if (!id) return pass(id);
    return after(tx, request, withdraw_consent(tx, *id, request.person(), request.field("reason"), request.at));
}

} // namespace

void add_people_routes(http::Router& router)
{
    constexpr auto needed = Permission::manage_people;
    router.page("/people", needed, list_people, {.doc = "Persons: search, roles, state"});
    router.page("/people/{id}", needed, show_person, {.doc = "One person: roles, consent, access, history"});
    router.form("/people/{id}/roles", needed, save_roles, {.doc = "Change somebody's roles"});
    router.form("/people/{id}/suspend", needed, suspend_person, {.doc = "Suspend: sessions end, assignments are released"});
    router.form("/people/{id}/resume", needed, resume_person, {.doc = "Take a suspended or departed person back"});
    router.form("/people/{id}/leave", needed, let_leave, {.doc = "Record that a person left"});
    router.form("/people/{id}/consent", needed, save_consent, {.doc = "Record a guardian's consent"});
    router.form("/people/{id}/consent/withdraw", needed, end_consent, {.doc = "Record that a consent was withdrawn"});
}

} // namespace adal::people
