// Joint controls: the invitation, entries of the compartments, and the agreement that seals a shared one.
#include "ledger/ledger.hpp"
#include "referral/joint_store.hpp"
#include "referral/referral.hpp"

namespace adal::referral {

Result<JointControl> begin_joint_control(storage::Transaction& tx, JointControl typed, PersonId actor, Instant now)
{
    if (!oversight::find_control(tx, typed.control)) return fail(not_found);
    if (find_joint(tx, typed.control)) return fail(joint_already);
    const auto version = authority_on(tx, typed.authority, typed.invited_on);
    if (!version) return fail(authority_not_on_date, {{"date", iso(typed.invited_on)}});
    typed.authority_version = version->id;
    typed.recorded_by = actor;
    typed.recorded_at = now;
    auto joint = checked(std::move(typed), local_date(now));
    if (!joint) return joint;
    add(tx, *joint);
    return joint;
}

Result<JointEntry> write_joint_entry(storage::Transaction& tx, ControlId control, Compartment compartment,
                                     std::string_view text, PersonId actor, Instant now)
{
    if (!find_joint(tx, control)) return fail(not_found);
    auto entry = checked(JointEntry{.id = JointEntryId::make(now), .control = control, .compartment = compartment,
                                    .text = std::string(text), .written_by = actor, .written_at = now});
    if (!entry) return entry;
    add(tx, *entry);
    return entry;
}

Result<JointEntry> agree_joint_entry(storage::Transaction& tx, ControlId control, JointEntryId id, std::string_view their_post,
                                     PersonId actor, Instant now)
{
    const auto entry = find_joint_entry(tx, id);
    if (!entry || entry->control != control) return fail(not_found);
    auto agreed = agree(*entry, actor, their_post, now);
    if (!agreed) return agreed;
    // Silent like every seal: which control and which body is committed, not said.
    ledger::Event event{.type = "evidence.added", .role = "coordinator"};
    event.pub = {{"kind", "joint_protocol"}};
    event.commitments = {{.label = "control", .value = control.str()},
                         {.label = "entry", .value = agreed->text},
                         {.label = "post", .value = agreed->their_post},
                         {.label = "actor", .value = actor.str()}};
    const auto leaf = ledger::append(tx, event, now);
    if (!leaf) return pass(leaf);
    agreed->leaf = leaf->index;
    save_agreement(tx, *agreed);
    return agreed;
}

} // namespace adal::referral
