#include "oversight/finding.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <chrono>

namespace adal::oversight {
namespace {

constexpr std::chrono::hours kVerificationOwed{72}; // field.md §2.3
constexpr int kArchiveMonths = 24;

// Moves the finding by the machine; every step is one version and one event.
Result<Step> step(Finding finding, FindingAction action, Instant now, std::string_view reason = {}, std::string_view text = {})
{
    const auto to = next(finding.state, action);
    if (!to) return fail(finding_wrong_state, {{"state", std::string(name(finding.state))}});
    const FindingState from = finding.state;
    finding.state = *to;
    if (from != *to) {
        finding.changed_at = now;
        finding.archive_proposed_by = {}; // a proposal made before something moved is nobody's word now
    }
    finding.version += 1;
    return Step{.finding = std::move(finding), .action = action, .from = from, .reason = std::string(reason), .text = std::string(trim(text))};
}

bool has_evidence(const Finding& finding)
{
    return !finding.photos.empty() || finding.value.find('=') != std::string::npos;
}

std::vector<Photo> photos_of(const Visit& visit, const Observation& observation)
{
    std::vector<Photo> own, overview;
    for (const auto& photo : visit.photos) {
        const auto& asked = observation.photo_questions;
        if (std::find(asked.begin(), asked.end(), photo.question) != asked.end()) own.push_back(photo);
        else if (photo.role == PhotoRole::overview) overview.push_back(photo);
    }
    own.insert(own.end(), overview.begin(), overview.end());
    return own;
}

bool spoke_before(const std::vector<Verification>& earlier, PersonId verifier)
{
    return std::any_of(earlier.begin(), earlier.end(), [&](const Verification& v) { return v.verifier == verifier && v.result != VerificationResult::unsure; });
}

// Where a verification can be given: before the referral, or owed after an urgent one.
bool takes_verification(const Finding& finding)
{
    const bool is_owed = finding.urgent && !finding.verified_at;
    return finding.state == FindingState::triaged || finding.state == FindingState::disputed || is_owed;
}

FindingAction action_of(const Finding& finding, VerificationResult result)
{
    const bool decides = finding.state == FindingState::disputed;
    switch (result) {
    case VerificationResult::confirm: return decides ? FindingAction::decide_valid : FindingAction::confirm;
    case VerificationResult::refute: return decides ? FindingAction::decide_invalid : FindingAction::refute;
    case VerificationResult::unsure: return FindingAction::doubt;
    }
    check_failed("result is known", __FILE__, __LINE__);
}

LocalDate months_later(LocalDate date, int months)
{
    auto moved = date.ymd + std::chrono::months{months};
    if (!moved.ok()) moved = moved.year() / moved.month() / std::chrono::last;
    return {moved};
}

} // namespace

bool Finding::has_author(PersonId person) const
{
    return std::find(authors.begin(), authors.end(), person) != authors.end();
}

Result<std::vector<Step>> findings_of(const Visit& visit, std::string_view note, Instant now)
{
    if (visit.state != VisitState::accepted) return fail(visit_wrong_state, {{"state", std::string(name(visit.state))}});
    auto authors = visit.people;
    if (std::find(authors.begin(), authors.end(), visit.sent_by) == authors.end()) authors.push_back(visit.sent_by);
    std::vector<Step> steps;
    for (const auto& seen : visit.observations) {
        if (seen.verdict != Verdict::violation) continue;
        Finding finding{.visit = visit.id, .control = visit.control, .place = visit.place, .checklist = visit.checklist, .rule = seen.rule,
                        .question = seen.question, .value = seen.value, .severity = seen.severity, .text = std::string(trim(note)),
                        .authors = authors, .photos = photos_of(visit, seen), .created_at = now, .changed_at = now};
        steps.push_back({.finding = std::move(finding), .action = FindingAction::report});
    }
    return steps;
}

Result<Step> triage(Finding finding, PersonId reviewer, Instant now)
{
    if (finding.has_author(reviewer)) return fail(finding_own);
    return step(std::move(finding), FindingAction::triage, now);
}

Result<Step> mark_duplicate(Finding finding, const Finding& canonical, PersonId reviewer, Instant now)
{
    if (finding.has_author(reviewer)) return fail(finding_own);
    if (canonical.id == finding.id) return fail(duplicate_of_itself);
    const bool is_same_thing = canonical.place == finding.place && canonical.category() == finding.category();
    const bool is_possible = is_same_thing && canonical.state != FindingState::duplicate && canonical.state != FindingState::invalid;
    if (!is_possible) return fail(duplicate_wrong_target);
    finding.duplicate_of = canonical.id;
    return step(std::move(finding), FindingAction::mark_duplicate, now, canonical.id.text());
}

Result<Step> mark_invalid(Finding finding, PersonId reviewer, InvalidReason reason, std::string_view text, Instant now)
{
    if (finding.has_author(reviewer)) return fail(finding_own);
    if (trim(text).empty()) return fail(reason_missing);
    return step(std::move(finding), FindingAction::mark_invalid, now, name(reason), text);
}

Result<Step> verify(Finding finding, const Verification& verification, const std::vector<Verification>& earlier)
{
    if (finding.has_author(verification.verifier)) return fail(finding_own);
    if (!takes_verification(finding)) return fail(finding_wrong_state, {{"state", std::string(name(finding.state))}});
    const bool decides = finding.state == FindingState::disputed;
    if (spoke_before(earlier, verification.verifier)) return fail(decides ? third_person_needed : verifier_twice);
    if (trim(verification.text).empty()) return fail(verification_text_missing);
    if (verification.basis == VerificationBasis::revisit && verification.photos.empty()) return fail(revisit_photo_missing);

    const FindingAction action = action_of(finding, verification.result);
    if (verification.result == VerificationResult::confirm) finding.verified_at = verification.at;
    if (verification.result != VerificationResult::unsure) finding.verification_due.reset(); // it was given
    return step(std::move(finding), action, verification.at, name(verification.basis), verification.text);
}

Result<Step> seal(Finding finding, const Seal& seal)
{
    if (finding.seal) return fail(already_sealed);
    if (finding.has_author(seal.by)) return fail(finding_own);
    if (!finding.verified_at) return fail(finding_not_verified);
    if (!has_evidence(finding)) return fail(finding_no_evidence);
    finding.seal = seal;
    return step(std::move(finding), FindingAction::seal, seal.at);
}

Result<Step> publish(Finding finding, const Publication& publication)
{
    if (finding.publication) return fail(already_published);
    if (finding.has_author(publication.by)) return fail(finding_own);
    if (!finding.seal) return fail(finding_not_sealed);
    if (trim(publication.summary).empty()) return fail(summary_missing);
    finding.publication = publication;
    return step(std::move(finding), FindingAction::publish, publication.at);
}

Result<Step> refer(Finding finding, PersonId, Instant now)
{
    if (!next(finding.state, FindingAction::refer)) return fail(finding_wrong_state, {{"state", std::string(name(finding.state))}});
    if (!finding.seal) return fail(finding_not_sealed); // I3
    return step(std::move(finding), FindingAction::refer, now);
}

Result<Step> refer_urgent(Finding finding, PersonId person, Instant now)
{
    if (finding.has_author(person)) return fail(finding_own);
    if (finding.severity != Severity::danger) return fail(not_urgent);
    finding.urgent = true;
    finding.verification_due = now.plus(kVerificationOwed);
    return step(std::move(finding), FindingAction::refer_urgent, now);
}

Result<Step> acknowledge(Finding finding, Instant now)
{
    return step(std::move(finding), FindingAction::acknowledge, now);
}

Result<Step> start_work(Finding finding, Instant now)
{
    return step(std::move(finding), FindingAction::start_work, now);
}

Result<Step> refuse(Finding finding, std::string_view text, Instant now)
{
    if (trim(text).empty()) return fail(reason_missing);
    return step(std::move(finding), FindingAction::refuse, now, {}, text);
}

Result<Step> close_refused(Finding finding, std::string_view text, Instant now)
{
    if (trim(text).empty()) return fail(reason_missing);
    return step(std::move(finding), FindingAction::close_refused, now, {}, text);
}

Result<Step> claim_fix(Finding finding, std::string_view text, Instant now)
{
    return step(std::move(finding), FindingAction::claim_fix, now, {}, text);
}

Result<Step> finish_fix_check(Finding finding, bool is_fixed, Instant now)
{
    return step(std::move(finding), is_fixed ? FindingAction::pass_fix : FindingAction::fail_fix, now);
}

Result<Step> reopen(Finding finding, bool within_warranty, std::string_view text, Instant now)
{
    if (trim(text).empty()) return fail(reason_missing);
    finding.warranty = within_warranty;
    return step(std::move(finding), FindingAction::reopen, now, within_warranty ? "warranty" : "", text);
}

Result<Step> archive(Finding finding, PersonId reviewer, Instant now)
{
    if (finding.has_author(reviewer)) return fail(finding_own);
    if (local_date(now) < months_later(local_date(finding.changed_at), kArchiveMonths)) return fail(archive_too_early);
    if (!finding.archive_proposed_by.is_set()) {
        finding.archive_proposed_by = reviewer;
        return step(std::move(finding), FindingAction::propose_archive, now);
    }
    if (finding.archive_proposed_by == reviewer) return fail(archive_second_person);
    return step(std::move(finding), FindingAction::archive, now);
}

} // namespace adal::oversight
