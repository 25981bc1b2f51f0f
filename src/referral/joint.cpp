#include "referral/joint.hpp"

#include "base/text.hpp"

namespace adal::referral {

std::string_view name(Compartment compartment)
{
    switch (compartment) {
    case Compartment::shared: return "shared";
    case Compartment::ours: return "ours";
    case Compartment::theirs: return "theirs";
    }
    return {};
}

std::optional<Compartment> compartment_from(std::string_view text)
{
    for (const auto compartment : all_compartments)
        if (name(compartment) == text) return compartment;
    return std::nullopt;
}

Result<JointControl> checked(JointControl joint, LocalDate today)
{
    if (trim(joint.number).empty()) return fail(joint_number_missing);
    if (joint.invited_on > today) return fail(joint_in_future);
    return joint;
}

Result<JointEntry> checked(JointEntry entry)
{
    if (trim(entry.text).empty()) return fail(joint_text_missing);
    return entry;
}

Result<JointEntry> agree(JointEntry entry, PersonId who, std::string_view their_post, Instant now)
{
    if (entry.compartment != Compartment::shared) return fail(joint_not_shared);
    if (entry.is_in_force()) return fail(joint_agreed_already);
    if (entry.written_by == who) return fail(joint_own_entry);
    if (trim(their_post).empty()) return fail(joint_post_missing);
    entry.agreed_by = who;
    entry.agreed_at = now;
    entry.their_post = std::string(trim(their_post));
    return entry;
}

bool may_read(Compartment compartment, bool is_lawyer)
{
    return is_lawyer || compartment != Compartment::theirs;
}

} // namespace adal::referral
