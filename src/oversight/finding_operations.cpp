// Operations on findings of oversight.hpp, but the fixes.
#include "ledger/ledger.hpp"
#include "oversight/finding_steps_store.hpp"
#include "oversight/oversight.hpp"

#include <fmt/format.h>

namespace adal::oversight {

namespace {

using storage::Transaction;

constexpr std::string_view kReviewer = "reviewer", kCoordinator = "coordinator", kSystem = "system";

// Originals are committed as whole files; their digest is known, so the bytes are not read again.
std::vector<ledger::Committed> photo_commitments(storage::Snapshot& snapshot, const files::Store& files, const Finding& finding)
{
    std::vector<ledger::Committed> out;
    std::vector<FileId> ids;
    for (const auto& photo : finding.photos) ids.push_back(photo.file);
    const auto all = files.find_all(snapshot, ids);
    ADAL_CHECK(all.size() == ids.size());
    int n = 0;
    for (const auto& stored : all) {
        if (!stored.erased_at) out.push_back({.label = fmt::format("photo.{}", n), .digest = ledger::Digest{stored.sha256, stored.size}});
        ++n;
    }
    return out;
}

// Silent to the world: what, where and whom it concerns are commitments only (integrity.md §0.5).
ledger::Event sealed_event(storage::Snapshot& snapshot, const files::Store& files, std::string_view case_id, const Finding& finding, const Visit& visit, const Place& place)
{
    ledger::Event event{.type = "case.sealed", .case_id = std::string{case_id}, .role = std::string{kReviewer}};
    event.commitments = photo_commitments(snapshot, files, finding);
    event.commitments.push_back({.label = "body", .value = sealed_body(finding, visit, place)});
    event.commitments.push_back({.label = "actor", .value = visit.sent_by.str()});
    event.commitments.push_back({.label = "form", .value = visit.answers});
    if (visit.position)
        event.commitments.push_back({.label = "gps", .value = canonical_text(json::object{{"accuracy_m", visit.position->accuracy_m}, {"latitude", visit.position->at.latitude},
                                                                                           {"longitude", visit.position->at.longitude}, {"t", visit.position->taken_at.ms}})});
    return event;
}

ledger::Event published_event(storage::Snapshot& snapshot, const files::Store& files, const Finding& finding, const Place& place, std::string_view summary)
{
    ledger::Event event{.type = "case.published", .case_id = finding.seal->case_id, .role = std::string{kReviewer}};
    const auto district = find_district(snapshot, place.district);
    event.pub = {{"cat", finding.category()}, {"district", district ? district->code : "none"}, {"object", place.id.text()}, {"severity", name(finding.severity)}};
    event.commitments.push_back({.label = "summary", .value = std::string{summary}});
    int n = 0;
    for (const auto& photo : finding.photos) {
        const auto stored = files.find(snapshot, photo.file);
        if (stored && stored->is_shown()) event.commitments.push_back({.label = fmt::format("pubphoto.{}", n++), .value = files.read_view(stored->sha256)});
    }
    return event;
}

} // namespace

Result<Finding> triage_finding(Transaction& tx, FindingId id, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kReviewer, now}, [&](Finding f) { return triage(std::move(f), actor, now); });
}

Result<Finding> mark_finding_duplicate(Transaction& tx, FindingId id, FindingId canonical, PersonId actor, Instant now)
{
    const auto other = find_finding(tx, canonical);
    if (!other) return fail(not_found);
    return move(tx, id, {actor, kReviewer, now}, [&](Finding f) { return mark_duplicate(std::move(f), *other, actor, now); });
}

Result<Finding> mark_finding_invalid(Transaction& tx, FindingId id, InvalidReason reason, std::string_view text, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kReviewer, now}, [&](Finding f) { return mark_invalid(std::move(f), actor, reason, text, now); });
}

Result<Finding> verify_finding(Transaction& tx, FindingId id, Verification verification, PersonId actor, Instant now)
{
    const auto finding = find_finding(tx, id);
    if (!finding) return fail(not_found);
    if (finding->state == FindingState::reported)
        if (const auto triaged = triage_finding(tx, id, actor, now); !triaged) return pass(triaged);
    verification.id = VerificationId::make(now);
    verification.finding = id;
    verification.verifier = actor;
    verification.at = now;
    auto verified = move(tx, id, {actor, kReviewer, now}, [&](Finding f) { return verify(std::move(f), verification, verifications_of(tx, id)); });
    if (verified) add(tx, verification);
    return verified;
}

Result<Finding> seal_finding(Transaction& tx, const files::Store& files, FindingId id, PersonId actor, Instant now)
{
    std::optional<Visit> visit; // what follows comes with the finding, in one round trip
    std::optional<Place> place;
    ledger::Before before;
    find_visit_later(tx, id, visit);
    find_place_later(tx, id, place);
    ledger::look_back_later(tx, ledger::new_event_id(), before);
    return move(tx, id, {actor, kReviewer, now}, [&](Finding finding) -> Result<Step> {
        if (const auto possible = seal(finding, Seal{.by = actor, .at = now}); !possible) return pass(possible);
        ADAL_CHECK(visit && place);
        const auto event = sealed_event(tx, files, before.case_id, finding, *visit, *place);
        const auto leaf = ledger::append(tx, event, before, now);
        if (!leaf) return pass(leaf);
        auto marked = mark_sealed(*visit, leaf->index);
        if (!marked) return pass(marked);
        if (marked->state != visit->state) { // the first of its findings to be sealed
            save_seal(tx, *marked);
            happened(tx, Entity::visit, visit->id.text(), {actor, kReviewer, now}, "seal", name(visit->state), name(marked->state));
        }
        return seal(std::move(finding), Seal{.leaf = leaf->index, .eid = leaf->eid, .case_id = event.case_id, .by = actor, .at = now});
    });
}

Result<Finding> publish_finding(Transaction& tx, const files::Store& files, FindingId id, std::string_view summary, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kReviewer, now}, [&](Finding finding) -> Result<Step> {
        Publication publication{.summary = std::string{trim(summary)}, .by = actor, .at = now};
        if (const auto possible = publish(finding, publication); !possible) return pass(possible);
        const auto place = find_place(tx, finding.place);
        ADAL_CHECK(place.has_value());
        const auto leaf = ledger::append(tx, published_event(tx, files, finding, *place, publication.summary), now);
        if (!leaf) return pass(leaf);
        publication.leaf = leaf->index;
        publication.eid = leaf->eid;
        return publish(std::move(finding), publication);
    });
}

Result<Finding> mark_referred(Transaction& tx, FindingId id, std::string_view reference, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kCoordinator, now}, [&](Finding f) { return refer(std::move(f), actor, now); }, reference);
}

Result<Finding> mark_referred_urgent(Transaction& tx, FindingId id, std::string_view reference, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kCoordinator, now}, [&](Finding f) { return refer_urgent(std::move(f), actor, now); }, reference);
}

Result<Finding> mark_acknowledged(Transaction& tx, FindingId id, std::string_view reference, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kCoordinator, now}, [&](Finding f) { return acknowledge(std::move(f), now); }, reference);
}

Result<Finding> mark_in_progress(Transaction& tx, FindingId id, std::string_view reference, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kCoordinator, now}, [&](Finding f) { return start_work(std::move(f), now); }, reference);
}

Result<Finding> mark_refused(Transaction& tx, FindingId id, std::string_view text, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kCoordinator, now}, [&](Finding f) { return refuse(std::move(f), text, now); });
}

Result<Finding> close_refused_finding(Transaction& tx, FindingId id, std::string_view text, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kCoordinator, now}, [&](Finding f) { return close_refused(std::move(f), text, now); });
}

Result<Finding> archive_finding(Transaction& tx, FindingId id, PersonId actor, Instant now)
{
    return move(tx, id, {actor, kReviewer, now}, [&](Finding f) { return archive(std::move(f), actor, now); });
}

Result<Finding> reopen_finding(Transaction& tx, FindingId id, std::string_view text, PersonId actor, Instant now)
{
    const auto finding = find_finding(tx, id);
    if (!finding) return fail(not_found);
    const auto place = find_place(tx, finding->place);
    const bool within = place && under_warranty(*place, local_date(now));
    return move(tx, id, {actor, kReviewer, now}, [&](Finding f) { return reopen(std::move(f), within, text, now); });
}

} // namespace adal::oversight
