// impact/impact.hpp: the face of the room. Savings with proof, figures that recompute from the records.
//
// Counts come from oversight and referral through their faces; this room reads no foreign table.
#pragma once

#include "files/files.hpp"
#include "http/router.hpp"
#include "impact/figures.hpp"
#include "impact/saving.hpp"
#include "storage/storage.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adal::impact {

// Each step: rule, row, and for confirmed and revised the leaf (saving.confirmed, saving.revised).
Result<Saving> claim_saving(storage::Transaction& tx, Saving saving, PersonId claimant, Instant now);
Result<Saving> approve_saving(storage::Transaction& tx, SavingId id, PersonId approver, Instant now);
Result<Saving> reject_saving(storage::Transaction& tx, SavingId id, PersonId approver, std::string_view reason, Instant now);
Result<Saving> withdraw_saving(storage::Transaction& tx, SavingId id, PersonId claimant, std::string_view reason, Instant now);
// Replaces a confirmed saving by a corrected claim, which starts again at `claimed`.
Result<Saving> revise_saving(storage::Transaction& tx, SavingId id, Saving corrected, PersonId person,
                             std::string_view reason, Instant now);
std::optional<Saving> find_saving(storage::Snapshot& snapshot, SavingId id);
std::vector<Saving> list_savings(storage::Snapshot& snapshot);

// Every indicator from the records as they were known at `as_of`.
Figures recompute(storage::Snapshot& snapshot, Instant as_of);
// Freezes all figures as of a moment; returns them. Frozen rows never change.
Result<std::vector<FrozenFigure>> freeze_figures(storage::Transaction& tx, Instant as_of, PersonId person, Instant now);
std::vector<FrozenFigure> frozen_figures(storage::Snapshot& snapshot);
// The frozen figures whose records now say something else (for `adal check`).
std::vector<FrozenFigure> disagreeing_figures(storage::Snapshot& snapshot);

// Promises of this room over the whole store; a line for each broken one, for `adal check`.
std::vector<std::string> check_invariants(storage::Snapshot& snapshot);

// `files` must outlive the router.
void add_routes(http::Router& router, files::Store& files);

} // namespace adal::impact
