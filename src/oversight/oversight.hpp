// oversight/oversight.hpp: the face of the room. Places, controls, assignments, visits, findings: what other
// rooms and the pages may do with them.
//
// Each operation runs in the caller's transaction: it changes the records, writes its event row and, where the
// public log registers the event (integrity.md §1.2), appends the leaf, all or nothing. `actor` is the person
// who does it; the role in the event follows from the operation. Rules of four eyes are inside and cannot be
// passed by. Lists and single records are read through the *_store.hpp headers included here.
#pragma once

#include "files/files.hpp"
#include "http/router.hpp"
#include "oversight/assignment.hpp"
#include "oversight/checklist.hpp"
#include "oversight/control.hpp"
#include "oversight/control_store.hpp"
#include "oversight/district.hpp"
#include "oversight/district_store.hpp"
#include "oversight/erasure.hpp"
#include "oversight/erasure_store.hpp"
#include "oversight/event.hpp"
#include "oversight/event_store.hpp"
#include "oversight/finding.hpp"
#include "oversight/finding_store.hpp"
#include "oversight/fix.hpp"
#include "oversight/history_store.hpp"
#include "oversight/import.hpp"
#include "oversight/place.hpp"
#include "oversight/place_store.hpp"
#include "oversight/standing_store.hpp"
#include "oversight/verification.hpp"
#include "oversight/visit.hpp"
#include "oversight/visit_store.hpp"
#include "storage/storage.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace adal::oversight {

// --- import ------------------------------------------------------------------------------------------
// Both read a GeoJSON FeatureCollection and are idempotent by source + source_id. When rows are rejected the
// problem import_rejected comes back (nothing is written) and `report` names them all.
Result<ImportReport> import_districts(storage::Transaction& tx, std::string_view file_name,
                                      std::string_view bytes, Instant now, ImportReport* report = nullptr);
Result<ImportReport> import_places(storage::Transaction& tx, std::string_view file_name,
                                   std::string_view bytes, Instant now, ImportReport* report = nullptr);

// --- places ------------------------------------------------------------------------------------------
// A place entered by hand or made from a procurement process; id and district are filled here.
Result<Place> add_place(storage::Transaction& tx, Place place, PersonId actor, Instant now);
// place.version is the version the form was filled from.
Result<Place> change_place(storage::Transaction& tx, Place place, PersonId actor, Instant now);

// --- controls ----------------------------------------------------------------------------------------
// A draft; id, state and version are filled here.
Result<Control> draft_control(storage::Transaction& tx, Control control, PersonId actor, Instant now);
Result<Control> change_draft(storage::Transaction& tx, Control control, PersonId actor, Instant now);
Result<Control> add_control_subject(storage::Transaction& tx, ControlId control, const Subject& subject,
                                    PersonId actor, Instant now);
// By the subject, or recorded by the coordinator from a signed paper.
Result<Control> declare_conflict(storage::Transaction& tx, ControlId control, PersonId person,
                                 Conflict conflict, PersonId actor, Instant now);
Result<Control> open_control(storage::Transaction& tx, ControlId control, PersonId actor, Instant now);
Result<Control> complete_control(storage::Transaction& tx, ControlId control, PersonId actor, Instant now);
Result<Control> mark_control_documented(storage::Transaction& tx, ControlId control, PersonId actor, Instant now);
Result<Control> close_control(storage::Transaction& tx, ControlId control, PersonId actor, Instant now);
Result<Control> cancel_control(storage::Transaction& tx, ControlId control, std::string_view reason,
                               PersonId actor, Instant now);

// --- assignments -------------------------------------------------------------------------------------
Result<Assignment> assign_visit(storage::Transaction& tx, ControlId control, PlaceId place,
                                const std::vector<Assignee>& people, LocalDate due, PersonId actor, Instant now);
Result<Assignment> accept_assignment(storage::Transaction& tx, AssignmentId id, PersonId actor, Instant now);
Result<Assignment> decline_assignment(storage::Transaction& tx, AssignmentId id, PersonId actor, Instant now);
Result<Assignment> release_assignment(storage::Transaction& tx, AssignmentId id, std::string_view reason,
                                      PersonId actor, Instant now);
// Withdrawal of a consent: every offered or accepted assignment of the person, at once. How many.
std::int64_t release_assignments_of(storage::Transaction& tx, PersonId person, std::string_view reason, Instant now);

// --- visits ------------------------------------------------------------------------------------------
// New, again, or amended after needs_info: always the right receipt. Photos either carry the FileId of stored
// bytes or are awaited (attach_photo).
Result<Receipt> submit_visit(storage::Transaction& tx, const files::Store& files, const Submission& submission,
                             PersonId actor, Instant now);
// Bytes of a declared photo, already stored as `file`.
Result<Receipt> attach_photo(storage::Transaction& tx, const files::Store& files, std::string_view client_id,
                             FileId file, PersonId actor, Instant now);
Result<Visit> ask_visit_info(storage::Transaction& tx, VisitId visit, std::string_view text, PersonId actor,
                             Instant now);
Result<Visit> reject_visit(storage::Transaction& tx, VisitId visit, RejectReason reason, std::string_view text,
                           PersonId actor, Instant now);
// Accepts and makes a finding of each violation.
struct Accepted {
    Visit visit{};
    std::vector<FindingId> findings{};
};
Result<Accepted> accept_visit(storage::Transaction& tx, VisitId visit, PersonId actor, Instant now);

// --- findings ----------------------------------------------------------------------------------------
Result<Finding> triage_finding(storage::Transaction& tx, FindingId id, PersonId actor, Instant now);
Result<Finding> mark_finding_duplicate(storage::Transaction& tx, FindingId id, FindingId canonical,
                                       PersonId actor, Instant now);
Result<Finding> mark_finding_invalid(storage::Transaction& tx, FindingId id, InvalidReason reason,
                                     std::string_view text, PersonId actor, Instant now);
// verification.verifier is the actor; id, finding and at are filled here. A reported finding is triaged first.
Result<Finding> verify_finding(storage::Transaction& tx, FindingId id, Verification verification,
                               PersonId actor, Instant now);
// Appends case.sealed: commitments body, actor, gps, form, photo.N (original bytes).
Result<Finding> seal_finding(storage::Transaction& tx, const files::Store& files, FindingId id, PersonId actor,
                             Instant now);
// Appends case.published: category, district, severity, object id; commitments summary, pubphoto.N.
Result<Finding> publish_finding(storage::Transaction& tx, const files::Store& files, FindingId id,
                                std::string_view summary, PersonId actor, Instant now);
// For the referral room; `reference` names its record in the event.
Result<Finding> mark_referred(storage::Transaction& tx, FindingId id, std::string_view reference,
                              PersonId actor, Instant now);
Result<Finding> mark_referred_urgent(storage::Transaction& tx, FindingId id, std::string_view reference,
                                     PersonId actor, Instant now);
Result<Finding> mark_acknowledged(storage::Transaction& tx, FindingId id, std::string_view reference,
                                  PersonId actor, Instant now);
Result<Finding> mark_in_progress(storage::Transaction& tx, FindingId id, std::string_view reference,
                                 PersonId actor, Instant now);
Result<Finding> mark_refused(storage::Transaction& tx, FindingId id, std::string_view text, PersonId actor,
                             Instant now);
Result<Finding> close_refused_finding(storage::Transaction& tx, FindingId id, std::string_view text,
                                      PersonId actor, Instant now);
Result<FixClaim> claim_finding_fix(storage::Transaction& tx, FindingId id, Claimant claimant,
                                   std::string_view text, PersonId actor, Instant now);
// Appends outcome.recorded. check.checker is the actor.
Result<Finding> check_fix(storage::Transaction& tx, const files::Store& files, FixCheck check, PersonId actor,
                          Instant now);
Result<Finding> reopen_finding(storage::Transaction& tx, FindingId id, std::string_view text, PersonId actor,
                               Instant now);
Result<Finding> archive_finding(storage::Transaction& tx, FindingId id, PersonId actor, Instant now);

// --- erasing a photo by law ----------------------------------------------------------------------------
// Of what was found and of the checks of its fix, in that order.
std::vector<FileId> photos_of(storage::Snapshot& snapshot, const Finding& finding);
// wanted: finding, file, ground, text. Nothing is erased yet.
Result<Erasure> ask_photo_erasure(storage::Transaction& tx, const files::Store& files, Erasure wanted,
                                  PersonId actor, Instant now);
// By another person. Destroys the salts of every commitment to the photo and to its working copy (`redaction`
// entries), marks its files erased; their bytes go right after the commit (files::Store::remove_erased).
Result<Erasure> approve_photo_erasure(storage::Transaction& tx, const files::Store& files, ErasureId id,
                                      PersonId actor, Instant now);
Result<Erasure> refuse_photo_erasure(storage::Transaction& tx, ErasureId id, std::string_view answer,
                                     PersonId actor, Instant now);

// The text committed as `body` of a sealed finding: canonical JSON of what was found. Deterministic, so that
// anybody who is given the opening can check it.
std::string sealed_body(const Finding& finding, const Visit& visit, const Place& place);

// --- invariants --------------------------------------------------------------------------------------
// Each broken promise in one line: name of the invariant and the id. Empty when all hold (`adal check`).
std::vector<std::string> check_invariants(storage::Snapshot& snapshot);

} // namespace adal::oversight
