#include "impact/impact.hpp"

#include "files/file_store.hpp"
#include "impact/saving_store.hpp"
#include "ledger/ledger.hpp"
#include "oversight/oversight.hpp"

namespace adal::impact {

namespace {

// T5: works can be called restored only after somebody else saw on the spot that they are.
Result<Done> check_finding(storage::Snapshot& snapshot, const Saving& saving)
{
    if (!saving.finding.is_set()) {
        if (saving.type == SavingType::redo_at_contractor_cost) return fail(saving_object_missing);
        return done();
    }
    const auto finding = oversight::find_finding(snapshot, saving.finding);
    if (!finding) return fail(not_found);
    if (saving.type == SavingType::redo_at_contractor_cost &&
        finding->state != oversight::FindingState::fixed_verified)
        return fail(saving_fix_not_verified);
    return done();
}

Result<Done> check_object(storage::Snapshot& snapshot, const Saving& saving)
{
    if (const auto taken = live_saving(snapshot, saving.object_key, family(saving.type)))
        return fail(saving_object_taken, {{"saving", taken->str()}});
    return done();
}

std::string case_of(storage::Snapshot& snapshot, const Saving& saving)
{
    if (!saving.finding.is_set()) return {};
    const auto finding = oversight::find_finding(snapshot, saving.finding);
    return finding && finding->seal ? finding->seal->case_id : std::string{};
}

Result<Done> write_leaf(storage::Transaction& tx, std::string_view type, const Saving& saving,
                        PersonId actor, Instant now)
{
    ledger::Event event{.type = std::string(type), .case_id = case_of(tx, saving), .role = "reviewer"};
    event.pub = {{"saving", saving.id.text()},
                 {"type", name(saving.type)},
                 {"family", family(saving.type)},
                 {"amount", counted(saving).tiyn},
                 {"gross", gross(saving).tiyn},
                 {"share_bp", saving.our_share_bp},
                 {"method", name(saving.method)},
                 {"grade", name(saving.grade)}};
    event.commitments = {{.label = "object", .value = saving.object_key},
                         {.label = "method_text", .value = saving.method_text},
                         {.label = "actor", .value = actor.str()}};
    int n = 0;
    for (const auto& id : saving.evidence) {
        const auto file = files::find_file(tx, id);
        if (!file) return fail(not_found);
        event.commitments.push_back({.label = "evidence." + std::to_string(n++),
                                     .digest = ledger::Digest{file->sha256, file->size}});
    }
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    return done();
}

Result<Saving> stored(storage::Transaction& tx, Result<Saving> changed)
{
    if (!changed) return changed;
    ++changed->version;
    if (const auto saved = save(tx, *changed); !saved) return pass(saved);
    return changed;
}

Result<Saving> wanted(storage::Snapshot& snapshot, SavingId id)
{
    auto saving = read_saving(snapshot, id);
    if (!saving) return fail(not_found);
    return *saving;
}

} // namespace

Result<Saving> claim_saving(storage::Transaction& tx, Saving saving, PersonId claimant, Instant now)
{
    auto claimed = claim(std::move(saving), claimant, now);
    if (!claimed) return claimed;
    for (const auto& file : claimed->evidence)
        if (!files::find_file(tx, file)) return fail(saving_evidence_missing);
    if (const auto fine = check_finding(tx, *claimed); !fine) return pass(fine);
    if (const auto fine = check_object(tx, *claimed); !fine) return pass(fine);
    claimed->id = SavingId::make(now);
    claimed->version = 1;
    add(tx, *claimed);
    return claimed;
}

Result<Saving> approve_saving(storage::Transaction& tx, SavingId id, PersonId approver, Instant now)
{
    const auto saving = wanted(tx, id);
    if (!saving) return saving;
    auto approved = stored(tx, approve(*saving, approver, now));
    if (!approved || approved->state != SavingState::confirmed) return approved;
    if (const auto fine = write_leaf(tx, "saving.confirmed", *approved, approver, now); !fine) return pass(fine);
    return approved;
}

Result<Saving> reject_saving(storage::Transaction& tx, SavingId id, PersonId approver, std::string_view reason, Instant now)
{
    const auto saving = wanted(tx, id);
    if (!saving) return saving;
    return stored(tx, reject(*saving, approver, reason, now));
}

Result<Saving> withdraw_saving(storage::Transaction& tx, SavingId id, PersonId claimant, std::string_view reason, Instant now)
{
    const auto saving = wanted(tx, id);
    if (!saving) return saving;
    return stored(tx, withdraw(*saving, claimant, reason, now));
}

Result<Saving> revise_saving(storage::Transaction& tx, SavingId id, Saving corrected, PersonId person,
                             std::string_view reason, Instant now)
{
    const auto saving = wanted(tx, id);
    if (!saving) return saving;
    const auto revised = stored(tx, revise(*saving, person, reason, now));
    if (!revised) return revised;
    if (const auto fine = write_leaf(tx, "saving.revised", *revised, person, now); !fine) return pass(fine);
    corrected.replaces = id;
    return claim_saving(tx, std::move(corrected), person, now);
}

std::optional<Saving> find_saving(storage::Snapshot& snapshot, SavingId id)
{
    return read_saving(snapshot, id);
}

std::vector<Saving> list_savings(storage::Snapshot& snapshot)
{
    return all_savings(snapshot);
}

Result<std::vector<FrozenFigure>> freeze_figures(storage::Transaction& tx, Instant as_of, PersonId person, Instant now)
{
    if (as_of > now) return fail(figures_in_future);
    std::vector<FrozenFigure> out;
    for (const auto& [indicator, figure] : recompute(tx, as_of)) {
        FrozenFigure frozen{.id = Id<struct FigureTag>::make(now).str(),
                            .figure = figure,
                            .frozen_manifest = figure.manifest(),
                            .as_of = as_of,
                            .frozen_by = person,
                            .frozen_at = now};
        frozen.figure.records.clear();
        add(tx, frozen);
        out.push_back(std::move(frozen));
    }
    return out;
}

std::vector<FrozenFigure> frozen_figures(storage::Snapshot& snapshot)
{
    return read_frozen(snapshot);
}

std::vector<FrozenFigure> disagreeing_figures(storage::Snapshot& snapshot)
{
    std::vector<FrozenFigure> out;
    std::map<Instant, Figures> recomputed;
    for (const auto& frozen : read_frozen(snapshot)) {
        auto at = recomputed.find(frozen.as_of);
        if (at == recomputed.end()) at = recomputed.emplace(frozen.as_of, recompute(snapshot, frozen.as_of)).first;
        if (!agrees(frozen, at->second.at(frozen.figure.indicator))) out.push_back(frozen);
    }
    return out;
}

std::vector<std::string> check_invariants(storage::Snapshot& snapshot)
{
    std::vector<std::string> broken;
    std::map<std::pair<std::string, std::string>, SavingId> live;
    for (const auto& saving : all_savings(snapshot)) {
        std::int64_t shares = saving.our_share_bp;
        for (const auto& other : saving.others) shares += other.share_bp;
        if (shares > kWholeShare) broken.push_back("shares of a saving over the whole: " + saving.id.str());
        if (saving.evidence.empty()) broken.push_back("saving without evidence: " + saving.id.str());
        if (!is_live(saving.state)) continue;
        const std::pair key{saving.object_key, std::string(family(saving.type))};
        if (!live.emplace(key, saving.id).second)
            broken.push_back("second live saving on one object: " + saving.id.str());
    }
    for (const auto& frozen : disagreeing_figures(snapshot))
        broken.push_back("frozen figure does not recompute: " + std::string(code(frozen.figure.indicator)) +
                         " as of " + iso(frozen.as_of));
    return broken;
}

} // namespace adal::impact
