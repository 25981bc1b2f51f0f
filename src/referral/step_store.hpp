// referral/step_store.hpp: steps after the sending in the database.
#pragma once

#include "referral/step.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <vector>

namespace adal::referral {

void add(storage::Transaction& tx, const Step& step);
void save(storage::Transaction& tx, const Step& step); // clock, silence and end
std::optional<Step> find_step(storage::Snapshot& snapshot, StepId id);
std::vector<Step> steps_in(storage::Snapshot& snapshot, DocumentId document); // oldest first, with files
std::vector<Step> steps_of(storage::Snapshot& snapshot, RecommendationId recommendation);
std::vector<Step> steps_due_before(storage::Snapshot& snapshot, LocalDate day); // open and unrecorded
std::vector<Step> open_clocks_of_steps(storage::Snapshot& snapshot); // that the calendar moves
std::vector<RecommendationId> extended_recommendations(storage::Snapshot& snapshot);
void add_former_deadline(storage::Transaction& tx, const Step& step, const FormerDeadline& former);
std::vector<FormerDeadline> former_deadlines_of(storage::Snapshot& snapshot, StepId step);

// Our own silence.
struct MissedSend {
    ControlId control{};
    Deadline deadline{};
    LocalDate missed_on{};
};
bool is_missed_send(storage::Snapshot& snapshot, ControlId control);
void add(storage::Transaction& tx, const MissedSend& missed);

} // namespace adal::referral
