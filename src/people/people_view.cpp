#include "people/people_view.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace adal::people {
namespace {

using namespace adal::http;

std::string words(const Request& request, std::string_view key) { return i18n::text(request.language, key); }

Html role_badges(const Request& request, const Roles& roles)
{
    Html out;
    for (const auto role : roles) out += badge(t(request, role_key(role)), "neutral") + Html(" ");
    return out;
}

Html state_badge(const Request& request, State state)
{
    const auto* tone = state == State::active      ? "good"
                       : state == State::suspended ? "bad"
                       : state == State::invited   ? "info"
                                                   : "neutral";
    return badge(t(request, state_key(state)), tone);
}

std::string path_of(const Person& person, std::string_view rest = "")
{
    return fmt::format("/people/{}{}", person.id.text(), rest);
}

template <typename Values> std::vector<Choice> choices(const Request& request, const Values& values, std::string (*key)(typename Values::value_type))
{
    std::vector<Choice> out{{"", t(request, "people.any")}};
    for (const auto value : values) out.push_back({std::string(name(value)), t(request, key(value))});
    return out;
}

Html filter_form(const Request& request, const Filter& filter)
{
    constexpr std::array states{State::invited, State::active, State::suspended, State::left};
    return form({Attr{"method", "get"}, action(request.link("/people")), cls("filter")},
                text_field("q", t(request, "people.search"), filter.search),
                select_field("role", t(request, "people.role"), choices(request, all_roles, role_key),
                             filter.role ? name(*filter.role) : ""),
                select_field("state", t(request, "people.state"), choices(request, states, state_key),
                             filter.state ? name(*filter.state) : ""),
                submit(t(request, "people.find")));
}

// "volunteer,reviewer > lawyer" in words.
std::string role_words(const Request& request, std::string_view detail)
{
    std::string out;
    for (const auto side : split(detail, ' ')) {
        if (side == ">") {
            out += " → ";
            continue;
        }
        bool first = true;
        for (const auto part : split(side, ',')) {
            const auto role = role_from(part);
            if (!role) continue;
            if (!first) out += ", ";
            out += words(request, role_key(*role));
            first = false;
        }
    }
    return out;
}

TimelineEntry entry_of(const Request& request, const PersonView& view, const Event& event)
{
    const bool about_roles = event.kind == "created" || event.kind == "roles";
    const auto who = view.names.find(event.by);
    const auto actor = who == view.names.end() ? words(request, "people.by_console") : who->second;
    const auto detail = about_roles ? role_words(request, event.detail) : event.detail;
    return {.when = i18n::date_time(request.language, event.at),
            .what = t(request, "people.event." + event.kind),
            .detail = detail.empty() ? actor : fmt::format("{} · {}", actor, detail),
            .tone = event.kind == "suspended" || event.kind == "consent_withdrawn" ? "warn" : "neutral"};
}

Html consent_facts(const Request& request, const GuardianConsent& consent)
{
    std::vector<std::pair<Html, Html>> rows{
        {t(request, "field.guardian"), consent.guardian},
        {t(request, "field.relation"), consent.relation},
        {t(request, "field.method"), t(request, "people.consent_method." + std::string(name(consent.method)))},
        {t(request, "field.given_on"), i18n::date(request.language, consent.given_on)}};
    if (consent.withdrawn_at)
        rows.emplace_back(t(request, "people.withdrawn_at"), i18n::date_time(request.language, *consent.withdrawn_at));
    return facts(rows);
}

Html consent_form(const Request& request, const PersonView& view)
{
    std::vector<Choice> methods;
    for (const auto method : {ConsentMethod::paper, ConsentMethod::in_person, ConsentMethod::signature})
        methods.push_back({std::string(name(method)), t(request, "people.consent_method." + std::string(name(method)))});
    const auto given_on = request.field("given_on");
    return post_form(request, path_of(view.person, "/consent"),
                     text_field("guardian", t(request, "field.guardian"), request.field("guardian"), {Attr{"required"}}) +
                         text_field("relation", t(request, "field.relation"), request.field("relation"), {Attr{"required"}},
                                    t(request, "people.relation_hint")) +
                         select_field("method", t(request, "field.method"), methods, request.field("method")) +
                         text_field("given_on", t(request, "field.given_on"), given_on.empty() ? iso(view.today) : std::string(given_on),
                                    {Attr{"type", "date"}, Attr{"required"}}) +
                         submit(t(request, "people.record_consent")));
}

Html consent_section(const Request& request, const PersonView& view)
{
    const auto& person = view.person;
    if (!person.is_minor(view.today) && !person.consent) return {};
    Html inner = h2({}, t(request, "people.consent"));
    if (person.is_minor(view.today) && !person.has_valid_consent())
        inner += notice(t(request, "people.consent_needed"), "warn");
    if (person.consent) inner += consent_facts(request, *person.consent);
    if (person.has_valid_consent())
        inner += post_form(request, path_of(person, "/consent/withdraw"),
                           text_field("reason", t(request, "field.reason"), request.field("reason")) +
                               submit(t(request, "people.withdraw_consent"), "danger"));
    else if (person.is_minor(view.today)) inner += consent_form(request, view);
    return section({cls("panel")}, inner);
}

Html roles_section(const Request& request, const PersonView& view, bool is_refused)
{
    Html boxes;
    for (const auto role : all_roles) {
        const auto typed = request.fields("roles");
        const bool is_typed = std::find(typed.begin(), typed.end(), name(role)) != typed.end();
        if (!may_give(view.actor, role) && !view.person.has(role)) continue;
        boxes += check_field("roles", name(role), t(request, role_key(role)),
                             is_refused && !typed.empty() ? is_typed : view.person.has(role));
    }
    return section({cls("panel")}, h2({}, t(request, "people.roles")),
                   post_form(request, path_of(view.person, "/roles"),
                             hidden_field("version", std::to_string(view.person.version)) +
                                 fieldset({cls("field")}, legend({}, t(request, "people.roles_question")), boxes) +
                                 submit(t(request, "people.save_roles"))));
}

Html state_section(const Request& request, const PersonView& view)
{
    const auto& person = view.person;
    const auto reason = text_field("reason#suspend", t(request, "field.reason"), request.field("reason"));
    Html inner = h2({}, t(request, "people.access"));
    inner += p({}, a({cls("button quiet"), href(request.link(path_of(person, "/access")))}, t(request, "people.open_access")));
    if (person.state == State::suspended || person.state == State::left)
        inner += post_form(request, path_of(person, "/resume"), submit(t(request, "people.resume")));
    if (person.state == State::invited || person.state == State::active)
        inner += post_form(request, path_of(person, "/suspend"),
                           p({cls("hint")}, t(request, "people.suspend_hint")) + reason + submit(t(request, "people.suspend"), "danger"));
    if (person.state != State::left)
        inner += details({}, summary({}, t(request, "people.leave_question")),
                         post_form(request, path_of(person, "/leave"), submit(t(request, "people.leave"), "danger")));
    return section({cls("panel")}, inner);
}

Html about(const Request& request, const PersonView& view)
{
    const auto& person = view.person;
    std::vector<std::pair<Html, Html>> rows{
        {t(request, "field.pseudonym"), person.pseudonym},
        {t(request, "people.state"), state_badge(request, person.state)},
        {t(request, "people.roles"), role_badges(request, person.roles)},
        {t(request, "people.language"), t(request, "people.language." + std::string(i18n::code(person.language)))}};
    if (person.birth_year) rows.emplace_back(t(request, "field.birth_year"), std::to_string(*person.birth_year));
    if (person.is_minor(view.today)) rows.emplace_back(t(request, "people.age"), badge(t(request, "people.minor"), "warn"));
    return facts(rows);
}

} // namespace

std::string role_key(Role role) { return "people.role." + std::string(name(role)); }
std::string state_key(State state) { return "people.state." + std::string(name(state)); }

Reply list_page(const Request& request, const std::vector<Person>& people, const Filter& filter)
{
    std::vector<std::vector<Html>> rows;
    for (const auto& person : people)
        rows.push_back({a({href(request.link(path_of(person)))}, person.family_name + " " + person.given_name),
                        person.pseudonym, role_badges(request, person.roles), state_badge(request, person.state)});
    Html body = h1({}, t(request, "people.title"));
    body += p({cls("actions")}, a({cls("button"), href(request.link("/invite"))}, t(request, "people.invite")));
    body += filter_form(request, filter);
    if (rows.empty()) body += empty_state(t(request, "people.nobody"));
    else
        body += data_table(t(request, "people.table"),
                           {words(request, "people.name"), words(request, "field.pseudonym"),
                            words(request, "people.roles"), words(request, "people.state")},
                           rows);
    const bool is_full = people.size() == static_cast<std::size_t>(filter.limit);
    body += pager(request, "/people", is_full ? people.back().id.str() : "");
    return render(request, {.title = words(request, "people.title"),
                            .audience = Audience::office,
                            .body = body,
                            .active = "nav.people"});
}

Reply person_page(const Request& request, const PersonView& view, const Problem* refused)
{
    const auto& person = view.person;
    Html body = p({cls("back")}, a({href(request.link("/people"))}, t(request, "people.title")));
    if (refused != nullptr) body += error_summary(request, *refused);
    body += h1({}, person.full_name()) + about(request, view) + consent_section(request, view);
    const bool is_self = request.principal && request.person() == person.id;
    if (is_self) body += notice(t(request, "people.this_is_you"));
    else if (!may_manage(view.actor, person)) body += notice(t(request, "problem.people.role_beyond_yours"));
    else body += roles_section(request, view, refused != nullptr) + state_section(request, view);

    std::vector<TimelineEntry> entries;
    for (const auto& event : view.events) entries.push_back(entry_of(request, view, event));
    body += section({}, h2({}, t(request, "people.history")), timeline(entries));
    return render(request,
                  {.title = person.full_name(), .audience = Audience::office, .body = body, .active = "nav.people"},
                  refused != nullptr ? refused->code->http_status : 200);
}

} // namespace adal::people
