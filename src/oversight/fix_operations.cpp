// Fixes: claimed by somebody, looked at by somebody else.
#include "ledger/ledger.hpp"
#include "oversight/finding_steps_store.hpp"
#include "oversight/oversight.hpp"

#include <fmt/format.h>

namespace adal::oversight {

namespace {

using storage::Transaction;

std::string_view role_of(Claimant claimant)
{
    return claimant == Claimant::authority ? "authority" : claimant == Claimant::contractor ? "contractor" : "citizen";
}

ledger::Event outcome_event(const Finding& finding, const FixCheck& check)
{
    ledger::Event event{.type = "outcome.recorded", .case_id = finding.seal ? finding.seal->case_id : std::string{}, .role = "volunteer"};
    event.pub = {{"kind", check.is_fixed ? "fixed_verified" : "not_fixed"}};
    event.commitments.push_back({.label = "actor", .value = check.checker.str()});
    event.commitments.push_back({.label = "text", .value = check.text});
    return event;
}

Result<Done> add_after_photos(storage::Snapshot& snapshot, const files::Store& files, const FixCheck& check, ledger::Event& event)
{
    int n = 0;
    for (const auto& photo : check.photos) {
        const auto stored = files.find(snapshot, photo.file);
        if (!stored) return fail(visit_photo_unknown);
        event.commitments.push_back({.label = fmt::format("photo.{}", n++), .digest = ledger::Digest{stored->sha256, stored->size}});
    }
    return done();
}

} // namespace

Result<FixClaim> claim_finding_fix(Transaction& tx, FindingId id, Claimant claimant, std::string_view text, PersonId actor, Instant now)
{
    const auto moved = move(tx, id, {actor, role_of(claimant), now}, [&](Finding f) { return claim_fix(std::move(f), text, now); });
    if (!moved) return pass(moved);
    FixClaim claim{.id = FixId::make(now), .finding = id, .claimant = claimant, .claimed_by = actor, .text = std::string{text}, .at = now};
    add(tx, claim);
    return claim;
}

Result<Finding> check_fix(Transaction& tx, const files::Store& files, FixCheck check, PersonId actor, Instant now)
{
    const auto claim = find_fix_claim(tx, check.claim);
    if (!claim) return fail(not_found);
    const auto finding = find_finding(tx, claim->finding);
    const auto place = finding ? find_place(tx, finding->place) : std::nullopt;
    ADAL_CHECK(finding && place);
    check.checker = actor;
    check.at = now;
    auto right = checked(std::move(check), *claim, finding->authors, *place);
    if (!right) return pass(right);
    auto event = outcome_event(*finding, *right);
    if (const auto photos = add_after_photos(tx, files, *right, event); !photos) return pass(photos);
    auto moved = move(tx, claim->finding, {actor, "volunteer", now}, [&](Finding f) { return finish_fix_check(std::move(f), right->is_fixed, now); });
    if (!moved) return pass(moved);
    add(tx, *right);
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    return moved;
}

} // namespace adal::oversight
