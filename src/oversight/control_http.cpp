#include "oversight/control_view.hpp"
#include "oversight/form_http.hpp"
#include "oversight/oversight.hpp"
#include "oversight/pages.hpp"
#include "oversight/process_place.hpp"

#include "base/text.hpp"
#include "people/people.hpp"

namespace adal::oversight {

namespace {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

bool is_office(const Request& request)
{
    return request.may(Permission::plan_controls) || request.may(Permission::verify_findings) || request.may(Permission::sign_documents);
}

Result<Reply> show_list(Snapshot& db, const Request& request)
{
    auto page = list_controls(db, {.text = std::string{request.query_value("q")}, .only_public = !is_office(request), .after = std::string{request.query_value("after")}});
    return render(request, control_list(request, {std::move(page.rows), std::string{request.query_value("q")}, page.next}));
}

Result<Reply> show_control(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<ControlId>();
    if (!id) return pass(id);
    auto control = find_control(db, *id);
    if (!control) return fail(not_found);
    ControlPage view{.control = *control, .for_office = is_office(request)};
    if (!view.for_office && !control->opened_at) return fail(not_found);
    view.control.ground = ground_for_reader(db, request, control->ground);
    view.places = find_places(db, control->places);
    view.findings = list_findings(db, {.control = *id, .only_published = !view.for_office}).rows;
    view.events = timeline(db, Entity::control, id->text());
    if (view.for_office) {
        view.assignments = assignments_of(db, *id);
        std::vector<PersonId> people;
        for (const auto& subject : control->subjects) people.push_back(subject.person);
        view.names = people::full_names(db, people);
        for (auto& person : people::assignable(db, request.at)) {
            const bool is_old_enough = !control->adults_only || people::may_take_hazard(person, local_date(request.at));
            if (is_old_enough && may_be_sent(*control, person.id)) view.assignable.push_back(std::move(person));
        }
    }
    return render(request, control_page(request, view));
}

struct Target {
    Place place{};
    ControlledObject object{};
    Ground ground{};
    std::string process{};
};

// From ?place= (a place we know) or ?process= (a contract that has none yet).
Result<Target> read_target(Snapshot& db, const Request& request, std::string_view place_text, std::string_view process_text)
{
    Target target;
    if (const auto id = PlaceId::parse(place_text)) {
        const auto place = find_place(db, *id);
        if (!place) return fail(not_found);
        target.place = *place;
        target.object.name = place->contract.buyer;
    }
    auto process_id = ProcessId::parse(process_text);
    if (!process_id && !target.place.contract.process.empty()) process_id = procurement::find_process_by_ocid(db, target.place.contract.process);
    if (!process_id) return target.place.id.is_set() ? Result<Target>{target} : fail(not_found);
    const auto process = procurement::find_process(db, *process_id);
    if (!process) return fail(not_found);
    target.object = object_from(*process);
    target.ground = ground_from(*process, procurement::reasons_of(db, *process_id), request.language);
    if (target.place.id.is_set()) return target;
    for (auto& known : places_of_process(db, process->ocid)) {
        target.place = std::move(known);
        return target;
    }
    target.place = place_from(*process);
    target.process = process_id->str();
    return target;
}

Result<Reply> show_form(Snapshot& db, const Request& request)
{
    const auto target = read_target(db, request, request.query_value("place"), request.query_value("process"));
    if (!target) return pass(target);
    if (const auto allowed = may_be_controlled(target->place); !allowed) return pass(allowed);
    const auto* checklist = checklist_for(target->place.kind);
    NewControlPage view{.place = target->place, .object = target->object, .ground = target->ground, .checklist = checklist ? checklist->id : "",
                        .people = people::assignable(db, request.at), .process = target->process};
    if (!target->ground.process.empty()) view.tasks = i18n::text(request.language, "oversight.tasks_of_works");
    return render(request, control_form(request, view));
}

Result<LocalDate> read_day(const Request& request, std::string_view field)
{
    const auto date = parse_date(request.field(field));
    if (!date) return fail(bad_field, {{"field", std::string{field}}, {"reason", "not_a_date"}});
    return *date;
}

Result<Reply> post_control(Transaction& tx, const Request& request)
{
    auto target = read_target(tx, request, request.field("place"), request.field("process"));
    if (!target) return pass(target);
    const auto from = read_day(request, "from"), to = read_day(request, "to");
    if (!from) return pass(from);
    if (!to) return pass(to);
    if (!target->place.id.is_set()) {
        auto added = add_place(tx, target->place, request.person(), request.at);
        if (!added) return pass(added);
        target->place = *added;
    }
    Control control{.title = std::string{request.field("title")}, .form = control_form_from(request.field("form")).value_or(ControlForm::monitoring),
                    .object = {std::string{request.field("object")}, std::string{request.field("bin")}}, .places = {target->place.id},
                    .checklist = std::string{request.field("checklist")}, .ground = target->ground, .planned_from = *from, .planned_to = *to,
                    .adults_only = request.field("adults_only") == "yes"};
    control.ground.legal = std::string{request.field("legal")};
    for (const auto line : split(request.field("tasks"), '\n'))
        if (!trim(line).empty()) control.tasks.emplace_back(trim(line));
    control.subjects.push_back({.person = request.person(), .role = SubjectRole::lead});
    for (const auto text : request.fields("subject"))
        if (const auto person = PersonId::parse(text); person && *person != request.person()) control.subjects.push_back({.person = *person});
    const auto draft = draft_control(tx, control, request.person(), request.at);
    if (!draft) return pass(draft);
    return http::see_other(request.link("/controls/" + draft->id.str()));
}

// One step of a control that needs nothing but its id.
template <typename Step> http::WriteHandler step(Step f)
{
    return [f](Transaction& tx, const Request& request) -> Result<Reply> {
        const auto id = request.path_id<ControlId>();
        if (!id) return pass(id);
        const auto changed = f(tx, *id, request);
        if (!changed) return pass(changed);
        return http::see_other(request.link("/controls/" + id->str()));
    };
}

Result<Control> declare_step(Transaction& tx, ControlId id, const Request& request)
{
    const auto person = PersonId::parse(request.field("person"));
    const auto conflict = conflict_from(request.field("conflict"));
    if (!person || !conflict) return fail(bad_field, {{"field", "conflict"}, {"reason", "not_a_choice"}});
    return declare_conflict(tx, id, *person, *conflict, request.person(), request.at);
}

Result<Assignment> assign_step(Transaction& tx, ControlId id, const Request& request)
{
    const auto place = PlaceId::parse(request.field("place"));
    const auto person = PersonId::parse(request.field("person"));
    if (!place) return fail(bad_field, {{"field", "place"}, {"reason", "required"}});
    if (!person) return fail(bad_field, {{"field", "person"}, {"reason", "required"}});
    const auto due = read_day(request, "due");
    if (!due) return pass(due);
    if (const auto cleared = people::may_be_assigned(tx, *person, request.at); !cleared) return pass(cleared);
    return assign_visit(tx, id, *place, {{*person, true}}, *due, request.person(), request.at);
}

Result<Control> open_step(Transaction& tx, ControlId id, const Request& request)
{
    return open_control(tx, id, request.person(), request.at);
}

Result<Control> complete_step(Transaction& tx, ControlId id, const Request& request)
{
    return complete_control(tx, id, request.person(), request.at);
}

Result<Control> cancel_step(Transaction& tx, ControlId id, const Request& request)
{
    return cancel_control(tx, id, request.field("reason"), request.person(), request.at);
}

} // namespace

void add_control_routes(http::Router& router)
{
    router.page("/controls", Permission::anyone, show_list, {.doc = "controls of the movement"});
    router.page("/controls/new", Permission::plan_controls, show_form, {.doc = "form: plan a control on a place or a contract"});
    router.page("/controls/{id}", Permission::anyone, show_control, {.doc = "one control: form, tasks, subjects, object, findings"});
    router.form("/controls", Permission::plan_controls, post_control, {.doc = "draft of a control"});
    router.form("/controls/{id}/declare", Permission::plan_controls, step(declare_step), {.doc = "record a conflict declaration"});
    router.form("/controls/{id}/open", Permission::plan_controls, step(open_step), {.doc = "open a control"});
    router.form("/controls/{id}/assign", Permission::plan_controls, step(assign_step), {.doc = "send somebody to a place"});
    router.form("/controls/{id}/complete", Permission::plan_controls, step(complete_step), {.doc = "complete a control"});
    router.form("/controls/{id}/cancel", Permission::plan_controls, step(cancel_step), {.doc = "cancel a control with a reason"});
}

} // namespace adal::oversight
