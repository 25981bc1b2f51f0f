#include "oversight/form_http.hpp"
#include "oversight/oversight.hpp"
#include "oversight/pages.hpp"
#include "oversight/task_view.hpp"

#include <algorithm>
#include <charconv>

namespace adal::oversight {

namespace {

using http::Reply;
using http::Request;
using storage::Snapshot;
using storage::Transaction;

Result<Assignment> own_assignment(Snapshot& db, const Request& request)
{
    const auto id = request.path_id<AssignmentId>();
    if (!id) return pass(id);
    auto assignment = find_assignment(db, *id);
    if (!assignment) return fail(visit_unknown_assignment);
    if (!assignment->has(request.person())) return fail(assignment_not_yours);
    return *assignment;
}

TaskRow row_of(Snapshot& db, Assignment assignment)
{
    TaskRow row{.assignment = std::move(assignment)};
    if (const auto place = find_place(db, row.assignment.place)) {
        row.place = place->name;
        row.address = place->address;
    }
    auto visits = list_visits(db, {.assignment = row.assignment.id}).rows;
    if (!visits.empty()) row.visit = std::move(visits.back());
    return row;
}

// Claimed fixes that this person neither found nor claimed.
std::vector<Finding> fix_checks_for(Snapshot& db, const Request& request)
{
    std::vector<Finding> out;
    if (!request.may(Permission::check_fixes)) return out;
    for (auto& finding : list_findings(db, {.states = {FindingState::fix_claimed}}).rows) {
        const auto claims = fix_claims_of(db, finding.id);
        const bool is_claimant = !claims.empty() && claims.back().claimed_by == request.person();
        if (!finding.has_author(request.person()) && !is_claimant) out.push_back(std::move(finding));
    }
    return out;
}

Result<Reply> show_tasks(Snapshot& db, const Request& request)
{
    TaskListPage view;
    for (auto& assignment : tasks_of(db, request.person())) view.tasks.push_back(row_of(db, std::move(assignment)));
    for (const auto& visit : list_visits(db, {.person = request.person()}).rows) {
        const auto assignment = find_assignment(db, visit.assignment);
        const bool is_listed = std::ranges::any_of(view.tasks, [&](const TaskRow& row) { return row.assignment.id == visit.assignment; });
        if (assignment && !is_listed) view.sent.push_back(row_of(db, *assignment));
    }
    std::ranges::reverse(view.sent);
    view.fix_checks = fix_checks_for(db, request);
    return render(request, task_list(request, view));
}

Result<Reply> show_task(Snapshot& db, const Request& request)
{
    const auto assignment = own_assignment(db, request);
    if (!assignment) return pass(assignment);
    const auto place = find_place(db, assignment->place);
    const auto control = find_control(db, assignment->control);
    ADAL_CHECK(place && control);
    return render(request, task_page(request, {*assignment, *place, *control, list_visits(db, {.assignment = assignment->id}).rows}));
}

Result<Reply> show_visit_form(Snapshot& db, const Request& request)
{
    const auto assignment = own_assignment(db, request);
    if (!assignment) return pass(assignment);
    const auto control = find_control(db, assignment->control);
    const auto place = find_place(db, assignment->place);
    ADAL_CHECK(place && control);
    const auto visits = list_visits(db, {.assignment = assignment->id}).rows;
    const bool is_amendment = !visits.empty() && visits.back().state == VisitState::needs_info;
    if (!is_amendment)
        if (const auto allowed = may_send_visit(*assignment, request.person()); !allowed) return pass(allowed);
    const auto* checklist = control->checklist_hash ? find_checklist(*control->checklist_hash) : find_checklist(control->checklist);
    if (!checklist) return fail(visit_wrong_checklist, {{"checklist", control->checklist}});
    VisitFormPage view{.assignment = *assignment, .place = *place, .checklist = checklist};
    view.client_id = is_amendment ? visits.back().client_id : VisitId::make(request.at).str();
    if (is_amendment) view.review_text = visits.back().review_text;
    return render(request, visit_form(request, view));
}

json::value answer_of(const Request& request, const Item& item, const std::string& field)
{
    if (item.type != ItemType::choices) return json::value(request.field(field));
    json::array chosen;
    for (const auto value : request.fields(field)) chosen.emplace_back(value);
    return chosen;
}

void read_items(const Request& request, const Section& part, const std::string& prefix, json::object& into)
{
    for (const auto& item : part.items) {
        if (item.type == ItemType::photo || item.type == ItemType::position) continue;
        const auto field = "a:" + prefix + item.name;
        if (request.field(field).empty()) continue; // not answered
        into[item.name] = answer_of(request, item, field);
    }
}

// An entry of a repeated section counts when anything of it was filled.
json::object read_answers(const Request& request, const Checklist& checklist)
{
    json::object answers;
    for (const auto& part : checklist.sections) {
        if (!part.repeats) {
            read_items(request, part, "", answers);
            continue;
        }
        json::array entries;
        for (int n = 0; n < kFormEntries; ++n) {
            json::object entry;
            read_items(request, part, part.name + "[" + std::to_string(n) + "].", entry);
            if (!entry.empty()) entries.push_back(std::move(entry));
        }
        if (!entries.empty()) answers[part.name] = std::move(entries);
    }
    return answers;
}

Result<Reply> post_visit(Transaction& tx, const Request& request, files::Store& files)
{
    const auto assignment = own_assignment(tx, request);
    if (!assignment) return pass(assignment);
    const auto control = find_control(tx, assignment->control);
    ADAL_CHECK(control.has_value());
    const auto* checklist = control->checklist_hash ? find_checklist(*control->checklist_hash) : find_checklist(control->checklist);
    if (!checklist) return fail(visit_wrong_checklist, {{"checklist", control->checklist}});
    const auto position = read_position(request);
    if (!position) return pass(position);
    auto photos = read_photos(tx, request, files, PhotoRole::defect, request.at);
    if (!photos) return pass(photos);
    const Submission submission{.client_id = std::string{request.field("client_id")}, .assignment = assignment->id, .checklist = checklist->id,
                                .answers = read_answers(request, *checklist), .position = *position, .finished_at = request.at, .photos = std::move(*photos)};
    const auto receipt = submit_visit(tx, files, submission, request.person(), request.at);
    if (!receipt) return pass(receipt);
    return http::see_other(request.link("/tasks/" + assignment->id.str()));
}

http::WriteHandler answer_offer(Result<Assignment> (*f)(Transaction&, AssignmentId, PersonId, Instant))
{
    return [f](Transaction& tx, const Request& request) -> Result<Reply> {
        const auto id = request.path_id<AssignmentId>();
        if (!id) return pass(id);
        const auto changed = f(tx, *id, request.person(), request.at);
        if (!changed) return pass(changed);
        return http::see_other(request.link(changed->has(request.person()) ? "/tasks/" + id->str() : std::string{"/tasks"}));
    };
}

} // namespace

void add_task_routes(http::Router& router, files::Store& files)
{
    router.page("/tasks", Permission::take_assignments, show_tasks, {.doc = "own tasks"});
    router.page("/tasks/{id}", Permission::take_assignments, show_task, {.doc = "one task"});
    router.form("/tasks/{id}/accept", Permission::take_assignments, answer_offer(accept_assignment), {.doc = "take a task"});
    router.form("/tasks/{id}/decline", Permission::take_assignments, answer_offer(decline_assignment), {.doc = "decline a task"});
    router.page("/tasks/{id}/visit", Permission::take_assignments, show_visit_form, {.doc = "form of a visit"});
    router.form("/tasks/{id}/visit", Permission::take_assignments,
                [&files](Transaction& tx, const Request& request) { return post_visit(tx, request, files); },
                {.body_limit = 160 << 20, .multipart = true, .max_files = 20, .doc = "send a visit with answers, position and photos"});
}

} // namespace adal::oversight
