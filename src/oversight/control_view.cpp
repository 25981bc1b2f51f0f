#include "oversight/control_view.hpp"

#include "http/target.hpp"
#include "oversight/checklist.hpp"
#include "oversight/label_view.hpp"

namespace adal::oversight {

using namespace http;

namespace {

std::string day(const Request& request, const std::optional<LocalDate>& date)
{
    return date ? i18n::date(request.language, *date) : std::string{"…"};
}

Html text_list(const std::vector<std::string>& lines)
{
    Html rows;
    for (const auto& line : lines) rows += li({}, line);
    return ul({}, rows);
}

std::string name_of(const ControlPage& view, PersonId person)
{
    const auto known = view.names.find(person);
    return known == view.names.end() ? std::string{} : known->second;
}

// Names are for the office; the public sees how many there were and what they declared.
Html subjects(const Request& request, const ControlPage& view)
{
    Html rows;
    for (const auto& subject : view.control.subjects) {
        Html declaration = badge(label(request, "conflict", subject.conflict), subject.conflict == Conflict::none ? "good" : "warn");
        Html actions;
        if (view.for_office && subject.conflict == Conflict::not_declared && request.may(Permission::plan_controls))
            actions = post_form(request, "/controls/" + view.control.id.str() + "/declare",
                                hidden_field("person", subject.person.text())
                                    + select_field("conflict#" + subject.person.str(), t(request, "oversight.declaration"),
                                                   {{"none", t(request, "oversight.conflict.none")}, {"declared", t(request, "oversight.conflict.declared")}}, "none")
                                    + submit(t(request, "oversight.record_declaration"), "secondary"),
                                false, "inline");
        rows += li({cls("row")}, div({cls("row-main")}, strong({}, view.for_office ? Html{name_of(view, subject.person)} : t(request, "oversight.subject")),
                                     p({cls("row-note")}, label(request, "subject_role", subject.role))),
                   div({cls("row-side")}, declaration), actions);
    }
    return section({cls("card")}, h2({}, t(request, "oversight.subjects")), ul({cls("rows")}, rows));
}

Html place_links(const Request& request, const std::vector<Place>& places)
{
    Html out;
    for (const auto& place : places) out += p({}, a({href(request.link("/places/" + place.id.str()))}, place.name.in(request.language)));
    return out;
}

Html assign_form(const Request& request, const ControlPage& view)
{
    if (!view.for_office || view.control.state != ControlState::open || !request.may(Permission::plan_controls)) return {};
    std::vector<Choice> people, places;
    for (const auto& person : view.assignable) people.push_back({person.id.str(), Html{person.full_name()}});
    for (const auto& place : view.places) places.push_back({place.id.str(), Html{place.name.in(request.language)}});
    return details({cls("card")}, summary({}, t(request, "oversight.assign_title")),
                   post_form(request, "/controls/" + view.control.id.str() + "/assign",
                             select_field("place", t(request, "oversight.place"), places) + select_field("person", t(request, "oversight.volunteer"), people)
                                 + text_field("due", t(request, "oversight.due"), iso(local_date(request.at).plus_days(7)), {Attr("type", "date"), Attr("required")})
                                 + submit(t(request, "oversight.assign"))));
}

Html assignment_rows(const Request& request, const ControlPage& view)
{
    if (!view.for_office) return {};
    Html rows;
    for (const auto& assignment : view.assignments) {
        Html people;
        for (const auto person : assignment.people) people += span({cls("person")}, name_of(view, person));
        rows += li({cls("row")}, div({cls("row-main")}, people, p({cls("row-note")}, t(request, "oversight.due"), ": ", i18n::date(request.language, assignment.due))),
                   div({cls("row-side")}, state_badge(request, assignment.state)));
    }
    return section({}, h2({}, t(request, "oversight.assignments")),
                   rows.empty() ? empty_state(t(request, "oversight.no_assignments")) : ul({cls("rows")}, rows));
}

Html step_button(const Request& request, const ControlPage& view, std::string_view step, std::string_view key)
{
    return post_form(request, "/controls/" + view.control.id.str() + "/" + std::string{step}, submit(t(request, key)), false, "inline");
}

Html office_steps(const Request& request, const ControlPage& view)
{
    if (!view.for_office || !request.may(Permission::plan_controls)) return {};
    Html out;
    if (view.control.state == ControlState::draft) out += step_button(request, view, "open", "oversight.open_control");
    if (view.control.state == ControlState::open) out += step_button(request, view, "complete", "oversight.complete_control");
    if (view.control.state == ControlState::completed)
        out += p({}, a({href(request.link("/documents/new?control=" + view.control.id.str())), cls("button")}, t(request, "oversight.make_document")));
    // With a law-enforcement body: shared protocol, separate compartments; the pages are the referral room's.
    if (request.may(Permission::send_referrals) && view.control.state != ControlState::draft)
        out += p({}, a({href(request.link("/controls/" + view.control.id.str() + "/joint"))}, t(request, "oversight.joint")));
    return out.empty() ? Html{} : section({cls("card actions-card")}, h2({}, t(request, "oversight.next_step")), out);
}

Html finding_rows(const Request& request, const ControlPage& view)
{
    Html rows;
    for (const auto& finding : view.findings)
        rows += li({cls("row")}, div({cls("row-main")}, a({href(request.link("/findings/" + finding.id.str())), cls("row-title")}, title_of(request, finding))),
                   div({cls("row-side")}, severity_badge(request, finding.severity), state_badge(request, finding.state)));
    return section({}, h2({}, t(request, "oversight.findings")),
                   rows.empty() ? empty_state(t(request, "oversight.no_findings_here")) : ul({cls("rows")}, rows));
}

Html history(const Request& request, const ControlPage& view)
{
    std::vector<TimelineEntry> entries;
    for (const auto& event : view.events)
        entries.push_back({i18n::date_time(request.language, event.at), t(request, "oversight.control_action." + event.action), {}, "neutral"});
    return section({}, h2({}, t(request, "oversight.history")), timeline(entries));
}

Html ground_facts(const Request& request, const Ground& ground)
{
    if (ground.flag.empty() && ground.legal.empty()) return {};
    return section({cls("card")}, h2({}, t(request, "oversight.why_we_went")),
                   facts({{t(request, "oversight.legal_ground"), ground.legal},
                          {t(request, "oversight.risk_sign"), ground.flag.empty() ? std::string{} : ground.flag + " — " + ground.explanation},
                          {t(request, "oversight.tender"), ground.process.empty() ? Html{} : a({href(request.link("/procurement?q=" + percent_encoded(ground.process)))}, ground.process)}}),
                   ground.flag.empty() ? Html{} : p({cls("hint")}, t(request, "oversight.risk_is_no_accusation")));
}

} // namespace

Page control_list(const Request& request, const ControlListPage& view)
{
    Html rows;
    for (const auto& control : view.controls)
        rows += li({cls("row")}, div({cls("row-main")}, a({href(request.link("/controls/" + control.id.str())), cls("row-title")}, control.title),
                                     p({cls("row-note")}, label(request, "control_form", control.form), " · ", control.object.name)),
                   div({cls("row-side")}, state_badge(request, control.state)));
    Page page;
    page.title = i18n::text(request.language, "oversight.controls_title");
    page.description = i18n::text(request.language, "oversight.controls_description");
    page.active = "nav.controls";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, page.description))
                + form({Attr("method", "get"), action(request.link("/controls")), cls("search"), Attr("role", "search")},
                       text_field("q", t(request, "oversight.search_controls"), view.search, {Attr("type", "search")}), submit(t(request, "oversight.find")))
                + (rows.empty() ? empty_state(t(request, "oversight.nothing_found")) : ul({cls("rows")}, rows))
                + pager(request, "/controls?q=" + percent_encoded(view.search), view.next);
    return page;
}

Page control_page(const Request& request, const ControlPage& view)
{
    const auto& control = view.control;
    const auto* checklist = find_checklist(control.checklist);
    Page page;
    page.title = control.title;
    page.active = "nav.controls";
    if (view.for_office) page.audience = Audience::office;
    page.body = div({cls("page-head")}, p({cls("crumbs")}, a({href(request.link("/controls"))}, t(request, "oversight.controls_title"))), h1({}, control.title),
                    p({cls("badges")}, state_badge(request, control.state)),
                    view.for_office && control.adults_only ? p({cls("hint")}, t(request, "oversight.adults_only")) : Html{})
                + office_steps(request, view)
                + section({cls("card")}, h2({}, t(request, "oversight.about_control")),
                          facts({{t(request, "oversight.form"), label(request, "control_form", control.form)},
                                 {t(request, "oversight.object"), control.object.name},
                                 {t(request, "oversight.bin"), control.object.bin},
                                 {t(request, "oversight.places_of_control"), place_links(request, view.places)},
                                 {t(request, "oversight.checklist"), checklist ? Html{checklist->title.in(request.language)} : Html{}},
                                 {t(request, "oversight.planned"), day(request, control.planned_from) + " – " + day(request, control.planned_to)}}),
                          h3({}, t(request, "oversight.tasks_of_control")), text_list(control.tasks))
                + ground_facts(request, control.ground) + subjects(request, view) + assign_form(request, view) + assignment_rows(request, view)
                + finding_rows(request, view) + history(request, view);
    return page;
}

Page control_form(const Request& request, const NewControlPage& view)
{
    std::vector<Choice> checklists;
    for (const auto& checklist : all_checklists()) checklists.push_back({checklist.id, Html{checklist.title.in(request.language)}});
    Html members;
    for (const auto& person : view.people) members += check_field("subject", person.id.text(), Html{person.full_name()});
    const auto today = local_date(request.at);
    Page page;
    page.title = i18n::text(request.language, "oversight.new_control_title");
    page.audience = Audience::office;
    page.scripts = {"keep_form.js"};
    page.active = "nav.desk";
    page.body = div({cls("page-head")}, h1({}, page.title), p({cls("lead")}, view.place.name.in(request.language)))
                + ground_facts(request, view.ground)
                + post_form(request, "/controls",
                            hidden_field("place", view.place.id.text()) + hidden_field("process", view.process)
                                + text_field("title", t(request, "oversight.control_name"), i18n::text(request.language, "main_job.control_title", {{"place", view.place.name.in(request.language)}}),
                                             {Attr("required"), Attr("maxlength", 300)})
                                + select_field("form", t(request, "oversight.form"), choices_of(request, "control_form", all_control_forms), "monitoring")
                                + area_field("tasks", t(request, "oversight.tasks_of_control"), view.tasks, {Attr("required"), Attr("rows", 4)}, t(request, "oversight.tasks_hint"))
                                + text_field("object", t(request, "oversight.object"), view.object.name, {Attr("required"), Attr("maxlength", 300)})
                                + text_field("bin", t(request, "oversight.bin"), view.object.bin, {Attr("inputmode", "numeric"), Attr("maxlength", 12)})
                                + select_field("checklist", t(request, "oversight.checklist"), checklists, view.checklist)
                                + text_field("from", t(request, "oversight.planned_from"), iso(today), {Attr("type", "date"), Attr("required")})
                                + text_field("to", t(request, "oversight.planned_to"), iso(today.plus_days(14)), {Attr("type", "date"), Attr("required")})
                                + check_field("adults_only", "yes", t(request, "oversight.adults_only"))
                                + text_field("legal", t(request, "oversight.legal_ground"), i18n::text(request.language, "main_job.legal_ground"), {Attr("maxlength", 500)})
                                + fieldset({}, legend({}, t(request, "oversight.subjects")), p({cls("hint")}, t(request, "oversight.subjects_hint")), members)
                                + keep_notice(request) + submit(t(request, "oversight.save_draft")));
    return page;
}

} // namespace adal::oversight
