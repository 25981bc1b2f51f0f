// Steps after the sending: rule, rows, leaf in the log, and the move of the findings.
#include "base/text.hpp"
#include "ledger/ledger.hpp"
#include "referral/authority_store.hpp"
#include "referral/calendar_store.hpp"
#include "referral/competence_store.hpp"
#include "referral/document_store.hpp"
#include "referral/referral.hpp"
#include "referral/step_store.hpp"

#include "files/file_store.hpp"

#include <algorithm>

namespace adal::referral {

namespace stepping {

using oversight::FindingAction;
using oversight::FindingState;

// Everything a step is judged by, read once.
struct Scene {
    Document document{};
    Recommendation recommendation{};
    Dispatch sent{};
    std::vector<Step> steps{};
    WorkingDays calendar;
    LocalDate today{};
};

Result<Scene> scene_of(storage::Snapshot& snapshot, const Law& law, DocumentId id, RecommendationId wanted, Instant now)
{
    auto document = read_document(snapshot, id);
    if (!document) return fail(not_found);
    if (!is_intact(*document)) return fail(document_changed);
    const auto* recommendation = document->find(wanted);
    if (recommendation == nullptr) return fail(step_other_document);
    auto sent = find_dispatch(snapshot, recommendation->dispatch);
    if (!sent) sent = Dispatch{.sent_at = document->signed_at.value_or(document->drafted_at)};
    const auto today = local_date(now);
    return Scene{.document = *document,
                 .recommendation = *recommendation,
                 .sent = *sent,
                 .steps = steps_of(snapshot, wanted),
                 .calendar = calendar_on(snapshot, law, today),
                 .today = today};
}

std::optional<ReplyClass> answer_class(storage::Snapshot& snapshot, RecommendationId id)
{
    for (const auto& reply : list_replies(snapshot, id))
        if (is_answer(reply.reply_class)) return reply.reply_class;
    return std::nullopt;
}

bool is_missed_or_lost(const Step& step, LocalDate today)
{
    if (!is_our_letter(step.kind)) return false;
    return is_overdue(step, today) || (step.end && step.end->outcome == StepOutcome::rejected);
}

StepGround ground_of(storage::Snapshot& snapshot, const Recommendation& recommendation, const std::vector<Step>& steps,
                     LocalDate sent_on, LocalDate today)
{
    StepGround ground{.is_overdue = is_overdue(recommendation, today),
                      .answered_as = answer_class(snapshot, recommendation.id),
                      .answerable = recommendation.answerable(),
                      .sent_on = sent_on};
    for (const auto& [id, standing] : oversight::standings(snapshot, recommendation.findings))
        ground.has_unfixed |= standing.state == FindingState::not_fixed || standing.state == FindingState::reopened;
    ground.has_missed_or_lost_step =
        std::ranges::any_of(steps, [&](const Step& step) { return is_missed_or_lost(step, today); });
    ground.is_holder_gone = !authority_on(snapshot, ground.answerable, today);
    return ground;
}

StepGround ground_of(storage::Snapshot& snapshot, const Scene& scene)
{
    return ground_of(snapshot, scene.recommendation, scene.steps, local_date(scene.sent.sent_at), scene.today);
}

// Hearing and extension come from whom must answer; everything else names an authority of that day.
Result<Done> address(storage::Snapshot& snapshot, const Scene& scene, Step& step)
{
    if (step.kind == StepKind::hearing || step.kind == StepKind::extension) {
        step.authority = scene.recommendation.answerable();
        step.authority_version = scene.recommendation.holder.is_set() ? scene.recommendation.holder_version
                                                                      : scene.sent.authority_version;
        return done();
    }
    const auto on = step.kind == StepKind::succession ? scene.today : step.on;
    const auto version = authority_on(snapshot, step.authority, on);
    if (!version) return fail(authority_not_on_date, {{"date", iso(on)}});
    step.authority_version = version->id;
    return done();
}

const DeadlineRule& rule_of(const Law& law, const Step& step)
{
    if (step.kind == StepKind::appeal) return law.rules.get_on(rule_complaint, step.on);
    if (step.kind == StepKind::crime_report) return law.rules.get_on(rule_crime, step.on);
    return law.rules.get_on(rule_appeal, step.on);
}

Result<DeadlineRule> kept_rule(storage::Snapshot& snapshot, const Deadline& deadline)
{
    const auto text = rule_text(snapshot, deadline.rule_version);
    ADAL_CHECK(text.has_value());
    return read_deadline_rule(*text);
}

Result<Step> extended(storage::Transaction& tx, const Law& law, const Scene& scene, Step step, const NewStep& typed)
{
    Extension extension{.clock = *scene.recommendation.deadline,
                        .until = typed.until.value_or(LocalDate{}),
                        .notified_on = typed.told_on.value_or(step.on)};
    if (typed.about.is_set()) {
        const auto about = std::ranges::find(scene.steps, typed.about, &Step::id);
        if (about == scene.steps.end()) return fail(step_other_document);
        if (!about->is_open() || !about->deadline) return fail(step_over);
        extension.clock = *about->deadline;
    }
    extension.was_extended = std::ranges::any_of(scene.steps, [&](const Step& other) {
        return other.kind == StepKind::extension && other.about == typed.about;
    });
    const auto rule = kept_rule(tx, extension.clock);
    if (!rule) return pass(rule);
    extension.rule = *rule;
    const auto& notice = law.rules.get_on(rule_extension_notice, step.on);
    return with_extension(std::move(step), extension, notice, scene.calendar);
}

Result<Step> with_clock(storage::Transaction& tx, const Law& law, const Scene& scene, Step step, const NewStep& typed)
{
    switch (step.kind) {
    case StepKind::hearing: {
        const auto& notice = law.rules.get_on(rule_hearing_notice, step.on);
        keep(tx, notice);
        return with_hearing(std::move(step), typed.until.value_or(LocalDate{}), notice, scene.calendar);
    }
    case StepKind::extension: return extended(tx, law, scene, std::move(step), typed);
    case StepKind::forwarding: {
        const auto& reply = law.rules.get_on(rule_reply, step.on);
        const auto& forward = law.rules.get_on(rule_forward, step.on);
        keep(tx, reply);
        const auto received = scene.sent.received_on.value_or(local_date(scene.sent.sent_at));
        return with_forwarding(std::move(step), typed.told_on.value_or(received), forward, reply, scene.calendar);
    }
    case StepKind::escalation:
    case StepKind::appeal:
    case StepKind::repeat:
    case StepKind::crime_report: {
        const auto& rule = rule_of(law, step);
        keep(tx, rule);
        step.deadline = deadline_of(rule, step.on, scene.calendar);
        return step;
    }
    case StepKind::succession: return step;
    }
    return step;
}

FormerDeadline former(const Deadline& old, MoveReason reason, LocalDate next, Instant now)
{
    return {.deadline = old, .reason = reason, .next_due = next, .replaced_at = now};
}

// The clock of the recommendation goes on as the step says.
void move_recommendation(storage::Transaction& tx, const Scene& scene, const Step& step, MoveReason reason)
{
    auto moved = scene.recommendation;
    add_former_deadline(tx, moved.id, former(*moved.deadline, reason, step.deadline->due, step.recorded_at));
    moved.deadline = step.deadline;
    moved.missed_on.reset(); // another term runs; the silence before it stays in the log
    if (reason == MoveReason::forwarded) {
        moved.holder = step.authority;
        moved.holder_version = step.authority_version;
    }
    save(tx, moved);
}

void move_clock(storage::Transaction& tx, const Scene& scene, const Step& step)
{
    if (step.kind == StepKind::forwarding) move_recommendation(tx, scene, step, MoveReason::forwarded);
    if (step.kind == StepKind::succession) {
        auto moved = scene.recommendation;
        moved.holder = step.authority;
        moved.holder_version = step.authority_version;
        save(tx, moved);
    }
    if (step.kind != StepKind::extension) return;
    if (!step.about.is_set()) {
        move_recommendation(tx, scene, step, MoveReason::extended);
        return;
    }
    auto about = *std::ranges::find(scene.steps, step.about, &Step::id);
    add_former_deadline(tx, about, former(*about.deadline, MoveReason::extended, step.deadline->due, step.recorded_at));
    about.deadline = step.deadline;
    about.is_set_by_letter = true;
    about.missed_on.reset();
    save(tx, about);
}

// Whether the channel it goes by takes the letter, as far as its limits are known.
Result<Done> fits_channel(storage::Snapshot& snapshot, const Step& step)
{
    if (!is_our_letter(step.kind) || !step.channel) return done();
    const auto channels = channels_of(snapshot, step.authority);
    const auto* channel = channel_on(channels, *step.channel, step.on);
    if (channel == nullptr) return done();
    Parcel parcel{.letters = static_cast<std::int64_t>(length_in_letters(step.text))};
    for (const auto& id : step.files)
        if (const auto file = files::find_file(snapshot, id)) parcel.file_bytes.push_back(static_cast<std::int64_t>(file->size));
    return fits(*channel, parcel);
}

// What was refused, not fixed or came back is referred again by our letter.
Result<Done> refer_again(storage::Transaction& tx, const Scene& scene, const Step& step)
{
    if (!is_our_letter(step.kind) || step.kind == StepKind::crime_report) return done();
    for (const auto& id : scene.recommendation.findings) {
        const auto finding = oversight::find_finding(tx, id);
        if (!finding || !oversight::next(finding->state, FindingAction::refer)) continue;
        const auto moved = oversight::mark_referred(tx, id, step.id.text(), step.recorded_by, step.recorded_at);
        if (!moved) return pass(moved);
    }
    return done();
}

std::string_view leaf_type(StepKind kind)
{
    if (is_our_letter(kind)) return "referral.sent";
    return kind == StepKind::succession ? "correction" : "authority.reply";
}

Result<Done> commit_files(storage::Snapshot& snapshot, const std::vector<FileId>& ids, ledger::Event& event)
{
    int n = 0;
    for (const auto& id : ids) {
        const auto file = files::find_file(snapshot, id);
        if (!file) return fail(not_found);
        event.commitments.push_back({.label = "file." + std::to_string(n++),
                                     .digest = ledger::Digest{file->sha256, file->size}});
    }
    return done();
}

Result<Done> write_step(storage::Transaction& tx, const Scene& scene, const Step& step)
{
    ledger::Event event{.type = std::string(leaf_type(step.kind)),
                        .case_id = case_of(scene.document, scene.recommendation),
                        .role = "coordinator"};
    event.pub = {{"kind", name(step.kind)},
                 {"step", step.id.text()},
                 {"document", scene.document.id.text()},
                 {"recommendation", scene.recommendation.id.text()},
                 {"authority", step.authority.text()},
                 {"authority_version", step.authority_version.text()},
                 {"on", iso(step.on)},
                 {"late", step.late ? 1 : 0}};
    if (step.deadline) {
        event.pub["due"] = iso(step.deadline->due);
        event.pub["rule"] = step.deadline->rule_version;
        event.pub["calendar"] = step.deadline->calendar_version;
    }
    event.commitments = {{.label = "text", .value = step.text},
                         {.label = "number", .value = step.number},
                         {.label = "actor", .value = step.recorded_by.str()}};
    if (const auto fine = commit_files(tx, step.files, event); !fine) return fine;
    const auto leaf = ledger::append(tx, event, step.recorded_at);
    if (!leaf) return pass(leaf);
    return done();
}

Result<Done> write_end(storage::Transaction& tx, const Document& document, const Step& step, PersonId actor, Instant now)
{
    const auto* recommendation = document.find(step.recommendation);
    ADAL_CHECK(recommendation != nullptr);
    ledger::Event event{.type = "authority.reply", .case_id = case_of(document, *recommendation), .role = "coordinator"};
    event.pub = {{"kind", name(step.kind)},
                 {"step", step.id.text()},
                 {"outcome", name(step.end->outcome)},
                 {"received", iso(step.end->on)},
                 {"late", step.deadline && step.end->on > step.deadline->due ? 1 : 0}};
    event.commitments = {{.label = "reply", .value = step.end->text},
                         {.label = "number", .value = step.end->number},
                         {.label = "actor", .value = actor.str()}};
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    return done();
}

} // namespace stepping

Result<Step> record_step(storage::Transaction& tx, const Law& law, const NewStep& typed, PersonId actor, Instant now)
{
    const auto scene = stepping::scene_of(tx, law, typed.document, typed.recommendation, now);
    if (!scene) return pass(scene);
    Step step{.id = StepId::make(now),
              .recommendation = typed.recommendation,
              .document = typed.document,
              .kind = typed.kind,
              .about = typed.about,
              .authority = typed.authority,
              .channel = typed.channel,
              .number = typed.number,
              .text = typed.text,
              .on = typed.on,
              .files = typed.files,
              .recorded_by = actor,
              .recorded_at = now};
    if (const auto fine = may_step(step, scene->recommendation, stepping::ground_of(tx, *scene), scene->today); !fine)
        return pass(fine);
    if (const auto fine = stepping::address(tx, *scene, step); !fine) return pass(fine);
    if (const auto fine = stepping::fits_channel(tx, step); !fine) return pass(fine);
    auto ready = stepping::with_clock(tx, law, *scene, std::move(step), typed);
    if (!ready) return ready;
    keep(tx, scene->calendar, now);
    add(tx, *ready);
    stepping::move_clock(tx, *scene, *ready);
    if (const auto fine = stepping::refer_again(tx, *scene, *ready); !fine) return pass(fine);
    if (const auto fine = stepping::write_step(tx, *scene, *ready); !fine) return pass(fine);
    return ready;
}

Result<Step> end_step(storage::Transaction& tx, DocumentId document_id, StepId id, const StepEnd& typed, PersonId actor, Instant now)
{
    const auto step = find_step(tx, id);
    if (!step || step->document != document_id) return fail(step_other_document);
    auto ended = end(*step, typed, local_date(now));
    if (!ended) return ended;
    save(tx, *ended);
    const auto document = read_document(tx, document_id);
    ADAL_CHECK(document.has_value());
    if (const auto fine = stepping::write_end(tx, *document, *ended, actor, now); !fine) return pass(fine);
    return ended;
}

Result<Done> reopen(storage::Transaction& tx, RecommendationId id, FindingId finding, std::string_view text,
                    PersonId actor, Instant now)
{
    const auto recommendation = find_recommendation(tx, id);
    if (!recommendation) return fail(not_found);
    const auto& findings = recommendation->findings;
    if (std::ranges::find(findings, finding) == findings.end()) return fail(recommendation_other_finding);
    const auto reopened = oversight::reopen_finding(tx, finding, text, actor, now);
    if (!reopened) return pass(reopened);
    return done();
}

std::vector<StepKind> possible_steps(storage::Snapshot& snapshot, const Document& document,
                                     const Recommendation& recommendation, LocalDate today)
{
    if (document.state == DocumentState::draft) return {};
    const auto steps = steps_of(snapshot, recommendation.id);
    const auto ground = stepping::ground_of(snapshot, recommendation, steps, today, today);
    const bool is_unsent = recommendation.state == RecommendationState::unsent;
    const bool may_extend = std::ranges::any_of(steps, [](const Step& step) {
        return step.is_open() && (step.kind == StepKind::escalation || step.kind == StepKind::repeat);
    });
    std::vector<StepKind> out;
    for (const auto kind : all_step_kinds) {
        if (is_unsent && kind != StepKind::succession) continue;
        if (kind == StepKind::extension && !may_extend) continue;
        if (has_ground(kind, recommendation, ground)) out.push_back(kind);
    }
    return out;
}

std::vector<Step> steps_of_document(storage::Snapshot& snapshot, DocumentId id)
{
    return steps_in(snapshot, id);
}

} // namespace adal::referral
