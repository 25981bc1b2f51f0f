#include "referral/referral.hpp"

#include "files/file_store.hpp"
#include "ledger/ledger.hpp"
#include "people/people.hpp"
#include "referral/authority_store.hpp"
#include "referral/calendar_store.hpp"
#include "referral/document_store.hpp"

#include <algorithm>

namespace adal::referral {

namespace {

using oversight::FindingAction;

Result<Done> write_sent(storage::Transaction& tx, const Document& document, const Dispatch& sent,
                        const Recommendation& recommendation, Instant now)
{
    ledger::Event event{.type = "referral.sent",
                        .case_id = case_of(document, recommendation),
                        .role = "coordinator"};
    event.pub = {{"document", document.id.text()},
                 {"recommendation", recommendation.id.text()},
                 {"authority", sent.authority.text()},
                 {"authority_version", sent.authority_version.text()},
                 {"channel", name(sent.channel)},
                 {"sent", iso(local_date(sent.sent_at))},
                 {"due", iso(recommendation.deadline->due)},
                 {"rule", recommendation.deadline->rule_version},
                 {"calendar", recommendation.deadline->calendar_version},
                 {"late", sent.late ? 1 : 0}};
    event.commitments = {{.label = "document", .value = canonical(document)},
                         {.label = "recommendation", .value = recommendation.text},
                         {.label = "number", .value = sent.out_number},
                         {.label = "actor", .value = sent.sent_by.str()}};
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    return done();
}

// Moves a finding when its state allows it. A finding that is further on stays where it is: two
// recommendations may rest on the same one.
template <typename Mark>
Result<Done> move(storage::Transaction& tx, FindingId id, FindingAction action, Mark mark)
{
    const auto finding = oversight::find_finding(tx, id);
    if (!finding) return fail(not_found);
    if (!oversight::next(finding->state, action)) return done();
    const auto moved = mark();
    if (!moved) return pass(moved);
    return done();
}

Result<Done> refer(storage::Transaction& tx, FindingId id, std::string_view reference, PersonId actor, Instant now)
{
    using enum oversight::FindingState;
    const auto finding = oversight::find_finding(tx, id);
    if (!finding) return fail(not_found);
    const std::array already{referred, acknowledged, in_progress, fix_claimed, fixed_verified};
    if (std::ranges::find(already, finding->state) != already.end()) return done();
    const auto moved = oversight::mark_referred(tx, id, reference, actor, now);
    if (!moved) return pass(moved);
    return done();
}

Result<Done> acknowledge_findings(storage::Transaction& tx, const Recommendation& recommendation,
                                  PersonId actor, Instant now)
{
    for (const auto& finding : recommendation.findings) {
        const auto moved = move(tx, finding, FindingAction::acknowledge, [&] {
            return oversight::mark_acknowledged(tx, finding, recommendation.id.text(), actor, now);
        });
        if (!moved) return moved;
    }
    return done();
}

Result<Done> send_recommendation(storage::Transaction& tx, const Document& document, const Dispatch& sent,
                                 Recommendation& recommendation, const Deadline& deadline, Instant now)
{
    auto waiting = send(recommendation, sent.id, deadline);
    if (!waiting) return pass(waiting);
    recommendation = std::move(*waiting);
    save(tx, recommendation);
    for (const auto& finding : recommendation.findings)
        if (auto moved = refer(tx, finding, recommendation.id.text(), sent.sent_by, now); !moved)
            return moved;
    return write_sent(tx, document, sent, recommendation, now);
}

} // namespace

Result<Document> sign_document(storage::Transaction& tx, DocumentId id, PersonId signer, Instant now)
{
    const auto document = read_document(tx, id);
    if (!document) return fail(not_found);
    const auto person = people::get(tx, signer);
    if (!person) return pass(person);
    // A place may have become a special-regime object since the control (art. 1(4)).
    if (const auto control = oversight::find_control(tx, document->control))
        for (const auto& place : oversight::find_places(tx, control->places))
            if (const auto allowed = oversight::may_be_controlled(place); !allowed) return pass(allowed);
    auto ready = sign(*document, signer, person->full_name(), now);
    if (!ready) return ready;
    ++ready->version;
    if (const auto saved = save(tx, *ready); !saved) return pass(saved);
    const auto marked = oversight::mark_control_documented(tx, ready->control, signer, now);
    if (!marked) return pass(marked);
    return ready;
}

Result<Dispatch> send_document(storage::Transaction& tx, const Law& law, DocumentId id,
                               const Sending& sending, PersonId actor, Instant now)
{
    auto document = read_document(tx, id);
    if (!document) return fail(not_found);
    if (!is_intact(*document)) return fail(document_changed);
    const auto sent_on = local_date(sending.sent_at);
    const auto version = authority_on(tx, sending.authority, sent_on);
    if (!version) return fail(authority_not_on_date, {{"date", iso(sent_on)}});

    const auto calendar = calendar_on(tx, law, local_date(now));
    const auto& send_rule = law.rules.get_on(rule_send, local_date(document->held_to));
    const auto& reply_rule = law.rules.get_on(rule_reply, sent_on);
    auto sent = dispatch(*document,
                         {.id = DispatchId::make(now),
                          .authority = sending.authority,
                          .authority_version = version->id,
                          .channel = sending.channel,
                          .out_number = sending.out_number,
                          .sent_at = sending.sent_at,
                          .sent_by = actor,
                          .send_deadline = deadline_of(send_rule, local_date(document->held_to), calendar)},
                         now);
    if (!sent) return sent;
    keep(tx, send_rule);
    keep(tx, reply_rule);
    keep(tx, calendar, now);
    add(tx, *sent);

    // Until the authority says when it registered the document, the day of sending stands for it.
    const auto deadline = deadline_of(reply_rule, sent_on, calendar);
    for (auto& recommendation : document->recommendations) {
        if (recommendation.answerable() != sending.authority ||
            recommendation.state != RecommendationState::unsent)
            continue;
        if (auto fine = send_recommendation(tx, *document, *sent, recommendation, deadline, now); !fine)
            return pass(fine);
    }
    document->state = state_of(*document);
    ++document->version;
    if (const auto saved = save(tx, *document); !saved) return pass(saved);
    return sent;
}

Result<Dispatch> acknowledge(storage::Transaction& tx, const Law& law, DispatchId id, LocalDate received_on,
                             std::string_view in_number, PersonId actor, Instant now)
{
    const auto found = find_dispatch(tx, id);
    if (!found) return fail(not_found);
    const auto received = receive(*found, received_on, in_number, local_date(now));
    if (!received) return received;
    save_receipt(tx, *received);

    const auto& rule = law.rules.get_on(rule_reply, received_on);
    const auto calendar = calendar_on(tx, law, local_date(now));
    const auto deadline = deadline_of(rule, received_on, calendar);
    keep(tx, rule);
    keep(tx, calendar, now);
    for (const auto& recommendation : recommendations_of(tx, received->document)) {
        if (recommendation.dispatch != id) continue;
        const auto moved = redate(recommendation, deadline);
        if (moved.deadline->due != recommendation.deadline->due) {
            add_former_deadline(tx, recommendation.id,
                                {.deadline = *recommendation.deadline,
                                 .reason = MoveReason::received,
                                 .next_due = moved.deadline->due,
                                 .replaced_at = now});
            save(tx, moved);
        }
        if (const auto fine = acknowledge_findings(tx, recommendation, actor, now); !fine) return pass(fine);
    }
    ledger::Event event{.type = "authority.reply", .role = "coordinator"};
    event.pub = {{"kind", "registered"},
                 {"document", received->document.text()},
                 {"authority_version", received->authority_version.text()},
                 {"received", iso(received_on)},
                 {"due", iso(deadline.due)},
                 {"rule", deadline.rule_version},
                 {"calendar", deadline.calendar_version}};
    event.commitments = {{.label = "number", .value = received->in_number},
                         {.label = "actor", .value = actor.str()}};
    if (const auto leaf = ledger::append(tx, event, now); !leaf) return pass(leaf);
    return received;
}

namespace {

Result<Done> write_reply(storage::Transaction& tx, const Document& document,
                         const Recommendation& recommendation, const Reply& reply, Instant now)
{
    ledger::Event event{.type = "authority.reply",
                        .case_id = case_of(document, recommendation),
                        .role = "coordinator"};
    event.pub = {{"kind", name(reply.reply_class)},
                 {"document", document.id.text()},
                 {"recommendation", recommendation.id.text()},
                 {"received", iso(reply.received_on)},
                 {"late", reply.late ? 1 : 0}};
    event.commitments = {{.label = "reply", .value = reply.text},
                         {.label = "number", .value = reply.number},
                         {.label = "actor", .value = reply.registered_by.str()}};
    int n = 0;
    for (const auto& id : reply.files) {
        const auto file = files::find_file(tx, id);
        if (!file) return fail(not_found);
        event.commitments.push_back({.label = "file." + std::to_string(n++),
                                     .digest = ledger::Digest{file->sha256, file->size}});
    }
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    return done();
}

// What the reply means for the findings: work began, or it was refused. `measure_taken` and `solved` are
// words of the authority: work is under way, and whether it is done is seen on the spot.
Result<Done> move_findings(storage::Transaction& tx, const Recommendation& recommendation,
                           const Reply& reply, PersonId actor, Instant now)
{
    if (const auto fine = acknowledge_findings(tx, recommendation, actor, now); !fine) return fine;
    const auto reference = recommendation.id.text();
    for (const auto& finding : recommendation.findings) {
        Result<Done> moved = done();
        switch (reply.reply_class) {
        case ReplyClass::promise:
        case ReplyClass::measure_taken:
        case ReplyClass::solved:
            moved = move(tx, finding, FindingAction::start_work, [&] {
                return oversight::mark_in_progress(tx, finding, reference, actor, now);
            });
            break;
        case ReplyClass::refused:
            moved = move(tx, finding, FindingAction::refuse, [&] {
                return oversight::mark_refused(tx, finding, reply.text, actor, now);
            });
            break;
        case ReplyClass::none:
        case ReplyClass::partial:
        case ReplyClass::formal:
        case ReplyClass::redirected: break;
        }
        if (!moved) return moved;
    }
    return done();
}

} // namespace

Result<Reply> register_reply(storage::Transaction& tx, const NewReply& typed, PersonId actor, Instant now)
{
    const auto document = read_document(tx, typed.document);
    if (!document) return fail(not_found);
    if (!is_intact(*document)) return fail(document_changed);
    const auto* recommendation = document->find(typed.recommendation);
    if (recommendation == nullptr) return fail(reply_other_document);
    const auto sent = find_dispatch(tx, recommendation->dispatch);
    if (!sent) return fail(recommendation_not_sent);

    Reply reply{.id = ReplyId::make(now),
                .recommendation = recommendation->id,
                .received_on = typed.received_on,
                .number = typed.number,
                .reply_class = typed.reply_class,
                .text = typed.text,
                .promised_for = typed.promised_for,
                .files = typed.files,
                .registered_by = actor,
                .registered_at = now,
                .late = typed.received_on > recommendation->deadline->due};
    const auto answered = answer(*recommendation, reply, local_date(sent->sent_at), local_date(now));
    if (!answered) return pass(answered);
    add(tx, reply);
    save(tx, *answered);
    if (const auto fine = move_findings(tx, *answered, reply, actor, now); !fine) return pass(fine);
    if (const auto fine = write_reply(tx, *document, *answered, reply, now); !fine) return pass(fine);
    return reply;
}

Result<Done> claim_fix(storage::Transaction& tx, RecommendationId id, FindingId finding,
                       std::string_view note, PersonId actor, Instant now, oversight::Claimant claimant)
{
    const auto recommendation = find_recommendation(tx, id);
    if (!recommendation) return fail(not_found);
    if (recommendation->state == RecommendationState::unsent) return fail(recommendation_not_sent);
    const auto& findings = recommendation->findings;
    if (std::ranges::find(findings, finding) == findings.end()) return fail(recommendation_other_finding);
    const auto claimed = oversight::claim_finding_fix(tx, finding, claimant, note, actor, now);
    if (!claimed) return pass(claimed);
    return done();
}

std::optional<Document> find_document(storage::Snapshot& snapshot, DocumentId id)
{
    return read_document(snapshot, id);
}

std::optional<DocumentId> document_of(storage::Snapshot& snapshot, ControlId control)
{
    return find_document_of(snapshot, control);
}

std::vector<Dispatch> dispatches_of(storage::Snapshot& snapshot, DocumentId id)
{
    return list_dispatches(snapshot, id);
}

std::vector<Reply> replies_of(storage::Snapshot& snapshot, RecommendationId id)
{
    return list_replies(snapshot, id);
}

std::vector<RecommendationRecord> sent_recommendations(storage::Snapshot& snapshot, Instant as_of)
{
    return list_sent(snapshot, as_of);
}

} // namespace adal::referral
