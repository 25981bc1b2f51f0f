// referral/joint_store.hpp: joint controls and their entries in the database.
#pragma once

#include "referral/joint.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <vector>

namespace adal::referral {

void add(storage::Transaction& tx, const JointControl& joint);
std::optional<JointControl> find_joint(storage::Snapshot& snapshot, ControlId control);
void add(storage::Transaction& tx, const JointEntry& entry);
void save_agreement(storage::Transaction& tx, const JointEntry& entry);
std::optional<JointEntry> find_joint_entry(storage::Snapshot& snapshot, JointEntryId id);
// Oldest first; those in confidence only when they may be read.
std::vector<JointEntry> joint_entries(storage::Snapshot& snapshot, ControlId control, bool is_lawyer);

} // namespace adal::referral
