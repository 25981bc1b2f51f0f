// Operations on visits of oversight.hpp.
#include "oversight/happened_store.hpp"
#include "oversight/oversight.hpp"

namespace adal::oversight {

namespace {

using storage::Transaction;

constexpr std::string_view kVolunteer = "volunteer", kReviewer = "reviewer";

void finish_assignment(Transaction& tx, Assignment assignment, PersonId actor, Instant now)
{
    const auto from = name(assignment.state);
    auto finished = finish(std::move(assignment), actor);
    if (!finished) return; // finished already by an earlier visit of the team
    finished->version += 1;
    ADAL_CHECK(save(tx, *finished).has_value());
    happened(tx, Entity::assignment, finished->id.text(), {actor, kVolunteer, now}, "finish", from, name(finished->state));
}

struct Surroundings {
    Assignment assignment{};
    Control control{};
    Place place{};
    const Checklist* checklist = nullptr;
};

Result<Surroundings> surroundings_of(storage::Snapshot& snapshot, const Submission& submission)
{
    Surroundings out;
    const auto assignment = find_assignment(snapshot, submission.assignment);
    if (!assignment) return fail(visit_unknown_assignment);
    const auto control = find_control(snapshot, assignment->control);
    const auto place = find_place(snapshot, assignment->place);
    ADAL_CHECK(control && place);
    out.checklist = control->checklist_hash ? find_checklist(*control->checklist_hash) : nullptr;
    if (!out.checklist || out.checklist->id != submission.checklist) return fail(visit_wrong_checklist, {{"checklist", submission.checklist}});
    out.assignment = *assignment;
    out.control = *control;
    out.place = *place;
    return out;
}

Result<Receipt> first_time(Transaction& tx, const Submission& submission, const Surroundings& around, PersonId actor, Instant now)
{
    if (around.control.state != ControlState::open) return fail(control_not_open);
    auto visit = receive(submission, around.assignment, around.place, *around.checklist, actor, now);
    if (!visit) return pass(visit);
    visit->id = VisitId::make(now);
    add(tx, *visit);
    happened(tx, Entity::visit, visit->id.text(), {actor, kVolunteer, now}, "receive", "", name(visit->state));
    finish_assignment(tx, around.assignment, actor, now);
    return receipt_of(*visit);
}

Result<Receipt> once_more(Transaction& tx, Visit visit, const Submission& submission, const Surroundings& around, PersonId actor, Instant now)
{
    const auto from = name(visit.state);
    auto amended = amend(std::move(visit), submission, around.place, *around.checklist, actor, now);
    if (!amended) return pass(amended);
    save(tx, *amended);
    happened(tx, Entity::visit, amended->id.text(), {actor, kVolunteer, now}, "amend", from, name(amended->state));
    return receipt_of(*amended);
}

// Every photo that carries a file carries one whose bytes are what was declared.
Result<Done> check_files(storage::Snapshot& snapshot, const files::Store& files, const std::vector<Photo>& photos)
{
    for (const auto& photo : photos) {
        if (!photo.file.is_set()) continue;
        const auto stored = files.find(snapshot, photo.file);
        if (!stored || stored->sha256 != photo.sha256) return fail(visit_photo_unknown);
    }
    return done();
}

template <typename Rule>
Result<Visit> judge(Transaction& tx, VisitId id, const Acting& who, std::string_view action, std::string_view text, Rule rule)
{
    auto visit = find_visit(tx, id);
    if (!visit) return fail(not_found);
    const auto from = name(visit->state);
    auto changed = rule(std::move(*visit));
    if (!changed) return pass(changed);
    save(tx, *changed);
    const auto reason = changed->reject_reason ? name(*changed->reject_reason) : std::string_view{};
    happened(tx, Entity::visit, id.text(), who, action, from, name(changed->state), reason, text);
    return *changed;
}

} // namespace

Result<Receipt> submit_visit(Transaction& tx, const files::Store& files, const Submission& submission, PersonId actor, Instant now)
{
    const auto around = surroundings_of(tx, submission);
    if (!around) return pass(around);
    const auto hash = content_hash(submission, around->checklist->hash);
    auto known = find_visit(tx, submission.client_id);
    if (known && !known->has_author(actor) && known->sent_by != actor) return fail(visit_not_yours);
    if (auto receipt = find_receipt(tx, submission.client_id, hash)) return *receipt; // I13
    if (const auto right = check_files(tx, files, submission.photos); !right) return pass(right);
    if (!known) return first_time(tx, submission, *around, actor, now);
    if (known->state != VisitState::needs_info) return fail(visit_differs);
    return once_more(tx, std::move(*known), submission, *around, actor, now);
}

Result<Receipt> attach_photo(Transaction& tx, const files::Store& files, std::string_view client_id, FileId file, PersonId actor, Instant now)
{
    auto visit = find_visit(tx, client_id);
    if (!visit) return fail(not_found);
    if (!visit->has_author(actor) && visit->sent_by != actor) return fail(visit_not_yours);
    const auto stored = files.find(tx, file);
    if (!stored) return fail(visit_photo_unknown);
    const auto from = visit->state;
    auto attached = attach(std::move(*visit), stored->sha256, file);
    if (!attached) return pass(attached);
    save(tx, *attached);
    if (attached->state != from) happened(tx, Entity::visit, attached->id.text(), {actor, kVolunteer, now}, "complete", name(from), name(attached->state));
    return receipt_of(*attached);
}

Result<Visit> ask_visit_info(Transaction& tx, VisitId visit, std::string_view text, PersonId actor, Instant now)
{
    return judge(tx, visit, {actor, kReviewer, now}, "ask", text, [&](Visit v) { return ask_for_info(std::move(v), actor, text); });
}

Result<Visit> reject_visit(Transaction& tx, VisitId visit, RejectReason reason, std::string_view text, PersonId actor, Instant now)
{
    return judge(tx, visit, {actor, kReviewer, now}, "reject", text, [&](Visit v) { return reject(std::move(v), actor, reason, text); });
}

Result<Accepted> accept_visit(Transaction& tx, VisitId visit, PersonId actor, Instant now)
{
    auto accepted = judge(tx, visit, {actor, kReviewer, now}, "accept", "", [&](Visit v) { return accept(std::move(v), actor); });
    if (!accepted) return pass(accepted);
    const auto answers = parse_json(accepted->answers);
    ADAL_CHECK(answers.has_value());
    auto steps = findings_of(*accepted, text_at(*answers, "note").value_or(""), now);
    if (!steps) return pass(steps);
    Accepted out{.visit = *accepted};
    for (auto& step : *steps) {
        step.finding.id = FindingId::make(now);
        add(tx, step.finding);
        happened(tx, Entity::finding, step.finding.id.text(), {accepted->sent_by, kVolunteer, now}, name(step.action), "", name(step.finding.state));
        out.findings.push_back(step.finding.id);
    }
    return out;
}

} // namespace adal::oversight
