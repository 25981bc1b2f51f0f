// Erasing a photo by law: the bytes, the claims of its camera, and the salts of what the public log committed to.
#include "ledger/leaf.hpp"
#include "ledger/ledger.hpp"
#include "oversight/oversight.hpp"

#include <algorithm>

namespace adal::oversight {
namespace erasure_steps {

using storage::Snapshot;
using storage::Transaction;

// Findings of one visit share its photos (the overview belongs to each of them).
std::vector<Finding> findings_of(Snapshot& snapshot, VisitId visit)
{
    return list_findings(snapshot, {.visit = visit, .limit = 1000}).rows;
}

// Every photo of the visit with these bytes: what was found and what the checks of a fix saw.
std::vector<FileId> files_with(Snapshot& snapshot, const files::Store& files, const std::vector<Finding>& findings, const Hash& sha256)
{
    std::vector<FileId> out;
    for (const auto& finding : findings)
        for (const auto& stored : files.find_all(snapshot, photos_of(snapshot, finding)))
            if (stored.sha256 == sha256 && std::ranges::find(out, stored.id) == out.end()) out.push_back(stored.id);
    return out;
}

std::vector<ledger::Digest> digests_of(const files::Store& files, const files::StoredFile& stored)
{
    std::vector<ledger::Digest> out{{stored.sha256, stored.size}};
    if (stored.is_shown()) {
        const auto shown = files.read_view(stored.sha256);
        out.push_back({sha256(shown), shown.size()});
    }
    return out;
}

// Labels of one leaf that commit to these bytes and still have their salt.
Result<std::vector<std::string>> labels_of(Snapshot& snapshot, const ledger::LeafView& stored, const std::vector<ledger::Digest>& digests)
{
    const auto leaf = ledger::parse_leaf(stored.bytes);
    if (!leaf) return pass(leaf);
    std::vector<std::string> out;
    for (const auto& [label, commitment] : leaf->com) {
        if (!label.starts_with("photo.") && !label.starts_with("pubphoto.")) continue;
        const auto opening = ledger::opening(snapshot, stored.eid, label);
        if (opening && std::ranges::any_of(digests, [&](const auto& digest) { return ledger::opens(commitment, *opening, digest); }))
            out.push_back(label);
    }
    return out;
}

// The first of the redaction entries; none when the photo was never sealed.
Result<std::optional<std::int64_t>> forget(Transaction& tx, const Finding& finding, const std::vector<ledger::Digest>& digests,
                                           ErasureGround ground, Instant now)
{
    std::optional<std::int64_t> first;
    if (!finding.seal) return first;
    for (const auto index : ledger::leaves_of_case(tx, finding.seal->case_id)) {
        const auto stored = ledger::leaf(tx, index);
        ADAL_CHECK(stored.has_value());
        const auto labels = labels_of(tx, *stored, digests);
        if (!labels) return pass(labels);
        if (labels->empty()) continue;
        const auto leaf = ledger::erase(tx, index, *labels, name(ground), now);
        if (!leaf) return pass(leaf);
        if (!first) first = leaf->index;
    }
    return first;
}

Result<Erasure> asked_one(Snapshot& snapshot, ErasureId id)
{
    auto erasure = find_erasure(snapshot, id);
    if (!erasure) return fail(not_found);
    return std::move(*erasure);
}

} // namespace erasure_steps

using namespace erasure_steps;

std::vector<FileId> photos_of(Snapshot& snapshot, const Finding& finding)
{
    std::vector<FileId> out;
    for (const auto& photo : finding.photos)
        if (photo.file.is_set()) out.push_back(photo.file);
    for (const auto& claim : fix_claims_of(snapshot, finding.id))
        if (const auto check = check_of(snapshot, claim.id))
            for (const auto& photo : check->photos)
                if (photo.file.is_set()) out.push_back(photo.file);
    return out;
}

Result<Erasure> ask_photo_erasure(Transaction& tx, const files::Store& files, Erasure wanted, PersonId actor, Instant now)
{
    const auto finding = find_finding(tx, wanted.finding);
    if (!finding) return fail(not_found);
    const auto photos = photos_of(tx, *finding);
    const auto stored = std::ranges::find(photos, wanted.file) == photos.end() ? std::nullopt : files.find(tx, wanted.file);
    if (!stored) return fail(not_found);
    if (stored->erased_at) return fail(erasure_photo_gone);
    wanted.id = ErasureId::make(now);
    wanted.asked_by = actor;
    wanted.asked_at = now;
    auto right = oversight::ask_erasure(std::move(wanted), erasures_of(tx, finding->visit));
    if (!right) return pass(right);
    add(tx, *right);
    return right;
}

Result<Erasure> approve_photo_erasure(Transaction& tx, const files::Store& files, ErasureId id, PersonId actor, Instant now)
{
    auto asked = asked_one(tx, id);
    if (!asked) return pass(asked);
    auto approved = approve_erasure(std::move(*asked), actor, now);
    if (!approved) return pass(approved);
    const auto finding = find_finding(tx, approved->finding);
    const auto stored = files.find(tx, approved->file);
    ADAL_CHECK(finding && stored);
    if (stored->erased_at) return fail(erasure_photo_gone);
    const auto digests = digests_of(files, *stored);
    const auto findings = findings_of(tx, finding->visit);
    for (const auto& each : findings) {
        const auto leaf = forget(tx, each, digests, approved->ground, now);
        if (!leaf) return pass(leaf);
        if (!approved->leaf) approved->leaf = *leaf;
    }
    for (const auto file : files_with(tx, files, findings, stored->sha256)) files::Store::erase(tx, file, now);
    save(tx, *approved);
    return approved;
}

Result<Erasure> refuse_photo_erasure(Transaction& tx, ErasureId id, std::string_view answer, PersonId actor, Instant now)
{
    auto asked = asked_one(tx, id);
    if (!asked) return pass(asked);
    auto refused = refuse_erasure(std::move(*asked), actor, answer, now);
    if (!refused) return pass(refused);
    save(tx, *refused);
    return refused;
}

} // namespace adal::oversight
