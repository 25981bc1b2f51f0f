// referral/referral.hpp: the face of the room. Authorities, final documents of controls, recommendations
// with their clocks and replies (law "On public control" No. 30-VIII art. 13).
//
// Every function that takes a Transaction does the whole step: rule, rows, leaf in the log, and the move of
// the findings in oversight. Times come from outside. Problems are declared in authority.hpp, document.hpp,
// recommendation.hpp and deadline_rule.hpp.
#pragma once

#include "files/files.hpp"
#include "http/router.hpp"
#include "oversight/oversight.hpp"
#include "referral/authority.hpp"
#include "referral/batch.hpp"
#include "referral/calendar.hpp"
#include "referral/competence.hpp"
#include "referral/deadline_rule.hpp"
#include "referral/document.hpp"
#include "referral/joint.hpp"
#include "referral/law.hpp"
#include "referral/open311_client.hpp"
#include "referral/paper.hpp"
#include "referral/recommendation.hpp"
#include "referral/step.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::referral {

// --- authorities -----------------------------------------------------------------------------------
// Adds the first version when `version.authority` is not set, a later one when it is (closing the open
// version on the day before).
Result<AuthorityVersion> add_authority(storage::Transaction& tx, AuthorityVersion version, Instant now);
// All or nothing; returns how many versions were added. Entries already there (same name and day) are kept.
Result<int> import_authorities(storage::Transaction& tx, std::string_view json, Instant now);
Result<int> import_seed_authorities(storage::Transaction& tx, Instant now); // data/authorities/kz.json
// Ends the open version; what still waits for its answer asks for the successor (pages: confirm the successor).
Result<AuthorityVersion> close_authority(storage::Transaction& tx, AuthorityId id, LocalDate last_day);
Result<Done> add_succession(storage::Transaction& tx, const Succession& succession);
Result<Competence> add_competence(storage::Transaction& tx, Competence competence, Instant now);
Result<Channel> add_channel(storage::Transaction& tx, Channel channel, Instant now);
// The e-mail address of the authority on that day: of its main channel, else of another one. channel.address_missing,
// mail.bad_address.
Result<std::string> email_address_of(storage::Snapshot& snapshot, AuthorityId authority, LocalDate on);
// In force on that day and competent for a defect at that place, the nearest territory first; may be empty.
std::vector<AuthorityVersion> competent_authorities(storage::Snapshot& snapshot, const oversight::Place& place, LocalDate date);
std::vector<AuthorityVersion> authorities_on(storage::Snapshot& snapshot, LocalDate date);
std::optional<AuthorityVersion> authority_on(storage::Snapshot& snapshot, AuthorityId id, LocalDate date);
std::optional<AuthorityVersion> authority_version(storage::Snapshot& snapshot, AuthorityVersionId id);

// --- the calendar ------------------------------------------------------------------------------------
// A change of the calendar re-dates every open deadline at once: old and new day stay (former deadlines), and the
// log gets an entry for each (`correction`).
struct CalendarChange {
    int read = 0, added = 0; // days; those known already are left alone
    int moved = 0;           // deadlines
};
Result<CalendarChange> enter_calendar_day(storage::Transaction& tx, const Law& law, const CalendarDay& day,
                                          PersonId actor, Instant now);
// The format of data/calendar/kz.json; all or nothing, the same file again adds nothing.
Result<CalendarChange> import_calendar(storage::Transaction& tx, const Law& law, std::string_view json, Instant now);
std::vector<EnteredDay> entered_calendar_days(storage::Snapshot& snapshot);
// Job: counts open deadlines again when another calendar is known than the last time; how many moved.
int redate_open(storage::Transaction& tx, const Law& law, Instant now);

// --- the final document -------------------------------------------------------------------------------
struct DraftRecommendation {
    std::string text{};
    AuthorityId authority{};
    std::vector<FindingId> findings{};
};
struct Draft {
    std::vector<DraftRecommendation> recommendations{};
    std::string place{};           // empty: the place of the control
    std::string other_documents{};
};
// Fills form, tasks, subjects, times, place and facts from the control, which must be completed.
Result<Document> draft_document(storage::Transaction& tx, ControlId control, const Draft& draft,
                                PersonId drafter, Instant now);
// The same without writing: what the form shows before the first recommendation is typed.
Result<Document> preview_document(storage::Snapshot& snapshot, ControlId control, Instant now);
Result<Document> edit_document(storage::Transaction& tx, DocumentId id, std::int64_t version,
                               const Draft& draft, Instant now);
Result<Document> sign_document(storage::Transaction& tx, DocumentId id, PersonId signer, Instant now);

struct Sending {
    AuthorityId authority{};
    ChannelKind channel = ChannelKind::paper;
    std::string out_number{};
    Instant sent_at{};
};
// Sends the recommendations addressed to that authority: leaf referral.sent for each, findings referred.
Result<Dispatch> send_document(storage::Transaction& tx, const Law& law, DocumentId id,
                               const Sending& sending, PersonId actor, Instant now);
// The authority registered the document: the clock starts on that day.
Result<Dispatch> acknowledge(storage::Transaction& tx, const Law& law, DispatchId id, LocalDate received_on,
                             std::string_view in_number, PersonId actor, Instant now);

struct NewReply {
    DocumentId document{};
    RecommendationId recommendation{};
    LocalDate received_on{};
    std::string number{};
    ReplyClass reply_class = ReplyClass::none;
    std::string text{};
    std::optional<LocalDate> promised_for{};
    std::vector<FileId> files{};
};
Result<Reply> register_reply(storage::Transaction& tx, const NewReply& reply, PersonId actor, Instant now);
// Somebody says that it is repaired. A claimed fix is not a fix: oversight sends another person to look.
Result<Done> claim_fix(storage::Transaction& tx, RecommendationId recommendation, FindingId finding,
                       std::string_view note, PersonId actor, Instant now,
                       oversight::Claimant claimant = oversight::Claimant::authority);

// What happens after the sending (step.hpp). Letters of ours and of authorities are entries of the log
// (referral.sent, authority.reply); a new clock keeps rule, calendar and authority version like the first one.
struct NewStep {
    DocumentId document{};
    RecommendationId recommendation{};
    StepKind kind = StepKind::escalation;
    StepId about{};                      // extension: whose clock; unset: the recommendation's
    AuthorityId authority{};             // to whom; hearing and extension: not asked
    std::optional<ChannelKind> channel{};
    std::string number{};
    std::string text{};
    LocalDate on{};
    std::optional<LocalDate> until{};    // day of the hearing, the extended term
    std::optional<LocalDate> told_on{};  // extension: when we were told; forwarding: when they had received it
    std::vector<FileId> files{};
};
Result<Step> record_step(storage::Transaction& tx, const Law& law, const NewStep& step, PersonId actor, Instant now);
// `document` is the page it was typed on.
Result<Step> end_step(storage::Transaction& tx, DocumentId document, StepId id, const StepEnd& end, PersonId actor, Instant now);
// What may be done next, in the order of all_step_kinds.
std::vector<StepKind> possible_steps(storage::Snapshot& snapshot, const Document& document,
                                     const Recommendation& recommendation, LocalDate today);
std::vector<Step> steps_of_document(storage::Snapshot& snapshot, DocumentId id); // oldest first
// The defect is back: oversight says whether within the warranty. A repeated demand may follow.
Result<Done> reopen(storage::Transaction& tx, RecommendationId recommendation, FindingId finding, std::string_view text,
                    PersonId actor, Instant now);

// Job: writes each passed deadline into the log once (leaf deadline.missed): of recommendations, of steps, and our
// own, when a final document was not sent in time. Returns how many.
int record_missed(storage::Transaction& tx, const Law& law, LocalDate today, Instant now);

// Job: queues the e-mail of each final document that was sent by that channel today: both languages as PDF, and a link to
// the officer's inbox where `origin` (the public address) is known. Returns how many.
int queue_letters(storage::Database& database, const Law& law, const std::string& origin, Instant now);

// --- verified resources of the cyber room --------------------------------------------------------------
struct NewBatch {
    std::vector<ResourceId> resources{};
    AuthorityId authority{};
    ChannelKind channel = ChannelKind::paper;
    std::string out_number{};
};
// All ready, of one topic, to an authority that is competent for it today; one entry of the public log for the batch.
Result<Batch> send_batch(storage::Transaction& tx, const Law& law, const NewBatch& wanted, PersonId actor, Instant now);
// The authority registered it: its resources are accepted, the clock starts on that day.
Result<Batch> receive_batch(storage::Transaction& tx, const Law& law, BatchId id, LocalDate received_on, std::string_view in_number,
                            PersonId actor, Instant now);
Result<Done> refuse_batch_item(storage::Transaction& tx, BatchId id, ResourceId resource, std::string_view reason, PersonId actor, Instant now);

// Where recommendations to that authority go by Open311 on that day; channel_address_missing, open311_bad_address.
Result<Open311Endpoint> open311_endpoint_of(storage::Snapshot& snapshot, AuthorityId authority, LocalDate on);
// Job: hands each recommendation of a document that was sent by Open311 today to the server of its authority, keeps the
// number it gives (all numbers there: the document is registered), and looks what became of it. A closed request is a
// reply that waits to be classified. Returns how many calls were made.
int carry_open311(storage::Database& database, const Law& law, const WebCall& call, const Open311Keys& keys, const std::string& origin, Instant now);
// A person looked at the server: it is not there.
Result<Done> send_open311_again(storage::Transaction& tx, RecommendationId id, Instant now);

// Job, on working days from nine: the day's deadlines to those of us who asked for them by e-mail, and to an authority that
// was written to by e-mail a reminder two working days before its replies are due. Once each. Returns how many are queued
// (those of today again, too).
int queue_reminders(storage::Transaction& tx, const Law& law, const std::string& origin, Instant now);

std::optional<Document> find_document(storage::Snapshot& snapshot, DocumentId id);
std::optional<DocumentId> document_of(storage::Snapshot& snapshot, ControlId control);
std::vector<Dispatch> dispatches_of(storage::Snapshot& snapshot, DocumentId id);
std::vector<Reply> replies_of(storage::Snapshot& snapshot, RecommendationId id);

// --- joint controls ----------------------------------------------------------------------------------
Result<JointControl> begin_joint_control(storage::Transaction& tx, JointControl joint, PersonId actor, Instant now);
Result<JointEntry> write_joint_entry(storage::Transaction& tx, ControlId control, Compartment compartment,
                                     std::string_view text, PersonId actor, Instant now);
// Somebody else of us says that both sides agreed: sealed in the log (evidence.added, commitments only).
Result<JointEntry> agree_joint_entry(storage::Transaction& tx, ControlId control, JointEntryId id, std::string_view their_post,
                                     PersonId actor, Instant now);

// Those whose sending was recorded by `as_of`; a later answer is not known yet.
std::vector<RecommendationRecord> sent_recommendations(storage::Snapshot& snapshot, Instant as_of);

// Promises of this room over the whole store; a line for each broken one, for `adal check`.
std::vector<std::string> check_invariants(storage::Snapshot& snapshot);

// --- the paper ---------------------------------------------------------------------------------------
// The document as the template makes it; `to_pdf` of paper.hpp prints it. An empty origin: no QR code.
Paper paper_of_document(storage::Snapshot& snapshot, const Law& law, const Document& document,
                        i18n::Language language, Copy copy, std::string_view origin, Part part = Part::whole);

// --- pages -------------------------------------------------------------------------------------------
// `law` and `files` must outlive the router. origin: "https://…" of the public site, for the QR code.
void add_routes(http::Router& router, const Law& law, files::Store& files, std::string origin);

} // namespace adal::referral
